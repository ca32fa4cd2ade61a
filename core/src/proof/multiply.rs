//! The proof's points A, B and C (Groth, EUROCRYPT 2016, section 3.2), each a sum over the key's bases: the long part
//! of a proof.
//!
//! With a the assignment, uᵢ, vᵢ and σᵢ as in `docs/proof-system.md`, h the quotient and r, s random:
//!
//! - A = α + Σ aᵢ·uᵢ(τ) + r·δ in G1,
//! - B = β + Σ aᵢ·vᵢ(τ) + s·δ in G2, and in G1 too, where C needs it,
//! - C = Σ aᵢ·σᵢ/δ over the remaining witness + h(τ)t(τ)/δ + s·A + r·B − r·s·δ in G1; the first two are sums over the l
//!   and the h bases, as `reduction` divides them.

use super::key::{Curve, Points, ProvingKey};
use super::progress::Stretch;
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::CurveGroup;
use ark_ff::{BigInteger, PrimeField};
use rayon::prelude::*;
use std::ops::Range;
use zeroize::Zeroizing;

/// Most terms of a sum between two words about progress: about a second's work. Larger pieces would take a few
/// additions less each.
const PIECE: usize = 1 << 17;
/// Bits of a scalar that one addition deals with, about.
const WINDOW: u32 = 13;
/// Cost of an addition in G2, that of one in G1 being 1. Measured.
const G2_WEIGHT: u64 = 3;

pub(super) use provable_msm::Scalar;

/// Scalars as the sums take them.
pub(super) fn scalars(values: &[Fr]) -> Vec<Scalar> {
    values.par_iter().map(|value| value.into_bigint()).collect()
}

/// Σ scalarᵢ·baseᵢ, to be computed in pieces. Scalars without a base and bases without a scalar do not count.
pub(super) struct Sum<'a, G: Curve> {
    name: &'static str,
    pieces: Vec<Piece<'a, G>>,
}

/// Terms of a sum. Their bases are made into points when they are needed.
struct Piece<'a, G: Curve> {
    bases: &'a Points<G>,
    range: Range<usize>,
    scalars: &'a [Scalar],
    cost: u64,
}

impl<'a, G: Curve> Sum<'a, G> {
    /// A sum with its name for people and the cost of an addition.
    pub(super) fn new(
        name: &'static str,
        bases: &'a Points<G>,
        scalars: &'a [Scalar],
        weight: u64,
    ) -> Self {
        Self::in_pieces(name, bases, scalars, weight, PIECE)
    }

    /// A sum in pieces of one size, of at most so many terms.
    fn in_pieces(
        name: &'static str,
        bases: &'a Points<G>,
        scalars: &'a [Scalar],
        weight: u64,
        most: usize,
    ) -> Self {
        let terms = bases.len().min(scalars.len());
        let size = terms.div_ceil(terms.div_ceil(most).max(1)).max(1);
        let piece = |(index, (records, scalars)): (usize, (&[G::Record], &'a [Scalar]))| {
            let terms = records.par_iter().zip(scalars);
            let cost = terms.filter(|(record, _)| **record != G::IDENTITY);
            let cost: u64 = cost.map(|(_, scalar)| additions(scalar)).sum();
            let start = index * size;
            Piece {
                bases,
                range: start..start + records.len().min(scalars.len()),
                scalars,
                cost: cost * weight,
            }
        };
        let pieces = bases.raw().chunks(size).zip(scalars.chunks(size));
        let pieces = pieces.enumerate().map(piece).collect();
        Sum { name, pieces }
    }

    /// What it costs.
    pub(super) fn cost(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.cost).sum()
    }

    /// Computes it.
    pub(super) fn compute(&self, stretch: &mut Stretch) -> G {
        stretch.begin(self.name);
        let mut sum = G::zero();
        for piece in &self.pieces {
            sum += G::weighted_sum(&piece.bases.affine(piece.range.clone()), piece.scalars);
            stretch.advance(self.name, piece.cost);
        }
        sum
    }
}

/// About how many additions a term takes. Small numbers take few, of either sign.
fn additions(scalar: &Scalar) -> u64 {
    let mut negative = Fr::MODULUS;
    negative.sub_with_borrow(scalar);
    let bits = scalar.num_bits().min(negative.num_bits());
    u64::from(bits.div_ceil(WINDOW))
}

/// A, B and C of an assignment, with its products on the coset and Groth16's two random numbers.
pub(super) fn multiply(
    key: &ProvingKey,
    assignment: &[Fr],
    products: Zeroizing<Vec<Fr>>,
    [r, s]: [Fr; 2],
    stretch: Stretch,
) -> (G1Affine, G2Affine, G1Affine) {
    let h = Zeroizing::new(scalars(&products));
    drop(products);
    let all = Zeroizing::new(scalars(assignment));
    let sum = |name, bases, scalars| Sum::<G1Projective>::new(name, bases, scalars, 1);
    let h = sum("multiplication h", &key.queries.h, &h);
    let l = sum("multiplication l", &key.queries.l, &all);
    let a = sum("multiplication A", &key.queries.a, &all);
    let b = sum("multiplication B in G1", &key.queries.b_g1, &all);
    let name = "multiplication B in G2";
    let b_g2 = Sum::<G2Projective>::new(name, &key.queries.b_g2, &all, G2_WEIGHT);
    let cost = h.cost() + l.cost() + a.cost() + b.cost() + b_g2.cost();
    let stretch = &mut stretch.costing(cost);

    let delta = key.queries.delta;
    let a = a.compute(stretch) + key.verifying.alpha + delta * r;
    let b = b.compute(stretch) + key.queries.beta + delta * s;
    let b_g2 = b_g2.compute(stretch) + key.verifying.beta + key.verifying.delta * s;
    let c = l.compute(stretch) + h.compute(stretch) + a * s + b * r - delta * (r * s);
    (a.into_affine(), b_g2.into_affine(), c.into_affine())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::proof::progress::{Progress, Silent};
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
        let bases = Points::from(&bases[..]);
        for (most, pieces) in [(1, 50), (7, 8), (49, 2), (50, 1), (1000, 1)] {
            let fractions = Fractions::default();
            let sum = Sum::<G1Projective>::in_pieces("", &bases, &scalars, 1, most);
            let mut stretch = Stretch::new(&fractions, 0.25..0.75).costing(sum.cost());
            assert_eq!(sum.compute(&mut stretch), expected, "{most}");
            let fractions = fractions.0.into_inner().unwrap();
            assert_eq!(fractions.len(), 1 + pieces);
            assert!(fractions.windows(2).all(|pair| pair[0] <= pair[1]));
            assert_eq!((fractions[0], fractions[pieces]), (0.25, 0.75));
        }
        let none = Points::from(&[][..]);
        let none = Sum::<G1Projective>::new("", &none, &scalars, 1);
        assert!(none.compute(&mut Stretch::new(&Silent, 0.0..1.0)).is_zero());
    }

    #[test]
    fn small_numbers_of_either_sign_cost_little() {
        let cost = |value: i64| additions(&Fr::from(value).into_bigint());
        assert_eq!([0, 1, -1, 8191, -8191, 8192].map(cost), [0, 1, 1, 1, 1, 2]);
        assert!(cost(i64::MAX) < 6);
    }
}
