//! Columns of products of limbs, in double-precision numbers: see [`super::multiply`] for the method and its bounds.
#![allow(unsafe_code)]

use std::arch::asm;
use std::arch::x86_64::*;

/// The same limb of four elements.
pub(super) type Vector = __m256d;
/// Four elements.
pub(super) type Element = [Vector; 8];
/// The same for four columns.
pub(super) type Four = [Vector; 4];

/// `upper` grows by the upper part of a·b, `lower` by the rest.
///
/// In assembly, not for its speed but for its order: a compiler that sees a thousand such additions moves all upper
/// parts to the front and spills them, and it costs more than half of the speed.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn multiply_add(a: Vector, b: Vector, upper: &mut Vector, lower: &mut Vector) {
    let grown: Vector;
    // SAFETY: arithmetic on registers, with instructions that this function's features name.
    unsafe {
        asm!(
            "vmovapd {grown}, {upper}",
            "vfmadd231pd {grown}, {a}, {b}",
            "vsubpd {upper}, {upper}, {grown}",
            "vfmadd231pd {upper}, {a}, {b}",
            "vaddpd {lower}, {lower}, {upper}",
            grown = out(ymm_reg) grown,
            upper = inout(ymm_reg) *upper => _,
            lower = inout(ymm_reg) *lower,
            a = in(ymm_reg) a,
            b = in(ymm_reg) b,
            options(nomem, nostack, preserves_flags),
        );
    }
    *upper = grown;
}

/// The upper part of a·b, from `zero` on, and the rest.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn multiply_first(a: Vector, b: Vector, zero: Vector) -> (Vector, Vector) {
    let (upper, lower): (Vector, Vector);
    // SAFETY: as above.
    unsafe {
        asm!(
            "vmovapd {upper}, {zero}",
            "vfmadd231pd {upper}, {a}, {b}",
            "vsubpd {lower}, {zero}, {upper}",
            "vfmadd231pd {lower}, {a}, {b}",
            upper = out(ymm_reg) upper,
            lower = out(ymm_reg) lower,
            zero = in(ymm_reg) zero,
            a = in(ymm_reg) a,
            b = in(ymm_reg) b,
            options(nomem, nostack, preserves_flags),
        );
    }
    (upper, lower)
}

/// The body once for each number: places of limbs have to be known when this is compiled.
macro_rules! each {
    ($place:ident in $($number:literal)* => $body:expr) => {
        { $({ const $place: usize = $number; $body; })* }
    };
}

/// What is multiplied with: four elements, or one known limb for all.
pub(super) trait Limbs {
    /// The limb at a place.
    fn limb(&self, place: usize) -> Vector;
}

impl Limbs for Element {
    #[inline(always)]
    fn limb(&self, place: usize) -> Vector {
        self[place]
    }
}

/// A factor that is the same for all.
pub(super) struct Constant(pub(super) &'static [f64; 8]);

impl Limbs for Constant {
    #[inline(always)]
    fn limb(&self, place: usize) -> Vector {
        // SAFETY: only called below, where the features are there.
        unsafe { _mm256_broadcast_sd(&self.0[place]) }
    }
}

/// Whether a column has a product with the limb at a place: then the other limb is at the difference.
#[inline(always)]
const fn has(column: usize, place: usize) -> bool {
    place <= column && column < place + 8
}

/// Columns 4·G to 4·G + 3 of a·b: upper and lower parts.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn columns<const G: usize>(a: &Element, b: &impl Limbs, zero: Vector) -> (Four, Four) {
    let (mut upper, mut lower) = ([zero; 4], [_mm256_setzero_pd(); 4]);
    each!(J in 0 1 2 3 4 5 6 7 => if has(4 * G + 3, J) || has(4 * G, J) {
        let b = b.limb(J);
        each!(K in 0 1 2 3 => if has(4 * G + K, J) {
            let a = a[(4 * G + K).wrapping_sub(J) % 8];
            if J == 0 || 4 * G + K == J + 7 {
                (upper[K], lower[K]) = multiply_first(a, b, zero);
            } else {
                multiply_add(a, b, &mut upper[K], &mut lower[K]);
            }
        })
    });
    (upper, lower)
}

/// Columns grow by those of a·b.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn grow<const G: usize>(a: &Element, b: &impl Limbs, (upper, lower): &mut (Four, Four)) {
    each!(J in 0 1 2 3 4 5 6 7 => if has(4 * G + 3, J) || has(4 * G, J) {
        let b = b.limb(J);
        each!(K in 0 1 2 3 => if has(4 * G + K, J) {
            let a = a[(4 * G + K).wrapping_sub(J) % 8];
            multiply_add(a, b, &mut upper[K], &mut lower[K]);
        })
    });
}

/// Columns 4·G to 4·G + 3 of a², with a doubled at hand.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn squares<const G: usize>(
    a: &Element,
    doubled: &Element,
    zero: Vector,
) -> (Four, Four) {
    let (mut upper, mut lower) = ([zero; 4], [_mm256_setzero_pd(); 4]);
    each!(J in 0 1 2 3 4 5 6 7 => each!(K in 0 1 2 3 =>
        if has(4 * G + K, J) && has(4 * G + K, 2 * J) {
            let other = (4 * G + K).wrapping_sub(J) % 8;
            let b = if other == J { a[J] } else { doubled[other] };
            if J == 0 || 4 * G + K == J + 7 {
                (upper[K], lower[K]) = multiply_first(a[J], b, zero);
            } else {
                multiply_add(a[J], b, &mut upper[K], &mut lower[K]);
            }
        }
    ));
    (upper, lower)
}

/// What computes it comes before the assembly that follows, and does not wait for its turn behind it.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn hold(vector: &mut Vector) {
    // SAFETY: does nothing.
    unsafe {
        asm!(
            "/* {0} */",
            inout(ymm_reg) * vector,
            options(nomem, nostack, preserves_flags)
        )
    }
}

pub(super) use each;
