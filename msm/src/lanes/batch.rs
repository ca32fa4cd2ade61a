//! One batch of additions: those that share an inversion.
#![allow(unsafe_code)]

use super::components::Components;
use super::exceptions::{Exception, exceptions, replace_lane};
use super::operands::{element, one, operands, per_lane, prefetch_quarter};
use super::point::{Limb, Point};
use super::unit::{Task, Unit};
use crate::batch_affine::{Pair, prefetch_ahead};
use crate::fp::Coordinate;
use crate::signed_index::SignedIndex;
use std::marker::PhantomData;

/// Two vectors of pairs are added side by side: while one waits for a product, the CPU computes the other's.
pub(super) type Both<T> = [T; 2];

/// The divisors of a group of 2·L additions, and lane by lane the product of all divisors of earlier groups.
#[derive(Clone, Copy)]
pub(super) struct Divisors<T> {
    earlier: Both<T>,
    own: Both<T>,
}

/// One batch of additions.
pub(super) struct Batch<
    'a,
    U: Unit<K, L>,
    F,
    const K: usize,
    const L: usize,
    const FROM_BASES: bool,
> {
    pub(super) bases: &'a [Point<U::Limb, K>],
    pub(super) points: &'a mut [Point<U::Limb, K>],
    pub(super) pairs: &'a [Pair],
    /// Bases that are read after these.
    pub(super) later: &'a [SignedIndex],
    pub(super) divisors: &'a mut Vec<Divisors<U::Packed>>,
    pub(super) exceptions: &'a mut Vec<Exception>,
    pub(super) coordinate: PhantomData<F>,
}

impl<U, F, const K: usize, const L: usize, const FROM_BASES: bool> Task
    for Batch<'_, U, F, K, L, FROM_BASES>
where
    U: Unit<K, L>,
    F: Coordinate,
    F::Element: Components<K>,
{
    #[inline(always)]
    fn run(mut self) {
        // SAFETY: `LaneAdder::add_batch` has a value of the type `U`.
        unsafe {
            let inverses = self.divide();
            self.add(inverses);
        }
    }
}

