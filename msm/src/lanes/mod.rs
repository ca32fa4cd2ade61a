//! Batch-affine addition in the lanes of vectors: the same step of several additions at once, one in each lane.
//!
//! What all vectors share is here: the batches (`adder`, `batch`, `exceptions`), points in memory (`point`), and the operations that a kind of
//! vectors has to offer (`unit`). `avx2` and `ifma` have the arithmetic.

mod adder;
pub(crate) mod avx2;
mod batch;
mod components;
mod exceptions;
mod ifma;

mod operands;
mod point;
#[cfg(any(test, fuzzing))]
mod representations;
mod unit;

pub(crate) use adder::LaneAdder;

#[cfg(test)]
mod tests;
