//! Ceremonies of a tiny circuit: an honest one makes a key that proves; every other is refused, with the reason.

mod beacon;
mod contributions;
mod files;
mod key;
mod multiples;
mod powers;

use super::ceremony::{Ceremony, PhaseOne};
use super::chain::{Chain, Record, Source, Start};
use super::error::CeremonyError;
use super::factors::Factors;
use super::powers::Powers;
use super::values::Values;
use crate::circuit::ExecutionTrace;
use crate::lang::program::assemble;
use crate::proof::random::system_rng;
use crate::proof::tests::tiny_circuit;
use crate::proof::{Silent, Verifier, prove_trace, reduction};
use crate::vm::{Inputs, Limits};
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{Field, UniformRand};
use ark_poly::EvaluationDomain;
use rand::rngs::OsRng;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::sync::LazyLock;

fn factors() -> Factors {
    Factors::draw(&mut system_rng(), b"typed")
}

fn bits() -> u32 {
    let circuit = tiny_circuit(4);
    let domain = reduction::domain(circuit.matrices.constraints()).unwrap();
    domain.size().trailing_zeros()
}

/// Phase 1 with two contributions, and a ceremony with three to phase 2.
static HONEST: LazyLock<Vec<Ceremony>> = LazyLock::new(|| {
    let rng = &mut system_rng();
    let mut first = PhaseOne::new(bits());
    for _ in 0..2 {
        first = first.contribute(&factors(), rng, &Silent).unwrap();
    }
    let mut all = vec![Ceremony::new(tiny_circuit(4), first, rng, &Silent).unwrap()];
    for _ in 0..3 {
        let next = all.last().unwrap().contribute(&factors(), rng, &Silent);
        all.push(next.unwrap());
    }
    all
});

fn last() -> Ceremony {
    HONEST[3].clone()
}

fn refused(what: &str, result: Result<(), CeremonyError>) -> String {
    match result {
        Ok(()) => panic!("{what} is accepted"),
        Err(error) => error.to_string(),
    }
}

fn point() -> G1Affine {
    G1Projective::rand(&mut OsRng).into_affine()
}

fn records() -> Vec<Record<G2Projective>> {
    last().chain.records().to_vec()
}

fn chained(records: Vec<Record<G2Projective>>) -> Result<(), CeremonyError> {
    chain_of(start(), records).map(drop)
}

fn chain_of(
    start: Start<G2Projective>,
    records: Vec<Record<G2Projective>>,
) -> Result<Chain<G2Projective>, CeremonyError> {
    let mut chain = Chain::new(start);
    for record in records {
        chain.follow(record)?;
    }
    Ok(chain)
}

/// What phase 2 begins with.
fn start() -> Start<G2Projective> {
    HONEST[0].chain.start().clone()
}
