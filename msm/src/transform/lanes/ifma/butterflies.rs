//! Butterflies of one level, or of two levels at once (radix 4). Operands and results are settled.
//!
//! # Bounds
//!
//! Sizes of elements, in units of r, with what [`mod@super::field`] says of products and reductions. Everything stays below
//! 35.3, the limit of the multiplier.
//!
//! Of the first transform, whose values are below 1 before:
//!
//! - [`split`] that reduces, of values below 7: products are below 2. What is not multiplied is reduced to 1.01, and two
//!   products are added or subtracted from 2. Results are below 5.01.
//! - [`split_once`], of values below 5.01: 7.01. So 7.01 is the limit of the others.
//! - A block that is transposed has four more steps, of which none reduces: [`split`] adds 4 and [`split_once`] adds 2, and
//!   they end below 20.
//! - With roots of one ([`split_first`] and [`split_once`]) results are reduced or less than twice as large.
//!
//! Then [`scale`]: below 1.06 where it multiplies a product, and below 1.57 where the common factor is one, as its operand is
//! then below 20.
//!
//! Of the second transform:
//!
//! - [`merge_once`], of values below 3: the sum is below 6, and the difference, lifted by 3, is below 6. The product is below 2.
//! - [`merge`], of values below 6: the sum of four is below 24 and is reduced. Differences are lifted by 6 and so below 12;
//!   their products are below 1.34, so the sum of two is below 3. The difference of sums is lifted by 12 and below 24, and
//!   that of products is lifted by 2; their products are below 2.
//! - [`merge_first`], of values below 6: all results are reduced.

use super::field::*;
use crate::simd52::Word;

/// Four vectors of elements.
pub(super) type Four<W> = [Limbs<W>; 4];
/// Two vectors of elements.
pub(super) type Two<W> = [Limbs<W>; 2];

/// Two levels of Cooley–Tukey butterflies: a block with its root, then its halves with theirs.
#[inline(always)]
pub(super) fn split<const REDUCES: bool, W: Word, F: Factor<W>>(
    [x0, x1, x2, x3]: &Four<W>,
    root: F,
    [left, right]: [F; 2],
) -> Four<W> {
    let low = multiply(x2, root);
    let high = multiply(x3, root);
    let even = if REDUCES { reduce(x0) } else { *x0 };
    let left = multiply(&operand(&add(x1, &high)), left);
    let right = multiply(&operand(&subtract::<2, W>(x1, &high)), right);
    let (sum, difference) = (add(&even, &low), subtract::<2, W>(&even, &low));
    [
        settle(&add(&sum, &left)),
        settle(&subtract::<2, W>(&sum, &left)),
        settle(&add(&difference, &right)),
        settle(&subtract::<2, W>(&difference, &right)),
    ]
}

/// Two levels of Gentleman–Sande butterflies: the halves, then the block.
#[inline(always)]
pub(super) fn merge<W: Word, F: Factor<W>>(
    [x0, x1, x2, x3]: &Four<W>,
    root: F,
    [left, right]: [F; 2],
) -> Four<W> {
    let left = multiply(&operand(&subtract::<6, W>(x0, x1)), left);
    let right = multiply(&operand(&subtract::<6, W>(x2, x3)), right);
    let (low, high) = (add(x0, x1), add(x2, x3));
    [
        reduce(&add(&low, &high)),
        settle(&add(&left, &right)),
        multiply(&operand(&subtract::<12, W>(&low, &high)), root),
        multiply(&operand(&subtract::<2, W>(&left, &right)), root),
    ]
}

/// [`split`] of block 0, where only the second half has a root other than one.
#[inline(always)]
pub(super) fn split_first<W: Word, F: Factor<W>>([x0, x1, x2, x3]: &Four<W>, right: F) -> Four<W> {
    let odd = multiply(&operand(&subtract::<8, W>(x1, x3)), right);
    let even = subtract::<8, W>(x0, x2);
    let (low, high) = (add(x0, x2), add(x1, x3));
    [
        reduce(&settle(&add(&low, &high))),
        reduce(&settle(&subtract::<16, W>(&low, &high))),
        reduce(&settle(&add(&even, &odd))),
        reduce(&settle(&subtract::<2, W>(&even, &odd))),
    ]
}

/// [`merge`] of block 0.
#[inline(always)]
pub(super) fn merge_first<W: Word, F: Factor<W>>([x0, x1, x2, x3]: &Four<W>, right: F) -> Four<W> {
    let right = multiply(&operand(&subtract::<6, W>(x2, x3)), right);
    let left = subtract::<6, W>(x0, x1);
    let (low, high) = (add(x0, x1), add(x2, x3));
    [
        reduce(&settle(&add(&low, &high))),
        reduce(&settle(&add(&left, &right))),
        reduce(&settle(&subtract::<12, W>(&low, &high))),
        reduce(&settle(&subtract::<2, W>(&left, &right))),
    ]
}

/// One level of Cooley–Tukey butterflies. `None` is a root of one.
#[inline(always)]
pub(super) fn split_once<W: Word, F: Factor<W>>([low, high]: &Two<W>, root: Option<F>) -> Two<W> {
    match root {
        Some(root) => {
            let product = multiply(high, root);
            [
                settle(&add(low, &product)),
                settle(&subtract::<2, W>(low, &product)),
            ]
        }
        None => [
            reduce(&settle(&add(low, high))),
            reduce(&settle(&subtract::<8, W>(low, high))),
        ],
    }
}

/// One level of Gentleman–Sande butterflies. `None` is a root of one.
#[inline(always)]
pub(super) fn merge_once<W: Word, F: Factor<W>>([low, high]: &Two<W>, root: Option<F>) -> Two<W> {
    let difference = operand(&subtract::<3, W>(low, high));
    let other = match root {
        Some(root) => multiply(&difference, root),
        None => reduce(&settle(&subtract::<3, W>(low, high))),
    };
    [settle(&add(low, high)), other]
}

/// Multiplies by a common factor and by another. `None` is a common factor of one.
#[inline(always)]
pub(super) fn scale<W: Word>(
    x: &Limbs<W>,
    common: Option<impl Factor<W>>,
    own: impl Factor<W>,
) -> Limbs<W> {
    match common {
        Some(common) => multiply(&multiply(x, common), own),
        None => multiply(x, own),
    }
}
