//! What is wrong with a program, in the order of its text.

use super::snapshot::Snapshot;
use provable::lang::diagnostics::{Code, Diagnostic};

/// A diagnostic and how an editor may show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// What is wrong, and where.
    pub diagnostic: &'a Diagnostic,
    /// Whether its span is of no use to the program, and may be faded: unreachable code, unused names, allowances of
    /// what is not there.
    pub unnecessary: bool,
}

/// Everything that is found in a text, by place.
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
    // Stable: at one place, what is wrong with the text comes before what is wrong with the program.
    findings.sort_by_key(|finding| (finding.diagnostic.span.start, finding.diagnostic.span.end));
    findings
}
