//! Where control goes from an instruction.

/// Where control goes from an instruction. Jumps out of the program are left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Exits {
    /// To the next instruction, without a call.
    pub next: Option<u32>,
    /// To a jump's target.
    pub target: Option<u32>,
    /// Into code that returns to the next instruction.
    pub call: Option<u32>,
}

impl Exits {
    /// The nodes to which control goes without a call.
    pub fn onward(self) -> impl Iterator<Item = u32> {
        // A chain of options, and no array that is flattened: that takes a third of the analysis.
        self.next.into_iter().chain(self.target)
    }
}
