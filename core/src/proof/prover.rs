//! The prover's interface: from a program and its inputs to a proof.

use super::error::ProveError;
use super::key_source::KeySource;
use super::prove::{Proved, prove_trace};
use super::random::system_rng;
use crate::circuit::fit::{Fit, fit};
use crate::circuit::tier::Tier;
use crate::lang::program::Program;
use crate::progress::{Progress, Silent};
use crate::vm::{Inputs, Limits};
use rand_core::CryptoRng;

/// Proves runs. Each option has a method: tier, limits, progress, randomness.
pub struct Prover<'a> {
    keys: &'a dyn KeySource,
    tier: Option<&'static Tier>,
    limits: Limits,
    progress: &'a dyn Progress,
    rng: Option<&'a mut dyn CryptoRng>,
}

impl<'a> Prover<'a> {
    /// A prover that takes its keys from `keys`: a key store, or one proving key.
    pub fn new(keys: &'a dyn KeySource) -> Self {
        Prover {
            keys,
            tier: None,
            limits: Limits::default(),
            progress: &Silent,
            rng: None,
        }
    }

    /// Proves at this tier instead of the smallest tier that holds the run. A larger tier hides the length of the run.
    pub fn tier(mut self, tier: &'static Tier) -> Self {
        self.tier = Some(tier);
        self
    }

    /// Sets the limits of steps and memory of the run.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the receiver of progress reports. It can also cancel the work.
    pub fn progress(mut self, progress: &'a dyn Progress) -> Self {
        self.progress = progress;
        self
    }

    /// Draws the randomness of the proof from this generator instead of the operating system. If someone can foresee
    /// these numbers, the proof does not hide its secrets from them. A key that has to be made draws from the operating
    /// system in any case.
    pub fn rng(mut self, rng: &'a mut dyn CryptoRng) -> Self {
        self.rng = Some(rng);
        self
    }

    /// Runs the program, proves the run, and verifies the proof before returning it.
    ///
    /// # Errors
    /// When the run traps, fits in no tier or not in the tier that was asked for, no key can be had, or the work is
    /// cancelled.
    pub fn prove(self, program: &Program, inputs: &Inputs) -> Result<Proved, ProveError> {
        let wanted = self.tier.or_else(|| self.keys.only_tier());
        let Fit { tier, trace, .. } = fit(program, inputs, self.limits, wanted)?;
        let key = self.keys.proving_key(tier, self.progress)?;
        let mut system = system_rng();
        let rng = match self.rng {
            Some(rng) => rng,
            None => &mut system,
        };
        prove_trace(&key, program, inputs, &trace, rng, self.progress)
    }
}

/// Runs a program and proves the run at the smallest tier that holds it. The key comes from `keys`; a key store makes
/// it if it is missing. [`Prover`] has options for tier, limits, progress and randomness.
///
/// # Errors
/// As [`Prover::prove`].
pub fn prove(
    program: &Program,
    inputs: &Inputs,
    keys: &dyn KeySource,
) -> Result<Proved, ProveError> {
    Prover::new(keys).prove(program, inputs)
}
