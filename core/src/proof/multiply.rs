//! The proof's points A, B and C (Groth, EUROCRYPT 2016, section 3.2), each a sum over the key's bases: the long part
//! of a proof.
//!
//! With a the assignment, uᵢ, vᵢ and σᵢ as in `docs/proof-system.md`, h the quotient and r, s random:
//!
//! - A = α + Σ aᵢ·uᵢ(τ) + r·δ in G1,
//! - B = β + Σ aᵢ·vᵢ(τ) + s·δ in G2, and in G1 too, where C needs it,
//! - C = Σ aᵢ·σᵢ/δ over the remaining witness + h(τ)t(τ)/δ + s·A + r·B − r·s·δ in G1; the first two are sums over the l
//!   and the h bases, as `reduction` divides them.

use super::key::{Curve, ProvingKey, Terms};
use super::progress::ProgressRange;
use crate::log;
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::CurveGroup;
use ark_ff::{BigInteger, PrimeField};
use rayon::prelude::*;
use tracing::debug_span;
use zeroize::Zeroizing;

/// Most terms of a sum between two words about progress: two or three seconds' work. Each piece weighs buckets of its
/// own, so smaller ones take more additions: of a quarter as many terms, about a tenth more.
const PIECE: usize = 1 << 20;
/// Of so many terms in a row, the first few are a sample.
const STRETCH: usize = 1 << 10;
const SAMPLE: usize = 1 << 6;
/// Bits of a scalar that one addition deals with, about.
const WINDOW: u32 = 13;
/// Cost of an addition in G2, that of one in G1 being 1. Measured.
const G2_WEIGHT: u64 = 3;

pub(super) use provable_msm::Scalar;

/// Scalars as the sums take them.
pub(super) fn scalars(values: &[Fr]) -> Vec<Scalar> {
    values.par_iter().map(|value| value.into_bigint()).collect()
}

/// Σ scalarᵢ·baseᵢ, to be computed in pieces.
pub(super) struct Sum<'a, G: Curve> {
    name: &'static str,
    pieces: Vec<Piece<'a, G>>,
}

/// Some terms of a sum.
struct Piece<'a, G: Curve> {
    terms: Vec<Terms<'a, G>>,
    cost: u64,
}

impl<'a, G: Curve> Sum<'a, G> {
    /// A sum of all terms with its name for people and the cost of an addition.
    pub(super) fn new(name: &'static str, terms: &[Terms<'a, G>], weight: u64) -> Self {
        Self::in_pieces(name, terms, weight, PIECE)
    }

    /// A sum in pieces of one size, of at most so many terms, or a few more.
    fn in_pieces(name: &'static str, terms: &[Terms<'a, G>], weight: u64, most: usize) -> Self {
        let count = |(bases, scalars): &Terms<G>| bases.len().min(scalars.len());
        let pieces = terms.iter().map(count).sum::<usize>().div_ceil(most).max(1);
        let piece = |index: usize| {
            let share = |terms: &Terms<'a, G>| {
                let place = |index| count(terms) * index / pieces;
                let range = place(index)..place(index + 1);
                let bases = terms.0.get(range.clone()).unwrap_or(&[]);
                (bases, terms.1.get(range).unwrap_or(&[]))
            };
            let terms: Vec<Terms<G>> = terms.iter().map(share).collect();
            let cost: u64 = terms.iter().map(additions::<G>).sum();
            Piece {
                terms,
                cost: cost * weight,
            }
        };
        let pieces = (0..pieces).map(piece).collect();
        Sum { name, pieces }
    }

    /// What it costs.
    pub(super) fn cost(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.cost).sum()
    }

    /// How many terms it has, those that are zero among them.
    fn terms(&self) -> usize {
        let terms = self.pieces.iter().flat_map(|piece| &piece.terms);
        terms
            .map(|(bases, scalars)| bases.len().min(scalars.len()))
            .sum()
    }

    /// Computes it. Of work that is cancelled the answer is any point.
    pub(super) fn compute(&self, progress_range: &mut ProgressRange) -> G {
        let _span = debug_span!(
            target: log::PROOF,
            "sum",
            what = self.name,
            terms = self.terms(),
            pieces = self.pieces.len(),
        )
        .entered();
        progress_range.begin(self.name);
        let mut sum = G::zero();
        for piece in &self.pieces {
            if progress_range.is_cancelled() {
                break;
            }
            sum += G::weighted_sum(&piece.terms);
            progress_range.advance(self.name, piece.cost);
        }
        sum
    }
}

/// About how many additions terms take. A sample tells: to look at every base would read the whole key once more.
fn additions<G: Curve>((bases, scalars): &Terms<G>) -> u64 {
    let stretches = bases.par_chunks(STRETCH).zip(scalars.par_chunks(STRETCH));
    let additions = stretches.map(|(bases, scalars)| {
        let terms = bases.iter().zip(scalars).take(SAMPLE);
        let terms = terms.filter(|(record, _)| **record != G::IDENTITY);
        let cost: u64 = terms.map(|(_, scalar)| additions_of(scalar)).sum();
        cost * bases.len().div_ceil(SAMPLE) as u64
    });
    additions.sum()
}

