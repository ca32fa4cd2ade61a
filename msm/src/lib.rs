//! Σ sᵢ·Pᵢ over BLS12-381, which is where a proof's time goes.
//!
//! Pippenger's method ("On the evaluation of powers and monomials", SIAM Journal on Computing 9, 1980): scalars are
//! cut into windows of c bits, the points of a window are summed by digit, and the sums are weighed by a running sum.
//! What makes it quick:
//!
//! - Digits are signed (Booth), which halves the buckets, and a scalar above half the group's order is its negative
//!   with the point negated, so that small numbers of either sign have few digits.
//! - Points stay affine. An addition takes a division, and the divisions of many additions that do not depend on each
//!   other share one inversion (Montgomery, "Speeding the Pollard and elliptic curve methods of factorization",
//!   Mathematics of Computation 48, 1987, section 10.3.1): six multiplications an addition, where one into a
//!   projective bucket takes ten or more. Points of one bucket are added as in a tournament, a block of points at a
//!   time, so that a block stays in the cache.
//! - Where the CPU has AVX2 and fused multiplication, four additions go side by side in double precision (`lanes`):
//!   about twice as many multiplications in the same time as with `blst`'s assembly, which does them elsewhere. The
//!   form of field elements is that of arkworks in both.
//! - Bases lie all over memory. While a block of them is added, the next one is asked for.
//!
//! Times depend on the scalars, as in every prover: whoever can time a prover to the microsecond is not defended
//! against.

mod adder;
mod buckets;
mod digits;
mod fp;
#[cfg(target_arch = "x86_64")]
mod lanes;
mod tournament;

use adder::Adder;
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ec::AffineRepr;
use ark_ff::{AdditiveGroup, PrimeField, Zero};
use buckets::Task;
use digits::Digits;
use rayon::prelude::*;

/// A scalar as an integer below the group's order.
pub type Scalar = <Fr as PrimeField>::BigInt;

/// Σ scalarᵢ·baseᵢ in G1. Scalars without a base and bases without a scalar do not count.
pub fn g1(bases: &[G1Affine], scalars: &[Scalar]) -> G1Projective {
    #[cfg(target_arch = "x86_64")]
    if let Some(wide) = lanes::Wide::detect() {
        return sum(bases, scalars, || lanes::Lanes::<fp::Fp, 1>::new(wide));
    }
    sum(bases, scalars, tournament::Tournament::<fp::Fp>::new)
}

/// The same in G2.
pub fn g2(bases: &[G2Affine], scalars: &[Scalar]) -> G2Projective {
    #[cfg(target_arch = "x86_64")]
    if let Some(wide) = lanes::Wide::detect() {
        return sum(bases, scalars, || lanes::Lanes::<fp::Fp2, 2>::new(wide));
    }
    sum(bases, scalars, tournament::Tournament::<fp::Fp2>::new)
}

fn sum<P, A>(bases: &[Affine<P>], scalars: &[Scalar], adder: impl Fn() -> A + Sync) -> Projective<P>
where
    P: SWCurveConfig<ScalarField = Fr>,
    A: Adder<P>,
{
    let digits = Digits::new(scalars, bases, |base| !base.is_zero());
    // Windows that would leave threads idle in the end are shared by all of them.
    let threads = rayon::current_num_threads().max(1);
    let whole = digits.windows() - digits.windows() % threads as u32;
    let tasks: Vec<Task> = (0..digits.windows())
        .flat_map(|window| {
            let shares = if window < whole { 1 } else { threads };
            (0..shares).map(move |share| Task {
                window,
                share,
                shares,
            })
        })
        .collect();
    let parts: Vec<Projective<P>> = tasks
        .par_iter()
        .with_max_len(1)
        .map(|task| buckets::sum(&mut adder(), bases, &digits, *task))
        .collect();
    let mut sums = vec![Projective::zero(); digits.windows() as usize];
    for (task, part) in tasks.iter().zip(&parts) {
        if let Some(sum) = sums.get_mut(task.window as usize) {
            *sum += part;
        }
    }
    let mut total = Projective::zero();
    for sum in sums.iter().rev() {
        for _ in 0..digits.width() {
            total.double_in_place();
        }
        total += sum;
    }
    total
}

#[cfg(test)]
mod tests;
