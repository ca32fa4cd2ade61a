//! A ceremony as a whole: its powers, its contributions, and the key that they have made so far.

use super::chain::{Chain, Start};
use super::error::CeremonyError;
use super::factors::Factors;
use super::initial::initial;
use super::powers::Powers;
use super::values::Values;
use crate::circuit::Circuit;
use crate::circuit::tier::{TIERS, Tier};
use crate::progress::Progress;
use crate::proof::key::{CeremonyOrigin, ProvingKey};
use crate::proof::transcript::{Hash, Hasher};
use ark_bls12_381::{G1Affine, G1Projective, G2Projective};
use rand_core::{CryptoRng, RngCore};

const POWERS: &[u8] = b"provable-vm ceremony powers v1";
const IMPORTED: &[u8] = b"provable-vm ceremony imported powers v1";
const START: &[u8] = b"provable-vm ceremony start v1";

/// Phase 1: powers for a domain, and who contributed to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseOne {
    pub(super) powers: Powers,
    pub(super) chain: Chain<G1Projective>,
}

impl PhaseOne {
    /// The powers of a domain of 2^bits points, before any contribution.
    pub fn new(bits: u32) -> Self {
        PhaseOne {
            powers: Powers::new(bits),
            chain: Chain::new(PhaseOne::start()),
        }
    }

    /// Powers of others, as published. They are trusted as those are who made them.
    pub(super) fn imported(powers: Powers) -> Self {
        let first = |points: &[G1Affine], at: usize| points.get(at).copied().unwrap_or_default();
        let values = [
            first(&powers.tau_g1, 1),
            first(&powers.alpha_g1, 0),
            first(&powers.beta_g1, 0),
        ];
        let chain = Chain::new(PhaseOne::imported_start(values));
        PhaseOne { powers, chain }
    }

    /// What phase 1 begins with. It has no size: powers for a smaller domain have the same chain.
    pub(super) fn start() -> Start<G1Projective> {
        Start::with_generators(Hasher::new(POWERS).finish())
    }

    /// What phase 1 begins with that goes on with the powers of others.
    pub(super) fn imported_start(values: [G1Affine; 3]) -> Start<G1Projective> {
        let mut hasher = Hasher::new(IMPORTED);
        for value in &values {
            hasher.canonical(value);
        }
        let hash = hasher.finish();
        Start { hash, values }
    }

    /// The hash of the published powers with which it goes on, which determines all of them; none if it began here. Whoever
    /// imports the same file for any domain gets the same.
    pub fn published(&self) -> Option<Hash> {
        self.is_imported().then_some(self.chain.start().hash)
    }

    /// Whether the powers were begun by others.
    pub fn is_imported(&self) -> bool {
        *self.chain.start() != PhaseOne::start()
    }

    /// The powers.
    pub fn powers(&self) -> &Powers {
        &self.powers
    }

    /// The contributions.
    pub fn chain(&self) -> &Chain<G1Projective> {
        &self.chain
    }

    /// Whether the powers are consistent, and those of the last contribution.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self, rng: &mut dyn RngCore) -> Result<(), CeremonyError> {
        self.powers.end(&self.chain)?;
        self.powers.check(self.powers.size(), rng)
    }

    /// Contributes factors. What was given is checked first.
    ///
    /// # Errors
    /// What is wrong with it; or the work is cancelled.
    pub fn contribute(
        &self,
        factors: &Factors,
        rng: &mut (impl CryptoRng + ?Sized),
        progress: &dyn Progress,
    ) -> Result<Self, CeremonyError> {
        self.check(&mut &mut *rng)?;
        let powers = self.powers.multiplied(factors, progress)?;
        let mut chain = self.chain.clone();
        chain.contribute(factors, rng);
        Ok(PhaseOne { powers, chain })
    }

    /// Contributes factors that come from a public value which nobody could know before, hashed 2^bits times. It adds nothing to
    /// the trust in the other contributors; it keeps the last of them from choosing their factors by what the key becomes.
    ///
    /// # Errors
    /// If the value is over the limits; what is wrong with what was given; or the work is cancelled.
    pub fn contribute_beacon(
        &self,
        value: &[u8],
        bits: u8,
        rng: &mut dyn RngCore,
        progress: &dyn Progress,
    ) -> Result<Self, CeremonyError> {
        self.check(rng)?;
        let mut chain = self.chain.clone();
        let factors = chain.beacon(value, bits)?;
        let powers = self.powers.multiplied(&factors, progress)?;
        Ok(PhaseOne { powers, chain })
    }

    /// The same for a smaller domain, of 2^bits points. None if this one is smaller.
    pub fn for_domain(&self, bits: u32) -> Option<Self> {
        Some(PhaseOne {
            powers: self.powers.for_domain(1usize.checked_shl(bits)?)?,
            chain: self.chain.clone(),
        })
    }
}

/// A ceremony for a circuit: the powers and phase 2.
#[derive(Clone, Debug)]
pub struct Ceremony {
    pub(super) circuit: Circuit,
    pub(super) first: PhaseOne,
    pub(super) values: Values,
    pub(super) chain: Chain<G2Projective>,
}

