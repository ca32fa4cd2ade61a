//! The chain of a phase's contributions. Each is hashed with the hash before it, and a contributor finds their own hash in
//! the final transcript. A chain is checked without the values of the steps between: each factor is proved by its maker.

use super::error::{CeremonyError, MAX_BEACON_BITS, MAX_BEACON_BYTES, MAX_BEACONS};
use super::factors::Factors;
use super::knowledge::{Knowledge, Subject};
use crate::proof::random::ArkRng;
use crate::proof::transcript::{Hash, Hasher};
use ark_bls12_381::{Fr, g1, g2};
use ark_ec::short_weierstrass::Projective;
use ark_ec::{AffineRepr, CurveGroup};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};

const CONTRIBUTION: &[u8] = b"provable-vm ceremony contribution v1";
const BEACON: &[u8] = b"provable-vm ceremony beacon v1";

/// The group in which a phase records its factors, and their names.
pub trait Phase: CurveGroup<ScalarField = Fr> {
    /// The names of the three factors.
    const NAMES: [&'static str; 3];
}

/// Phase 1.
impl Phase for Projective<g1::Config> {
    const NAMES: [&'static str; 3] = ["tau", "alpha", "beta"];
}

/// Phase 2.
impl Phase for Projective<g2::Config> {
    const NAMES: [&'static str; 3] = ["gamma", "delta", "kappa"];
}

/// A contribution: the three values after it, and why they are right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<G: Phase> {
    /// What the phase begins with times the product of all factors so far, for each of the three.
    pub(super) values: [G::Affine; 3],
    /// Where the factors come from.
    pub(super) source: Source<G>,
}

impl<G: Phase> Record<G> {
    /// Where its factors come from.
    pub fn source(&self) -> &Source<G> {
        &self.source
    }
}

/// Where the factors of a contribution come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source<G: Phase> {
    /// Someone's secret.
    Secret([Knowledge<G>; 3]),
    /// A public value that nobody could know before, hashed 2^bits times.
    Beacon {
        /// The public value.
        value: Vec<u8>,
        /// How often it is hashed, as a power of two.
        bits: u8,
    },
}

/// What a phase begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start<G: Phase> {
    /// The hash of all that determines the phase.
    pub(super) hash: Hash,
    /// The generator times each of the three, before any contribution.
    pub(super) values: [G::Affine; 3],
}

/// The contributions of a phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain<G: Phase> {
    start: Start<G>,
    records: Vec<Record<G>>,
    /// The hash after each record.
    hashes: Vec<Hash>,
}

impl<G: Phase> Start<G> {
    /// A phase that begins with the generators.
    pub(super) fn with_generators(hash: Hash) -> Self {
        Start {
            hash,
            values: [G::Affine::generator(); 3],
        }
    }
}

impl<G: Phase> Chain<G> {
    /// The chain of a phase that begins.
    pub(super) fn new(start: Start<G>) -> Self {
        Chain {
            start,
            records: Vec::new(),
            hashes: Vec::new(),
        }
    }

    /// Adds a contribution that someone else made.
    ///
    /// # Errors
    /// If it is not valid after those before it.
    pub(super) fn follow(&mut self, record: Record<G>) -> Result<(), CeremonyError> {
        self.check(&record)?;
        self.push(record);
        Ok(())
    }

    /// The three values after the last contribution.
    pub fn values(&self) -> [G::Affine; 3] {
        let last = self.records.last();
        last.map_or(self.start.values, |record| record.values)
    }

    /// What it begins with.
    pub fn start(&self) -> &Start<G> {
        &self.start
    }

    /// The hash of the chain.
    pub fn hash(&self) -> Hash {
        self.hashes.last().copied().unwrap_or(self.start.hash)
    }

    /// The hash after each contribution, which its contributor keeps.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The contributions.
    pub fn records(&self) -> &[Record<G>] {
        &self.records
    }

    /// The number of contributions with secret factors.
    pub fn contributors(&self) -> usize {
        let is_secret = |record: &&Record<G>| matches!(record.source, Source::Secret(_));
        self.records.iter().filter(is_secret).count()
    }

