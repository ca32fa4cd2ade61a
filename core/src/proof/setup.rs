//! Key generation. Whoever runs it could keep the trapdoors and forge: a key made on one's own machine convinces
//! oneself only.

use super::error::KeyError;
use super::key::{bases_digest, ProvingKey, VerifyingKey};
use super::reduction::CommittedReduction;
use super::Progress;
use crate::circuit::{Capacities, Circuit};
use ark_bls12_381::{Bls12_381, Fr, G1Affine, G1Projective, G2Projective};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{Field, UniformRand, Zero};
use ark_groth16::Groth16;
use ark_relations::gr1cs::{
    ConstraintSynthesizer, ConstraintSystemRef, LinearCombination, SynthesisError, Variable,
};
use rand::{CryptoRng, RngCore};
use zeroize::Zeroize;

/// The committed circuit as the library sees it: statement, committed block and blind are its instance.
struct Synthesis<'a>(&'a Circuit);

impl ConstraintSynthesizer<Fr> for Synthesis<'_> {
    fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let circuit = self.0;
        let instance = circuit.layout.committed_end();
        for _ in 1..instance {
            let _ = cs.new_input_variable(|| Ok(Fr::zero()))?;
        }
        for _ in instance..circuit.variables {
            let _ = cs.new_witness_variable(|| Ok(Fr::zero()))?;
        }
        let combination = |matrix: usize, row: usize| -> LinearCombination<Fr> {
            let Some(matrix) = circuit.matrices.abc.get(matrix) else {
                return LinearCombination::zero();
            };
            let term = |(column, coefficient): (u32, u16)| {
                let column = column as usize;
                let variable = match column {
                    0 => Variable::One,
                    _ if column < instance => Variable::instance(column),
                    _ => Variable::witness(column - instance),
                };
                let coefficients = &circuit.matrices.coefficients;
                (
                    coefficients
                        .get(usize::from(coefficient))
                        .copied()
                        .unwrap_or_default(),
                    variable,
                )
            };
            LinearCombination(matrix.row(row).map(term).collect())
        };
        for row in 0..circuit.matrices.constraints() {
            cs.enforce_r1cs_constraint(
                || combination(0, row),
                || combination(1, row),
                || combination(2, row),
            )?;
        }
        Ok(())
    }
}

/// Makes a key for these capacities.
///
/// # Errors
/// When the library fails, or a base of the committed block is the identity (its variable would be unbound).
pub fn setup(
    capacities: Capacities,
    rng: &mut (impl RngCore + CryptoRng),
    progress: &dyn Progress,
) -> Result<ProvingKey, KeyError> {
    progress.phase("circuit", 0.0);
    let circuit = Circuit::new(capacities);
    let [mut alpha, mut beta, mut gamma, mut delta, mut kappa] = [(); 5].map(|()| Fr::rand(rng));
    let (g1, g2) = (G1Projective::rand(rng), G2Projective::rand(rng));
    progress.phase("key", 0.05);
    let result = Groth16::<Bls12_381, CommittedReduction>::generate_parameters_with_qap(
        Synthesis(&circuit),
        alpha,
        beta,
        gamma,
        delta,
        g1,
        g2,
        rng,
    );
    let rescale = kappa
        .inverse()
        .map(|inverse| gamma * inverse)
        .unwrap_or_default();
    let kappa_g2 = (g2 * kappa).into_affine();
    for trapdoor in [&mut alpha, &mut beta, &mut gamma, &mut delta, &mut kappa] {
        trapdoor.zeroize();
    }
    let mut groth16 = result.map_err(|error| KeyError::Library(error.to_string()))?;
    progress.phase("key", 0.95);

    // The library's statement bases are σᵢ/γ. They are toxic waste like the trapdoors: with them a prover moves
    // multiples of them into D. Publish σᵢ/κ, and overwrite these before the key goes anywhere.
    let mut toxic = std::mem::take(&mut groth16.vk.gamma_abc_g1);
    let start = circuit.layout.committed_start();
    let bases = toxic.split_off(start.min(toxic.len()));
    let statement: Vec<G1Affine> = toxic
        .iter()
        .map(|base| (*base * rescale).into_affine())
        .collect();
    for base in &mut toxic {
        base.zeroize();
        *base = G1Affine::generator();
    }
    if bases.iter().any(AffineRepr::is_zero) {
        return Err(KeyError::Identity("a base of the committed block"));
    }
    let verifying = VerifyingKey {
        capacities,
        circuit: circuit.id(),
        alpha: groth16.vk.alpha_g1,
        beta: groth16.vk.beta_g2,
        gamma: groth16.vk.gamma_g2,
        delta: groth16.vk.delta_g2,
        kappa: kappa_g2,
        statement,
        bases: bases_digest(&bases),
    };
    verifying.check()?;
    progress.phase("key", 1.0);
    Ok(ProvingKey {
        verifying,
        groth16,
        bases,
        circuit,
    })
}
