//! Constant factors with their quotients, as [`mod@super::multiply`] needs them.
#![allow(unsafe_code)]

use super::element::limbs;
use super::multiply::*;
use crate::lanes::avx2::columns::{Constant, LimbSource, Vector};
use crate::transform::lanes::factors::{Roots, Single};
use ark_bls12_381::Fr;
use std::arch::x86_64::*;
use std::array::from_fn;

/// The limbs of four factors and of their quotients.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
pub(crate) struct Root {
    factor: [[f64; 4]; 6],
    quotient: [[f64; 4]; 6],
}

/// A factor of its own for each lane.
#[derive(Clone, Copy)]
pub(super) struct Each<'a>(pub(super) &'a [PackedFr; 2]);

/// One lane of each limb, the same in all lanes.
struct Lane<'a>(&'a [[f64; 4]; 6], usize);

impl LimbSource for Lane<'_> {
    #[inline(always)]
    fn limb(&self, index: usize) -> Vector {
        // SAFETY: called only by functions that have the target feature.
        unsafe { _mm256_set1_pd(self.0[index][self.1 % 4]) }
    }
}

impl Factor for Single<'_, Root> {
    #[inline(always)]
    fn factor(self) -> impl LimbSource {
        Lane(&self.0.factor, self.1)
    }

    #[inline(always)]
    fn quotient(self) -> impl LimbSource {
        Lane(&self.0.quotient, self.1)
    }
}

impl Factor for Each<'_> {
    #[inline(always)]
    fn factor(self) -> impl LimbSource {
        self.0[0]
    }

    #[inline(always)]
    fn quotient(self) -> impl LimbSource {
        self.0[1]
    }
}

/// 2^258 modulo r, and its quotient.
static SHIFT: ([f64; 6], [f64; 6]) = (
    [
        38654705655.0,
        2029390921728.0,
        246238123008.0,
        4242700481512.0,
        -646268637322.0,
        -166258268397.0,
    ],
    [
        140674218289.0,
        -709164210444.0,
        1378947510163.0,
        -2507203643749.0,
        -1960715962915.0,
        -1468566487076.0,
    ],
);
/// −1/r modulo 2^258.
static INVERSE: [f64; 6] = [
    -4294967297.0,
    -225489977344.0,
    1438435508224.0,
    -2149630970365.0,
    4340124320179.0,
    526275404207.0,
];
/// 2^258/r.
const QUOTIENT_OF_ONE: f64 = (1u64 << 43) as f64 / MODULUS_TOP;
/// r/2^215.
const MODULUS_TOP: f64 = 995816810067.2304;

#[derive(Clone, Copy)]
struct Shift;

impl Factor for Shift {
    #[inline(always)]
    fn factor(self) -> impl LimbSource {
        Constant(&SHIFT.0)
    }

    #[inline(always)]
    fn quotient(self) -> impl LimbSource {
        Constant(&SHIFT.1)
    }
}

impl Root {
    /// From four factors w, which may be products that are not normalised. With e = w·2^258 modulo r the quotient
    /// w' = (w·2^258 − e)/r is exact, so it is −e/r modulo 2^258.
    #[inline]
    #[target_feature(enable = "avx2,fma")]
    fn new(factor: &PackedFr) -> Root {
        let factor = normalise(&centred(&normalise(factor)));
        let shifted = normalise(&centred(&normalise(&multiply(&factor, Shift))));
        let mut quotient = normalise(&lower_half(&shifted, &Constant(&INVERSE)));
        let approximation = _mm256_mul_pd(factor[5], _mm256_set1_pd(QUOTIENT_OF_ONE));
        let excess = round(_mm256_sub_pd(quotient[5], approximation));
        quotient[5] = _mm256_sub_pd(quotient[5], excess);
        Root {
            factor: factor.map(|limb| store(limb)),
            quotient: quotient.map(|limb| store(limb)),
        }
    }

    /// From four elements.
    #[target_feature(enable = "avx2,fma")]
    pub(super) fn of(elements: [Fr; 4]) -> Root {
        // Not in Montgomery form, so that a product stays in the form of its other operand.
        let limbs = elements.map(|element| limbs(&ark_ff::PrimeField::into_bigint(element).0));
        Root::new(&from_fn(|index| {
            let [a, b, c, d] = limbs.map(|limbs| limbs[index]);
            _mm256_set_pd(d, c, b, a)
        }))
    }

    /// All four times another factor.
    #[inline]
    #[target_feature(enable = "avx2,fma")]
    pub(super) fn times(&self, factor: Single<'_, Root>) -> Root {
        let [known, _] = self.vectors();
        Root::new(&multiply(&known, factor))
    }

    /// Factors and quotients as vectors.
    #[inline]
    #[target_feature(enable = "avx2,fma")]
    pub(super) fn vectors(&self) -> [PackedFr; 2] {
        [&self.factor, &self.quotient].map(|limbs| from_fn(|index| load(&limbs[index])))
    }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn load(lanes: &[f64; 4]) -> Vector {
    // SAFETY: reads four numbers, as many as a vector has.
    unsafe { _mm256_loadu_pd(lanes.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn store(vector: Vector) -> [f64; 4] {
    let mut lanes = [0.0; 4];
    // SAFETY: writes four numbers.
    unsafe { _mm256_storeu_pd(lanes.as_mut_ptr(), vector) }
    lanes
}

/// For the blocks 4·group + 0, 2, 1 and 3 in this order of lanes: their roots, and the roots of both halves of each.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn of_transposed_blocks(roots: &Roots<Root>, group: usize) -> [[PackedFr; 2]; 3] {
    let blocks = roots.group(group).vectors();
    let [one, other] = [2 * group, 2 * group + 1].map(|group| roots.group(group).vectors());
    [
        blocks.map(|packed| packed.map(|limb| _mm256_permute4x64_pd::<0b11_01_10_00>(limb))),
        from_fn(|k| from_fn(|i| _mm256_unpacklo_pd(one[k][i], other[k][i]))),
        from_fn(|k| from_fn(|i| _mm256_unpackhi_pd(one[k][i], other[k][i]))),
    ]
}
