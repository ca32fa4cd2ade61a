//! What was found.

use super::measure::{SumTimes, TierTimes};
use provable::proof::Backend;

/// What was found of this machine.
pub struct Report {
    /// The processor's name, if it has one.
    pub processor: Option<String>,
    /// Logical processors that this process may use, if that is known.
    pub processors: Option<usize>,
    /// Threads that make a proof.
    pub threads: usize,
    /// What the processor can use, the fastest last.
    pub backends: Vec<Backend>,
    /// How many times each was measured.
    pub runs: u32,
    /// Proofs, by tier.
    pub tiers: Vec<TierTimes>,
    /// A sum.
    pub sum: SumTimes,
}
