//! The universal step circuit of a tier: its constraints, in families, and its identity.

use super::bounds::{Ledger, Refusal};
use super::builder::{Builder, Derivation};
use super::family::Family;
use super::layout::{Capacities, Layout};
use super::matrices::Matrices;
use super::tables;
use ark_serialize::CanonicalSerialize;
use sha2::{Digest, Sha256};

/// The constraints of a tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circuit {
    /// Where the statement and the committed block live.
    pub layout: Layout,
    /// The constraints.
    pub matrices: Matrices,
    /// What each constraint is for.
    pub families: Vec<Family>,
    /// How each variable of the remaining witness is determined.
    pub derivations: Vec<Derivation>,
    /// Number of variables, including the constant.
    pub variables: usize,
}

impl Circuit {
    /// Writes the constraints of these capacities.
    ///
    /// # Errors
    /// When a packed field is not within its width, or its bound rests on the fact that it is to show. Sound capacities
    /// have no such circuit.
    pub fn new(capacities: Capacities) -> Result<Self, Refusal> {
        Ok(Circuit::written(capacities)?.0)
    }

    /// What the circuit of these capacities packs: each field with its bounds, and the facts that they rest on.
    ///
    /// # Errors
    /// As [`Circuit::new`].
    pub fn ledger(capacities: Capacities) -> Result<Ledger, Refusal> {
        Ok(Circuit::written(capacities)?.1)
    }

    fn written(capacities: Capacities) -> Result<(Self, Ledger), Refusal> {
        let layout = Layout::new(capacities);
        let mut builder = Builder::new();
        let (variables, ledger) = tables::synthesize(&mut builder, &layout);
        let ledger = ledger?;
        let (matrices, families, derivations) = builder.finish();
        let circuit = Circuit {
            layout,
            matrices,
            families,
            derivations,
            variables,
        };
        Ok((circuit, ledger))
    }

    /// The circuit's identity: SHA-256 over a tag, the numbers of variables and the matrices.
    pub fn id(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"provable-vm circuit v1");
        for number in [
            self.layout.committed_start(),
            self.layout.committed_end(),
            self.variables,
        ] {
            hash.update((number as u64).to_le_bytes());
        }
        for matrix in &self.matrices.abc {
            hash.update((matrix.ends.len() as u64).to_le_bytes());
            hash.update((matrix.columns.len() as u64).to_le_bytes());
            for numbers in [&matrix.ends, &matrix.columns] {
                let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
                hash.update(&bytes);
            }
            let bytes: Vec<u8> = matrix
                .coefficients
                .iter()
                .flat_map(|n| n.to_le_bytes())
                .collect();
            hash.update(&bytes);
        }
        hash.update((self.matrices.coefficients.len() as u64).to_le_bytes());
        for coefficient in &self.matrices.coefficients {
            let mut bytes = Vec::with_capacity(32);
            // Writing to a vector cannot fail.
            let _ = coefficient.serialize_uncompressed(&mut bytes);
            hash.update(&bytes);
        }
        hash.finalize().into()
    }
}
