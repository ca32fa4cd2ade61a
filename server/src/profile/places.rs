//! Where in the source the instructions of a program stand.

/// The name of the code that runs first. No routine has it: it is no name of the language.
pub const MAIN: &str = "(main)";

/// Where an instruction stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file, as messages name it.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// The routine that the line belongs to, or [`MAIN`].
    pub routine: &'a str,
    /// If the line is in an inlined copy of its routine: the line that has the copy, then the line that has the copy in
    /// which that line is, and so on outwards.
    pub inlined_at: Vec<InlineSite<'a>>,
}

/// A line that has an inlined copy of a routine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineSite<'a> {
    /// The file.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// The routine that the line belongs to, or [`MAIN`].
    pub routine: &'a str,
}

/// The places of a program's instructions.
pub trait Places {
    /// Where an instruction stands; `None` at the end of the program and after it.
    fn place(&self, index: u32) -> Option<Place<'_>>;

    /// The name of the routine that a CALL to this index enters.
    fn called(&self, entry: u32) -> &str;

    /// The text of a line (from 1) of a file that a place names.
    fn text(&self, file: &str, line: usize) -> Option<&str>;
}
