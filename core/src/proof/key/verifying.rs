//! Verifying keys: their points, their bytes, and which keys are refused.

use crate::circuit::Capacities;
use crate::circuit::layout::statement;
use crate::circuit::tier::{TIERS, Tier};
use crate::parallel;
use crate::proof::error::KeyError;
use crate::proof::pairing::Decode;
use crate::proof::transcript::{Hash, Hasher};
use ark_bls12_381::{G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_serialize::{CanonicalSerialize, Read};

/// The verifying key: a few hundred bytes, independent of the program. Outside this crate there are two ways to get
/// one: [`setup`](crate::proof::setup) and [`from_bytes`](Self::from_bytes). Both give keys for circuits of this
/// version only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey {
    /// The capacities of the circuit.
    pub(crate) capacities: Capacities,
    /// The circuit's identity.
    pub(crate) circuit: Hash,
    /// α, in G1.
    pub(crate) alpha: G1Affine,
    /// β, in G2.
    pub(crate) beta: G2Affine,
    /// γ, in G2: the committed block's trapdoor.
    pub(crate) gamma: G2Affine,
    /// δ, in G2: the remaining witness's trapdoor.
    pub(crate) delta: G2Affine,
    /// κ, in G2: the statement's trapdoor.
    pub(crate) kappa: G2Affine,
    /// S₀ for the constant, then one base for each statement element.
    pub(crate) statement: Vec<G1Affine>,
    /// The digest of the committed block's bases. With it, an auditor recognises the authentic bases.
    pub(crate) bases: Hash,
}

const MAGIC: &[u8; 16] = b"provable-vm vk 2";

impl VerifyingKey {
    /// The key's digest: every point, the capacities, the curve, the circuit and the bases' digest.
    pub fn digest(&self) -> Hash {
        let mut hasher = Hasher::new(b"provable-vm verifying key v1");
        hasher.bytes(b"BLS12-381");
        hasher.bytes(&self.to_bytes());
        hasher.finish()
    }