impl Ceremony {
    /// Begins phase 2 for a circuit. The powers are for its domain.
    ///
    /// # Errors
    /// If the powers are not consistent or for another domain; or the work is cancelled.
    pub fn new(
        circuit: Circuit,
        first: PhaseOne,
        rng: &mut dyn RngCore,
        progress: &dyn Progress,
    ) -> Result<Self, CeremonyError> {
        first.check(rng)?;
        first.powers.are_usable()?;
        let values = initial(&circuit, &first.powers, progress)?;
        let chain = Chain::new(start(&circuit, &first));
        Ok(Ceremony {
            circuit,
            first,
            values,
            chain,
        })
    }

    /// The tier whose key it makes.
    pub fn tier(&self) -> Option<&'static Tier> {
        let id = hex::encode(self.circuit.id());
        TIERS.iter().find(|tier| tier.circuit == id)
    }

    /// What a key of it is shown to come from.
    pub fn origin(&self) -> CeremonyOrigin {
        let count = |contributors: usize| u32::try_from(contributors).unwrap_or(u32::MAX);
        CeremonyOrigin {
            is_imported: self.first.is_imported(),
            first: count(self.first.chain.contributors()),
            second: count(self.chain.contributors()),
            transcript: self.chain.hash(),
        }
    }

    /// The contributions to phase 2.
    pub fn chain(&self) -> &Chain<G2Projective> {
        &self.chain
    }

    /// Phase 1.
    pub fn first(&self) -> &PhaseOne {
        &self.first
    }

    /// Checks everything: the powers, the contributions of both phases, and that the key is the circuit's key over them.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self, rng: &mut dyn RngCore) -> Result<(), CeremonyError> {
        self.first.check(rng)?;
        self.first.powers.are_usable()?;
        self.values.end(&self.chain)?;
        self.values.audit(&self.circuit, &self.first.powers, rng)
    }

    /// Contributes factors. What was given is checked first: a contributor divides all bases by secret factors, and must not
    /// do that for bases that someone chose.
    ///
    /// # Errors
    /// What is wrong with it; or the work is cancelled.
    pub fn contribute(
        &self,
        factors: &Factors,
        rng: &mut (impl CryptoRng + ?Sized),
        progress: &dyn Progress,
    ) -> Result<Self, CeremonyError> {
        self.check(&mut &mut *rng)?;
        let mut chain = self.chain.clone();
        chain.contribute(factors, rng);
        self.followed_by(chain, factors, progress)
    }

    /// As [`PhaseOne::contribute_beacon`].
    ///
    /// # Errors
    /// As there.
    pub fn contribute_beacon(
        &self,
        value: &[u8],
        bits: u8,
        rng: &mut dyn RngCore,
        progress: &dyn Progress,
    ) -> Result<Self, CeremonyError> {
        self.check(rng)?;
        let mut chain = self.chain.clone();
        let factors = chain.beacon(value, bits)?;
        self.followed_by(chain, &factors, progress)
    }

    /// The ceremony after a contribution of these factors, which the chain has already. The values are not copied before they
    /// are multiplied: they have hundreds of megabytes.
    fn followed_by(
        &self,
        chain: Chain<G2Projective>,
        factors: &Factors,
        progress: &dyn Progress,
    ) -> Result<Self, CeremonyError> {
        Ok(Ceremony {
            circuit: self.circuit.clone(),
            first: self.first.clone(),
            values: self.values.multiplied(factors, progress)?,
            chain,
        })
    }

    /// Whether somebody contributed secret factors to each phase. A beacon is public. Published powers do not do: that they are
    /// those of their makers is not known here, and whoever imported them may have put others in their place whose relations
    /// they know, such as one list for another. With a contribution afterwards that is of no use.
    ///
    /// # Errors
    /// If nobody did, so that everybody could make false proofs, or whoever imported the powers.
    pub fn has_secrets(&self) -> Result<(), CeremonyError> {
        if self.chain.contributors() == 0 {
            return Err(CeremonyError::NoSecret("gamma, delta and kappa"));
        }
        match (self.first.chain.contributors(), self.first.is_imported()) {
            (0, false) => Err(CeremonyError::NoSecret("tau, alpha and beta")),
            (0, true) => Err(CeremonyError::ImportAlone),
            _ => Ok(()),
        }
    }

    /// The proving key. Everything is checked first.
    ///
    /// # Errors
    /// What is wrong; or nobody contributed to a phase.
    pub fn finish(&self, rng: &mut dyn RngCore) -> Result<ProvingKey, CeremonyError> {
        self.check(rng)?;
        self.has_secrets()?;
        let powers = &self.first.powers;
        let alpha = powers.alpha_g1.first().copied().unwrap_or_default();
        let beta = powers.beta_g1.first().copied().unwrap_or_default();
        self.values
            .key(self.circuit.clone(), alpha, (beta, powers.beta_g2))
    }
}

/// What phase 2 begins with. The hash is of the circuit, of every power, and of the contributions to them.
pub(super) fn start(circuit: &Circuit, first: &PhaseOne) -> Start<G2Projective> {
    let mut hasher = Hasher::new(START);
    hasher.bytes(&circuit.id());
    hasher.bytes(&first.powers.digest());
    hasher.bytes(&first.chain.hash());
    Start::with_generators(hasher.finish())
}
