//! Elements of the base field as eight limbs of 48 bits.

use ark_bls12_381::Fq;
use ark_ff::{BigInt, BigInteger, PrimeField};

/// The limbs xᵢ of one element, Σ xᵢ·2^(48i) modulo p.
pub(super) type Limbs = crate::lanes::point::Limbs<u64>;

/// Bits of a limb.
pub(super) const BITS: u32 = 48;
pub(super) const MASK: u64 = (1 << BITS) - 1;

/// The field's modulus p.
pub(super) const MODULUS: Limbs = limbs(&Fq::MODULUS.0);
/// One in Montgomery form: 2^384 modulo p.
pub(super) const ONE: Limbs = limbs(&Fq::R.0);

/// Limbs below 2^48 of words in Montgomery form with R = 2^384, of which no bit is lost: both are Σ xᵢ·2^(48i).
#[inline(always)]
pub(super) const fn limbs(words: &[u64; 6]) -> Limbs {
    let [a, b, c, d, e, f] = *words;
    [
        a & MASK,
        (a >> 48 | b << 16) & MASK,
        (b >> 32 | c << 32) & MASK,
        c >> 16,
        d & MASK,
        (d >> 48 | e << 16) & MASK,
        (e >> 32 | f << 32) & MASK,
        f >> 16,
    ]
}

/// The reduced words of limbs below 2^63 that stand for less than 8p. Other limbs give meaningless words.
pub(super) fn words(limbs: &Limbs) -> [u64; 6] {
    let mut carry = 0;
    let [a, b, c, d, e, f, g, h] = limbs.map(|limb| {
        carry += limb;
        let digit = carry & MASK;
        carry >>= BITS;
        digit
    });
    let mut words = BigInt([
        a | b << 48,
        b >> 16 | c << 32,
        c >> 32 | d << 16,
        e | f << 48,
        f >> 16 | g << 32,
        g >> 32 | h << 16,
    ]);
    for _ in 0..8 {
        if words >= Fq::MODULUS {
            words.sub_with_borrow(&Fq::MODULUS);
        }
    }
    words.0
}

/// p or 2p less an element of at most (1 + 2^-39)·p, with limbs below 2^48 as those of the element: no more than that
/// again.
#[inline(always)]
pub(super) fn negative(limbs: &Limbs) -> Limbs {
    // An element whose uppermost limb is p's may be above p.
    let multiple = 1 + u64::from(limbs[7] >= MODULUS[7]);
    let mut borrow = 0;
    let mut negative = [0; 8];
    for ((digit, limb), modulus) in negative.iter_mut().zip(limbs).zip(&MODULUS) {
        let difference = (modulus * multiple) as i64 - *limb as i64 + borrow;
        *digit = difference as u64 & MASK;
        borrow = difference >> BITS;
    }
    negative
}

/// `multiple`·p, with `lent`·2^48 added to each limb but the last and taken from the next. What is subtracted from it
/// leaves no limb negative.
pub(super) const fn lent(multiple: u64, lent: u64) -> Limbs {
    let mut limbs = MODULUS;
    let mut place = 0;
    while place < 8 {
        limbs[place] *= multiple;
        if place < 7 {
            limbs[place] = limbs[place].wrapping_add(lent << BITS);
        }
        if place > 0 {
            limbs[place] = limbs[place].wrapping_sub(lent);
        }
        place += 1;
    }
    limbs
}
