//! Columns of products of limbs, in double-precision numbers: see [`super::multiply`] for the method and its bounds.
#![allow(unsafe_code)]

use std::arch::asm;
use std::arch::x86_64::*;

/// The same limb of four elements.
pub(crate) type Vector = __m256d;
/// Four elements.
pub(crate) type Element = [Vector; 8];
/// The same for four columns.
pub(crate) type Four = [Vector; 4];

/// The body once for each number: places of limbs have to be known when this is compiled.
macro_rules! each {
    ($place:ident in $($number:literal)* => $body:expr) => {
        { $({ const $place: usize = $number; $body; })* }
    };
}

/// `upper` grows by the upper part of a·b, `lower` by the rest.
///
/// In assembly, not for its speed but for its order: a compiler that sees a thousand such additions moves all upper
/// parts to the front and spills them, and it costs more than half of the speed.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn multiply_add(a: Vector, b: Vector, upper: &mut Vector, lower: &mut Vector) {
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
pub(crate) fn multiply_first(a: Vector, b: Vector, zero: Vector) -> (Vector, Vector) {
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

/// [`multiply_add`] in columns K and K + 1.
///
/// The order matters once more: two of a kind that follow each other go to different pipes, and then the CPU does four
/// in a cycle instead of three.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn multiply_add_both<const K: usize>(
    [a, a_too]: [Vector; 2],
    b: Vector,
    (upper, lower): (&mut Four, &mut Four),
) {
    let (grown, grown_too): (Vector, Vector);
    // SAFETY: as above.
    unsafe {
        asm!(
            "vmovapd {grown}, {upper}",
            "vmovapd {grown_too}, {upper_too}",
            "vfmadd231pd {grown}, {a}, {b}",
            "vfmadd231pd {grown_too}, {a_too}, {b}",
            "vsubpd {upper}, {upper}, {grown}",
            "vsubpd {upper_too}, {upper_too}, {grown_too}",
            "vfmadd231pd {upper}, {a}, {b}",
            "vfmadd231pd {upper_too}, {a_too}, {b}",
            "vaddpd {lower}, {lower}, {upper}",
            "vaddpd {lower_too}, {lower_too}, {upper_too}",
            grown = out(ymm_reg) grown,
            grown_too = out(ymm_reg) grown_too,
            upper = inout(ymm_reg) upper[K] => _,
            upper_too = inout(ymm_reg) upper[K + 1] => _,
            lower = inout(ymm_reg) lower[K],
            lower_too = inout(ymm_reg) lower[K + 1],
            a = in(ymm_reg) a,
            a_too = in(ymm_reg) a_too,
            b = in(ymm_reg) b,
            options(nomem, nostack, preserves_flags),
        );
    }
    (upper[K], upper[K + 1]) = (grown, grown_too);
}

/// [`multiply_first`] in columns K and K + 1.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn multiply_first_both<const K: usize>(
    [a, a_too]: [Vector; 2],
    b: Vector,
    zero: Vector,
    (upper, lower): (&mut Four, &mut Four),
) {
    // SAFETY: as above.
    unsafe {
        asm!(
            "vmovapd {upper}, {zero}",
            "vmovapd {upper_too}, {zero}",
            "vfmadd231pd {upper}, {a}, {b}",
            "vfmadd231pd {upper_too}, {a_too}, {b}",
            "vsubpd {lower}, {zero}, {upper}",
            "vsubpd {lower_too}, {zero}, {upper_too}",
            "vfmadd231pd {lower}, {a}, {b}",
            "vfmadd231pd {lower_too}, {a_too}, {b}",
            upper = out(ymm_reg) upper[K],
            upper_too = out(ymm_reg) upper[K + 1],
            lower = out(ymm_reg) lower[K],
            lower_too = out(ymm_reg) lower[K + 1],
            zero = in(ymm_reg) zero,
            a = in(ymm_reg) a,
            a_too = in(ymm_reg) a_too,
            b = in(ymm_reg) b,
            options(nomem, nostack, preserves_flags),
        );
    }
}

/// What a limb's product is to a column.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    None,
    First,
    Further,
}

/// What the limb at a place is to a column of a product: the other limb is at the difference.
#[inline(always)]
const fn part(column: usize, place: usize) -> Part {
    if place > column || column > place + 7 {
        Part::None
    } else if place == 0 || column == place + 7 {
        Part::First
    } else {
        Part::Further
    }
}

