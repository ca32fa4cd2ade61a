//! Batch-affine addition, L pairs at a time in the lanes of a vector.
#![allow(unsafe_code)]

use super::components::Components;
use super::point::{Limb, Limbs, Point};
use super::unit::{Task, Unit};
use crate::batch_affine::{BatchAdder, Pair, batches, prefetch_ahead};
use crate::fp::{Coordinate, coordinates};
use crate::prefetch::prefetch_far;
use crate::signed_index::SignedIndex;
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::Zero;
use std::array::from_fn;
use std::marker::PhantomData;

/// Two vectors of pairs are added side by side: while one waits for a product, the CPU computes the other's.
type Both<T> = [T; 2];

/// The divisors of a group of 2·L additions, and lane by lane the product of all divisors of earlier groups.
#[derive(Clone, Copy)]
struct Divisors<T> {
    earlier: Both<T>,
    own: Both<T>,
}

/// An exceptional pair: a point with itself or with its negative.
struct Exception {
    group: usize,
    half: usize,
    lane: usize,
    is_doubling: bool,
}

/// See [`BatchAdder`].
pub(crate) struct LaneAdder<U: Unit<K, L>, F, const K: usize, const L: usize> {
    unit: U,
    divisors: Vec<Divisors<U::Packed>>,
    exceptions: Vec<Exception>,
    coordinate: PhantomData<F>,
}

impl<U: Unit<K, L>, F, const K: usize, const L: usize> LaneAdder<U, F, K, L> {
    pub(crate) fn new(unit: U) -> Self {
        LaneAdder {
            unit,
            divisors: Vec::new(),
            exceptions: Vec::new(),
            coordinate: PhantomData,
        }
    }
}

impl<P, U, F, const K: usize, const L: usize> BatchAdder<P> for LaneAdder<U, F, K, L>
where
    P: SWCurveConfig,
    U: Unit<K, L>,
    F: Coordinate<Element = P::BaseField>,
    F::Element: Components<K>,
{
    type Point = Point<U::Limb, K>;

    const BATCH_SIZE: usize = 2048;
    const BLOCK_BYTES: usize = 384 << 10;

    fn point(words: &[u64], endomorphism: bool) -> Self::Point {
        let [x, y] = coordinates::<F>(words, endomorphism);
        let [x, y] = [x, y].map(|one| one.element().components().map(|words| U::limbs(&words)));
        Point { x, y }
    }

    fn projective(point: &Self::Point) -> Projective<P> {
        match point.is_identity() {
            true => Projective::zero(),
            false => {
                let [x, y] = [&point.x, &point.y].map(element::<U, F::Element, K, L>);
                Affine::new_unchecked(x, y).into()
            }
        }
    }

    #[inline]
    fn is_identity(point: &Self::Point) -> bool {
        point.is_identity()
    }

    #[inline]
    fn signed_point(points: &[Self::Point], index: SignedIndex) -> Self::Point {
        with_sign::<U, K, L>(unsigned_point(points, index), index)
    }

    fn add_bases(
        &mut self,
        bases: &[Self::Point],
        points: &mut [Self::Point],
        pairs: &[Pair],
        later: &[SignedIndex],
    ) {
        // Of the bases that are read later, each batch prefetches its share.
        let share = later.len().div_ceil(
            pairs
                .len()
                .div_ceil(<Self as BatchAdder<P>>::BATCH_SIZE)
                .max(1),
        );
        let mut later = later.chunks(share.max(1));
        for pairs in batches(pairs, <Self as BatchAdder<P>>::BATCH_SIZE, 2 * L) {
            let later = later.next().unwrap_or(&[]);
            self.add_batch::<true>(bases, points, pairs, later);
        }
    }

    fn add(&mut self, points: &mut [Self::Point], pairs: &[Pair]) {
        for pairs in batches(pairs, <Self as BatchAdder<P>>::BATCH_SIZE, 2 * L) {
            self.add_batch::<false>(&[], points, pairs, &[]);
        }
    }
}

impl<U, F, const K: usize, const L: usize> LaneAdder<U, F, K, L>
where
    U: Unit<K, L>,
    F: Coordinate,
    F::Element: Components<K>,
{
    fn add_batch<const FROM_BASES: bool>(
        &mut self,
        bases: &[Point<U::Limb, K>],
        points: &mut [Point<U::Limb, K>],
        pairs: &[Pair],
        later: &[SignedIndex],
    ) {
        if pairs.is_empty() {
            return;
        }
        self.exceptions.clear();
        let batch = Batch::<U, F, K, L, FROM_BASES> {
            bases,
            points,
            pairs,
            later,
            divisors: &mut self.divisors,
            exceptions: &mut self.exceptions,
            coordinate: PhantomData,
        };
        let _ = self.unit;
        // SAFETY: a value of the type `U` exists.
        unsafe { U::run(batch) }
    }
}

/// One batch of additions.
struct Batch<'a, U: Unit<K, L>, F, const K: usize, const L: usize, const FROM_BASES: bool> {
    bases: &'a [Point<U::Limb, K>],
    points: &'a mut [Point<U::Limb, K>],
    pairs: &'a [Pair],
    /// Bases that are read after these.
    later: &'a [SignedIndex],
    divisors: &'a mut Vec<Divisors<U::Packed>>,
    exceptions: &'a mut Vec<Exception>,
    coordinate: PhantomData<F>,
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

