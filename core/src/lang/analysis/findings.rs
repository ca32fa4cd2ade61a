//! The findings of the passes, without those that the text allows.

use super::allow::Allowed;
use crate::lang::diagnostics::{Diagnostic, Sink};
use crate::lang::program::Assembly;

/// Collects the findings of the passes.
pub(super) struct Findings<'a> {
    pub(super) assembly: &'a Assembly,
    pub(super) sink: Sink,
    pub(super) allowed: Allowed<'a>,
}

impl Findings<'_> {
    pub(super) fn push(&mut self, make: impl FnOnce(&Assembly) -> Diagnostic) {
        let assembly = self.assembly;
        // If the text allows nothing, a finding over the limit is not even formatted.
        if self.allowed.is_empty() {
            self.sink.push(|| make(assembly));
            return;
        }
        let finding = make(assembly);
        if !self.allowed.covers(&finding) {
            self.sink.push(|| finding);
        }
    }
}

/// `1 word`, `2 words`.
pub(super) fn words(count: impl Into<u64>) -> String {
    match count.into() {
        1 => "1 word".to_owned(),
        count => format!("{count} words"),
    }
}
