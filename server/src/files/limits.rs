//! The most that is read of a file, in bytes, by what it holds.

/// A program.
pub const PROGRAM: u64 = 64 << 20;
/// A profile that another one is compared with.
pub const PROFILE: u64 = 64 << 20;
/// The inputs of a program.
pub const INPUTS: u64 = 16 << 20;
/// A proof. It holds the public input and output too.
pub const PROOF: u64 = 16 << 20;
/// The opening of a proof. It holds the secret input.
pub const OPENING: u64 = 64 << 20;
/// A contract in Solidity.
pub const CONTRACT: u64 = 1 << 20;
/// The trusted setup of EIP-4844.
pub const KZG_SETUP: u64 = 16 << 20;
/// A verifying key.
pub const VERIFYING_KEY: u64 = 1 << 20;
