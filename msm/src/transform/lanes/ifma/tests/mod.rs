//! Lanes compared with arkworks, up to the limits of the bounds.
#![allow(clippy::unwrap_used, unsafe_code)]

mod intervals;
mod operands;

use super::*;
use crate::simd52::MASK;
use ark_ff::{AdditiveGroup, BigInteger, Field, PrimeField};
use operands::*;
use proptest::prelude::*;
use std::array::from_fn;

fn packed(ones: &[One]) -> PackedFr {
    from_fn(|limb| from_fn(|lane| ones[lane][limb]))
}

fn unpacked(packed: &PackedFr) -> [One; 8] {
    from_fn(|lane| packed.map(|limb| limb[lane]))
}

#[target_feature(enable = "avx512f")]
fn stored(limbs: &Limbs<Vector>) -> [One; 8] {
    let mut packed = PackedFr::default();
    store(&mut packed, limbs);
    unpacked(&packed)
}

fn value(limbs: &One) -> Fr {
    let radix = Fr::from(1u64 << 52);
    limbs.iter().rev().fold(Fr::ZERO, |value, limb| {
        assert!(*limb <= MASK, "{limbs:x?}");
        value * radix + Fr::from(*limb)
    })
}

/// How many times the modulus, with an error of 2^-48.
fn size(limbs: &One) -> f64 {
    let number = |limbs: &One| {
        let limbs = limbs.iter().rev();
        limbs.fold(0.0, |sum, limb| sum * (1u64 << 52) as f64 + *limb as f64)
    };
    number(limbs) / number(&MODULUS)
}

/// An error of the sizes that is far below what the bounds leave, and above that of rounding.
const ROUNDING: f64 = 1e-12;
/// 2^260/r.
const LIMIT: f64 = 35.332173;

fn assert_is(found: &One, expected: Fr, bound: f64) {
    assert_eq!(value(found), expected);
    assert!(size(found) < bound + ROUNDING, "{} {bound}", size(found));
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn products(x: &[One], small: [&[One]; 2], factors: &[Fr]) {
    let root = Root::of(factors);
    let vector = load(&packed(x));
    let each = stored(&multiply(&vector, Each(&root)));
    let single = [0, 5].map(|lane| stored(&multiply(&vector, Single(&root, lane))));
    let scaled = stored(&scale(&vector, Some(Single(&root, 5)), Each(&root)));
    let reduced = stored(&reduce(&vector));
    let mut product = [root];
    multiplied(&[root], Single(&root, 5), &mut product);
    let multiplied = unpacked(&product[0].parts[0]);
    let canonical = stored(&canonical(&load(&packed(small[0]))));
    for lane in 0..8 {
        let (x, w) = (&x[lane], factors[lane]);
        let bound = 1.0 + size(x) / LIMIT;
        assert_is(&each[lane], value(x) * w, bound);
        assert_is(&single[0][lane], value(x) * factors[0], bound);
        assert_is(&single[1][lane], value(x) * factors[5], bound);
        assert_is(&scaled[lane], value(x) * factors[5] * w, 1.06);
        assert_is(&reduced[lane], value(x), 1.0);
        assert_is(&multiplied[lane], w * factors[5], 1.0);
        assert_is(&canonical[lane], value(&small[0][lane]), 1.0);
    }
    assert_quotients(&root);
    assert_quotients(&product[0]);
    // In Montgomery form.
    let [one, other] = small.map(packed);
    let mut found = [Fr::ONE; 8];
    scattered_products(&one, &other, &mut found);
    for ((one, other), found) in small[0].iter().zip(small[1]).zip(found) {
        let form = |limbs: &One| Fr::new_unchecked(value(limbs).into_bigint());
        assert_eq!(found, form(one) * form(other));
    }
}

/// Quotients are ⌊w·2^260/r⌋.
fn assert_quotients(root: &Root) {
    let [factors, quotients] = root.parts.each_ref().map(unpacked);
    for (factor, quotient) in factors.iter().zip(quotients) {
        let mut rest = value(factor).into_bigint();
        for bit in (0..260).rev() {
            rest.mul2();
            let is_one = rest >= Fr::MODULUS;
            if is_one {
                rest.sub_with_borrow(&Fr::MODULUS);
            }
            assert_eq!(quotient[bit / 52] >> (bit % 52) & 1 == 1, is_one);
        }
    }
}

/// Every kind of butterfly of two levels, on blocks of four values in each lane.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn butterflies(large: &[Vec<One>], x: &[Vec<One>], y: &[Vec<One>], [w, u, v]: [Fr; 3]) {
    let roots = Root::of(&[w, u, v]);
    let [root, left, right] = [0, 1, 2].map(|lane| Single(&roots, lane));
    let one = Fr::ONE;
    let load = |x: &[Vec<One>]| -> Four<Vector> { from_fn(|i| load(&packed(&x[i]))) };
    let in_last =
        |x: &[Vec<One>], lane: usize| (0..4).map(|i| size(&x[i][lane])).fold(0.0, f64::max) + 4.0;
    let cases = [
        (
            large,
            split::<false, _, _>(&load(large), root, [left, right]),
            None,
            [w, u, v],
            true,
        ),
        (
            x,
            split::<true, _, _>(&load(x), root, [left, right]),
            Some(5.01),
            [w, u, v],
            true,
        ),
        (
            x,
            split_first(&load(x), right),
            Some(1.0),
            [one, one, v],
            true,
        ),
        (
            y,
            merge(&load(y), root, [left, right]),
            Some(3.0),
            [w, u, v],
            false,
        ),
        (
            y,
            merge_first(&load(y), right),
            Some(1.0),
            [one, one, v],
            false,
        ),
    ];
    for (x, found, bound, [w, u, v], is_split) in cases {
        let found = found.map(|found| stored(&found));
        for lane in 0..8 {
            let [a, b, c, d] = from_fn(|i| value(&x[i][lane]));
            let expected = if is_split {
                let (p, q, r, s) = (a + c * w, b + d * w, a - c * w, b - d * w);
                [p + q * u, p - q * u, r + s * v, r - s * v]
            } else {
                let (p, q, r, s) = (a + b, (a - b) * u, c + d, (c - d) * v);
                [p + r, q + s, (p - r) * w, (q - s) * w]
            };
            for (found, expected) in found.iter().zip(expected) {
                assert_is(
                    &found[lane],
                    expected,
                    bound.unwrap_or_else(|| in_last(x, lane)),
                );
            }
        }
    }
}

