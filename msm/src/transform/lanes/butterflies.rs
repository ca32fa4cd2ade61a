//! Butterflies, of one level or two at once, on settled elements of at most 2r, and their results are such again.
//!
//! # Bounds
//!
//! By those of [`super::multiply`], in units of 2^42 for limbs and r for elements. A settled element's limbs sum up to
//! 6 at most.
//!
//! - [`split`]: products of the first level are at most 0.52 + 2·0.058 = 0.64, with a sum of limbs of 83. What they are
//!   added to is at most 0.51, with a sum of 11. So the second level multiplies at most 1.15, with a sum of 94, and its
//!   products are at most 0.76 + 0.07 = 0.83: results stay below 1.98.
//! - [`merge`]: the first level multiplies differences of at most 4, with a sum of limbs of 12. Products are at most
//!   0.52 + 0.24 = 0.76, with a sum of 110, and their differences 1.52 with a sum of 220. The sum of all four may be 8,
//!   and is brought near zero; the product with the other sums' difference is at most 0.53 + 0.47.
//! - Without a root sums double instead; all are brought near zero.

use super::multiply::*;
use super::roots::{Each, Root, Single};
use crate::lanes::columns::Vector;
use std::arch::x86_64::*;
use std::array::from_fn;

#[inline]
#[target_feature(enable = "avx2,fma")]
fn add(a: &Quad, b: &Quad) -> Quad {
    from_fn(|i| _mm256_add_pd(a[i], b[i]))
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn subtract(a: &Quad, b: &Quad) -> Quad {
    from_fn(|i| _mm256_sub_pd(a[i], b[i]))
}

/// Near zero and settled.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn fresh(x: &Quad) -> Quad {
    settle(&near(x))
}

/// A block and its halves, each with its root.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn split<F: Factor>([x0, x1, x2, x3]: [&mut Quad; 4], root: F, halves: [F; 2]) {
    let [low, high] = multiply_both([x2, x3], [root, root]);
    let (a, b) = (near(x0), near(x1));
    let odd = [&add(&b, &high), &subtract(&b, &high)];
    let [left, right] = multiply_both(odd, halves);
    let even = add(&a, &low);
    *x0 = settle(&add(&even, &left));
    *x1 = settle(&subtract(&even, &left));
    let even = subtract(&a, &low);
    *x2 = settle(&add(&even, &right));
    *x3 = settle(&subtract(&even, &right));
}

/// The same backwards.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn merge<F: Factor>([x0, x1, x2, x3]: [&mut Quad; 4], root: F, halves: [F; 2]) {
    let (low, high) = (add(x0, x1), add(x2, x3));
    let [left, right] = multiply_both([&subtract(x0, x1), &subtract(x2, x3)], halves);
    *x0 = fresh(&add(&low, &high));
    *x1 = settle(&add(&left, &right));
    let differences = [&subtract(&low, &high), &subtract(&left, &right)];
    let [low, high] = multiply_both(differences, [root, root]);
    *x2 = settle(&low);
    *x3 = settle(&high);
}

/// [`split`] of the first block, where only the second half has a root that is not one.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn split_first<F: Factor>([x0, x1, x2, x3]: [&mut Quad; 4], right: F) {
    let odd = multiply(&subtract(x1, x3), right);
    let even = subtract(x0, x2);
    let (low, high) = (add(x0, x2), add(x1, x3));
    *x0 = fresh(&add(&low, &high));
    *x1 = fresh(&subtract(&low, &high));
    *x2 = fresh(&add(&even, &odd));
    *x3 = fresh(&subtract(&even, &odd));
}

/// [`merge`] of the first block.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn merge_first<F: Factor>([x0, x1, x2, x3]: [&mut Quad; 4], right: F) {
    let right = multiply(&subtract(x2, x3), right);
    let left = subtract(x0, x1);
    let (low, high) = (add(x0, x1), add(x2, x3));
    *x0 = fresh(&add(&low, &high));
    *x1 = fresh(&add(&left, &right));
    *x2 = fresh(&subtract(&low, &high));
    *x3 = fresh(&subtract(&left, &right));
}

/// A block alone.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn split_once<F: Factor>([low, high]: [&mut Quad; 2], root: Option<F>) {
    let other = match root {
        Some(root) => multiply(high, root),
        None => *high,
    };
    let one = *low;
    *low = fresh(&add(&one, &other));
    *high = fresh(&subtract(&one, &other));
}

/// The same backwards.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn merge_once<F: Factor>([low, high]: [&mut Quad; 2], root: Option<F>) {
    let difference = subtract(low, high);
    *low = fresh(&add(low, high));
    *high = fresh(&match root {
        Some(root) => multiply(&difference, root),
        None => difference,
    });
}

/// Multiplied by a common factor, which may be one, and their own.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn scale(x: [&mut Quad; 2], common: Option<Single>, own: [&Root; 2]) {
    let own = own.map(|root| root.vectors());
    let scaled = match common {
        Some(common) => multiply_both([&*x[0], &*x[1]], [common; 2]),
        None => [*x[0], *x[1]],
    };
    let scaled = multiply_both([&scaled[0], &scaled[1]], [Each(&own[0]), Each(&own[1])]);
    let [one, other] = x;
    (*one, *other) = (settle(&scaled[0]), settle(&scaled[1]));
}

/// The transposed matrix.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn transpose([a, b, c, d]: [Vector; 4]) -> [Vector; 4] {
    let (even, odd) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
    let (even_too, odd_too) = (_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d));
    [
        _mm256_permute2f128_pd::<0x20>(even, even_too),
        _mm256_permute2f128_pd::<0x20>(odd, odd_too),
        _mm256_permute2f128_pd::<0x31>(even, even_too),
        _mm256_permute2f128_pd::<0x31>(odd, odd_too),
    ]
}

/// Rows become lanes, and lanes become rows.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn turn([a, b, c, d]: [&mut Quad; 4]) {
    for (((a, b), c), d) in a.iter_mut().zip(b).zip(c).zip(d) {
        [*a, *b, *c, *d] = transpose([*a, *b, *c, *d]);
    }
}

/// The first lane becomes its negative.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn negate_first(x: &mut Quad) {
    let sign = _mm256_set_pd(0.0, 0.0, 0.0, -0.0);
    *x = x.map(|limb| _mm256_xor_pd(limb, sign));
}
