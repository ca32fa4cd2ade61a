//! A fix: edits with one title.

use crate::formatting::Edit;
use provable::lang::diagnostics::{Code, Diagnostic};
use std::ops::Range;

/// The purpose of a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixKind {
    /// It corrects a finding.
    QuickFix,
    /// It writes the program differently and keeps its behaviour.
    Refactor,
}

/// Edits that are offered under one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// The edits, by place. No two overlap.
    pub edits: Vec<Edit>,
    /// The code of the finding that it corrects.
    pub code: Option<Code>,
    /// The place of that finding; if there is none, the text that it changes.
    pub span: Range<usize>,
    /// Whether it is the most likely choice.
    pub is_preferred: bool,
    /// Its purpose.
    pub kind: FixKind,
}

impl Fix {
    /// A fix that corrects a finding.
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