impl<U, F, const K: usize, const L: usize, const FROM_BASES: bool> Batch<'_, U, F, K, L, FROM_BASES>
where
    U: Unit<K, L>,
    F: Coordinate,
    F::Element: Components<K>,
{
    /// Computes all divisors, and the inverses of the products of the divisors of all groups.
    ///
    /// # Safety
    /// As for [`Unit`], and so for the other methods.
    #[inline(always)]
    unsafe fn divide(&mut self) -> Both<U::Packed> {
        // SAFETY: promised by the caller.
        unsafe {
            let one = U::gather([&one::<U, K, L>(); L]);
            let start = Divisors {
                earlier: [one; 2],
                own: [one; 2],
            };
            let groups = self.pairs.len().div_ceil(2 * L);
            // Those of the last batch are overwritten.
            if self.divisors.len() <= groups {
                self.divisors.resize(groups + 1, start);
            }
            let mut divisors = self.divisors.as_mut_slice();
            if let Some(first) = divisors.first_mut() {
                first.earlier = start.earlier;
            }
            let points = if FROM_BASES {
                self.bases
            } else {
                &*self.points
            };
            for (group, pairs) in self.pairs.chunks(2 * L).enumerate() {
                if FROM_BASES {
                    for lane in 0..2 * L {
                        prefetch_ahead(self.bases, self.pairs, 2 * L * group + lane);
                    }
                }
                let [now, next, ..] = divisors else { break };
                for half in 0..2 {
                    let (p, q) = operands(points, pairs, half);
                    let px = U::gather(p.map(|point| &point.x));
                    let qx = U::gather(q.map(|point| &point.x));
                    let own = &mut now.own[half];
                    *own = U::difference(&qx, &px);
                    let suspects = U::may_be_zero(own);
                    if suspects != 0 {
                        let place = (group, half);
                        let found = exceptions::<U, K, L>((p, q), pairs, place, suspects);
                        for (exception, divisor) in found {
                            replace_lane::<U, K, L>(own, exception.lane, &divisor);
                            self.exceptions.push(exception);
                        }
                    }
                }
                for half in 0..2 {
                    U::multiply(&mut next.earlier[half], &now.earlier[half], &now.own[half]);
                }
                divisors = divisors.get_mut(1..).unwrap_or_default();
            }
            let [one_half, other_half] = match divisors.first() {
                Some(last) => last.earlier,
                None => start.earlier,
            };
            let mut all = one;
            U::multiply(&mut all, &one_half, &other_half);
            let all = invert::<U, F, K, L>(&all);
            let mut inverses = [one; 2];
            U::multiply(&mut inverses[0], &other_half, &all);
            U::multiply(&mut inverses[1], &one_half, &all);
            inverses
        }
    }

    /// Adds all pairs, the last group first.
    #[inline(always)]
    unsafe fn add(&mut self, mut inverse: Both<U::Packed>) {
        // SAFETY: promised by the caller.
        unsafe {
            let start = inverse;
            let (mut inverted, mut next, mut slope, mut scratch) = (start, start, start, start);
            let (mut px, mut py, mut dividend, mut x) = (start, start, start, start);
            let mut py_signs = [U::signs([SignedIndex::default(); L]); 2];
            let groups = self.pairs.len().div_ceil(2 * L);
            let later = self.later.len().div_ceil(groups.max(1)).max(1);
            for group in (0..groups).rev() {
                let pairs = self.pairs.chunks(2 * L).nth(group).unwrap_or(&[]);
                let Some(divisors) = self.divisors.get(group) else {
                    break;
                };
                // In four parts, as the CPU can wait for a few only.
                let soon = self.later.chunks(later).nth(group).unwrap_or(&[]);
                for half in 0..2 {
                    U::multiply(&mut inverted[half], &inverse[half], &divisors.earlier[half]);
                    U::multiply(&mut next[half], &inverse[half], &divisors.own[half]);
                }
                inverse = next;
                prefetch_quarter::<_, FROM_BASES, 0>(self.bases, soon);
                let mut difference = divisors.own;
                for half in 0..2 {
                    let points = if FROM_BASES {
                        self.bases
                    } else {
                        &*self.points
                    };
                    let (p, q) = operands(points, pairs, half);
                    px[half] = U::gather(p.map(|point| &point.x));
                    py[half] = U::gather(p.map(|point| &point.y));
                    let qy = U::gather(q.map(|point| &point.y));
                    let mut qy_signs = py_signs[half];
                    if FROM_BASES {
                        py_signs[half] = U::signs(per_lane(pairs, half, |pair| pair.left));
                        qy_signs = U::signs(per_lane(pairs, half, |pair| pair.right));
                    }
                    dividend[half] =
                        U::signed_difference((&qy, qy_signs), (&py[half], py_signs[half]));
                }
                let mut cancelled = 0u32;
                while let Some(exception) = self.exceptions.pop_if(|last| last.group == group) {
                    let Exception { half, lane, .. } = exception;
                    if exception.is_doubling {
                        let triple = U::scatter(&U::tripled_square(&px[half]));
                        replace_lane::<U, K, L>(&mut dividend[half], lane, &triple[lane % L]);
                        // q's x is p's.
                        let zero = [U::ZERO_DIFFERENCE; K];
                        replace_lane::<U, K, L>(&mut difference[half], lane, &zero);
                    } else {
                        cancelled |= 1 << (L * half + lane);
                    }
                }
                prefetch_quarter::<_, FROM_BASES, 1>(self.bases, soon);
                for half in 0..2 {
                    U::multiply(&mut slope[half], &inverted[half], &dividend[half]);
                }
                prefetch_quarter::<_, FROM_BASES, 2>(self.bases, soon);
                for half in 0..2 {
                    U::square(&mut scratch[half], &slope[half]);
                }
                for half in 0..2 {
                    x[half] = U::sum_x(&scratch[half], &px[half], &difference[half]);
                    dividend[half] = U::difference(&px[half], &x[half]);
                }
                prefetch_quarter::<_, FROM_BASES, 3>(self.bases, soon);
                for half in 0..2 {
                    U::multiply_last(&mut scratch[half], &slope[half], &dividend[half]);
                }
                for half in 0..2 {
                    let y = U::sum_y(&scratch[half], (&py[half], py_signs[half]));
                    let these = pairs.chunks(L).nth(half).unwrap_or(&[]);
                    U::store(self.points, these, &x[half], &y);
                }
                if cancelled != 0 {
                    for (lane, pair) in pairs.iter().enumerate() {
                        if cancelled >> lane & 1 == 1
                            && let Some(sum) = self.points.get_mut(pair.target as usize)
                        {
                            *sum = Point::IDENTITY;
                        }
                    }
                }
            }
        }
    }
}

/// The inverses of L products, as factors, by one inversion (Montgomery's trick).
///
/// # Safety
/// As for [`Unit`].
#[inline(never)]
unsafe fn invert<U: Unit<K, L>, F: Coordinate, const K: usize, const L: usize>(
    packed: &U::Packed,
) -> U::Packed
where
    F::Element: Components<K>,
{
    // SAFETY: promised by the caller.
    let coordinates = unsafe { U::scatter(packed) };
    let coordinates = coordinates.map(|one| F::from_element(&element::<U, F::Element, K, L>(&one)));
    let mut earlier = [F::ONE; L];
    let mut product = F::ONE;
    for (earlier, coordinate) in earlier.iter_mut().zip(&coordinates) {
        *earlier = product;
        product.scale(coordinate);
    }
    let mut inverse = F::ONE;
    inverse.invert(&product);
    let mut inverses = [[[U::Limb::ZERO; 8]; K]; L];
    let all = inverses.iter_mut().zip(&earlier).zip(&coordinates);
    for ((slot, earlier), coordinate) in all.rev() {
        let mut inverted = F::ONE;
        inverted.multiply(&inverse, earlier);
        inverse.scale(coordinate);
        *slot = inverted
            .element()
            .components()
            .map(|words| U::limbs(&words));
    }
    // SAFETY: as above.
    unsafe { U::factor(&U::gather(inverses.each_ref())) }
}
