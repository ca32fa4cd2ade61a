//! Parses a program from its text, for callers that need only the errors and not an editor's view of the text. The text
//! may use the standard library, and no other files.

use super::linker::link;
use crate::lang::diagnostics::{Diagnostic, Severity};
use crate::lang::line_index::LineIndex;
use crate::lang::modules::{Modules, Parsed};
use crate::lang::program::Program;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The errors of a text that does not assemble.
#[derive(Clone, Debug)]
pub struct AssemblyError {
    /// The errors, in the order of the text; at least one.
    pub errors: Vec<Diagnostic>,
    /// Line and column of the first error, from 1.
    first: (usize, usize),
}

impl fmt::Display for AssemblyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.first;
        let message = self.errors.first().map_or("", |error| &error.message);
        write!(f, "line {line}, column {column}: {message}")?;
        match self.errors.len() {
            0 | 1 => Ok(()),
            count => write!(f, " (and {} more)", count - 1),
        }
    }
}

impl std::error::Error for AssemblyError {}

impl FromStr for Program {
    type Err = AssemblyError;

    fn from_str(text: &str) -> Result<Self, AssemblyError> {
        let linked = link(&Modules::alone(Arc::new(Parsed::new(text))));
        let diagnostics = linked.diagnostics_of(0);
        match linked.program {
            Some(program) => Ok(program),
            None => {
                let is_error = |one: &Diagnostic| one.severity == Severity::Error;
                let errors = diagnostics.into_iter().filter(is_error);
                let errors: Vec<Diagnostic> = errors.collect();
                let start = errors.first().map_or(0, |error| error.span.start);
                let at = LineIndex::new(text).line_column(start);
                Err(AssemblyError {
                    errors,
                    first: (at.line + 1, at.column + 1),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_errors_is_refused_with_the_place_of_the_first() {
        let error = "PUSH 1\n  PSH 2\nJMP nowhere"
            .parse::<Program>()
            .unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with("line 2, column 3: "), "{text}");
        assert!(text.ends_with("(and 1 more)"), "{text}");
        assert_eq!("PUSH 1".parse::<Program>().unwrap().instructions().len(), 1);
    }
}