/// Whether the limb at a place is anything to columns 4·group to 4·group + 3.
#[inline(always)]
const fn meets(group: usize, place: usize) -> bool {
    place <= 4 * group + 3 && 4 * group <= place + 7
}

/// The same in a column that has begun.
#[inline(always)]
const fn further(column: usize, place: usize) -> Part {
    match part(column, place) {
        Part::First => Part::Further,
        part => part,
    }
}

/// The same in a square, where the limb at a place meets those that are not before it.
#[inline(always)]
const fn half(column: usize, place: usize) -> Part {
    match column < 2 * place {
        true => Part::None,
        false => part(column, place),
    }
}

/// Products with b in columns K and K + 1.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn multiply_pair<const K: usize>(
    parts: [Part; 2],
    a: [Vector; 2],
    b: Vector,
    zero: Vector,
    (upper, lower): (&mut Four, &mut Four),
) {
    match parts {
        [Part::First, Part::First] => multiply_first_both::<K>(a, b, zero, (upper, lower)),
        [Part::Further, Part::Further] => multiply_add_both::<K>(a, b, (upper, lower)),
        parts => {
            each!(I in 0 1 => match parts[I] {
                Part::None => {}
                Part::First => (upper[K + I], lower[K + I]) = multiply_first(a[I], b, zero),
                Part::Further => multiply_add(a[I], b, &mut upper[K + I], &mut lower[K + I]),
            });
        }
    }
}

/// What is multiplied with: four elements, or one known limb for all.
pub(crate) trait Limbs {
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
pub(crate) struct Constant(pub(crate) &'static [f64; 8]);

impl Limbs for Constant {
    #[inline(always)]
    fn limb(&self, place: usize) -> Vector {
        // SAFETY: only called below, where the features are there.
        unsafe { _mm256_broadcast_sd(&self.0[place]) }
    }
}

/// Columns 4·G to 4·G + 3 of a·b: upper and lower parts.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn columns<const G: usize>(a: &Element, b: &impl Limbs, zero: Vector) -> (Four, Four) {
    let (mut upper, mut lower) = ([zero; 4], [_mm256_setzero_pd(); 4]);
    each!(J in 0 1 2 3 4 5 6 7 => if meets(G, J) {
        let b = b.limb(J);
        each!(K in 0 2 => {
            let a = [0, 1].map(|next| a[(4 * G + K + next).wrapping_sub(J) % 8]);
            let parts = const { [part(4 * G + K, J), part(4 * G + K + 1, J)] };
            multiply_pair::<K>(parts, a, b, zero, (&mut upper, &mut lower));
        })
    });
    (upper, lower)
}

/// Columns grow by those of a·b.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn grow<const G: usize>(a: &Element, b: &impl Limbs, (upper, lower): &mut (Four, Four)) {
    each!(J in 0 1 2 3 4 5 6 7 => if meets(G, J) {
        let b = b.limb(J);
        each!(K in 0 2 => {
            let a = [0, 1].map(|next| a[(4 * G + K + next).wrapping_sub(J) % 8]);
            let parts = const { [further(4 * G + K, J), further(4 * G + K + 1, J)] };
            multiply_pair::<K>(parts, a, b, b, (upper, lower));
        })
    });
}

/// Columns 4·G to 4·G + 3 of a², with a doubled at hand.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn squares<const G: usize>(
    a: &Element,
    doubled: &Element,
    zero: Vector,
) -> (Four, Four) {
    let (mut upper, mut lower) = ([zero; 4], [_mm256_setzero_pd(); 4]);
    each!(J in 0 1 2 3 4 5 6 7 => each!(K in 0 2 => {
        let others = [0, 1].map(|next| {
            let other = (4 * G + K + next).wrapping_sub(J) % 8;
            if other == J { a[J] } else { doubled[other] }
        });
        let parts = const { [half(4 * G + K, J), half(4 * G + K + 1, J)] };
        multiply_pair::<K>(parts, others, a[J], zero, (&mut upper, &mut lower));
    }));
    (upper, lower)
}

/// What computes it comes before the assembly that follows, and does not wait for its turn behind it.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn hold(vector: &mut Vector) {
    // SAFETY: does nothing.
    unsafe {
        asm!(
            "/* {0} */",
            inout(ymm_reg) * vector,
            options(nomem, nostack, preserves_flags)
        )
    }
}

pub(crate) use each;
