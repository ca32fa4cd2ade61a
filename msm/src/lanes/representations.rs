//! The representations that memory may have of a coordinate.

use super::LaneAdder;
use super::components::Components;
use super::point::{Limbs, Point};
use super::unit::Unit;
use crate::cpu::{Avx2Fma, Ifma};
use crate::drawn::{Choices, Representations};
use crate::fp::Coordinate;
use ark_bls12_381::Fq;
use ark_ec::short_weierstrass::SWCurveConfig;
use ark_ff::PrimeField;

/// A unit with the representations of an element that it stores or reads.
pub(crate) trait Stored<const K: usize, const L: usize>: Unit<K, L> {
    fn stored(choice: u8, element: Fq) -> Limbs<Self::Limb>;
}

impl<const K: usize> Stored<K, 4> for Avx2Fma {
    /// Limbs of the element, or of its negative with all signs turned.
    fn stored(choice: u8, element: Fq) -> Limbs<f64> {
        let limbs = <Self as Unit<K, 4>>::limbs;
        match choice & 1 == 1 {
            true => limbs(&element.0.0),
            false => limbs(&(-element).0.0).map(|limb| -limb),
        }
    }
}

impl<const K: usize> Stored<K, 8> for Ifma {
    /// Limbs of the element, or of one of at most 2^-39·p and p.
    fn stored(choice: u8, element: Fq) -> Limbs<u64> {
        let limbs = <Self as Unit<K, 8>>::limbs;
        let mut stored = limbs(&element.0.0);
        if element.0.0[5] < 1 << 21 && choice & 1 == 1 {
            let mut carry = 0;
            for (limb, modulus) in stored.iter_mut().zip(limbs(&Fq::MODULUS.0)) {
                carry += *limb + modulus;
                *limb = carry & ((1 << 48) - 1);
                carry >>= 48;
            }
        }
        stored
    }
}

impl<P, U, F, const K: usize, const L: usize> Representations<P> for LaneAdder<U, F, K, L>
where
    P: SWCurveConfig,
    U: Stored<K, L>,
    F: Coordinate<Element = P::BaseField>,
    F::Element: Components<K>,
{
    fn stored(choices: &mut Choices, [x, y]: &[P::BaseField; 2]) -> Point<U::Limb, K> {
        let [x, y] = [x, y].map(|coordinate| {
            let components = coordinate.components();
            components.map(|words| U::stored(choices.byte(), crate::fp::element(words)))
        });
        Point { x, y }
    }
}
