//! All diagnostics of a text, in order.

use super::snapshot::Snapshot;
use provable::lang::diagnostics::{Code, Diagnostic};

/// A diagnostic and how an editor may show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// The problem and its place.
    pub diagnostic: &'a Diagnostic,
    /// Whether the text of the span has no effect and may be faded: unreachable code, unused names, unused allowances.
    pub unnecessary: bool,
}

/// Every diagnostic of a text, by place.
pub fn diagnostics(s: &Snapshot) -> Vec<Finding<'_>> {
    let all = s.assembly.diagnostics.iter().chain(&s.analysis.diagnostics);
    let mut findings: Vec<Finding<'_>> = all
        .map(|diagnostic| Finding {
            diagnostic,
            unnecessary: matches!(
                diagnostic.code,
                Code::Unreachable | Code::UnusedName | Code::UnusedAllowance
            ),
        })
        .collect();
    // The sort is stable: at one place, errors of the text come before findings of the analysis.
    findings.sort_by_key(|finding| (finding.diagnostic.span.start, finding.diagnostic.span.end));
    findings
}
