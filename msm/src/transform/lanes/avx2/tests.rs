//! Lanes compared with arkworks, up to the limits of the bounds.
#![allow(clippy::unwrap_used, unsafe_code)]

use super::element::{gather, scatter};
use super::*;
use ark_ff::{AdditiveGroup, Field, PrimeField};
use proptest::prelude::*;
use std::array::from_fn;

type Limbs = [f64; 6];

/// The unit of the bounds of limbs.
const UNIT: i64 = 1 << 42;
/// The bound of a normalised limb.
const NORMALISED: i64 = UNIT + (1 << 8);

/// Limbs up to a size, for an element up to a multiple of the modulus.
fn up_to(most: i64, multiple: i64) -> impl Strategy<Value = Limbs> {
    let top = multiple * (MODULUS[5] as i64);
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

/// Random elements, and those at the ends of the range and of its halves.
fn element() -> impl Strategy<Value = Fr> {
    let half = -Fr::from(2u64).inverse().unwrap();
    let ends = [Fr::ZERO, Fr::ONE, -Fr::ONE, half, half + Fr::ONE];
    prop_oneof![
        3 => any::<[u64; 4]>().prop_map(|words| Fr::from_le_bytes_mod_order(&words.map(u64::to_le_bytes).concat())),
        2 => prop::sample::select(ends.to_vec()),
    ]
}

fn pack(lanes: &[Limbs; 4]) -> PackedFr {
    let limbs: [[f64; 4]; 6] = from_fn(|index| lanes.map(|limbs| limbs[index]));
    // SAFETY: a vector is four numbers, and every pattern of bits is one.
    unsafe { std::mem::transmute(limbs) }
}

fn unpack(packed: &PackedFr) -> [Limbs; 4] {
    // SAFETY: as above.
    let limbs: [[f64; 4]; 6] = unsafe { std::mem::transmute(*packed) };
    from_fn(|lane| limbs.map(|limb| limb[lane]))
}

fn value(limbs: &Limbs) -> Fr {
    let radix = Fr::from(1u64 << 43);
    limbs.iter().rev().fold(Fr::ZERO, |value, limb| {
        assert!(limb.fract() == 0.0 && limb.abs() < (1u64 << 52) as f64);
        value * radix + Fr::from(*limb as i64)
    })
}

/// Whether limbs are normalised, and the element is at most a multiple of the modulus.
fn is_within(limbs: &Limbs, multiple: f64) -> bool {
    limbs[..5]
        .iter()
        .all(|limb| limb.abs() <= NORMALISED as f64)
        && limbs[5].abs() <= multiple * MODULUS[5] + 2.0
}

#[target_feature(enable = "avx2,fma")]
fn products(x: [Limbs; 4], y: [Limbs; 4], factors: [Fr; 4]) {
    let root = Root::of(factors);
    let (packed_x, packed_y) = (pack(&x), pack(&y));
    let vectors = root.vectors();
    let each = [Each(&vectors); 2];
    let [one, other] = multiply_both([&packed_x, &packed_y], each);
    let single = [1, 3].map(|lane| Single(&root, lane));
    let [first, third] = multiply_both([&packed_x, &packed_y], single);
    let alone = unpack(&multiply(&packed_x, Single(&root, 1)));
    for lane in 0..4 {
        let expected = [
            (&one, value(&x[lane]) * factors[lane]),
            (&other, value(&y[lane]) * factors[lane]),
            (&first, value(&x[lane]) * factors[1]),
            (&third, value(&y[lane]) * factors[3]),
        ];
        assert_eq!(alone[lane], unpack(&first)[lane]);
        for (product, expected) in expected {
            assert_eq!(value(&unpack(product)[lane]), expected);
            let normalised = unpack(&normalise(product))[lane];
            assert_eq!(value(&normalised), expected);
            assert!(is_within(&normalised, 1.26), "{normalised:?}");
            let reduced = unpack(&reduce(product))[lane];
            assert_eq!(value(&reduced), expected);
            assert!(is_within(&reduced, 0.500001));
        }
    }
}

/// Every kind of butterfly, on blocks of four values in each lane.
#[target_feature(enable = "avx2,fma")]
fn butterflies(elements: [[Limbs; 4]; 4], [root, left, right]: [Fr; 3]) {
    let roots = Root::of([root, left, right, Fr::ZERO]);
    let [w, u, v] = [0, 1, 2].map(|lane| Single(&roots, lane));
    let packed = elements.map(|element| pack(&element));
    let run = |butterfly: &dyn Fn([&mut PackedFr; 4])| {
        let [mut a, mut b, mut c, mut d] = packed;
        butterfly([&mut a, &mut b, &mut c, &mut d]);
        [a, b, c, d].map(|packed| unpack(&packed))
    };
    let one = Fr::ONE;
    let cases = [
        (run(&|x| split(x, w, [u, v])), true, [root, left, right]),
        (run(&|x| split_first(x, v)), true, [one, one, right]),
        (run(&|x| merge(x, w, [u, v])), false, [root, left, right]),
        (run(&|x| merge_first(x, v)), false, [one, one, right]),
    ];
    for (found, is_split, [root, left, right]) in cases {
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
        let [mut a, mut b, mut c, mut d] = packed;
        split_once([&mut a, &mut b], root);
        merge_once([&mut c, &mut d], root);
        let found = [a, b, c, d].map(|packed| unpack(&packed));
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
fn conversions(elements: [Fr; 4], limbs: [Limbs; 4]) {
    let gathered = gather(elements.each_ref());
    assert!(unpack(&gathered).iter().all(|limbs| is_within(limbs, 1.0)));
    assert_eq!(scatter(&reduce(&gathered)), elements);
    // The value of the limbs is the element's Montgomery form.
    let expected = limbs.map(|limbs| Fr::new_unchecked(value(&limbs).into_bigint()));
    assert_eq!(scatter(&reduce(&pack(&limbs))), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn products_agree_with_arkworks(
        x in proptest::array::uniform4(up_to(50 * UNIT, 8)),
        y in proptest::array::uniform4(up_to(NORMALISED, 2)),
        factors in proptest::array::uniform4(element()),
    ) {
        if Avx2Fma::detect().is_some() {
            // SAFETY: the features have been detected, here and below.
            unsafe { products(x, y, factors) }
        }
    }

    #[test]
    fn butterflies_agree_with_arkworks(
        elements in proptest::array::uniform4(proptest::array::uniform4(up_to(NORMALISED, 2))),
        roots in proptest::array::uniform3(element()),
    ) {
        if Avx2Fma::detect().is_some() {
            unsafe { butterflies(elements, roots) }
        }
    }

    #[test]
    fn elements_to_limbs_and_back_are_the_same(
        elements in proptest::array::uniform4(element()),
        limbs in proptest::array::uniform4(up_to(NORMALISED, 2)),
    ) {
        if Avx2Fma::detect().is_some() {
            unsafe { conversions(elements, limbs) }
        }
    }
}
