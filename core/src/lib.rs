//! Provable VM: a small stack machine whose runs can be proved in zero knowledge.
//!
//! Data flows one way, and so do the imports: [`isa`] (what an instruction is) → `syntax` (text to tree) →
//! [`program`] (tree to instructions) → `analysis` (what is known before a run) → `vm` (execution) →
//! `circuit` (constraints and witness) → `proof` (keys, prover, verifier, files).

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod circuit;
pub mod lang;
pub mod log;
pub mod proof;
pub mod store;
pub mod vm;
