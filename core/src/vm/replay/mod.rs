//! Replay: a run whose states can be visited in any order, backwards and forwards.
//!
//! Programs are deterministic, so not every state is kept. A [`Recording`] keeps a bounded number of checkpoints, whose
//! distance grows with the run. It reaches any other position by running on from the checkpoint before it. Checkpoints
//! share what did not change between them, so a large heap is not stored many times.
//!
//! A *position* is a number of steps taken, from 0 to the number of steps of the whole run. At the last position the
//! run has ended: it halted or trapped.

mod access;
mod checkpoint;
mod edit;
mod recording;
mod shared;

pub use access::{Access, AccessKind};
pub use edit::{Edit, EditError};
pub use recording::{Moved, Recording};

#[cfg(test)]
mod tests;
