//! The table of the SHA256 instruction: it computes the compression function, and nothing else satisfies it.
//!
//! All but `step_row` take the table without step rows that request it. What such step rows and the rest of the run put into
//! the memory and take from it enters through the verifier's part of the memory sum.
//!
//! The tests in `library` run programs: the routines of the standard library around the instruction.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod arithmetic_lies;
mod columns;
mod cost;
mod families;
mod library;
mod memory_lies;
mod step_row;
mod support;
