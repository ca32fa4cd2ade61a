//! Provable VM: a small stack machine whose runs can be proved in zero knowledge.
//!
//! A program in assembly runs on public and secret words. A proof says that on *this* public input and *some* secret
//! input the program halts with *this* public output, and nothing else about the secret words. It has 240 bytes of
//! points, whatever the program.
//!
//! # Proving
//! ```no_run
//! use provable::{Inputs, KeyStore, Program};
//!
//! const TEXT: &str = "SECRET\nSECRET\nMUL\nREAD\nEQ\nASSERT"; // two secret factors of a public number
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let program: Program = TEXT.parse()?;
//! // Picks the smallest tier that holds the run; makes the tier's key if the store does not have it.
//! let proved = provable::prove(&program, &Inputs::new([3599], [59, 61]), &KeyStore::default()?)?;
//! std::fs::write("factor.proof.json", proved.proof.to_json())?;
//! # Ok(())
//! # }
//! ```
//! [`Prover`] has the options: a tier, limits, progress and cancellation, the sources of randomness and of keys.
//!
//! # Verifying
//! With the feature `verifier` alone, the binary contains no prover and no code that touches a file.
//! ```
//! use provable::{Program, Proof, Statement, Verifier};
//!
//! /// What the proof proves, if it is valid.
//! fn check(key: &[u8], program: &str, proof: &str) -> Result<Statement, Box<dyn std::error::Error>> {
//!     let program: Program = program.parse()?;
//!     let verifier = Verifier::from_bytes(key)?; // refuses keys for unknown circuits
//!     let statement = verifier.verify(&program, &Proof::from_json(proof)?)?;
//!     // The program, public input and output, trace commitment, the key and where it came from.
//!     Ok(statement)
//! }
//! # assert!(check(b"no key", "HALT", "{}").is_err());
//! ```
//! A proof is only as convincing as its key. The person who made a key can make false proofs under it. So verify with a
//! key from a person whom you trust not to do this, or with a key from a ceremony.
//!
//! # Features
//! | feature | contents |
//! | --- | --- |
//! | none | the language and the machine: [`lang`], [`vm`], and from [`circuit`] the size of a proof of a run |
//! | `verifier` | [`Verifier`] |
//! | `prover` (default) | [`Prover`], [`setup`](proof::setup) |
//! | `store` (default) | files: with `prover`, the [`KeyStore`] |
//! | `solidity` | `proof::solidity`: verifiers for Ethereum |
//! | `ceremony` | `proof::ceremony`: keys whose trapdoors nobody knows |
//! | `arkworks` | the circuit as a `ConstraintSynthesizer` of `ark_relations` |
//!
//! # Modules
//! Data and imports go in one direction: [`lang`] (text to program, and static analysis) → [`vm`]
//! (execution) → [`circuit`] (constraints and witness) → [`proof`] (keys, prover, verifier) → [`store`] (files).

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod circuit;
pub mod lang;
pub mod log;
#[cfg(feature = "verifier")]
mod parallel;
pub mod progress;
#[cfg(feature = "verifier")]
pub mod proof;
#[cfg(feature = "store")]
pub mod store;
pub mod testing;
pub mod vm;

pub use lang::link::AssemblyError;
pub use lang::program::Program;
pub use progress::Progress;
#[cfg(feature = "verifier")]
pub use proof::{KeyError, Origin, Proof, Statement, Verifier, VerifyError, VerifyingKey};
#[cfg(feature = "prover")]
pub use proof::{KeySource, Opening, ProveError, Proved, Prover, ProvingKey, prove};
#[cfg(all(feature = "store", feature = "prover"))]
pub use store::KeyStore;
pub use vm::{Inputs, Limits, Machine, Trap};

// The signatures of this crate contain types of these crates.
#[cfg(feature = "verifier")]
pub use {ark_bls12_381, rand_core};

/// Compiles the examples of the README with the tests.
#[cfg(all(doctest, feature = "prover", feature = "store"))]
#[doc = include_str!("../README.md")]
struct Readme;
