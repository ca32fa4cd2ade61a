//! What is known of a program before it runs.

use crate::diagnostic::Diagnostic;
use crate::program::Assembly;

/// What the analysis finds.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Analyses a program.
pub fn analyse(_assembly: &Assembly) -> Analysis {
    Analysis::default()
}
