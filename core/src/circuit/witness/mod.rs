//! The witness: from a run to an assignment. `committed` writes the committed block of a tier from an execution trace.
//! `derived` computes the remaining variables once the challenges are known.

mod cells;
mod committed;
mod coprocessors;
mod derived;
mod rows;
mod sha256;
