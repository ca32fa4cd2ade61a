//! The universal step circuit: its constraints hold exactly when a program, run on some secret input, turns the public
//! input into the public output.
//!
//! A [`Circuit`] depends on the capacities of a tier alone. The program and the tapes enter through the statement. The
//! variables have three parts: the statement (the challenges, and what the verifier computes with them), the committed
//! block (everything that the prover fixes before it knows the challenges), and the remaining witness, which the
//! constraints determine from the other two. `docs/proof-system.md` has the soundness argument and a table of every
//! tuple.

#[cfg(any(feature = "arkworks", all(test, feature = "prover")))]
pub mod arkworks;
#[cfg(feature = "prover")]
pub mod bounds;
#[cfg(feature = "prover")]
pub mod builder;
pub mod cost;
pub mod describe;
pub mod encoding;
pub mod execution_trace;
pub mod fact;
pub mod family;
#[cfg(feature = "verifier")]
pub mod field;
pub mod fit;
pub mod fit_error;
pub mod interval;
pub mod layout;
#[cfg(feature = "prover")]
pub mod matrices;
pub mod operations;
pub mod profile;
#[cfg(feature = "prover")]
mod r1cs;
mod recorder;
mod recording;
pub mod selection;
pub mod sha256;
pub mod shape;
#[cfg(feature = "verifier")]
pub mod statement;
#[cfg(feature = "prover")]
mod step_circuit;
#[cfg(feature = "prover")]
mod tables;
pub mod tier;
#[cfg(feature = "verifier")]
pub mod tuple;
pub mod usage;
pub mod variable;
#[cfg(feature = "prover")]
pub mod witness;

pub use execution_trace::ExecutionTrace;
pub use family::Family;
pub use layout::{Capacities, Layout};
#[cfg(feature = "prover")]
pub use step_circuit::Circuit;
pub use usage::{Shortage, TableUse, Usage};
