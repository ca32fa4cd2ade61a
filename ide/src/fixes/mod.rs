//! Fixes: edits that correct findings, and a few refactorings.

mod allow;
mod case;
pub(crate) mod code;
mod contract;
mod fix;
pub(crate) mod lines;
mod names;
mod numbers;
mod shift;

use super::beside::{Beside, Nowhere};
use super::diagnostics::diagnostics;
use super::formatting::Edit;
use super::snapshot::{Snapshot, touch};
pub use case::add_case;
pub use fix::{Fix, FixKind};
use provable::lang::diagnostics::{Code, Diagnostic};
use provable::lang::quote::shortened;
use std::ops::Range;

/// The most findings that are examined for one answer.
const FINDINGS: usize = 100;

/// The fixes for the findings that a range touches, and the refactorings of the number at its start. Files beside the text
/// are not known.
pub fn fixes(s: &Snapshot, range: Range<usize>) -> Vec<Fix> {
    fixes_among(s, range, &Nowhere)
}

/// The fixes for the findings that a range touches, some of which use files beside the text.
pub fn fixes_among(s: &Snapshot, range: Range<usize>, beside: &dyn Beside) -> Vec<Fix> {
    let range = s.clamp(range.start)..s.clamp(range.end.max(range.start));
    let mut found = Vec::new();
    let touched = diagnostics(s).into_iter().map(|finding| finding.diagnostic);
    for diagnostic in touched
        .filter(|one| touch(&one.span, &range))
        .take(FINDINGS)
    {
        let renamed = names::rename_mnemonic(s, diagnostic);
        let is_renamed = renamed.is_some();
        found.extend(renamed);
        if !is_renamed {
            found.extend(replacement(s, diagnostic));
        }
        match diagnostic.code {
            Code::UndefinedName => {
                found.extend(names::define(s, diagnostic));
                found.extend(names::use_file(s, diagnostic, beside));
            }
            Code::RunsOn => found.extend(contract::stop(s, diagnostic)),
            Code::WrongOutputs => found.extend(contract::declare_outputs(s, diagnostic)),
            Code::UnusedName => found.extend(names::remove(s, diagnostic)),
            Code::Underflow => found.extend(code::push_missing(s, diagnostic)),
            Code::Unreachable => found.extend(code::remove_unreachable(s, diagnostic)),
            Code::PossibleRetWithoutCall => found.extend(code::halt_before_routine(s, diagnostic)),
            Code::BadAllowance | Code::UnusedAllowance => {
                found.extend(allow::remove(s, diagnostic));
            }
            _ => {}
        }
        found.extend(allow::allow(s, diagnostic));
    }
    found.extend(code::halt_at_end(s, &range));
    found.extend(numbers::refactorings(s, range.start));
    // Two findings may have the same edits, such as two uses of one undefined name. They give one fix.
    let mut kept: Vec<Fix> = Vec::new();
    for mut fix in found {
        fix.title = shortened(&fix.title).into_owned();
        fix.edits
            .sort_by_key(|edit| (edit.span.start, edit.span.end));
        if !kept.iter().any(|other| other.edits == fix.edits) {
            kept.push(fix);
        }
    }
    kept
}

/// Applies the replacement of the finding.
fn replacement(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let new = diagnostic.replacement.as_deref()?;
    let old = s.text().get(diagnostic.span.clone())?;
    let is_mnemonic = matches!(
        diagnostic.code,
        Code::UnknownInstruction | Code::RetWithoutCall
    ) && !new.ends_with(':');
    let new = if is_mnemonic {
        super::completion::like(old, new)
    } else {
        new.to_owned()
    };
    let title = match diagnostic.code {
        Code::UnknownInstruction if new.ends_with(':') => format!("Make it the label `{new}`"),
        _ => format!("Change to `{new}`"),
    };
    let edit = Edit {
        span: diagnostic.span.clone(),
        text: new,
    };
    Some(Fix::mending(diagnostic, title, vec![edit]).preferred())
}
