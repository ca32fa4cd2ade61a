//! Which routine an instruction belongs to: a CALL enters one, and an instruction may stand in an inlined copy of one.

/// The routines of a program, each by a number that the caller chooses.
pub trait Routines {
    /// The routine that a CALL to this index enters.
    fn called(&self, entry: u32) -> u32;

    /// The inlined copies in which the instruction at this index stands, from the outermost to the innermost, each by its
    /// routine. They are frames inside that of the CALL.
    fn inlined(&self, index: u32) -> &[u32];
}

/// Routines of a program without inlined copies: each is numbered by the index at which a CALL enters it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entries;

impl Routines for Entries {
    fn called(&self, entry: u32) -> u32 {
        entry
    }

    fn inlined(&self, _index: u32) -> &[u32] {
        &[]
    }
}

/// A frame of a path of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frame {
    /// The code that runs first.
    Main,
    /// A routine, by its number.
    Routine(u32),
    /// Stands for paths that are too long or too many to be told apart.
    Deeper,
}
