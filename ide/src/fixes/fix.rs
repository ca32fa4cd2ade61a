//! A fix: edits under one title.

use crate::formatting::Edit;
use provable::lang::diagnostics::{Code, Diagnostic};
use std::ops::Range;

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
    pub(super) fn mending(diagnostic: &Diagnostic, title: String, edits: Vec<Edit>) -> Self {
        Fix {
            title,
            edits,
            code: Some(diagnostic.code),
            span: diagnostic.span.clone(),
            is_preferred: false,
            kind: FixKind::QuickFix,
        }
    }

    pub(super) fn refactoring(span: Range<usize>, title: String, edits: Vec<Edit>) -> Self {
        Fix {
            title,
            edits,
            code: None,
            span,
            is_preferred: false,
            kind: FixKind::Refactor,
        }
    }

    pub(super) fn preferred(mut self) -> Self {
        self.is_preferred = true;
        self
    }
}
