//! Fixed-base multiplication: many multiples of one generator. A key generation spends most of its time here.
//!
//! A scalar is split into signed digits. A table holds the digits' multiples of the generator; these are added. The
//! additions for many scalars are done together, so that they share inversions.
//!
//! The scalars are trapdoors or reveal them. So everything that is computed from them here is overwritten, except the
//! multiples.

use super::batch_affine::Additions;
use super::key::{Curve, Points};
use super::progress::ProgressRange;
use crate::log;
use ark_bls12_381::Fr;
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{AdditiveGroup, PrimeField, Zero};
use provable_mapped::Array;
use rayon::prelude::*;
use std::ops::Range;
use tracing::debug_span;
use zeroize::{Zeroize, Zeroizing};

/// Multiples in one chunk. Progress is reported after each chunk.
const CHUNK: usize = 1 << 14;
/// Sums that share inversions. They stay in the cache, together with the table of one window.
const TOGETHER: usize = 1 << 11;
/// The widest window: the table of a window has to stay in the cache.
const WIDEST: u32 = 14;
/// Bits of a scalar's absolute value, plus one for the carry out of the last digit.
const BITS: u32 = Fr::MODULUS_BIT_SIZE;

/// The width of a window for this many multiples, and the number of windows. A multiple takes one addition for each
/// window.
pub(super) fn windows(multiples: usize) -> (u32, u32) {
    // An entry of the table takes an addition that costs twice as much.
    let cost = |width: &u32| u64::from(BITS.div_ceil(*width)) * (multiples as u64 + (1 << width));
    let width = (2..=WIDEST).min_by_key(cost).unwrap_or(WIDEST);
    (width, BITS.div_ceil(width))
}

/// A generator with a table of its multiples, window by window.
pub(super) struct FixedBase<P: SWCurveConfig> {
    /// For window k: the multiples by 1 to 2^(width − 1) of 2^(width·k) times the generator.
    windows: Vec<Vec<Affine<P>>>,
    width: u32,
    weight: u64,
}

impl<P: SWCurveConfig<ScalarField = Fr>> FixedBase<P>
where
    Projective<P>: Curve + CurveGroup<Affine = Affine<P>>,
{
    /// Makes a table whose size suits this many multiples. `weight` is the cost of one multiple, in the unit of the
    /// progress range.
    pub(super) fn new(generator: Projective<P>, multiples: usize, weight: u64) -> Self {
        let (width, count) = windows(multiples);
        let next = |base: &Projective<P>| {
            let mut base = *base;
            for _ in 0..width {
                base.double_in_place();
            }
            Some(base)
        };
        let bases: Vec<_> = std::iter::successors(Some(generator), next)
            .take(count as usize)
            .collect();
        let window = |base: Affine<P>| {
            let mut multiple = Projective::zero();
            let multiples: Vec<_> = (0..1 << (width - 1))
                .map(|_| {
                    multiple += base;
                    multiple
                })
                .collect();
            Projective::normalize_batch(&multiples)
        };
        let bases = Projective::normalize_batch(&bases);
        FixedBase {
            windows: bases.into_par_iter().map(window).collect(),
            width,
            weight,
        }
    }

    /// The cost of the table for this many multiples, in the unit of `weight`.
    pub(super) fn table_cost(multiples: usize, weight: u64) -> u64 {
        weight << windows(multiples).0
    }

    /// The multiples by the scalars of these indices, in order. Each scalar is made when it is needed.
    pub(super) fn multiples(
        &self,
        name: &str,
        indices: Range<usize>,
        scalar: impl Fn(usize) -> Fr + Sync,
        progress_range: &ProgressRange,
    ) -> Points<Projective<P>> {
        let count = indices.len();
        let _span = debug_span!(target: log::PROOF, "multiples", what = name, count).entered();
        progress_range.begin(name);
        let mut all = Vec::with_capacity(indices.len());
        for start in indices.clone().step_by(CHUNK) {
            if progress_range.is_cancelled() {
                break;
            }
            let end = indices.end.min(start + CHUNK);
            let parts = (start..end).into_par_iter().step_by(TOGETHER);
            let parts: Vec<_> = parts
                .map(|start| self.together(start..end.min(start + TOGETHER), &scalar))
                .collect();
            let points = parts.iter().flatten();
            let made = points.clone().filter(|point| !point.is_zero()).count();
            all.extend(points.map(<Projective<P> as Curve>::record));
            progress_range.advance(name, made as u64 * self.weight);
        }
        Points::from(Array::from(all))
    }

    /// Some multiples, made together.
    fn together(&self, indices: Range<usize>, scalar: &impl Fn(usize) -> Fr) -> Vec<Affine<P>> {
        let count = indices.len();
        let mut digits = Zeroizing::new(vec![0i16; count * self.windows.len()]);
        for (place, index) in indices.enumerate() {
            let digits = digits.iter_mut().skip(place).step_by(count);
            write_digits(scalar(index), self.width, digits);
        }
        let mut sums = vec![Affine::identity(); count];
        let mut additions = Additions::with_capacity(count);
        for (window, digits) in self.windows.iter().zip(digits.chunks(count.max(1))) {
            for (place, (sum, digit)) in sums.iter_mut().zip(digits).enumerate() {
                if let Some(multiple) = multiple(window, *digit) {
                    additions.begin(place, sum, multiple);
                }
            }
            additions.finish(&mut sums);
        }
        sums
    }
}

