//! Where control goes after a step.

/// Where the run continues.
pub(super) enum Next {
    /// At the instruction after this one.
    Following,
    /// At this index.
    At(u32),
    /// The run halts.
    Halt,
}
