//! The scalar field in limbs of 52 bits: products with constant factors, and what is not a product.
//!
//! An element has five limbs xᵢ and stands for Σ xᵢ·2^(52i) modulo the field's modulus r. It is *settled* when its limbs are
//! from 0 to 2^52 − 1; so it is below 2^260, which is 35.3·r.
//!
//! The factors w are constants below r, and their quotients w' = ⌊w·2^260/r⌋ are precomputed. Then x·w is near q·r with
//! q = ⌊x·w'/2^260⌋, so x·w − q·r is small and known from both products modulo 2^260 (Shoup's method; Harvey, "Faster
//! arithmetic for number-theoretic transforms", Journal of Symbolic Computation 60, 2014). Of x·w' the upper half is needed,
//! without its lowest four columns, and of the other two products the lower half. In place of −r there is 2^260 − r, so that
//! all is one sum: 34 + 25 + 25 multiply-adds.
//!
//! # Bounds
//!
//! Tests compute with intervals in place of limbs ([`crate::simd52::interval`]): no word overflows, and the multiplier gets
//! limbs below 2^52, or cuts off what has been carried to the next limb. That the uppermost limb needs no more than 52 bits
//! follows from the element's size, in units of r:
//!
//! - [`multiply`], of x below 35.3: x·w/r − q is less than the sum of x/2^260 (w' is rounded down), 2^-48 (the columns left
//!   out have seven parts below 2^52 in the highest of them, 2^104 below the unit of q) and 1 (q is rounded down). So a
//!   product is from 0 to 1 + x/35.3 + 2^-48: below 2 + 2^-48, and below 1.06 for x up to 2.
//!   `top(2)` has room for both.
//! - [`reduce`], of x below 35.3: the quotient is estimated from the uppermost limb, which lacks less than 4 of what the
//!   others carry, in units of 2^208 < 2^-46·r. It is rounded down, and its constant has a relative error of 2^-51. So
//!   results are below 1 + 2^-40.
//! - [`canonical`], of x below 2: below 1.
//! - [`montgomery`]: a·b/35.3 + 1.

use crate::simd52::{MASK, Word};
use crate::unroll::unroll;

/// A vector of elements.
pub(super) type Limbs<W> = [W; 5];

/// r.
pub(super) const MODULUS: [u64; 5] = [
    0xfffff00000001,
    0x2fffe5bfefff,
    0x9a1d80553bda4,
    0x7d483339d8080,
    0x73eda753299d,
];
/// 2^260 − r.
static MINUS_MODULUS: [u64; 5] = [
    0xffffffff,
    0xfd0001a401000,
    0x65e27faac425b,
    0x82b7ccc627f7f,
    0xf8c1258acd662,
];
/// −1/r modulo 2^260.
pub(super) static INVERSE: [u64; 5] = [
    0xffffeffffffff,
    0xfffffe5bfdfff,
    0x4ec0653ba5b,
    0x2839181b2c170,
    0x3d443ab0d7bf,
];
/// ⌊2^306/r⌋.
const RECIPROCAL: u64 = 0x8d54253b7fb78;

/// Limbs of a multiple of r.
const fn multiple(times: u64) -> [u64; 5] {
    let mut limbs = MODULUS;
    let mut carry = 0;
    let mut index = 0;
    while index < 5 {
        let limb = limbs[index] * times + carry;
        limbs[index] = limb & MASK;
        carry = limb >> 52;
        index += 1;
    }
    limbs
}

/// A bound of the uppermost limb of settled elements that are at most so many times r, or 2^-40 more.
pub(super) const fn top(times: u64) -> u64 {
    (MODULUS[4] + 1) * times
}

/// Limbs of a factor.
pub(super) trait Source<W>: Copy {
    fn limb(self, index: usize) -> W;
}

