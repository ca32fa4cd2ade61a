//! The points A, B and C of a proof (Groth, EUROCRYPT 2016, section 3.2). Each is a sum over the key's bases. Most of the
//! time of a proof is spent here.
//!
//! Let a be the assignment, h the quotient, r and s random, and uᵢ, vᵢ and σᵢ as in `docs/proof-system.md`. Then
//!
//! - A = α + Σ aᵢ·uᵢ(τ) + r·δ in G1,
//! - B = β + Σ aᵢ·vᵢ(τ) + s·δ in G2, and in G1 too, where C needs it,
//! - C = Σ aᵢ·σᵢ/δ over the remaining witness + h(τ)t(τ)/δ + s·A + r·B − r·s·δ in G1; the first two are sums over the l
//!   and the h bases; `reduction` says how they are divided. Since B contains s·δ, the last two are r·(β + Σ aᵢ·vᵢ(τ)).

use super::key::{Curve, ProvingKey, Terms};
use super::progress::ProgressRange;
use crate::log;
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::CurveGroup;
use ark_ff::{BigInteger, PrimeField};
use rayon::prelude::*;
use tracing::{Span, debug_span};
use zeroize::Zeroizing;

/// The most terms of a sum between two reports of progress: two or three seconds of work. Each piece has buckets of its
/// own, so smaller pieces take more additions: pieces of a quarter of the size take about a tenth more.
const PIECE: usize = 1 << 20;
/// Terms in a block. The first terms of each block are its sample.
const BLOCK: usize = 1 << 10;
const SAMPLE: usize = 1 << 6;
/// About how many bits of a scalar one addition processes.
const WINDOW: u32 = 13;
/// The most terms of all sums of a proof for which they are computed at once. A sum has parts that one core computes alone,
/// and another sum then has work for the others. In larger sums these parts do not matter, and the memory that they would
/// take together does.
const AT_ONCE: usize = 1 << 19;
/// Cost of an addition in G2, relative to one in G1. Measured.
const G2_WEIGHT: u64 = 3;

pub(super) use provable_msm::Scalar;

/// The scalars in the form that the sums take.
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
    /// A sum of all terms. `name` is shown to people; `weight` is the cost of one addition.
    pub(super) fn new(name: &'static str, terms: &[Terms<'a, G>], weight: u64) -> Self {
        Self::in_pieces(name, terms, weight, PIECE)
    }

    /// A sum in pieces of equal size, each of about `most` terms or fewer.
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

    /// The cost of the sum.
    pub(super) fn cost(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.cost).sum()
    }

    /// The number of terms, including those that are zero.
    fn terms(&self) -> usize {
        let terms = self.pieces.iter().flat_map(|piece| &piece.terms);
        terms
            .map(|(bases, scalars)| bases.len().min(scalars.len()))
            .sum()
    }

    /// Computes the sum, as a part of the work of `span`. If the work is cancelled, the result is an arbitrary point.
    pub(super) fn compute(&self, span: &Span, progress_range: &ProgressRange) -> G {
        let _span = debug_span!(
            target: log::PROOF,
            parent: span,
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

/// About how many additions the terms take, estimated from a sample: looking at every base would read the whole key
/// once more.
fn additions<G: Curve>((bases, scalars): &Terms<G>) -> u64 {
    let blocks = bases.par_chunks(BLOCK).zip(scalars.par_chunks(BLOCK));
    let additions = blocks.map(|(bases, scalars)| {
        let terms = bases.iter().zip(scalars).take(SAMPLE);
        let terms = terms.filter(|(record, _)| **record != G::IDENTITY);
        let cost: u64 = terms.map(|(_, scalar)| additions_of(scalar)).sum();
        cost * bases.len().div_ceil(SAMPLE) as u64
    });
    additions.sum()
}

/// About how many additions a term takes. A number with a small absolute value takes few.
fn additions_of(scalar: &Scalar) -> u64 {
    if scalar.is_zero() {
        return 0;
    }
    let mut negative = Fr::MODULUS;
    negative.sub_with_borrow(scalar);
    let bits = scalar.num_bits().min(negative.num_bits());
    u64::from(bits.div_ceil(WINDOW))
}

/// The results of two sums, computed at once or one after the other.
fn both<A: Send, B: Send>(
    at_once: bool,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    match at_once {
        true => rayon::join(one, other),
        false => (one(), other()),
    }
}

/// A, B and C of an assignment, from its products on the coset and Groth16's two random numbers. If the work is
/// cancelled, the points are arbitrary.
pub(super) fn multiply(
    key: &ProvingKey,
    assignment: Zeroizing<Vec<Fr>>,
    products: Zeroizing<Vec<Fr>>,
    [r, s]: [Fr; 2],
    progress_range: ProgressRange,
) -> (G1Affine, G2Affine, G1Affine) {
    let h = Zeroizing::new(scalars(&products));
    drop(products);
    let all = Zeroizing::new(scalars(&assignment));
    drop(assignment);
    let blinds = Zeroizing::new([r, s].map(|blind| blind.into_bigint()));
    let [of_a, of_b] = blinds.each_ref().map(std::slice::from_ref);
    let delta = [G1Projective::record(&key.queries.delta)];
    let delta_g2 = [G2Projective::record(&key.verifying.delta)];
    let queries = &key.queries;
    let sum = |name, terms: &[_]| Sum::<G1Projective>::new(name, terms, 1);
    let terms = [(queries.a.raw(), &all[..]), (&delta[..], of_a)];
    let a = sum("multiplication A", &terms);
    let b = sum("multiplication B in G1", &[(queries.b_g1.raw(), &all[..])]);
    let terms = [(queries.b_g2.raw(), &all[..]), (&delta_g2[..], of_b)];
    let b_g2 = Sum::<G2Projective>::new("multiplication B in G2", &terms, G2_WEIGHT);
    // One sum for both, so that the buckets are added up only once.
    let terms = [(queries.h.raw(), &h[..]), (queries.l.raw(), &all[..])];
    let c = sum("multiplication C", &terms);
    let cost = a.cost() + b.cost() + b_g2.cost() + c.cost();
    let at_once = a.terms() + b.terms() + b_g2.terms() + c.terms() <= AT_ONCE;
    let progress_range = &progress_range.costing(cost);

    let span = &debug_span!(target: log::PROOF, "multiply").entered();
    let a = || {
        let a = a.compute(span, progress_range) + key.verifying.alpha;
        (a, a * s)
    };
    let b = || (b.compute(span, progress_range) + queries.beta) * r;
    let b_g2 = || b_g2.compute(span, progress_range) + key.verifying.beta;
    let c = || c.compute(span, progress_range);
    // The longest first: the others fill the time in which it keeps one core busy.
    let (c, (b_g2, (b, (a, multiple_of_a)))) =
        both(at_once, c, || both(at_once, b_g2, || both(at_once, b, a)));
    let c = c + multiple_of_a + b;
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
            let progress_range = ProgressRange::new(&fractions, 0.25..0.75).costing(sum.cost());
            assert_eq!(
                sum.compute(&Span::none(), &progress_range),
                expected,
                "{most}"
            );
            let fractions = fractions.0.into_inner().unwrap();
            assert_eq!(fractions.len(), 1 + pieces);
            assert!(fractions.windows(2).all(|pair| pair[0] <= pair[1]));
            assert_eq!((fractions[0], fractions[pieces]), (0.25, 0.75));
        }
        let none = Sum::<G1Projective>::new("", &[(&[], &scalars)], 1);
        assert!(
            none.compute(&Span::none(), &ProgressRange::new(&Silent, 0.0..1.0))
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
