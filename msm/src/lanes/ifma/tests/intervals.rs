//! For all operands: no word overflows, and the multiplier sees every factor whole.

use super::super::coordinates::{difference_of, subtracted, sum, sum_x_of};
use super::super::limbs::{MASK, MODULUS};
use super::super::near::{THREE, TWO, near};
use super::super::product::{LARGEST, LARGEST_SUM, product, square, sum_of_products};
use crate::simd52::Word;
use crate::simd52::interval::Interval;
use std::array::from_fn;

type Element = [Interval; 8];

/// Limbs up to `most`, of an element of at most `size` times p.
fn up_to(most: u64, size: u64) -> Element {
    from_fn(|i| Interval::up_to(if i < 7 { most } else { size * (MODULUS[7] + 1) }))
}

/// What points have in memory.
fn stored() -> Element {
    from_fn(|i| Interval::up_to(if i < 7 { MASK } else { MODULUS[7] + 64 }))
}

fn is_within(element: &Element, most: u64) -> bool {
    element.iter().all(|limb| limb.is_within(most))
}

/// The limbs of a product but the uppermost.
const PRODUCT_LIMB: u64 = (1 << 48) + (1 << 13);

#[test]
fn no_product_overflows() {
    let any = up_to((1 << 51) - 1, 7);
    let half = up_to((1 << 50) - 1, LARGEST);
    for (result, size) in [
        (product(&any, &any), LARGEST),
        (square(&half), LARGEST),
        (sum_of_products([&any, &any], [&any, &any]), LARGEST_SUM),
    ] {
        assert!(result[7].is_within(size * (MODULUS[7] + 1)));
        assert!(result[..7].iter().all(|limb| limb.is_within(PRODUCT_LIMB)));
    }
}

#[test]
#[should_panic(expected = "52 bits")]
fn limbs_of_51_bits_are_too_large_for_a_square() {
    square(&up_to(1 << 51, 1));
}

#[test]
#[should_panic(expected = "52 bits")]
fn limbs_of_52_bits_are_too_large_for_a_product() {
    product(&up_to(1 << 51, 1), &up_to((1 << 51) + 1, 1));
}

#[test]
fn reduction_never_overflows() {
    let any: Element = from_fn(|i| match i {
        7 => {
            let top: i128 = MODULUS[7].into();
            Interval::new(-29 * top / 10, 49 * top / 10)
        }
        _ => Interval::new(-(1 << 51), 1 << 51),
    });
    assert!(is_within(&near(&any), MASK));
}

/// ±a ∓ b + 3p for any signs.
fn signed_difference() -> Element {
    let (plus, minus) = (
        sum(&stored(), &stored()),
        subtracted(&THREE, &sum(&stored(), &stored())),
    );
    from_fn(|i| {
        let most = Interval::splat(THREE[i]).add(plus[i]);
        Interval::new(minus[i].least, most.most)
    })
}

#[test]
fn no_addition_in_g1_overflows() {
    let divisor = difference_of(&stored(), &stored());
    let earlier = up_to(PRODUCT_LIMB, 4);
    let next = product(&earlier, &divisor);
    let inverted = product(&next, &earlier);
    let tangent: Element = {
        let one = square(&stored());
        sum(&sum(&one, &one), &one)
    };
    // A doubling's divisor is 2y.
    product(&earlier, &sum(&stored(), &stored()));
    for dividend in [signed_difference(), tangent] {
        let slope = product(&inverted, &dividend);
        let x = near(&sum_x_of(&square(&slope), &stored(), &divisor));
        let y = product(&slope, &difference_of(&stored(), &x));
        for y in [sum(&y, &stored()), from_fn(|i| y[i].sub(stored()[i]))] {
            assert!(is_within(&near(&y), MASK));
        }
    }
}

#[test]
fn no_addition_in_g2_overflows() {
    let multiply = |[a0, a1]: [&Element; 2], [b0, b1]: [&Element; 2]| {
        let minus_a1 = subtracted(&TWO, a1);
        let parts = [
            sum_of_products([a0, b0], [&minus_a1, b1]),
            sum_of_products([a0, b1], [a1, b0]),
        ];
        parts.map(|part| near(&part))
    };
    let square = |[a0, a1]: [&Element; 2]| {
        [
            product(&sum(a0, a1), &difference_of(a0, a1)),
            product(&sum(a0, a0), a1),
        ]
    };
    let divisor = [difference_of(&stored(), &stored()); 2];
    let earlier = [stored(); 2];
    let next = multiply(earlier.each_ref(), divisor.each_ref());
    let inverted = multiply(next.each_ref(), earlier.each_ref());
    let tangent = square(earlier.each_ref()).map(|one| sum(&sum(&one, &one), &one));
    for dividend in [[signed_difference(); 2], tangent] {
        let slope = multiply(inverted.each_ref(), dividend.each_ref());
        let squared = square(slope.each_ref());
        let x: [Element; 2] = from_fn(|k| near(&sum_x_of(&squared[k], &stored(), &divisor[k])));
        let run: [Element; 2] = from_fn(|k| difference_of(&stored(), &x[k]));
        let y = multiply(slope.each_ref(), run.each_ref());
        for y in [sum(&y[0], &stored()), from_fn(|i| y[0][i].sub(stored()[i]))] {
            assert!(is_within(&near(&y), MASK));
        }
    }
}
