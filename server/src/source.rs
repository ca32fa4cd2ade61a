//! A program's text under the name that messages call it by, what it assembles to, and positions in it.

use provable::lang::diagnostics::Diagnostic;
use provable::lang::line_index::LineIndex;
use provable::lang::link::AssemblyError;
use provable::lang::program::Program;
use provable::lang::quote::{self, shortened};

/// A text and the name that messages call it by.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as it was given, or a name for what has none.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl Source {
    /// The program in the text. It may use the standard library, and no other files.
    ///
    /// # Errors
    /// The errors in the text.
    pub fn program(&self) -> Result<Program, Vec<Diagnostic>> {
        self.text
            .parse()
            .map_err(|error: AssemblyError| error.errors)
    }
}

/// Positions in a source, as messages give them.
pub struct Positions<'a> {
    source: &'a Source,
    /// The text's lines.
    pub lines: LineIndex,
}

impl<'a> Positions<'a> {
    /// The positions in this source.
    pub fn new(source: &'a Source) -> Self {
        Positions {
            source,
            lines: LineIndex::new(&source.text),
        }
    }

    /// Line and column from 1, the column in characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let at = self.lines.line_column(offset);
        let start = self.lines.line_span(at.line).map_or(0, |line| line.start);
        let before = self.source.text.get(start..start + at.column);
        (
            at.line + 1,
            before.map_or(at.column, |text| text.chars().count()) + 1,
        )
    }

    /// `NAME:LINE:COLUMN`.
    pub fn position(&self, offset: usize) -> String {
        let (line, column) = self.line_column(offset);
        format!("{}:{line}:{column}", quote::name(&self.source.name))
    }

    /// Why the source does not assemble, in one line.
    pub fn summary(&self, errors: &[Diagnostic]) -> String {
        match errors {
            [] => format!("{} does not assemble", quote::name(&self.source.name)),
            [one] => self.headline(one),
            [first, rest @ ..] => format!("{} (and {} more)", self.headline(first), rest.len()),
        }
    }

    fn headline(&self, diagnostic: &Diagnostic) -> String {
        format!(
            "{}: {}",
            self.position(diagnostic.span.start),
            shortened(&diagnostic.message)
        )
    }
}