/// A constant, the same for all elements of a vector.
#[derive(Clone, Copy)]
pub(super) struct Constant(pub(super) &'static [u64; 5]);

impl<W: Word> Source<W> for Constant {
    #[inline(always)]
    fn limb(self, index: usize) -> W {
        W::splat(self.0[index])
    }
}

impl<W: Word> Source<W> for &Limbs<W> {
    #[inline(always)]
    fn limb(self, index: usize) -> W {
        self[index]
    }
}

/// A constant factor and its quotient.
pub(super) trait Factor<W>: Copy {
    fn factor(self) -> impl Source<W>;
    fn quotient(self) -> impl Source<W>;
}

/// 2^260 modulo r.
#[derive(Clone, Copy)]
pub(super) struct Shift;

impl<W: Word> Factor<W> for Shift {
    #[inline(always)]
    fn factor(self) -> impl Source<W> {
        Constant(&[
            0x22ffffffdd,
            0x9700396c23000,
            0xedf77458d1293,
            0xdf20ff1776e6a,
            0x26821fa14f77,
        ])
    }

    #[inline(always)]
    fn quotient(self) -> impl Source<W> {
        Constant(&[
            0xa020c0d639310,
            0xbe4bad7142737,
            0x8ed365043eb4,
            0x7c38b5dcb707e,
            0x55094edfede37,
        ])
    }
}

/// Adds columns of a·b to `columns`: those from column `FROM` on, as many as there are.
#[inline(always)]
fn add_columns<W: Word, const FROM: usize, const COUNT: usize>(
    columns: &mut [W; COUNT],
    a: &Limbs<W>,
    b: impl Source<W>,
) {
    unroll!(J in 0 1 2 3 4 => {
        let b = b.limb(J);
        unroll!(I in 0 1 2 3 4 => {
            if let Some(column) = columns.get_mut((I + J).wrapping_sub(FROM)) {
                *column = column.madd_low(a[I], b);
            }
            if let Some(column) = columns.get_mut((I + J + 1).wrapping_sub(FROM)) {
                *column = column.madd_high(a[I], b);
            }
        });
    });
}

/// The same with the excess of each limb carried to the next, where the limb keeps it, too.
#[inline(always)]
fn carried<W: Word>(x: &Limbs<W>) -> Limbs<W> {
    let mut limbs = *x;
    unroll!(I in 0 1 2 3 => {
        limbs[I + 1] = limbs[I + 1].add(limbs[I].shift_right_arithmetic::<52>());
    });
    limbs
}

/// For the multiplier: carried, without what limbs keep. The element is from 0 to 2^260.
#[inline(always)]
pub(super) fn operand<W: Word>(x: &Limbs<W>) -> Limbs<W> {
    let [a, b, c, d, e] = carried(x);
    [a.low52(), b.low52(), c.low52(), d.low52(), e.at_most(MASK)]
}

/// Settled. The element is from 0 to 2^260.
#[inline(always)]
pub(super) fn settle<W: Word>(x: &Limbs<W>) -> Limbs<W> {
    let [a, b, c, d, e] = carried(x);
    [
        a.and(MASK),
        b.and(MASK),
        c.and(MASK),
        d.and(MASK),
        e.at_most(MASK),
    ]
}

/// Settled, modulo 2^260.
#[inline(always)]
fn settle_modulo<W: Word>(x: &Limbs<W>) -> Limbs<W> {
    carried(x).map(|limb| limb.and(MASK))
}

#[inline(always)]
pub(super) fn add<W: Word>(a: &Limbs<W>, b: &Limbs<W>) -> Limbs<W> {
    let mut sum = *a;
    unroll!(I in 0 1 2 3 4 => sum[I] = a[I].add(b[I]));
    sum
}

/// a − b + `LIFT`·r.
#[inline(always)]
pub(super) fn subtract<const LIFT: u64, W: Word>(a: &Limbs<W>, b: &Limbs<W>) -> Limbs<W> {
    let mut difference = *a;
    unroll!(I in 0 1 2 3 4 => {
        difference[I] = a[I].add(W::splat(const { multiple(LIFT) }[I])).sub(b[I]);
    });
    difference
}

/// x·w, settled and below 2r. Of x, which is below 2^260, the limbs are below 2^52.
#[inline(always)]
pub(super) fn multiply<W: Word>(x: &Limbs<W>, w: impl Factor<W>) -> Limbs<W> {
    let mut upper = [W::splat(0); 6];
    add_columns::<W, 4, 6>(&mut upper, x, w.quotient());
    unroll!(I in 0 1 2 3 4 => {
        upper[I + 1] = upper[I + 1].add(upper[I].shift_right_logical::<52>());
    });
    let [_, a, b, c, d, e] = upper.map(|limb| limb.low52());
    let mut columns = [W::splat(0); 5];
    add_columns::<W, 0, 5>(&mut columns, x, w.factor());
    add_columns::<W, 0, 5>(&mut columns, &[a, b, c, d, e], Constant(&MINUS_MODULUS));
    let [a, b, c, d, e] = settle_modulo(&columns);
    [a, b, c, d, e.at_most(top(2))]
}

/// The same element below (1 + 2^-40)·r, settled. Limbs are from 0 to 2^54, and the element is below 2^260.
#[inline(always)]
pub(super) fn reduce<W: Word>(x: &Limbs<W>) -> Limbs<W> {
    let uppermost = x[4].at_most(MASK);
    let quotient = W::splat(0).madd_high(uppermost, W::splat(RECIPROCAL));
    let quotient = quotient.shift_right_logical::<46>();
    let mut limbs = *x;
    unroll!(I in 0 1 2 3 4 => {
        let limb = W::splat(MINUS_MODULUS[I]);
        limbs[I] = limbs[I].madd_low(quotient, limb);
        if let Some(next) = limbs.get_mut(I + 1) {
            *next = next.madd_high(quotient, limb);
        }
    });
    let [a, b, c, d, e] = settle_modulo(&limbs);
    [a, b, c, d, e.at_most(top(1))]
}

/// The same element below r. It is settled and below 2r.
#[inline(always)]
pub(super) fn canonical<W: Word>(x: &Limbs<W>) -> Limbs<W> {
    let mut less = *x;
    unroll!(I in 0 1 2 3 4 => less[I] = x[I].sub(W::splat(MODULUS[I])));
    let less = carried(&less);
    let sign = less[4];
    let mut result = *x;
    unroll!(I in 0 1 2 3 => result[I] = sign.select_by_sign(x[I], less[I].and(MASK)));
    result[4] = sign
        .select_by_sign(x[4], sign.at_most(top(1)))
        .at_most(top(1));
    result
}

/// a·b modulo 2^260, settled.
#[inline(always)]
pub(super) fn lower_half<W: Word>(a: &Limbs<W>, b: impl Source<W>) -> Limbs<W> {
    let mut columns = [W::splat(0); 5];
    add_columns::<W, 0, 5>(&mut columns, a, b);
    settle_modulo(&columns)
}

/// a·b/2^256, below r: the product in Montgomery form with a factor of 2^256 (Montgomery, "Modular multiplication without
/// trial division", Mathematics of Computation 44, 1985). Elements are settled and below 8r. Limbs of 52 bits are reduced
/// one by one, which divides by 2^260, so a is multiplied by 2^4 before.
#[inline(always)]
pub(super) fn montgomery<W: Word>(a: &Limbs<W>, b: &Limbs<W>) -> Limbs<W> {
    // Below 17r.
    let a = operand(&reduce(a).map(|limb| limb.shift_left::<4>()));
    let mut columns = [W::splat(0); 10];
    add_columns::<W, 0, 10>(&mut columns, &a, b);
    unroll!(I in 0 1 2 3 4 => {
        let quotient = W::splat(0).madd_low(columns[I].low52(), W::splat(INVERSE[0]));
        unroll!(J in 0 1 2 3 4 => {
            let limb = W::splat(MODULUS[J]);
            columns[I + J] = columns[I + J].madd_low(quotient, limb);
            columns[I + J + 1] = columns[I + J + 1].madd_high(quotient, limb);
        });
        columns[I + 1] = columns[I + 1].add(columns[I].shift_right_logical::<52>());
    });
    let [_, _, _, _, _, a, b, c, d, e] = columns;
    // Below 17·8/35.3 + 1.
    canonical(&reduce(&settle(&[a, b, c, d, e])))
}
