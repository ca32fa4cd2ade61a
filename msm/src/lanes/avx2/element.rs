//! Conversion of a single element between 64-bit words and limbs.

use super::multiply::MODULUS;
use ark_bls12_381::Fq;
use ark_ff::{BigInt, PrimeField};

/// The limbs of one element, as [`super::multiply`] describes them.
pub(super) type Limbs = crate::lanes::point::Limbs<f64>;

/// One in Montgomery form: 2^384 modulo p.
pub(super) const ONE: Limbs = [
    196605.0,
    -65919157897719.0,
    97559845797900.0,
    104765398143943.0,
    97115389974341.0,
    -102980759226418.0,
    -30153421415784.0,
    24147896040065.0,
];

const MASK: u64 = (1 << 48) - 1;
/// A number below 2^52 that replaces the last bits of this number's encoding is added to it.
const TWO_POW_52: f64 = (1u64 << 52) as f64;

/// Limbs from 0 to 2^48 − 1.
#[inline(always)]
pub(super) fn limbs(words: &[u64; 6]) -> Limbs {
    let [a, b, c, d, e, f] = *words;
    [
        a,
        a >> 48 | b << 16,
        b >> 32 | c << 32,
        c >> 16,
        d,
        d >> 48 | e << 16,
        e >> 32 | f << 32,
        f >> 16,
    ]
    .map(|limb| f64::from_bits(limb & MASK | TWO_POW_52.to_bits()) - TWO_POW_52)
}

/// The reduced words of limbs whose value is between −2p and 2p. Other limbs give meaningless words.
pub(super) fn words(limbs: &Limbs) -> [u64; 6] {
    // 2p is added, so that the value is positive, and carries are propagated.
    let mut carry = 0i128;
    let mut digits = [0u64; 8];
    for ((digit, limb), modulus) in digits.iter_mut().zip(limbs).zip(&MODULUS) {
        carry += *limb as i128 + 2 * *modulus as i128;
        *digit = carry as u64 & MASK;
        carry >>= 48;
    }
    let [a, b, c, d, e, f, g, h] = digits;
    let mut words = BigInt([
        a | b << 48,
        b >> 16 | c << 32,
        c >> 32 | d << 16,
        e | f << 48,
        f >> 16 | g << 32,
        g >> 32 | h << 16,
    ]);
    for _ in 0..4 {
        if words >= Fq::MODULUS {
            ark_ff::BigInteger::sub_with_borrow(&mut words, &Fq::MODULUS);
        }
    }
    words.0
}
