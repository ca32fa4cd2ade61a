//! Lanes against arkworks, up to the ends of what the bounds allow.
#![allow(clippy::unwrap_used, unsafe_code)]

use super::element::{gather, scatter};
use super::*;
use ark_ff::{AdditiveGroup, PrimeField};
use proptest::prelude::*;
use std::array::from_fn;

type Limbs = [f64; 6];

/// What the bounds count in.
const UNIT: i64 = 1 << 42;
/// What a settled limb is at most.
const SETTLED: i64 = UNIT + (1 << 8);

/// Limbs up to a size, and an element up to so many times the modulus.
fn up_to(most: i64, times: i64) -> impl Strategy<Value = Limbs> {
    let top = times * (MODULUS[5] as i64);
    let limb = |most: i64| {
        prop_oneof![
            3 => -most..=most,
            2 => Just(most),
            2 => Just(-most),
            1 => -1i64..=1,
        ]
    };
    let mixed = (proptest::array::uniform5(limb(most)), limb(top));
    let same = (prop_oneof![Just([most; 5]), Just([-most; 5])], limb(top));
    prop_oneof![3 => mixed, 1 => same]
        .prop_map(|([a, b, c, d, e], f)| [a, b, c, d, e, f].map(|limb| limb as f64))
}

/// Any elements, and those at the ends.
fn element() -> impl Strategy<Value = Fr> {
    let half = -Fr::from(2u64).inverse().unwrap();
    let ends = [Fr::ZERO, Fr::ONE, -Fr::ONE, half, half + Fr::ONE];
    prop_oneof![
        3 => any::<[u64; 4]>().prop_map(|words| Fr::from_le_bytes_mod_order(&words.map(u64::to_le_bytes).concat())),
        2 => prop::sample::select(ends.to_vec()),
    ]
}

fn quad(lanes: &[Limbs; 4]) -> Quad {
    let limbs: [[f64; 4]; 6] = from_fn(|place| lanes.map(|limbs| limbs[place]));
    // SAFETY: vectors are four numbers each, and any bits are some.
    unsafe { std::mem::transmute(limbs) }
}

fn lanes(quad: &Quad) -> [Limbs; 4] {
    // SAFETY: as above.
    let limbs: [[f64; 4]; 6] = unsafe { std::mem::transmute(*quad) };
    from_fn(|lane| limbs.map(|limb| limb[lane]))
}

fn value(limbs: &Limbs) -> Fr {
    let radix = Fr::from(1u64 << 43);
    limbs.iter().rev().fold(Fr::ZERO, |value, limb| {
        assert!(limb.fract() == 0.0 && limb.abs() < (1u64 << 52) as f64);
        value * radix + Fr::from(*limb as i64)
    })
}

/// Whether limbs are settled, and the element at most so many times the modulus.
fn is_within(limbs: &Limbs, times: f64) -> bool {
    limbs[..5].iter().all(|limb| limb.abs() <= SETTLED as f64)
        && limbs[5].abs() <= times * MODULUS[5] + 2.0
}

#[target_feature(enable = "avx2,fma")]
fn products(x: [Limbs; 4], y: [Limbs; 4], factors: [Fr; 4]) {
    let root = Root::of(factors);
    let (x_quad, y_quad) = (quad(&x), quad(&y));
    let vectors = root.vectors();
    let each = [Each(&vectors); 2];
    let [one, other] = multiply_both([&x_quad, &y_quad], each);
    let single = [1, 3].map(|lane| Single(&root, lane));
    let [first, third] = multiply_both([&x_quad, &y_quad], single);
    let alone = lanes(&multiply(&x_quad, Single(&root, 1)));
    for lane in 0..4 {
        let expected = [
            (&one, value(&x[lane]) * factors[lane]),
            (&other, value(&y[lane]) * factors[lane]),
            (&first, value(&x[lane]) * factors[1]),
            (&third, value(&y[lane]) * factors[3]),
        ];
        assert_eq!(alone[lane], lanes(&first)[lane]);
        for (product, expected) in expected {
            assert_eq!(value(&lanes(product)[lane]), expected);
            let settled = lanes(&settle(product))[lane];
            assert_eq!(value(&settled), expected);
            assert!(is_within(&settled, 1.26), "{settled:?}");
            let near = lanes(&fresh(product))[lane];
            assert_eq!(value(&near), expected);
            assert!(is_within(&near, 0.500001));
        }
    }
}

