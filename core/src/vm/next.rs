//! Where a step leads.

/// Where the run goes on.
pub(super) enum Next {
    /// At the instruction after this one.
    Following,
    /// At this index.
    At(u32),
    /// Nowhere.
    Halt,
}
