//! Butterflies of one level, or of two levels at once (radix 4). Operands and results are normalised elements of at most 2r.
//!
//! # Bounds
//!
//! They follow from those of [`mod@super::multiply`]. Units are 2^42 for limbs and r for elements; a "sum of limbs" is the sum
//! of the limbs' sizes, at most 6 for a normalised element.
//!
//! - [`split`]: products of the first level are at most 0.52 + 2·0.058 = 0.64, with a sum of limbs of 83. They are added to
//!   elements of at most 0.51, with a sum of limbs of 11. So the second level multiplies elements of at most 1.15, with a
//!   sum of limbs of 94. Its products are at most 0.76 + 0.07 = 0.83, so results are below 1.98.
//! - [`merge`]: the first level multiplies differences of at most 4, with a sum of limbs of 12. Products are at most
//!   0.52 + 0.24 = 0.76, with a sum of limbs of 110, and their differences are at most 1.52, with a sum of limbs of 220. The
//!   sum of all four operands is at most 8, and is centred. The product with the difference of the other sums is at most
//!   0.53 + 0.47.
//! - With a root of one, sums double instead. All results are centred.

use super::multiply::*;
use super::root::{Each, Root};
use crate::lanes::avx2::transpose::transpose;
use crate::transform::lanes::factors::Single;
use std::arch::x86_64::*;
use std::array::from_fn;

#[inline]
#[target_feature(enable = "avx2,fma")]
fn add(a: &PackedFr, b: &PackedFr) -> PackedFr {
    from_fn(|i| _mm256_add_pd(a[i], b[i]))
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn subtract(a: &PackedFr, b: &PackedFr) -> PackedFr {
    from_fn(|i| _mm256_sub_pd(a[i], b[i]))
}

/// Centred, then normalised.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn reduce(x: &PackedFr) -> PackedFr {
    normalise(&centred(x))
}

/// Two levels of Cooley–Tukey butterflies: a block with its root, then its halves with theirs.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn split<F: Factor>([x0, x1, x2, x3]: [&mut PackedFr; 4], root: F, halves: [F; 2]) {
    let [low, high] = multiply_both([x2, x3], [root, root]);
    let (a, b) = (centred(x0), centred(x1));
    let odd = [&add(&b, &high), &subtract(&b, &high)];
    let [left, right] = multiply_both(odd, halves);
    let even = add(&a, &low);
    *x0 = normalise(&add(&even, &left));
    *x1 = normalise(&subtract(&even, &left));
    let even = subtract(&a, &low);
    *x2 = normalise(&add(&even, &right));
    *x3 = normalise(&subtract(&even, &right));
}

/// Two levels of Gentleman–Sande butterflies: the halves, then the block.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn merge<F: Factor>([x0, x1, x2, x3]: [&mut PackedFr; 4], root: F, halves: [F; 2]) {
    let (low, high) = (add(x0, x1), add(x2, x3));
    let [left, right] = multiply_both([&subtract(x0, x1), &subtract(x2, x3)], halves);
    *x0 = reduce(&add(&low, &high));
    *x1 = normalise(&add(&left, &right));
    let differences = [&subtract(&low, &high), &subtract(&left, &right)];
    let [low, high] = multiply_both(differences, [root, root]);
    *x2 = normalise(&low);
    *x3 = normalise(&high);
}

/// [`split`] of block 0, where only the second half has a root other than one.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn split_first<F: Factor>([x0, x1, x2, x3]: [&mut PackedFr; 4], right: F) {
    let odd = multiply(&subtract(x1, x3), right);
    let even = subtract(x0, x2);
    let (low, high) = (add(x0, x2), add(x1, x3));
    *x0 = reduce(&add(&low, &high));
    *x1 = reduce(&subtract(&low, &high));
    *x2 = reduce(&add(&even, &odd));
    *x3 = reduce(&subtract(&even, &odd));
}

/// [`merge`] of block 0.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn merge_first<F: Factor>([x0, x1, x2, x3]: [&mut PackedFr; 4], right: F) {
    let right = multiply(&subtract(x2, x3), right);
    let left = subtract(x0, x1);
    let (low, high) = (add(x0, x1), add(x2, x3));
    *x0 = reduce(&add(&low, &high));
    *x1 = reduce(&add(&left, &right));
    *x2 = reduce(&subtract(&low, &high));
    *x3 = reduce(&subtract(&left, &right));
}

/// One level of Cooley–Tukey butterflies. `None` is a root of one.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn split_once<F: Factor>([low, high]: [&mut PackedFr; 2], root: Option<F>) {
    let other = match root {
        Some(root) => multiply(high, root),
        None => *high,
    };
    let one = *low;
    *low = reduce(&add(&one, &other));
    *high = reduce(&subtract(&one, &other));
}

/// One level of Gentleman–Sande butterflies. `None` is a root of one.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn merge_once<F: Factor>([low, high]: [&mut PackedFr; 2], root: Option<F>) {
    let difference = subtract(low, high);
    *low = reduce(&add(low, high));
    *high = reduce(&match root {
        Some(root) => multiply(&difference, root),
        None => difference,
    });
}

/// Multiplies two vectors by a common factor and by their own factors. `None` is a common factor of one.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn scale(x: [&mut PackedFr; 2], common: Option<Single<Root>>, own: [&Root; 2]) {
    let own = own.map(|root| root.vectors());
    let scaled = match common {
        Some(common) => multiply_both([&*x[0], &*x[1]], [common; 2]),
        None => [*x[0], *x[1]],
    };
    let scaled = multiply_both([&scaled[0], &scaled[1]], [Each(&own[0]), Each(&own[1])]);
    let [one, other] = x;
    (*one, *other) = (normalise(&scaled[0]), normalise(&scaled[1]));
}

/// Transposes four vectors of elements: lane i of element j becomes lane j of element i.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn transpose_lanes([a, b, c, d]: [&mut PackedFr; 4]) {
    for (((a, b), c), d) in a.iter_mut().zip(b).zip(c).zip(d) {
        [*a, *b, *c, *d] = transpose([*a, *b, *c, *d]);
    }
}