/// Of the lanes' values: blocks of four with three roots.
#[target_feature(enable = "avx2,fma")]
fn butterflies(elements: [[Limbs; 4]; 4], [root, left, right]: [Fr; 3]) {
    let roots = Root::of([root, left, right, Fr::ZERO]);
    let [w, u, v] = [0, 1, 2].map(|lane| Single(&roots, lane));
    let quads = elements.map(|element| quad(&element));
    let run = |way: &dyn Fn([&mut Quad; 4])| {
        let [mut a, mut b, mut c, mut d] = quads;
        way([&mut a, &mut b, &mut c, &mut d]);
        [a, b, c, d].map(|quad| lanes(&quad))
    };
    let one = Fr::ONE;
    let ways = [
        (run(&|x| split(x, w, [u, v])), true, [root, left, right]),
        (run(&|x| split_first(x, v)), true, [one, one, right]),
        (run(&|x| merge(x, w, [u, v])), false, [root, left, right]),
        (run(&|x| merge_first(x, v)), false, [one, one, right]),
    ];
    for (found, is_split, [root, left, right]) in ways {
        for lane in 0..4 {
            let [a, b, c, d] = elements.map(|element| value(&element[lane]));
            let expected = if is_split {
                let (p, q, r, s) = (a + c * root, b + d * root, a - c * root, b - d * root);
                [p + q * left, p - q * left, r + s * right, r - s * right]
            } else {
                let (p, q, r, s) = (a + b, (a - b) * left, c + d, (c - d) * right);
                [p + r, q + s, (p - r) * root, (q - s) * root]
            };
            for (found, expected) in found.iter().zip(expected) {
                assert_eq!(value(&found[lane]), expected);
                assert!(is_within(&found[lane], 2.0));
            }
        }
    }
    for (root, factor) in [(Some(w), root), (None, one)] {
        let [mut a, mut b, mut c, mut d] = quads;
        split_once([&mut a, &mut b], root);
        merge_once([&mut c, &mut d], root);
        let found = [a, b, c, d].map(|quad| lanes(&quad));
        for lane in 0..4 {
            let [a, b, c, d] = elements.map(|element| value(&element[lane]));
            let expected = [a + b * factor, a - b * factor, c + d, (c - d) * factor];
            for (found, expected) in found.iter().zip(expected) {
                assert_eq!(value(&found[lane]), expected);
                assert!(is_within(&found[lane], 2.0));
            }
        }
    }
}

#[target_feature(enable = "avx2,fma")]
fn there_and_back(elements: [Fr; 4], limbs: [Limbs; 4]) {
    let gathered = gather(elements.each_ref());
    assert!(lanes(&gathered).iter().all(|limbs| is_within(limbs, 1.0)));
    assert_eq!(scatter(&fresh(&gathered)), elements);
    // The number is the element's in Montgomery form.
    let expected = limbs.map(|limbs| Fr::new_unchecked(value(&limbs).into_bigint()));
    assert_eq!(scatter(&fresh(&quad(&limbs))), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn products_are_those_of_arkworks(
        x in proptest::array::uniform4(up_to(50 * UNIT, 8)),
        y in proptest::array::uniform4(up_to(SETTLED, 2)),
        factors in proptest::array::uniform4(element()),
    ) {
        if Wide::detect().is_some() {
            // SAFETY: the features have been detected, here and below.
            unsafe { products(x, y, factors) }
        }
    }

    #[test]
    fn butterflies_are_those_of_arkworks(
        elements in proptest::array::uniform4(proptest::array::uniform4(up_to(SETTLED, 2))),
        roots in proptest::array::uniform3(element()),
    ) {
        if Wide::detect().is_some() {
            unsafe { butterflies(elements, roots) }
        }
    }

    #[test]
    fn elements_become_limbs_and_elements_again(
        elements in proptest::array::uniform4(element()),
        limbs in proptest::array::uniform4(up_to(SETTLED, 2)),
    ) {
        if Wide::detect().is_some() {
            unsafe { there_and_back(elements, limbs) }
        }
    }
}
