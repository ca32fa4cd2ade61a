//! Edits that mend what is found, and a few that only write a program better.

mod allow;
mod code;
mod names;
mod numbers;
mod shift;

use super::diagnostics::diagnostics;
use super::formatting::Edit;
use super::snapshot::{Snapshot, touch};
use provable::lang::diagnostics::{Code, Diagnostic};
use provable::lang::quote::shortened;
use std::ops::Range;

/// The most findings that are looked at for one answer.
const FINDINGS: usize = 100;

/// What a fix is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixKind {
    /// It mends a finding.
    QuickFix,
    /// It keeps what the program does and writes it otherwise.
    Refactor,
}

/// Edits to offer under one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order.
    pub title: String,
    /// The edits, by place, none overlapping another.
    pub edits: Vec<Edit>,
    /// What kind of finding it mends.
    pub code: Option<Code>,
    /// Where that finding is; without one, what it changes.
    pub span: Range<usize>,
    /// Whether it is what is most likely wanted.
    pub is_preferred: bool,
    /// What it is for.
    pub kind: FixKind,
}

impl Fix {
    /// A fix that mends a finding.
    fn mending(diagnostic: &Diagnostic, title: String, edits: Vec<Edit>) -> Self {
        Fix {
            title,
            edits,
            code: Some(diagnostic.code),
            span: diagnostic.span.clone(),
            is_preferred: false,
            kind: FixKind::QuickFix,
        }
    }

    fn refactoring(span: Range<usize>, title: String, edits: Vec<Edit>) -> Self {
        Fix {
            title,
            edits,
            code: None,
            span,
            is_preferred: false,
            kind: FixKind::Refactor,
        }
    }

    fn preferred(mut self) -> Self {
        self.is_preferred = true;
        self
    }
}

/// What can be done about the findings that a range touches, and with the number at its start.
pub fn fixes(s: &Snapshot, range: Range<usize>) -> Vec<Fix> {
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
            Code::UndefinedName => found.extend(names::define(s, diagnostic)),
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
    // The same edits for two findings, such as two uses of one name that is not defined, are one fix.
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

/// Writes what the finding says is meant.
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

/// The line end that a text uses, for lines that are added to it.
fn line_end(s: &Snapshot) -> &'static str {
    let first = s
        .rows()
        .first()
        .map_or("", |row| s.assembly.tree.slice(row.span));
    if first.ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    }
}

/// Adds lines (each ended with LF) before a line from 0, or after the last.
fn insert_lines(s: &Snapshot, line: usize, lines: &str) -> Edit {
    let at = match s.rows().get(line) {
        Some(row) => row.span.start as usize,
        None => s.text().len(),
    };
    // A last line that was not ended is ended first.
    let is_open = at > 0 && s.rows().get(line).is_none() && !s.text().ends_with(['\n', '\r']);
    let start = if is_open { "\n" } else { "" };
    Edit {
        span: at..at,
        text: format!("{start}{lines}").replace('\n', line_end(s)),
    }
}
