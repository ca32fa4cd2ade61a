//! Proving keys: their contents and their bytes.

use super::VerifyingKey;
use super::points::{Curve, Points};
use super::sections::{self, Sections};
use crate::circuit::builder::{Derivation, Rule};
use crate::circuit::matrices::{Matrices, Matrix};
use crate::circuit::{Circuit, Family, Layout};
use crate::proof::error::KeyError;
use crate::proof::transcript::{Hash, Hasher};
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Projective};
use ark_ec::AffineRepr;
use ark_ff::{BigInt, PrimeField};
use ark_serialize::CanonicalSerialize;
use provable_mapped::{Array, Bytes};
use rayon::prelude::*;
use std::io::Write;

/// The proving key: the verifying key, Groth16's bases, the bases of the committed block, and the circuit. If a key was
/// read from a file, its large parts stay in the mapped file and take no memory of their own.
#[derive(Clone, Debug)]
pub struct ProvingKey {
    /// The verifying key for its proofs.
    pub verifying: VerifyingKey,
    /// Groth16's bases. They contain no statement bases σᵢ/γ: with those, anyone could make false proofs.
    pub(crate) queries: Queries,
    /// P: one base for each committed variable. The base of the blinding variable is last.
    pub(crate) bases: Points<G1Projective>,
    /// The constraints.
    pub circuit: Circuit,
}

/// The bases of A, B and C that are not in the verifying key. Names are as in `docs/proof-system.md`.
#[derive(Clone, Debug)]
pub(crate) struct Queries {
    /// β, in G1.
    pub(crate) beta: G1Affine,
    /// δ, in G1.
    pub(crate) delta: G1Affine,
    /// uᵢ(τ) in G1.
    pub(crate) a: Points<G1Projective>,
    /// vᵢ(τ) in G1.
    pub(crate) b_g1: Points<G1Projective>,
    /// vᵢ(τ) in G2.
    pub(crate) b_g2: Points<G2Projective>,
    /// −Lᵢ(τ)t(τ)/2δ for the points of the coset, in G1.
    pub(crate) h: Points<G1Projective>,
    /// wᵢ(τ)t(τ)/2δ, plus σᵢ/δ for the remaining witness, in G1.
    pub(crate) l: Points<G1Projective>,
}

/// The digest of the committed block's bases.
pub(crate) fn bases_digest(bases: &Points<G1Projective>) -> Hash {
    let mut hasher = Hasher::new(b"provable-vm committed bases v1");
    let mut bytes = Vec::with_capacity(96 * bases.len());
    for base in bases.all() {
        // Writing to a vector cannot fail.
        let _ = base.serialize_uncompressed(&mut bytes);
    }
    hasher.bytes(&bytes);
    hasher.finish()
}

/// Number of sections of a file. [`ProvingKey::write`] writes them in order.
const SECTIONS: usize = 19;

impl ProvingKey {
    /// Writes the key in the layout that `sections.rs` describes: the verifying key; the committed block's bases; the A bases, the B
    /// bases in G1 and in G2, the bases h and l, and β and δ in G1; for each of the three matrices the rows' ends, the
    /// columns and the coefficients' indices, 4 bytes each; the coefficients, as four words each in Montgomery form;
    /// the derivations, 4 bytes each for variable, constraint and rule; a byte for each constraint's family.
    ///
    /// # Errors
    /// When `writer` fails.
    pub fn write(&self, writer: &mut impl Write) -> std::io::Result<()> {
        let queries = &self.queries;
        let fixed = Points::<G1Projective>::from(&[queries.beta, queries.delta][..]);
        let matrices = &self.circuit.matrices;
        let coefficients = matrices.coefficients.iter().map(|value| value.0.0);
        let coefficients = Array::<[u64; 4]>::from_iter(coefficients);
        let derivations = self.circuit.derivations.iter();
        let derivations = Array::<[u32; 3]>::from_iter(
            derivations.map(|found| [found.var, found.constraint, found.rule as u32]),
        );
        let families = self.circuit.families.iter().map(|family| *family as u8);
        let families = Array::<u8>::from_iter(families);

        let mut sections: Vec<&[u8]> = vec![
            self.bases.as_bytes(),
            queries.a.as_bytes(),
            queries.b_g1.as_bytes(),
            queries.b_g2.as_bytes(),
            queries.h.as_bytes(),
            queries.l.as_bytes(),
            fixed.as_bytes(),
        ];
        for matrix in &matrices.abc {
            let arrays = [&matrix.ends, &matrix.columns, &matrix.coefficients];
            sections.extend(arrays.map(Array::as_bytes));
        }
        sections.extend([
            coefficients.as_bytes(),
            derivations.as_bytes(),
            families.as_bytes(),
        ]);
        sections::write(writer, &self.verifying.to_bytes(), &sections)
    }

