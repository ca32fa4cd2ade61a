//! Σ sᵢ·Pᵢ over BLS12-381, which is where a proof's time goes.
//!
//! Pippenger's method ("On the evaluation of powers and monomials", SIAM Journal on Computing 9, 1980): scalars are
//! cut into windows of c bits, the points of a window are summed by digit, and the sums are weighed by a running sum.
//! What makes it quick:
//!
//! - Digits are signed (Booth), which halves the buckets, and a scalar above half the group's order is its negative
//!   with the point negated, so that small numbers of either sign have few digits (`digits`). Long scalars are two
//!   halves, the upper for another point (`halves`).
//! - Points stay affine. An addition takes a division, and the divisions of many additions that do not depend on each
//!   other share one inversion (Montgomery, "Speeding the Pollard and elliptic curve methods of factorization",
//!   Mathematics of Computation 48, 1987, section 10.3.1): six multiplications an addition, where one into a
//!   projective bucket takes ten or more. Points of one bucket are added as in a tournament, a block of points at a
//!   time, so that a block stays in the cache (`rounds`); so are the buckets' sums when they are weighed (`window`).
//! - Where the CPU has AVX2 and fused multiplication, four additions go side by side in double precision (`lanes`):
//!   about twice as many multiplications in the same time as with `blst`'s assembly, which does them elsewhere. The
//!   form of field elements is that of arkworks in both.
//! - Terms are sorted by the length of their scalars: a window reads those that reach it, and their bases lie together.
//!   A base is asked for before it is needed.
//!
//! A proof's other long part, the transforms of polynomials, is in [`transform`].
//!
//! Times depend on the scalars, as in every prover: whoever can time a prover to the microsecond is not defended
//! against.

mod adder;
mod digits;
mod fp;
mod halves;
#[cfg(target_arch = "x86_64")]
mod lanes;
mod prefetch;
mod rounds;
mod tournament;
pub mod transform;
mod window;

use adder::Adder;
use ark_bls12_381::{Fr, G1Projective, G2Projective};
use ark_ec::short_weierstrass::{Projective, SWCurveConfig};
use ark_ff::{AdditiveGroup, PrimeField, Zero};
use digits::Digits;
use rayon::prelude::*;
use window::{Share, Sorted};

/// Shares of the work for each thread, about, so that none waits long for another in the end.
const SHARES: usize = 12;
/// Terms that are worth a share.
const LEAST: usize = 1 << 11;

/// A scalar as an integer below the group's order.
pub type Scalar = <Fr as PrimeField>::BigInt;

/// A point of G1: x and y in Montgomery form with 2^384, least significant words first; all zero for the identity. What
/// is no point of the group makes a sum meaningless and does no other harm.
pub type G1Base = [u64; 12];

/// A point of G2: the same with two numbers to a coordinate.
pub type G2Base = [u64; 24];

/// Bases with their scalars, in one sum at most 2^30. Scalars without a base and bases without a scalar do not count.
pub type Terms<'a, const WORDS: usize> = (&'a [[u64; WORDS]], &'a [Scalar]);

/// Σ scalarᵢ·baseᵢ in G1 of all terms.
pub fn g1(terms: &[Terms<12>]) -> G1Projective {
    #[cfg(target_arch = "x86_64")]
    if let Some(wide) = lanes::Wide::detect() {
        return sum(terms, || lanes::Lanes::<fp::Fp, 1>::new(wide));
    }
    sum(terms, tournament::Tournament::<fp::Fp>::new)
}

/// The same in G2.
pub fn g2(terms: &[Terms<24>]) -> G2Projective {
    #[cfg(target_arch = "x86_64")]
    if let Some(wide) = lanes::Wide::detect() {
        return sum(terms, || lanes::Lanes::<fp::Fp2, 2>::new(wide));
    }
    sum(terms, tournament::Tournament::<fp::Fp2>::new)
}

fn sum<P, A, const WORDS: usize>(
    terms: &[Terms<WORDS>],
    adder: impl Fn() -> A + Sync,
) -> Projective<P>
where
    P: SWCurveConfig<ScalarField = Fr>,
    A: Adder<P>,
{
    let digits = Digits::new(terms);
    let base = |mut place: usize| {
        for (bases, scalars) in terms {
            let length = bases.len().min(scalars.len());
            if place < length {
                return bases.get(place);
            }
            place -= length;
        }
        None
    };
    let point = |(place, is_image)| match base(place) {
        Some(words) => A::point(words, is_image),
        None => A::Point::default(),
    };
    let points: Vec<A::Point> = digits.bases().map(point).collect();
    let windows = (0..digits.windows()).into_par_iter().with_max_len(1);
    let windows: Vec<Sorted> = windows.map(|window| Sorted::new(&digits, window)).collect();
    let all: usize = windows.iter().map(Sorted::len).sum();
    let most = (all / (SHARES * rayon::current_num_threads().max(1))).max(LEAST);
    let shares = windows.iter().zip((0..).step_by(digits.width() as usize));
    let shares = shares.flat_map(|(sorted, bit)| {
        let shares = sorted.shares(most).into_iter();
        shares.map(move |share| (bit, share))
    });
    let shares: Vec<(usize, Share)> = shares.collect();
    let parts: Vec<(usize, Vec<Projective<P>>)> = shares
        .par_iter()
        .with_max_len(1)
        .map(|(bit, share)| (*bit, share.sum(&mut adder(), &points, digits.width())))
        .collect();
    // The sum of what counts 2^i times.
    let mut bits = vec![Projective::zero(); (digits.windows() * digits.width()) as usize];
    for (from, part) in &parts {
        for (bit, part) in bits.iter_mut().skip(*from).zip(part) {
            *bit += part;
        }
    }
    bits.iter().rfold(Projective::zero(), |mut total, bit| {
        total.double_in_place();
        total + bit
    })
}

#[cfg(test)]
mod tests;