/// The coordinate one.
fn one<U: Unit<K, L>, const K: usize, const L: usize>() -> [Limbs<U::Limb>; K] {
    from_fn(|component| match component {
        0 => U::ONE,
        _ => [U::Limb::ZERO; 8],
    })
}

fn element<U: Unit<K, L>, E: Components<K>, const K: usize, const L: usize>(
    coordinate: &[Limbs<U::Limb>; K],
) -> E {
    E::from_components(coordinate.map(|limbs| U::words(&limbs)))
}

/// The point at an index. The sign is ignored.
#[inline(always)]
fn unsigned_point<T: Limb, const K: usize>(
    points: &[Point<T, K>],
    index: SignedIndex,
) -> &Point<T, K> {
    points.get(index.index()).unwrap_or(T::identity())
}

/// Prefetches a quarter of the points at some indices.
#[inline(always)]
fn prefetch_quarter<T: Copy, const FROM_BASES: bool, const QUARTER: usize>(
    bases: &[T],
    indices: &[SignedIndex],
) {
    if FROM_BASES {
        let length = indices.len().div_ceil(4).max(1);
        for index in indices.chunks(length).nth(QUARTER).unwrap_or(&[]) {
            if let Some(base) = bases.get(index.index()) {
                prefetch_far(base);
            }
        }
    }
}

/// The point, negated if the index has the negative sign.
#[inline(always)]
fn with_sign<U: Unit<K, L>, const K: usize, const L: usize>(
    point: &Point<U::Limb, K>,
    index: SignedIndex,
) -> Point<U::Limb, K> {
    match index.is_negative() {
        true => Point {
            x: point.x,
            y: point.y.map(|limbs| U::negative(&limbs)),
        },
        false => *point,
    }
}

/// A value of each pair in one half of a group. If there are fewer pairs, the last one is repeated.
#[inline(always)]
fn per_lane<T: Default, const L: usize>(
    pairs: &[Pair],
    half: usize,
    value: impl Fn(&Pair) -> T,
) -> [T; L] {
    from_fn(|lane| match pairs.get(L * half + lane).or(pairs.last()) {
        Some(pair) => value(pair),
        None => T::default(),
    })
}

/// The left points of some pairs, and the right ones.
type Operands<'a, T, const K: usize, const L: usize> = ([&'a Point<T, K>; L], [&'a Point<T, K>; L]);

/// The points of the pairs in one half of a group. Signs are ignored.
#[inline(always)]
fn operands<'a, T: Limb, const K: usize, const L: usize>(
    points: &'a [Point<T, K>],
    pairs: &[Pair],
    half: usize,
) -> Operands<'a, T, K, L> {
    (
        per_lane(pairs, half, |pair| pair.left).map(|index| unsigned_point(points, index)),
        per_lane(pairs, half, |pair| pair.right).map(|index| unsigned_point(points, index)),
    )
}

/// The exceptional pairs among those in the mask `suspects`, with their divisors: 2y for a doubling, one for a
/// cancellation. `place` is the group and its half.
#[cold]
fn exceptions<U: Unit<K, L>, const K: usize, const L: usize>(
    (p, q): Operands<U::Limb, K, L>,
    pairs: &[Pair],
    (group, half): (usize, usize),
    suspects: u32,
) -> Vec<(Exception, [Limbs<U::Limb>; K])> {
    let reduced = |coordinate: &[Limbs<U::Limb>; K]| coordinate.map(|limbs| U::words(&limbs));
    let mut found = Vec::new();
    for (lane, (p, q)) in p.into_iter().zip(q).enumerate() {
        if suspects >> lane & 1 == 0 || reduced(&p.x) != reduced(&q.x) {
            continue;
        }
        let pair = pairs.get(L * half + lane).or(pairs.last());
        let (left, right) = pair.map_or_else(Default::default, |pair| (pair.left, pair.right));
        let (p, q) = (
            with_sign::<U, K, L>(p, left),
            with_sign::<U, K, L>(q, right),
        );
        let y = reduced(&p.y);
        let is_doubling = y == reduced(&q.y) && y != [[0; 6]; K];
        let divisor = match is_doubling {
            true => p.y.map(|limbs| U::times(&limbs, 2)),
            false => one::<U, K, L>(),
        };
        let exception = Exception {
            group,
            half,
            lane,
            is_doubling,
        };
        found.push((exception, divisor));
    }
    found
}

/// Replaces the coordinate in a lane. The result is a factor.
///
/// # Safety
/// As for [`Unit`].
#[inline(never)]
unsafe fn replace_lane<U: Unit<K, L>, const K: usize, const L: usize>(
    packed: &mut U::Packed,
    lane: usize,
    coordinate: &[Limbs<U::Limb>; K],
) {
    // SAFETY: promised by the caller.
    unsafe {
        let mut coordinates = U::scatter(packed);
        if let Some(slot) = coordinates.get_mut(lane) {
            *slot = *coordinate;
        }
        *packed = U::factor(&U::gather(coordinates.each_ref()));
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