/// The digits of a scalar, lowest first. Their sum over powers of 2^width is the scalar, or the scalar minus the
/// group's order. The absolute value of a digit is at most half of 2^width.
fn write_digits<'a>(scalar: Fr, width: u32, digits: impl Iterator<Item = &'a mut i16>) {
    let mut rest = scalar.into_bigint();
    let is_negative = rest > Fr::MODULUS_MINUS_ONE_DIV_TWO;
    if is_negative {
        rest = (-scalar).into_bigint();
    }
    let (range, mut carry) = (1i32 << width, 0);
    for slot in digits {
        let low = rest.as_ref().first().copied().unwrap_or(0);
        let digit = (low & ((1 << width) - 1)) as i32 + carry;
        carry = i32::from(digit > range / 2);
        let digit = (digit - carry * range) as i16;
        *slot = if is_negative { -digit } else { digit };
        rest >>= width;
    }
    rest.zeroize();
}

/// A digit's multiple of a window's base. `None` for zero.
fn multiple<P: SWCurveConfig>(window: &[Affine<P>], digit: i16) -> Option<Affine<P>> {
    let at = usize::from(digit.unsigned_abs()).checked_sub(1)?;
    let multiple = window.get(at)?;
    Some(if digit < 0 { -*multiple } else { *multiple })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Silent;
    use ark_bls12_381::{g1, g2};
    use ark_ff::{One, UniformRand};
    use rand::rngs::OsRng;

    fn are_multiples<P: SWCurveConfig<ScalarField = Fr>>(count: usize, multiples: usize)
    where
        Projective<P>: Curve + CurveGroup<Affine = Affine<P>>,
    {
        let generator = Projective::<P>::rand(&mut OsRng);
        let first = Fr::rand(&mut OsRng);
        let half = Fr::from(Fr::MODULUS_MINUS_ONE_DIV_TWO);
        let (width, _) = windows(multiples);
        let window = Fr::from(1u64 << width);
        let special = [
            Fr::zero(),
            -Fr::one(),
            Fr::one(),
            half,
            half + Fr::one(),
            window,
            window / Fr::from(2u64),
            -window,
            window - Fr::one(),
        ];
        let scalar = |index: usize| match special.get(index) {
            Some(special) => *special,
            None => first * Fr::from(index as u64),
        };
        let table = FixedBase::<P>::new(generator, multiples, 1);
        let progress_range = &ProgressRange::new(&Silent, 0.0..1.0);
        let all = table.multiples("", 0..count, scalar, progress_range).all();
        assert_eq!(all.len(), count);
        let around = |at: usize| at.saturating_sub(1)..at + 2;
        let ends = around(64).chain(around(TOGETHER)).chain(around(CHUNK));
        for index in (0..special.len()).chain(ends) {
            let expected = (generator * scalar(index)).into_affine();
            assert!(
                all.get(index).is_none_or(|found| *found == expected),
                "{index}"
            );
        }
        let tail = table.multiples("", count - 3..count, scalar, progress_range);
        assert_eq!(tail.all(), all[count - 3..]);
    }

    #[test]
    fn multiples_are_multiples_across_chunks() {
        are_multiples::<g1::Config>(CHUNK + 3, CHUNK);
        are_multiples::<g2::Config>(TOGETHER + 3, 100);
        for multiples in [0, 1, 10, 1000, 1 << 20] {
            are_multiples::<g1::Config>(20, multiples);
        }
    }

    #[test]
    fn digits_add_up_to_their_scalar() {
        for width in 2..=WIDEST {
            let count = BITS.div_ceil(width) as usize;
            let half = Fr::from(Fr::MODULUS_MINUS_ONE_DIV_TWO);
            let mut scalars = vec![Fr::zero(), Fr::one(), -Fr::one(), half, half + Fr::one()];
            scalars.extend((0..20).map(|_| Fr::rand(&mut OsRng)));
            for scalar in scalars {
                let mut digits = vec![0i16; count];
                write_digits(scalar, width, digits.iter_mut());
                let most = 1 << (width - 1);
                assert!(digits.iter().all(|digit| (-most..=most).contains(digit)));
                let range = Fr::from(1u64 << width);
                let sum = digits.iter().rev().fold(Fr::zero(), |sum, digit| {
                    sum * range + Fr::from(i64::from(*digit))
                });
                assert_eq!(sum, scalar, "{width}");
            }
        }
    }
}
