//! Generators of random numbers.
//!
//! The library takes generators of `rand_core` 0.9. Arkworks samples from generators of `rand` 0.8. The adapter here
//! passes the same numbers on.

use rand_core::{CryptoRng, OsRng, RngCore, TryRngCore, UnwrapErr};

/// The operating system's generator.
pub fn system_rng() -> UnwrapErr<OsRng> {
    OsRng.unwrap_err()
}

/// A generator of `rand_core` 0.9 as a generator of `rand` 0.8.
pub(super) struct ArkRng<'a, R: ?Sized>(pub(super) &'a mut R);

impl<R: RngCore + ?Sized> rand::RngCore for ArkRng<'_, R> {
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand::Error> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

impl<R: CryptoRng + ?Sized> rand::CryptoRng for ArkRng<'_, R> {}
