//! Verifiers in Solidity: one contract for a key and a program, and the calldata of a proof for it.
//!
//! The contract computes what [`Verifier`](super::Verifier) computes, with the precompiles of EIP-2537 for the curve. It is made
//! from the templates beside this file. The program's evaluation is computed from a table in the code, or opened from a
//! commitment by EIP-4844's precompile ([`Evaluation`]). `docs/ethereum.md` says how the two sides agree.

mod calldata;
mod coefficients;
mod contract;
mod encoding;
mod error;
mod kzg;
mod table;
mod template;
#[cfg(test)]
mod tests;

pub use calldata::{Calldata, calldata};
pub use contract::{Contract, ORIGIN, is_opening_cheaper};
pub use error::SolidityError;
pub use kzg::KzgSetup;

/// How the contract evaluates the program at the challenge ρ.
#[derive(Clone, Copy, Debug)]
pub enum Evaluation<'a> {
    /// By Horner's rule, over a table in its code. It takes gas for each entry of the program.
    Table,
    /// By an opening of a polynomial commitment (Kate, Zaverucha, Goldberg, ASIACRYPT 2010, section 3.2), whose check is
    /// EIP-4844's precompile. It takes the same gas for all programs of up to 4,096 entries, and rests on the public
    /// ceremony whose powers these are.
    Opening(&'a KzgSetup),
}
