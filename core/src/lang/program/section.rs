//! Sections: the main code, and after it routines and tests.

use crate::lang::modules::Contract;
use crate::lang::syntax::Span;
use std::ops::Range;

/// A part of a text with instructions of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// Its lines (from 0), the `.routine` or `.test` line included.
    pub lines: Range<usize>,
    /// Its instructions.
    pub instructions: Range<u32>,
}

/// What a section is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// What comes before the first routine and test.
    Main,
    /// A routine.
    Routine {
        /// Where its name stands.
        name: Option<Span>,
        /// What it takes and leaves; none if its line does not say so.
        contract: Option<Contract>,
    },
    /// A test, with the number of values that its instructions begin with.
    Test {
        /// How many words the stack holds before them.
        inputs: u32,
    },
}

impl Section {
    /// Whether the section is a routine.
    pub fn is_routine(&self) -> bool {
        matches!(self.kind, SectionKind::Routine { .. })
    }

    /// Whether the section is a test.
    pub fn is_test(&self) -> bool {
        matches!(self.kind, SectionKind::Test { .. })
    }
}