/// Every kind of butterfly of one level.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn butterflies_of_one_level(large: [&[One]; 2], x: [&[One]; 2], y: [&[One]; 2], w: Fr) {
    let root = Root::of(&[w]);
    let root = Single(&root, 0);
    let load = |x: [&[One]; 2]| x.map(|x| load(&packed(x)));
    let none = None::<Single<'_, Root>>;
    let cases = [
        (large, split_once(&load(large), Some(root)), 19.0, w, true),
        (x, split_once(&load(x), none), 1.0, Fr::ONE, true),
        (y, merge_once(&load(y), Some(root)), 6.0, w, false),
        (y, merge_once(&load(y), none), 6.0, Fr::ONE, false),
    ];
    for (x, found, bound, w, is_split) in cases {
        let found = found.map(|found| stored(&found));
        for lane in 0..8 {
            let [a, b] = x.map(|x| value(&x[lane]));
            let expected = match is_split {
                true => [a + b * w, a - b * w],
                false => [a + b, (a - b) * w],
            };
            for (found, expected) in found.iter().zip(expected) {
                assert_is(&found[lane], expected, bound);
            }
        }
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn conversions(elements: &[Fr]) {
    let gathered = gather(elements);
    let mut found = [Fr::ONE; 8];
    scatter(&gathered, &mut found);
    assert_eq!(found, elements);
    for (limbs, element) in stored(&gathered).iter().zip(elements) {
        assert_eq!(value(limbs), Fr::from_bigint(element.0).unwrap());
    }
    scatter(&gather(&elements[..3]), &mut found);
    assert_eq!(found[..3], elements[..3]);
    assert_eq!(found[3..], [Fr::ZERO; 5]);
}

#[target_feature(enable = "avx512f")]
fn orders_of_lanes() {
    let vectors: [[u64; 8]; 8] = from_fn(|vector| from_fn(|lane| (8 * vector + lane) as u64));
    let loaded: [Vector; 8] = from_fn(|vector| load_limb(&vectors[vector]));
    let stored = |vector: Vector| {
        let mut lanes = [0; 8];
        store_limb(&mut lanes, vector);
        lanes
    };
    for (lane, vector) in transpose(loaded).into_iter().enumerate() {
        assert_eq!(stored(vector), from_fn(|index| vectors[index][lane]));
    }
    let four = order::every_fourth(from_fn(|vector| loaded[vector]));
    for (remainder, vector) in four.into_iter().enumerate() {
        assert_eq!(
            stored(vector),
            from_fn(|index| (4 * index + remainder) as u64)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn products_agree_with_arkworks(
        x in eight(35),
        one in eight(2),
        other in eight(8),
        factors in elements(),
    ) {
        if Ifma::detect().is_some() {
            // SAFETY: the features have been detected, here and below.
            unsafe {
                products(&x, [&one, &other], &factors);
            }
        }
    }

    #[test]
    fn butterflies_agree_with_arkworks(
        large in proptest::collection::vec(eight(13), 4),
        x in proptest::collection::vec(eight(7), 4),
        y in proptest::collection::vec(eight(6), 4),
        roots in proptest::array::uniform3(element()),
    ) {
        if Ifma::detect().is_some() {
            unsafe { butterflies(&large, &x, &y, roots) }
        }
    }

    #[test]
    fn butterflies_of_one_level_agree_with_arkworks(
        large in proptest::collection::vec(eight(17), 2),
        x in proptest::collection::vec(eight(7), 2),
        y in proptest::collection::vec(eight(3), 2),
        root in element(),
    ) {
        if Ifma::detect().is_some() {
            let [large, x, y] = [&large, &x, &y].map(|pair| [&*pair[0], &*pair[1]]);
            unsafe { butterflies_of_one_level(large, x, y, root) }
        }
    }

    #[test]
    fn elements_to_limbs_and_back_are_the_same(elements in elements()) {
        if Ifma::detect().is_some() {
            unsafe { conversions(&elements) }
        }
    }
}

#[test]
fn lanes_are_in_the_order_that_transposed_blocks_need() {
    if Ifma::detect().is_some() {
        // SAFETY: the features have been detected.
        unsafe { orders_of_lanes() }
    }
}