/// About how many additions a term takes. Small numbers take few, of either sign.
fn additions_of(scalar: &Scalar) -> u64 {
    if scalar.is_zero() {
        return 0;
    }
    let mut negative = Fr::MODULUS;
    negative.sub_with_borrow(scalar);
    let bits = scalar.num_bits().min(negative.num_bits());
    u64::from(bits.div_ceil(WINDOW))
}

/// A, B and C of an assignment (any points, if the work is cancelled), with its products on the coset and Groth16's two random numbers.
pub(super) fn multiply(
    key: &ProvingKey,
    assignment: &[Fr],
    products: Zeroizing<Vec<Fr>>,
    [r, s]: [Fr; 2],
    progress_range: ProgressRange,
) -> (G1Affine, G2Affine, G1Affine) {
    let h = Zeroizing::new(scalars(&products));
    drop(products);
    let all = Zeroizing::new(scalars(assignment));
    let queries = &key.queries;
    let sum = |name, terms: &[_]| Sum::<G1Projective>::new(name, terms, 1);
    let a = sum("multiplication A", &[(queries.a.raw(), &all[..])]);
    let b = sum("multiplication B in G1", &[(queries.b_g1.raw(), &all[..])]);
    let terms = [(queries.b_g2.raw(), &all[..])];
    let b_g2 = Sum::<G2Projective>::new("multiplication B in G2", &terms, G2_WEIGHT);
    // One sum, so that the buckets are weighed once.
    let terms = [(queries.h.raw(), &h[..]), (queries.l.raw(), &all[..])];
    let c = sum("multiplication C", &terms);
    let cost = a.cost() + b.cost() + b_g2.cost() + c.cost();
    let progress_range = &mut progress_range.costing(cost);

    let _span = debug_span!(target: log::PROOF, "multiply").entered();
    let delta = key.queries.delta;
    let a = a.compute(progress_range) + key.verifying.alpha + delta * r;
    let b = b.compute(progress_range) + key.queries.beta + delta * s;
    let b_g2 = b_g2.compute(progress_range) + key.verifying.beta + key.verifying.delta * s;
    let c = c.compute(progress_range) + a * s + b * r - delta * (r * s);
    (a.into_affine(), b_g2.into_affine(), c.into_affine())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::progress::{Progress, Silent};
    use ark_ff::{UniformRand, Zero};
    use std::sync::Mutex;

    #[derive(Default)]
    struct Fractions(Mutex<Vec<f64>>);

    impl Progress for Fractions {
        fn phase(&self, _name: &str, fraction: f64) {
            self.0.lock().unwrap().push(fraction);
        }
    }

    #[test]
    fn a_sum_is_the_same_in_pieces() {
        let rng = &mut rand::rngs::OsRng;
        let mut bases: Vec<G1Affine> = (0..50).map(|_| G1Affine::rand(rng)).collect();
        bases[20] = G1Affine::identity();
        let mut values: Vec<Fr> = (0..50).map(|_| Fr::rand(rng)).collect();
        for (index, value) in [(0, 0i64), (1, 1), (2, -1), (3, 300), (4, -70_000), (20, 1)] {
            values[index] = Fr::from(value);
        }
        let expected: G1Projective = bases.iter().zip(&values).map(|(b, v)| *b * *v).sum();
        let scalars = scalars(&values);
        let bases: Vec<_> = bases.iter().map(G1Projective::record).collect();
        let (few, more) = bases.split_at(11);
        let terms = [(few, &scalars[..11]), (more, &scalars[11..])];
        for (most, pieces) in [(1, 50), (7, 8), (49, 2), (50, 1), (1000, 1)] {
            let fractions = Fractions::default();
            let sum = Sum::<G1Projective>::in_pieces("", &terms, 1, most);
            let mut progress_range = ProgressRange::new(&fractions, 0.25..0.75).costing(sum.cost());
            assert_eq!(sum.compute(&mut progress_range), expected, "{most}");
            let fractions = fractions.0.into_inner().unwrap();
            assert_eq!(fractions.len(), 1 + pieces);
            assert!(fractions.windows(2).all(|pair| pair[0] <= pair[1]));
            assert_eq!((fractions[0], fractions[pieces]), (0.25, 0.75));
        }
        let none = Sum::<G1Projective>::new("", &[(&[], &scalars)], 1);
        assert!(
            none.compute(&mut ProgressRange::new(&Silent, 0.0..1.0))
                .is_zero()
        );
    }

    #[test]
    fn small_numbers_of_either_sign_cost_little() {
        let cost = |value: i64| additions_of(&Fr::from(value).into_bigint());
        assert_eq!([0, 1, -1, 8191, -8191, 8192].map(cost), [0, 1, 1, 1, 1, 2]);
        assert!(cost(i64::MAX) < 6);
    }
}