    /// The key as bytes, points compressed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for number in capacities_to_numbers(&self.capacities) {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(self.circuit);
        bytes.extend(self.bases);
        // Writing to a vector cannot fail.
        let _ = self.alpha.serialize_compressed(&mut bytes);
        for point in [&self.beta, &self.gamma, &self.delta, &self.kappa] {
            let _ = point.serialize_compressed(&mut bytes);
        }
        for point in &self.statement {
            let _ = point.serialize_compressed(&mut bytes);
        }
        bytes
    }

    /// Reads a key. Refuses a key that is malformed or unsafe, or that is for a circuit that this version does not
    /// have.
    ///
    /// # Errors
    /// A point is off the curve, outside the subgroup, or the identity; γ, δ or κ are equal to each other or to the
    /// generator; the capacities and the circuit are not those of a tier; there are too few or too many bytes.
    pub fn from_bytes(mut bytes: &[u8]) -> Result<Self, KeyError> {
        let key = Self::read(&mut bytes)?;
        if !bytes.is_empty() {
            return Err(KeyError::Malformed(format!(
                "{} bytes too many",
                bytes.len()
            )));
        }
        Ok(key)
    }

    /// Reads the verifying key at the beginning of these bytes.
    pub(crate) fn read(bytes: impl Read) -> Result<Self, KeyError> {
        Self::read_any(bytes)?.of_this_version()
    }

    /// As [`read`](Self::read), for any circuit. Such a key is shown or tested; no proof is verified with it.
    pub(crate) fn read_any(mut bytes: impl Read) -> Result<Self, KeyError> {
        let reader = &mut bytes;
        let mut magic = [0; 16];
        exact(reader, &mut magic)?;
        if &magic != MAGIC {
            return Err(KeyError::Malformed(
                "not a verifying key of this version".into(),
            ));
        }
        let mut numbers = [0u32; 10];
        for number in &mut numbers {
            let mut word = [0; 4];
            exact(reader, &mut word)?;
            *number = u32::from_le_bytes(word);
        }
        let (mut circuit, mut bases) = ([0; 32], [0; 32]);
        exact(reader, &mut circuit)?;
        exact(reader, &mut bases)?;
        let mut in_g1 = [[0; G1Affine::BYTES]; statement::LEN + 2];
        let mut in_g2 = [[0; G2Affine::BYTES]; 4];
        let [alpha, of_statement @ ..] = &mut in_g1;
        exact(reader, alpha)?;
        exact(reader, in_g2.as_flattened_mut())?;
        exact(reader, of_statement.as_flattened_mut())?;
        // Roots and subgroup checks: both groups' points take about the same time.
        let (in_g1, in_g2) = parallel::join(
            || in_g1.map(|bytes| point::<G1Affine>(&bytes)),
            || in_g2.map(|bytes| point::<G2Affine>(&bytes)),
        );
        let [alpha, of_statement @ ..] = in_g1;
        let [beta, gamma, delta, kappa] = in_g2;
        let key = VerifyingKey {
            capacities: capacities_from_numbers(numbers)?,
            circuit,
            alpha: alpha?,
            beta: beta?,
            gamma: gamma?,
            delta: delta?,
            kappa: kappa?,
            statement: of_statement.into_iter().collect::<Result<_, _>>()?,
            bases,
        };
        key.check()?;
        Ok(key)
    }

    /// The capacities of the circuit.
    pub fn capacities(&self) -> Capacities {
        self.capacities
    }

    /// The circuit's identity.
    pub fn circuit(&self) -> Hash {
        self.circuit
    }

    /// δ, in G2.
    pub fn delta(&self) -> G2Affine {
        self.delta
    }

    /// The statement's bases: one for the constant, then one for each statement element.
    pub fn statement(&self) -> &[G1Affine] {
        &self.statement
    }

    /// Returns this key if it is for a circuit of this version.
    pub(crate) fn of_this_version(self) -> Result<Self, KeyError> {
        match self.tier() {
            Some(_) => Ok(self),
            None => Err(KeyError::UnknownCircuit),
        }
    }

    /// The tier whose circuit this key is for: the same capacities and the same matrices. Every key that this crate
    /// returns has a tier. Proofs for any other circuit prove nothing here.
    pub fn tier(&self) -> Option<&'static Tier> {
        let id = hex::encode(self.circuit);
        TIERS
            .iter()
            .find(|tier| tier.capacities == self.capacities && tier.circuit == id)
    }

    /// Refuses identities and equal trapdoor points. Subgroup membership is checked when bytes are decoded to points.
    pub fn check(&self) -> Result<(), KeyError> {
        for (name, infinity) in [
            ("alpha", self.alpha.is_zero()),
            ("beta", self.beta.is_zero()),
            ("gamma", self.gamma.is_zero()),
            ("delta", self.delta.is_zero()),
            ("kappa", self.kappa.is_zero()),
            (
                "a statement base",
                self.statement.iter().any(AffineRepr::is_zero),
            ),
        ] {
            if infinity {
                return Err(KeyError::Identity(name));
            }
        }
        let generator = G2Affine::generator();
        let points = [
            ("gamma", self.gamma),
            ("delta", self.delta),
            ("kappa", self.kappa),
            ("the generator", generator),
        ];
        for (index, (first, point)) in points.iter().enumerate() {
            for (second, other) in points.iter().skip(index + 1) {
                if point == other || *point == -*other {
                    return Err(KeyError::Degenerate(first, second));
                }
            }
        }
        Ok(())
    }
}

/// A point of the prime-order group from its compressed form.
fn point<P: Decode>(bytes: &[u8]) -> Result<P, KeyError> {
    P::decode(bytes).ok_or_else(|| {
        KeyError::Malformed("bytes that are no point of the curve's prime-order subgroup".into())
    })
}

fn exact(reader: &mut impl Read, bytes: &mut [u8]) -> Result<(), KeyError> {
    reader
        .read_exact(bytes)
        .map_err(|error| KeyError::Malformed(format!("{error}")))
}

fn capacities_to_numbers(capacities: &Capacities) -> [u32; 10] {
    [
        capacities.rows as u32,
        capacities.program as u32,
        capacities.range_bits,
        capacities.heap as u32,
        capacities.stack as u32,
        capacities.calls as u32,
        capacities.arithmetic as u32,
        capacities.bitwise as u32,
        capacities.compare as u32,
        capacities.sha256 as u32,
    ]
}

/// Limits what a file can demand: only capacities whose tuples are within their widths.
fn capacities_from_numbers(numbers: [u32; 10]) -> Result<Capacities, KeyError> {
    let [
        rows,
        program,
        range_bits,
        heap,
        stack,
        calls,
        arithmetic,
        bitwise,
        compare,
        sha256,
    ] = numbers;
    let capacities = Capacities {
        rows: rows as usize,
        program: program as usize,
        range_bits,
        heap: heap as usize,
        stack: stack as usize,
        calls: calls as usize,
        arithmetic: arithmetic as usize,
        bitwise: bitwise as usize,
        compare: compare as usize,
        sha256: sha256 as usize,
    };
    capacities
        .are_sound()
        .then_some(capacities)
        .ok_or(KeyError::UnknownCircuit)
}
