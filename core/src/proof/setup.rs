//! Key generation: that of Groth16 (Groth, EUROCRYPT 2016, section 3.2), with bases of the statement over κ and bases
//! of the committed block over γ. The person who runs it could keep the trapdoors and make false proofs. So a key made
//! on one's own machine convinces only oneself.
//!
//! The values σᵢ/γ of the statement would be toxic waste like the trapdoors: a prover who has one can move multiples of
//! statement bases into D. They are never computed: 1/γ is multiplied with the indices of the committed block alone.

use super::error::KeyError;
use super::fixed_base::FixedBase;
use super::key::{Curve, ProvingKey, Queries, VerifyingKey, bases_digest};
use super::progress::ProgressRange;
use super::random::ArkRng;
use super::reduction;
use super::trapdoors::{Trapdoors, inverse};
use crate::circuit::Circuit;
use crate::circuit::tier::{TIERS, Tier};
use crate::log;
use crate::progress::Progress;
use ark_bls12_381::{Fr, G1Projective, g1, g2};
use ark_ec::CurveGroup;
use ark_ff::{AdditiveGroup, Zero};
use ark_poly::EvaluationDomain;
use rand_core::CryptoRng;
use std::ops::Range;
use tracing::{debug_span, info_span};
use zeroize::Zeroizing;

/// Fractions of the whole work at which the circuit is written, the multiplications begin, and the multiplications end.
/// Measured.
const CIRCUIT: f64 = 0.01;
const MULTIPLICATIONS: Range<f64> = 0.02..0.99;
/// Cost of a multiplication in G2, relative to one in G1. Measured.
const G2_WEIGHT: u64 = 3;

/// Makes a key of a tier.
///
/// # Errors
/// When the tier or its circuit is not one of this version, or a base of the committed block is the identity (its
/// variable would not be bound).
pub fn setup(
    tier: &Tier,
    rng: &mut (impl CryptoRng + ?Sized),
    progress: &dyn Progress,
) -> Result<ProvingKey, KeyError> {
    if !TIERS.contains(tier) {
        return Err(KeyError::UnknownCircuit);
    }
    let _span = info_span!(target: log::PROOF, "setup", tier = tier.name).entered();
    progress.phase("circuit", 0.0);
    let circuit = debug_span!(target: log::PROOF, "circuit", rows = tier.capacities.rows)
        .in_scope(|| Circuit::new(tier.capacities))
        .map_err(|_| KeyError::UnknownCircuit)?;
    if hex::encode(circuit.id()) != tier.circuit {
        return Err(KeyError::UnknownCircuit);
    }
    let domain =
        reduction::domain(circuit.matrices.constraints()).ok_or(KeyError::UnknownCircuit)?;
    generate(
        circuit,
        &domain,
        &Trapdoors::draw(&domain, &mut ArkRng(rng)),
        progress,
    )
}

/// The key that these trapdoors make, for any circuit.
pub(super) fn generate(
    circuit: Circuit,
    domain: &reduction::Domain,
    trapdoors: &Trapdoors,
    progress: &dyn Progress,
) -> Result<ProvingKey, KeyError> {
    let Trapdoors {
        alpha,
        beta,
        gamma,
        delta,
        kappa,
        tau,
        g1,
        g2,
    } = trapdoors;
    progress.phase("key: polynomials", CIRCUIT);
    let [a, b, c] = debug_span!(target: log::PROOF, "polynomials", points = domain.size())
        .in_scope(|| reduction::evaluate(&circuit, domain, *tau));
    let value = |values: &[Fr], index: usize| values.get(index).copied().unwrap_or_default();
    let (of_a, of_b) = (|index| value(&a, index), |index| value(&b, index));
    let sigma = |index| *beta * of_a(index) + *alpha * of_b(index) + value(&c, index);
    let (over_gamma, over_delta, over_kappa) = (inverse(*gamma), inverse(*delta), inverse(*kappa));
    // t(τ)/2δ.
    let vanishing = domain.evaluate_vanishing_polynomial(*tau) * *inverse(delta.double());
    let vanishing = Zeroizing::new(vanishing);
    let weights = reduction::coset_weights(domain, *tau).ok_or(KeyError::UnknownCircuit)?;
    let quotients = weights.len();

    let used = |values: &[Fr]| values.iter().filter(|value| !value.is_zero()).count();
    let (in_a, in_b) = (used(&a), used(&b));
    let in_c = used(c.get(..circuit.layout.committed_end()).unwrap_or(&[]));
    let in_g1 = in_a + in_b + in_c + circuit.variables + quotients;
    let table_g1 = FixedBase::<g1::Config>::table_cost(in_g1, 1);
    let table_g2 = FixedBase::<g2::Config>::table_cost(in_b, G2_WEIGHT);
    let cost = table_g1 + table_g2 + in_g1 as u64 + in_b as u64 * G2_WEIGHT;
    let progress_range = &ProgressRange::new(progress, MULTIPLICATIONS).costing(cost);
    let start = circuit.layout.committed_start();
    let end = circuit.layout.committed_end();
    let all = 0..circuit.variables;

    progress_range.begin("key: multiples in G2");
    let table = FixedBase::new(*g2, in_b, G2_WEIGHT);
    progress_range.advance("key: multiples in G2", table_g2);
    let b_g2 = table.multiples("key: B bases in G2", all.clone(), of_b, progress_range);
    drop(table);
    progress_range.begin("key: multiples in G1");
    let table = FixedBase::new(*g1, in_g1, 1);
    progress_range.advance("key: multiples in G1", table_g1);
    let b_g1 = table.multiples("key: B bases in G1", all.clone(), of_b, progress_range);
    let a = table.multiples("key: A bases", all.clone(), of_a, progress_range);
    let weight = |index| -value(&weights, index) * *vanishing;
    let h = table.multiples("key: quotient bases", 0..quotients, weight, progress_range);
    let rest = |index| {
        let of_quotient = value(&c, index) * *vanishing;
        match index < end {
            true => of_quotient,
            false => sigma(index) * *over_delta + of_quotient,
        }
    };
    let l = table.multiples("key: witness bases", all, rest, progress_range);
    let committed = |index| sigma(index) * *over_gamma;
    let bases = table.multiples(
        "key: committed bases",
        start..end,
        committed,
        progress_range,
    );
    let public = |index| sigma(index) * *over_kappa;
    let statement = table.multiples("key: statement bases", 0..start, public, progress_range);
    drop(table);

    // From here on the bases are used. If the work is cancelled, they are incomplete.
    if progress.is_cancelled() {
        return Err(KeyError::Cancelled);
    }
    progress.phase("key: digest", MULTIPLICATIONS.end);
    if bases.raw().contains(&G1Projective::IDENTITY) {
        return Err(KeyError::Identity("a base of the committed block"));
    }
    let queries = Queries {
        beta: (*g1 * beta).into_affine(),
        delta: (*g1 * delta).into_affine(),
        a,
        b_g1,
        b_g2,
        h,
        l,
    };
    let verifying = VerifyingKey {
        capacities: circuit.layout.capacities,
        circuit: circuit.id(),
        alpha: (*g1 * alpha).into_affine(),
        beta: (*g2 * beta).into_affine(),
        gamma: (*g2 * gamma).into_affine(),
        delta: (*g2 * delta).into_affine(),
        kappa: (*g2 * kappa).into_affine(),
        statement: statement.all(),
        bases: bases_digest(&bases),
    };
    verifying.check()?;
    progress.phase("key: digest", 1.0);
    Ok(ProvingKey {
        verifying,
        queries,
        bases,
        circuit,
    })
}