    /// A key from the bytes of its file, copied.
    ///
    /// # Errors
    /// When the bytes are not a key, or not a key for a circuit of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        Self::of(&Bytes::from(bytes), |bytes| VerifyingKey::read(bytes))
    }

    /// A key for any circuit. Only tests make such keys.
    #[cfg(test)]
    pub(crate) fn from_any_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        Self::of(&Bytes::from(bytes), |bytes| VerifyingKey::read_any(bytes))
    }

    /// A key that keeps using the bytes of its file.
    ///
    /// # Errors
    /// When the bytes are not a key, or not a key for a circuit of this version.
    #[cfg(feature = "store")]
    pub(crate) fn of_file(file: &Bytes) -> Result<Self, KeyError> {
        Self::of(file, |bytes| VerifyingKey::read(bytes))
    }

    /// Reads a key. The caller chooses how the verifying key is read.
    fn of(
        file: &Bytes,
        read: fn(&mut &[u8]) -> Result<VerifyingKey, KeyError>,
    ) -> Result<Self, KeyError> {
        let mut rest = file.all();
        let verifying = read(&mut rest)?;
        let sections = &mut Sections::read(file, file.all().len() - rest.len(), SECTIONS)?;
        let bases = Points::<G1Projective>::from(sections.next()?);
        // If the blind's base were the identity, proofs would verify and hide nothing.
        let blind = bases.raw().last().map(G1Projective::point);
        if blind.is_none_or(|blind| blind.is_zero()) {
            return Err(KeyError::Identity("the blinding variable's base"));
        }
        let (a, b_g1) = (sections.next()?.into(), sections.next()?.into());
        let b_g2 = sections.next()?.into();
        let (h, l) = (sections.next()?.into(), sections.next()?.into());
        let fixed = Points::<G1Projective>::from(sections.next()?).all();
        let &[beta, delta] = fixed.as_slice() else {
            return Err(KeyError::Malformed("not two single points".into()));
        };
        let mut matrix = || -> Result<Matrix, KeyError> {
            Ok(Matrix {
                ends: sections.next()?,
                columns: sections.next()?,
                coefficients: sections.next()?,
            })
        };
        let abc = [matrix()?, matrix()?, matrix()?];
        let coefficients = coefficients(&sections.next()?)?;
        let derivations = derivations(&sections.next()?)?;
        let families = families(&sections.next()?)?;
        let layout = Layout::new(verifying.capacities);
        let variables = layout.committed_end() + derivations.len();
        let circuit = Circuit {
            layout,
            matrices: Matrices { abc, coefficients },
            families,
            derivations,
            variables,
        };
        let queries = Queries {
            beta,
            delta,
            a,
            b_g1,
            b_g2,
            h,
            l,
        };
        Ok(ProvingKey {
            verifying,
            queries,
            bases,
            circuit,
        })
    }
}

/// The coefficients are few and small compared with the points, so they are decoded when the key is opened.
fn coefficients(records: &[[u64; 4]]) -> Result<Vec<Fr>, KeyError> {
    let number = |words: &[u64; 4]| {
        let number = BigInt(*words);
        (number < Fr::MODULUS).then(|| Fr::new_unchecked(number))
    };
    let numbers: Option<Vec<Fr>> = records.iter().map(number).collect();
    numbers.ok_or_else(|| KeyError::Malformed("a coefficient that is no field element".into()))
}

fn derivations(records: &[[u32; 3]]) -> Result<Vec<Derivation>, KeyError> {
    let derivation = |&[var, constraint, rule]: &[u32; 3]| {
        Some(Derivation {
            var,
            constraint,
            rule: match rule {
                0 => Rule::Product,
                1 => Rule::Quotient,
                2 => Rule::WhereZero,
                _ => return None,
            },
        })
    };
    let found: Option<Vec<Derivation>> = records.par_iter().map(derivation).collect();
    found.ok_or_else(|| KeyError::Malformed("an unknown rule".into()))
}

fn families(records: &[u8]) -> Result<Vec<Family>, KeyError> {
    let family = |family: &u8| Family::ALL.get(usize::from(*family)).copied();
    let found: Option<Vec<Family>> = records.par_iter().map(family).collect();
    found.ok_or_else(|| KeyError::Malformed("an unknown family".into()))
}
