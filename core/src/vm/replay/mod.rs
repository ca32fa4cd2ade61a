//! A run that can be looked at in any order: backwards, forwards, at any step.
//!
//! Programs are deterministic, so no state needs to be kept: a [`Recording`] keeps a bounded number of checkpoints,
//! further and further apart as the run grows, and comes to any other place by running on from the one before it.
//! Checkpoints share what did not change between them, so that a large heap is not kept many times.
//!
//! A *position* is a number of steps taken, from 0 to those of the whole run. At the last position the run has ended:
//! it halted or trapped.

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
