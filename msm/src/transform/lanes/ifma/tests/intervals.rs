//! The arithmetic on intervals of limbs: whatever the operands, no word overflows, and results are settled.

use super::super::butterflies::*;
use super::super::field::*;
use super::super::root::with_quotient;
use super::super::words::{from_words, to_words};
use crate::simd52::MASK;
use crate::simd52::interval::Interval;

/// Any factor below r and its quotient.
#[derive(Clone, Copy)]
struct AnyFactor;

static FACTOR: Limbs<Interval> = limbs_up_to(MODULUS[4]);
static QUOTIENT: Limbs<Interval> = limbs_up_to(MASK);

impl Factor<Interval> for AnyFactor {
    fn factor(self) -> impl Source<Interval> {
        &FACTOR
    }

    fn quotient(self) -> impl Source<Interval> {
        &QUOTIENT
    }
}

/// Settled limbs, of which the uppermost is at most `top`.
const fn limbs_up_to(top: u64) -> Limbs<Interval> {
    let limb = Interval {
        least: 0,
        most: MASK as i128,
    };
    let uppermost = Interval {
        least: 0,
        most: top as i128,
    };
    [limb, limb, limb, limb, uppermost]
}

/// Any settled limbs.
const SETTLED: Limbs<Interval> = limbs_up_to(MASK);

fn assert_settled(elements: &[Limbs<Interval>]) {
    for element in elements {
        for limb in element {
            assert!(limb.is_within(MASK), "{limb:?}");
        }
    }
}

#[test]
fn products_of_settled_elements_are_settled() {
    let product = multiply(&SETTLED, AnyFactor);
    assert_settled(&[product]);
    assert!(product[4].is_within(top(2)));
    assert_settled(&[scale(&SETTLED, Some(AnyFactor), AnyFactor)]);
    assert_settled(&[scale(&SETTLED, None::<AnyFactor>, AnyFactor)]);
    let product = montgomery(&SETTLED, &SETTLED);
    assert_settled(&[product]);
    assert!(product[4].is_within(top(1)));
}

#[test]
fn reduced_elements_are_settled() {
    // The sum of four.
    let sum = add(&add(&SETTLED, &SETTLED), &add(&SETTLED, &SETTLED));
    for reduced in [reduce(&sum), reduce(&SETTLED), canonical(&SETTLED)] {
        assert_settled(&[reduced]);
        assert!(reduced[4].is_within(top(1)));
    }
    let [factor, quotient] = with_quotient(&limbs_up_to(top(2)));
    assert_settled(&[factor, quotient]);
}

#[test]
fn butterflies_of_settled_elements_are_settled() {
    let (root, halves) = (AnyFactor, [AnyFactor; 2]);
    let four = [SETTLED; 4];
    assert_settled(&split::<true, _, _>(&four, root, halves));
    assert_settled(&split::<false, _, _>(&four, root, halves));
    assert_settled(&merge(&four, root, halves));
    assert_settled(&split_first(&four, root));
    assert_settled(&merge_first(&four, root));
    for root in [Some(AnyFactor), None] {
        assert_settled(&split_once(&[SETTLED; 2], root));
        assert_settled(&merge_once(&[SETTLED; 2], root));
    }
}

#[test]
fn conversions_of_all_words_and_limbs_stay_within_words() {
    let words = [Interval::up_to(u64::MAX); 4];
    let limbs = from_words(words);
    assert_settled(&[limbs]);
    let words = to_words(&limbs_up_to((1 << 48) - 1));
    assert!(words.iter().all(|word| word.is_within(u64::MAX)));
}
