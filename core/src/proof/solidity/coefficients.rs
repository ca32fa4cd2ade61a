//! The size of the setup of EIP-4844.

/// The powers in the setup, and so the most coefficients of a polynomial.
pub(super) const COEFFICIENTS: usize = 4096;
