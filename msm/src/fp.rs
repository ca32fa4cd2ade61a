//! The base field and its quadratic extension: coordinates of points, with safe functions over `blst`'s assembly.
//!
//! Each unsafe call reads and writes whole field elements through references, and is defined for any limbs. Limbs that are
//! no reduced element give a meaningless element and do no other harm.
#![allow(unsafe_code)]

use ark_bls12_381::g1::BETA;
use ark_bls12_381::{Fq, Fq2};
use ark_ff::{AdditiveGroup, BigInt, MontFp, PrimeField};
use blst::{blst_fp, blst_fp2};

/// An element in arkworks' form, which has to be reduced. Zero for limbs that are not.
pub(crate) fn element(limbs: [u64; 6]) -> Fq {
    let number = BigInt(limbs);
    match number < Fq::MODULUS {
        true => Fq::new_unchecked(number),
        false => Fq::ZERO,
    }
}

/// Six words; zeros for any other number of words.
#[inline(always)]
fn six(words: &[u64]) -> [u64; 6] {
    words.try_into().unwrap_or_default()
}

/// A point's coordinates x and y from its words. With `endomorphism` those of z² times the point, z being the curve's
/// parameter: (β·x, −y) with a cube root of unity β (Scott, "A note on group membership tests for G1, G2 and GT on BLS
/// pairing-friendly curves", 2021, section 6).
pub(crate) fn coordinates<F: Coordinate>(words: &[u64], endomorphism: bool) -> [F; 2] {
    let (x, y) = words.split_at(words.len() / 2);
    let [mut x, mut y] = [x, y].map(F::from_words);
    if endomorphism {
        x.scale(&F::CUBE_ROOT);
        let positive = y;
        y.subtract(&F::default(), &positive);
    }
    [x, y]
}

/// Arithmetic on a coordinate.
pub(crate) trait Coordinate: Copy + Default + PartialEq + Send + Sync {
    /// The same element in arkworks' form.
    type Element: Copy;
    const ONE: Self;
    /// The cube root of unity β for which (β·x, y) is −z² times the point (x, y), z being the curve's parameter.
    const CUBE_ROOT: Self;
    /// For vectors, which not every processor has.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
    fn from_element(element: &Self::Element) -> Self;
    /// From words in Montgomery form. Zero for a wrong number of words.
    fn from_words(words: &[u64]) -> Self;
    fn element(&self) -> Self::Element;
    fn is_zero(&self) -> bool;
    /// Becomes a + b.
    fn add(&mut self, a: &Self, b: &Self);
    /// Becomes a − b.
    fn subtract(&mut self, a: &Self, b: &Self);
    /// Becomes a · b.
    fn multiply(&mut self, a: &Self, b: &Self);
    /// Becomes self · a.
    fn scale(&mut self, a: &Self);
    /// Becomes a².
    fn square(&mut self, a: &Self);
    /// Becomes 1/a, and zero if that is zero.
    fn invert(&mut self, a: &Self);
}

/// An element of the base field, in Montgomery form with R = 2^384: G1's coordinates.
#[derive(Clone, Copy, Default)]
pub(crate) struct Fp(blst_fp);

/// An element of the quadratic extension: G2's coordinates.
#[derive(Clone, Copy, Default)]
pub(crate) struct Fp2(blst_fp2);

/// 2^384 modulo the field's modulus.
const ONE: blst_fp = blst_fp {
    l: [
        0x760900000002fffd,
        0xebf4000bc40c0002,
        0x5f48985753c758ba,
        0x77ce585370525745,
        0x5c071a97a256ec6d,
        0x15f65ec3fa80e493,
    ],
};

/// The primitive cube root of unity that is not [`BETA`].
const OTHER_CUBE_ROOT: Fq = MontFp!(
    "4002409555221667392624310435006688643935503118305586438271171395842971157480381377015405980053539358417135540939436"
);

fn limbs_or(value: &blst_fp) -> u64 {
    value.l.iter().fold(0, |any, limb| any | limb)
}

fn limbs_differ(one: &blst_fp, other: &blst_fp) -> u64 {
    one.l
        .iter()
        .zip(&other.l)
        .fold(0, |any, (one, other)| any | (one ^ other))
}

impl PartialEq for Fp {
    fn eq(&self, other: &Self) -> bool {
        limbs_differ(&self.0, &other.0) == 0
    }
}

impl PartialEq for Fp2 {
    fn eq(&self, other: &Self) -> bool {
        let [a, b] = &self.0.fp;
        let [c, d] = &other.0.fp;
        limbs_differ(a, c) | limbs_differ(b, d) == 0
    }
}

/// The assembly writes a result to its destination. A result returned by value would be copied right after it is written,
/// and those loads would wait for the stores.
macro_rules! arithmetic {
    ($add:ident, $subtract:ident, $multiply:ident, $square:ident, $invert:ident) => {
        arithmetic!(two add $add, two subtract $subtract, two multiply $multiply, one square $square, one invert $invert);

        #[inline]
        fn scale(&mut self, a: &Self) {
            let factor = *self;
            // SAFETY: reads two whole elements and writes one.
            unsafe { blst::$multiply(&mut self.0, &factor.0, &a.0) }
        }
    };
    ($($operands:ident $name:ident $raw:ident),*) => {
        $(arithmetic!(@ $operands $name $raw);)*
    };
    (@ two $name:ident $raw:ident) => {
        #[inline]
        fn $name(&mut self, a: &Self, b: &Self) {
            // SAFETY: reads two whole elements and writes one.
            unsafe { blst::$raw(&mut self.0, &a.0, &b.0) }
        }
    };
    (@ one $name:ident $raw:ident) => {
        #[inline]
        fn $name(&mut self, a: &Self) {
            // SAFETY: reads one whole element and writes one.
            unsafe { blst::$raw(&mut self.0, &a.0) }
        }
    };
}

