//! Provable VM: a small stack machine whose runs can be proved in zero knowledge.
//!
//! Data flows one way, and so do the imports: [`lang`] (text to program, and what is known before a run) → [`vm`]
//! (execution) → [`circuit`] (constraints and witness) → [`proof`] (keys, prover, verifier) → `store` (files).

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod circuit;
pub mod lang;
pub mod log;
#[cfg(feature = "verifier")]
mod parallel;
#[cfg(feature = "verifier")]
pub mod proof;
#[cfg(feature = "store")]
pub mod store;
pub mod vm;
