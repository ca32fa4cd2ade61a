//! The prover's front door: from a program and its inputs to a proof.

use super::error::ProveError;
use super::key_source::KeySource;
use super::prove::{Proved, prove_trace};
use super::random::system_rng;
use crate::circuit::ExecutionTrace;
use crate::circuit::tier::Tier;
use crate::lang::program::Program;
use crate::progress::{Progress, Silent};
use crate::vm::{Inputs, Limits};
use rand_core::CryptoRng;

/// Proves runs. What is optional has a method: tier, limits, progress, randomness.
pub struct Prover<'a> {
    keys: &'a dyn KeySource,
    tier: Option<&'static Tier>,
    limits: Limits,
    progress: &'a dyn Progress,
    rng: Option<&'a mut dyn CryptoRng>,
}

impl<'a> Prover<'a> {
    /// A prover with keys from `keys`: the key store, or one proving key.
    pub fn new(keys: &'a dyn KeySource) -> Self {
        Prover {
            keys,
            tier: None,
            limits: Limits::default(),
            progress: &Silent,
            rng: None,
        }
    }

    /// Proves at this tier, and not at the smallest that holds the run. A larger one hides the run's length.
    pub fn tier(mut self, tier: &'static Tier) -> Self {
        self.tier = Some(tier);
        self
    }

    /// Lets the run take so many steps and so much memory.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Tells how far the work is, and asks whether it is cancelled.
    pub fn progress(mut self, progress: &'a dyn Progress) -> Self {
        self.progress = progress;
        self
    }

    /// Draws the proof's randomness from this generator, and not from the operating system. A proof hides its secrets
    /// as well as nobody can foresee these numbers. A key that is made draws from the operating system all the same.
    pub fn rng(mut self, rng: &'a mut dyn CryptoRng) -> Self {
        self.rng = Some(rng);
        self
    }

    /// Runs the program, proves the run, and verifies the proof before returning it.
    ///
    /// # Errors
    /// When the run traps, fits no tier (or not the one asked for), there is no key, or the work is cancelled.
    pub fn prove(self, program: &Program, inputs: &Inputs) -> Result<Proved, ProveError> {
        let trace = ExecutionTrace::new(program, inputs, self.limits)?;
        let tier = match self.tier.or_else(|| self.keys.only_tier()) {
            Some(tier) => trace.usage().fits(&tier.capacities).map(|()| tier)?,
            None => Tier::smallest(&trace.usage())?.0,
        };
        let key = self.keys.proving_key(tier, self.progress)?;
        let mut system = system_rng();
        let rng = match self.rng {
            Some(rng) => rng,
            None => &mut system,
        };
        prove_trace(&key, program, inputs, &trace, rng, self.progress)
    }
}

/// Runs a program and proves the run at the smallest tier that holds it, with a key from `keys`, which a key store makes
/// if it is missing. For tier, limits, progress and randomness there is [`Prover`].
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
