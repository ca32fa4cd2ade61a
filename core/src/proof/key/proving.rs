//! Proving keys: what they hold and their bytes.

use super::{io, malformed, VerifyingKey};
use crate::circuit::builder::{Derivation, Rule};
use crate::circuit::matrices::{Matrices, Matrix};
use crate::circuit::{Circuit, Family, Layout};
use crate::proof::error::KeyError;
use crate::proof::transcript::{Hash, Hasher};
use ark_bls12_381::{Bls12_381, G1Affine};
use ark_ec::AffineRepr;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize, Read, Write};

/// What a prover needs: the verifying key, the library's proving key, the committed block's bases, the circuit.
#[derive(Clone, Debug)]
pub struct ProvingKey {
    /// What its proofs are verified with.
    pub verifying: VerifyingKey,
    /// The library's key. Its statement bases σᵢ/γ are gone: with them anyone could forge.
    pub(in crate::proof) groth16: ark_groth16::ProvingKey<Bls12_381>,
    /// P, one base a committed variable; the blinding variable's is last.
    pub(in crate::proof) bases: Vec<G1Affine>,
    /// The constraints.
    pub circuit: Circuit,
}

/// The digest of the committed block's bases.
pub(in crate::proof) fn bases_digest(bases: &[G1Affine]) -> Hash {
    let mut hasher = Hasher::new(b"provable-vm committed bases v1");
    let mut bytes = Vec::with_capacity(96 * bases.len());
    for base in bases {
        let _ = base.serialize_uncompressed(&mut bytes);
    }
    hasher.bytes(&bytes);
    hasher.finish()
}

impl ProvingKey {
    /// Writes the key: a tag, the verifying key, the points uncompressed, the matrices as they are proved with.
    ///
    /// # Errors
    /// When `writer` fails.
    pub fn write(&self, writer: &mut impl Write) -> std::io::Result<()> {
        writer.write_all(&self.verifying.to_bytes())?;
        self.bases
            .serialize_uncompressed(&mut *writer)
            .map_err(io)?;
        self.groth16
            .serialize_uncompressed(&mut *writer)
            .map_err(io)?;
        self.circuit
            .matrices
            .coefficients
            .serialize_uncompressed(&mut *writer)
            .map_err(io)?;
        for matrix in &self.circuit.matrices.abc {
            matrix
                .ends
                .serialize_uncompressed(&mut *writer)
                .map_err(io)?;
            matrix
                .columns
                .serialize_uncompressed(&mut *writer)
                .map_err(io)?;
            matrix
                .coefficients
                .serialize_uncompressed(&mut *writer)
                .map_err(io)?;
        }
        let derivations: Vec<(u32, u32, u8)> = self
            .circuit
            .derivations
            .iter()
            .map(|derivation| (derivation.var, derivation.constraint, derivation.rule as u8))
            .collect();
        derivations
            .serialize_uncompressed(&mut *writer)
            .map_err(io)?;
        let families: Vec<u8> = self
            .circuit
            .families
            .iter()
            .map(|family| *family as u8)
            .collect();
        families.serialize_uncompressed(&mut *writer).map_err(io)
    }

    /// Reads a key from this machine's own store. Points are not checked one by one: every proof made with the key
    /// is verified before anyone sees it.
    ///
    /// # Errors
    /// When the bytes are no key.
    pub fn read(mut reader: impl Read) -> Result<Self, KeyError> {
        let verifying = VerifyingKey::read(&mut reader)?;
        let bases: Vec<G1Affine> = take(&mut reader)?;
        // With the identity for the blind's base, proofs would verify and hide nothing.
        if bases.last().is_none_or(AffineRepr::is_zero) {
            return Err(KeyError::Identity("the blinding variable's base"));
        }
        let groth16 = take(&mut reader)?;
        let coefficients = take(&mut reader)?;
        let mut matrix = || -> Result<Matrix, KeyError> {
            Ok(Matrix {
                ends: take(&mut reader)?,
                columns: take(&mut reader)?,
                coefficients: take(&mut reader)?,
            })
        };
        let matrices = Matrices {
            abc: [matrix()?, matrix()?, matrix()?],
            coefficients,
        };
        let derivations: Vec<(u32, u32, u8)> = take(&mut reader)?;
        let families: Vec<u8> = take(&mut reader)?;
        let derivations = derivations
            .into_iter()
            .map(|(var, constraint, rule)| {
                let rule = match rule {
                    0 => Rule::Product,
                    1 => Rule::Quotient,
                    2 => Rule::IsZero,
                    _ => return Err(KeyError::Malformed("an unknown rule".into())),
                };
                Ok(Derivation {
                    var,
                    constraint,
                    rule,
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let families = families
            .into_iter()
            .map(|family| {
                let family = Family::ALL.get(usize::from(family)).copied();
                family.ok_or_else(|| KeyError::Malformed("an unknown family".into()))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let layout = Layout::new(verifying.capacities);
        let variables = layout.committed_end() + derivations.len();
        let circuit = Circuit {
            layout,
            matrices,
            families,
            derivations,
            variables,
        };
        Ok(ProvingKey {
            verifying,
            groth16,
            bases,
            circuit,
        })
    }
}

fn take<T: CanonicalDeserialize>(reader: &mut impl Read) -> Result<T, KeyError> {
    T::deserialize_uncompressed_unchecked(reader).map_err(malformed)
}