    /// Adds a contribution with these factors.
    pub(super) fn contribute(&mut self, factors: &Factors, rng: &mut (impl CryptoRng + ?Sized)) {
        let (before, old) = (self.hash(), self.values());
        let values = multiplied::<G>(&old, factors);
        let mut rng = ArkRng(rng);
        let mut prove = |index: usize| {
            let subject = subject::<G>(&before, &old, &values, index);
            let factor = factors.all().get(index).copied().unwrap_or_default();
            Knowledge::prove(&subject, &factor, &mut rng)
        };
        let source = Source::Secret([prove(0), prove(1), prove(2)]);
        self.push(Record { values, source });
    }

    /// Adds a contribution whose factors come from a public value.
    pub(super) fn beacon(&mut self, value: &[u8], bits: u8) -> Result<Factors, CeremonyError> {
        if is_over_limits(value, bits) || self.has_all_beacons() {
            return Err(CeremonyError::Beacon);
        }
        let factors = self.beacon_factors(value, bits);
        let values = multiplied::<G>(&self.values(), &factors);
        let value = value.to_vec();
        let source = Source::Beacon { value, bits };
        self.push(Record { values, source });
        Ok(factors)
    }

    fn has_all_beacons(&self) -> bool {
        self.records.len() - self.contributors() >= MAX_BEACONS
    }

    fn beacon_factors(&self, value: &[u8], bits: u8) -> Factors {
        let mut hasher = Hasher::new(BEACON);
        hasher.bytes(&self.hash());
        hasher.bytes(value);
        hasher.bytes(&[bits]);
        let mut hash = hasher.finish();
        for _ in 0..1u64 << bits {
            hash = Sha256::digest(hash).into();
        }
        Factors::of(|hasher| hasher.bytes(&hash))
    }

    fn push(&mut self, record: Record<G>) {
        let mut hasher = Hasher::new(CONTRIBUTION);
        hasher.bytes(&self.hash());
        record.write(&mut hasher);
        self.hashes.push(hasher.finish());
        self.records.push(record);
    }

    /// Whether a record may follow.
    fn check(&self, record: &Record<G>) -> Result<(), CeremonyError> {
        let number = self.records.len() + 1;
        let wrong = |problem: String| Err(CeremonyError::Contribution { number, problem });
        let (before, old) = (self.hash(), self.values());
        for (name, value) in G::NAMES.iter().zip(&record.values) {
            if value.is_zero() {
                return wrong(format!("its factor of {name} is zero"));
            }
        }
        match &record.source {
            Source::Secret(proofs) => {
                for (index, (name, proof)) in G::NAMES.iter().zip(proofs).enumerate() {
                    if !proof.holds(&subject::<G>(&before, &old, &record.values, index)) {
                        return wrong(format!(
                            "its maker does not prove to know its factor of {name}, after the contributions before it"
                        ));
                    }
                }
            }
            Source::Beacon { value, bits } => {
                if is_over_limits(value, *bits) || self.has_all_beacons() {
                    return wrong("its beacon is over the limits".to_owned());
                }
                let factors = self.beacon_factors(value, *bits);
                if record.values != multiplied::<G>(&old, &factors) {
                    return wrong("its values do not come from its beacon".to_owned());
                }
            }
        }
        Ok(())
    }
}

impl<G: Phase> Record<G> {
    fn write(&self, hasher: &mut Hasher) {
        for value in &self.values {
            hasher.canonical(value);
        }
        match &self.source {
            Source::Secret(proofs) => {
                hasher.bytes(&[0]);
                for proof in proofs {
                    hasher.canonical(&proof.commitment);
                    hasher.canonical(&proof.response);
                }
            }
            Source::Beacon { value, bits } => {
                hasher.bytes(&[1, *bits]);
                hasher.bytes(value);
            }
        }
    }
}

fn is_over_limits(value: &[u8], bits: u8) -> bool {
    bits > MAX_BEACON_BITS || value.len() > MAX_BEACON_BYTES
}

fn multiplied<G: Phase>(old: &[G::Affine; 3], factors: &Factors) -> [G::Affine; 3] {
    let mut values = *old;
    for (value, factor) in values.iter_mut().zip(factors.all()) {
        *value = (*value * factor).into_affine();
    }
    values
}

fn subject<'a, G: Phase>(
    before: &'a Hash,
    old: &[G::Affine; 3],
    new: &[G::Affine; 3],
    index: usize,
) -> Subject<'a, G> {
    let point = |points: &[G::Affine; 3]| points.get(index).copied().unwrap_or_default();
    Subject {
        before,
        name: G::NAMES.get(index).copied().unwrap_or_default(),
        old: point(old),
        new: point(new),
        all: *new,
    }
}