impl Coordinate for Fp {
    type Element = Fq;
    const ONE: Self = Fp(ONE);
    const CUBE_ROOT: Self = Fp(blst_fp { l: BETA.0.0 });

    fn from_element(element: &Fq) -> Self {
        Fp(blst_fp { l: element.0.0 })
    }

    fn from_words(words: &[u64]) -> Self {
        Fp(blst_fp { l: six(words) })
    }

    fn element(&self) -> Fq {
        element(self.0.l)
    }

    #[inline]
    fn is_zero(&self) -> bool {
        limbs_or(&self.0) == 0
    }

    arithmetic!(
        blst_fp_add,
        blst_fp_sub,
        blst_fp_mul,
        blst_fp_sqr,
        blst_fp_inverse
    );
}

impl Coordinate for Fp2 {
    type Element = Fq2;
    const ONE: Self = Fp2(blst_fp2 {
        fp: [ONE, blst_fp { l: [0; 6] }],
    });
    const CUBE_ROOT: Self = Fp2(blst_fp2 {
        fp: [
            blst_fp {
                l: OTHER_CUBE_ROOT.0.0,
            },
            blst_fp { l: [0; 6] },
        ],
    });

    fn from_element(element: &Fq2) -> Self {
        Fp2(blst_fp2 {
            fp: [&element.c0, &element.c1].map(|c| blst_fp { l: c.0.0 }),
        })
    }

    fn from_words(words: &[u64]) -> Self {
        let (c0, c1) = words.split_at(words.len() / 2);
        Fp2(blst_fp2 {
            fp: [c0, c1].map(|c| blst_fp { l: six(c) }),
        })
    }

    fn element(&self) -> Fq2 {
        let [c0, c1] = self.0.fp.map(|c| element(c.l));
        Fq2::new(c0, c1)
    }

    #[inline]
    fn is_zero(&self) -> bool {
        let [c0, c1] = &self.0.fp;
        limbs_or(c0) | limbs_or(c1) == 0
    }

    arithmetic!(
        blst_fp2_add,
        blst_fp2_sub,
        blst_fp2_mul,
        blst_fp2_sqr,
        blst_fp2_inverse
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::{AdditiveGroup, Field, One, Zero};
    use proptest::prelude::*;
    use std::fmt::Debug;

    /// Random elements, small ones and the ends of the range.
    fn elements() -> impl Strategy<Value = Fq> {
        let reduced = any::<[u64; 6]>().prop_map(|limbs| {
            let bytes: Vec<u8> = limbs.iter().flat_map(|limb| limb.to_le_bytes()).collect();
            ark_ff::PrimeField::from_le_bytes_mod_order(&bytes)
        });
        prop_oneof![
            8 => reduced,
            1 => Just(Fq::zero()),
            1 => Just(Fq::one()),
            1 => Just(-Fq::one()),
            1 => any::<u16>().prop_map(Fq::from),
        ]
    }

    fn agrees<F: Coordinate>(a: F::Element, b: F::Element)
    where
        F::Element: Field + Debug,
    {
        let (x, y) = (F::from_element(&a), F::from_element(&b));
        let of = |change: &dyn Fn(&mut F)| {
            let mut out = y;
            change(&mut out);
            out.element()
        };
        assert_eq!(of(&|out| out.add(&x, &y)), a + b);
        assert_eq!(of(&|out| out.subtract(&x, &y)), a - b);
        assert_eq!(of(&|out| out.multiply(&x, &y)), a * b);
        assert_eq!(of(&|out| out.scale(&x)), a * b);
        assert_eq!(of(&|out| out.square(&x)), a.square());
        assert_eq!(
            of(&|out| out.invert(&x)),
            a.inverse().unwrap_or(F::Element::ZERO)
        );
        assert_eq!(x.is_zero(), a.is_zero());
        assert_eq!(x == y, a == b);
        assert_eq!(F::ONE.element(), F::Element::ONE);
    }

    proptest! {
        #[test]
        fn the_arithmetic_agrees_with_arkworks(a in elements(), b in elements(), c in elements(), d in elements()) {
            agrees::<Fp>(a, b);
            agrees::<Fp>(a, a);
            agrees::<Fp2>(Fq2::new(a, b), Fq2::new(c, d));
            agrees::<Fp2>(Fq2::new(a, b), Fq2::new(a, -b));
        }

        /// A damaged key may contain them. The result does not matter.
        #[test]
        fn limbs_that_are_no_element_do_no_harm(a in any::<[u64; 6]>(), b in any::<[u64; 6]>()) {
            let [a, b] = [a, b].map(|limbs| Fp(blst_fp { l: limbs }));
            let mut c = a;
            c.add(&a, &b);
            c.subtract(&a, &b);
            c.multiply(&a, &b);
            c.square(&a);
            c.invert(&a);
        }
    }
}
