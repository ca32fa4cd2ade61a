//! What the passes find, without what the text allows.

use super::allow::Allowed;
use crate::lang::diagnostics::{Diagnostic, Sink};
use crate::lang::program::Assembly;

/// Where the passes put what they find.
pub(super) struct Findings<'a> {
    pub(super) assembly: &'a Assembly,
    pub(super) sink: Sink,
    pub(super) allowed: Allowed<'a>,
}

impl Findings<'_> {
    pub(super) fn push(&mut self, make: impl FnOnce(&Assembly) -> Diagnostic) {
        let assembly = self.assembly;
        // Where nothing is allowed, a finding that there is no room for is not even put into words.
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
