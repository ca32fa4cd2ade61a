//! Field elements at the ends of their range, next to them, with extreme limbs, and any others.

use super::Choices;
use ark_bls12_381::{Fq, Fr};
use ark_ff::{BigInt, BigInteger, PrimeField};

/// Words of which some bits are all clear or all set, mostly.
fn extreme<const WORDS: usize>(choices: &mut Choices) -> [u64; WORDS] {
    let mut words = [0; WORDS];
    let (mut bit, count) = (0, 64 * WORDS as u32);
    while bit < count {
        // Runs of one value end where limbs do, or elsewhere.
        let choice = choices.byte();
        let length = match choice & 3 {
            0 => 52,
            1 => 48,
            2 => 43,
            _ => 1 + u32::from(choice >> 2 & 31),
        };
        let set = choice & 0x80 != 0;
        for place in bit..(bit + length).min(count) {
            if set && let Some(word) = words.get_mut(place as usize / 64) {
                *word |= 1 << (place % 64);
            }
        }
        bit += length;
    }
    words
}

/// A number below the modulus, by which of its kinds the choices say.
fn number<const WORDS: usize>(
    choices: &mut Choices,
    modulus: BigInt<WORDS>,
    half: BigInt<WORDS>,
) -> BigInt<WORDS> {
    let kind = choices.below(8);
    let small = BigInt::from(u64::from(choices.byte()) >> 1);
    let mut number = match kind {
        0 => small,
        1 => modulus,
        2 | 3 => half,
        4 => {
            // At most 2^-40 of the modulus, or that much below it.
            let mut few: BigInt<WORDS> = BigInt(std::array::from_fn(|_| choices.word()));
            few >>= 44;
            if choices.is_set() {
                let mut rest = modulus;
                rest.sub_with_borrow(&few);
                rest
            } else {
                few
            }
        }
        5 | 6 => BigInt(extreme(choices)),
        _ => BigInt(std::array::from_fn(|_| choices.word())),
    };
    match kind {
        1 | 3 => {
            number.sub_with_borrow(&small);
        }
        2 => {
            number.add_with_carry(&small);
        }
        _ => {}
    }
    let bits = modulus.num_bits();
    if let Some(word) = number.0.last_mut() {
        *word &= u64::MAX >> (64 * WORDS as u32 - bits);
    }
    if number >= modulus {
        number.sub_with_borrow(&modulus);
    }
    number
}

/// An element of the base field. The choices are about its Montgomery form.
pub(crate) fn base_element(choices: &mut Choices) -> Fq {
    Fq::new_unchecked(number(choices, Fq::MODULUS, Fq::MODULUS_MINUS_ONE_DIV_TWO))
}

/// An element of the scalar field. The choices are about its Montgomery form.
pub(crate) fn scalar_element(choices: &mut Choices) -> Fr {
    Fr::new_unchecked(number(choices, Fr::MODULUS, Fr::MODULUS_MINUS_ONE_DIV_TWO))
}
