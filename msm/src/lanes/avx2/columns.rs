//! Columns of products of limbs in double-precision arithmetic. The method and its bounds are in [`super::multiply`].
#![allow(unsafe_code)]

use crate::unroll::unroll;
use std::arch::asm;
use std::arch::x86_64::*;

/// One limb of four elements.
pub(crate) type Vector = __m256d;
/// Four elements of the base field, one in each lane.
pub(crate) type PackedFp = [Vector; 8];
/// Four neighbouring columns.
pub(crate) type FourColumns = [Vector; 4];

/// Adds the upper part of a·b to `upper`, and the lower part to `lower`.
///
/// Assembly fixes the order of the instructions. A compiler that sees a thousand such additions moves all upper parts to
/// the front and spills them, which costs more than half of the speed.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn multiply_add(a: Vector, b: Vector, upper: &mut Vector, lower: &mut Vector) {
    let sum: Vector;
    // SAFETY: arithmetic on registers, with instructions that this function's features name.
    unsafe {
        asm!(
            "vmovapd {sum}, {upper}",
            "vfmadd231pd {sum}, {a}, {b}",
            "vsubpd {upper}, {upper}, {sum}",
            "vfmadd231pd {upper}, {a}, {b}",
            "vaddpd {lower}, {lower}, {upper}",
            sum = out(ymm_reg) sum,
            upper = inout(ymm_reg) *upper => _,
            lower = inout(ymm_reg) *lower,
            a = in(ymm_reg) a,
            b = in(ymm_reg) b,
            options(nomem, nostack, preserves_flags),
        );
    }
    *upper = sum;
}

/// `bias` plus the upper part of a·b, and the lower part.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn multiply_first(a: Vector, b: Vector, bias: Vector) -> (Vector, Vector) {
    let (upper, lower): (Vector, Vector);
    // SAFETY: as above.
    unsafe {
        asm!(
            "vmovapd {upper}, {bias}",
            "vfmadd231pd {upper}, {a}, {b}",
            "vsubpd {lower}, {bias}, {upper}",
            "vfmadd231pd {lower}, {a}, {b}",
            upper = out(ymm_reg) upper,
            lower = out(ymm_reg) lower,
            bias = in(ymm_reg) bias,
            a = in(ymm_reg) a,
            b = in(ymm_reg) b,
            options(nomem, nostack, preserves_flags),
        );
    }
    (upper, lower)
}

/// [`multiply_add`] in columns K and K + 1.
///
/// The order matters here, too: two equal instructions in a row are issued to different pipes, and so the CPU completes
/// four in a cycle instead of three.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn multiply_add_both<const K: usize>(
    [a, next_a]: [Vector; 2],
    b: Vector,
    (upper, lower): (&mut FourColumns, &mut FourColumns),
) {
    let (sum, next_sum): (Vector, Vector);
    // SAFETY: as above.
    unsafe {
        asm!(
            "vmovapd {sum}, {upper}",
            "vmovapd {next_sum}, {next_upper}",
            "vfmadd231pd {sum}, {a}, {b}",
            "vfmadd231pd {next_sum}, {next_a}, {b}",
            "vsubpd {upper}, {upper}, {sum}",
            "vsubpd {next_upper}, {next_upper}, {next_sum}",
            "vfmadd231pd {upper}, {a}, {b}",
            "vfmadd231pd {next_upper}, {next_a}, {b}",
            "vaddpd {lower}, {lower}, {upper}",
            "vaddpd {next_lower}, {next_lower}, {next_upper}",
            sum = out(ymm_reg) sum,
            next_sum = out(ymm_reg) next_sum,
            upper = inout(ymm_reg) upper[K] => _,
            next_upper = inout(ymm_reg) upper[K + 1] => _,
            lower = inout(ymm_reg) lower[K],
            next_lower = inout(ymm_reg) lower[K + 1],
            a = in(ymm_reg) a,
            next_a = in(ymm_reg) next_a,
            b = in(ymm_reg) b,
            options(nomem, nostack, preserves_flags),
        );
    }
    (upper[K], upper[K + 1]) = (sum, next_sum);
}

/// [`multiply_first`] in columns K and K + 1.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn multiply_first_both<const K: usize>(
    [a, next_a]: [Vector; 2],
    b: Vector,
    bias: Vector,
    (upper, lower): (&mut FourColumns, &mut FourColumns),
) {
    // SAFETY: as above.
    unsafe {
        asm!(
            "vmovapd {upper}, {bias}",
            "vmovapd {next_upper}, {bias}",
            "vfmadd231pd {upper}, {a}, {b}",
            "vfmadd231pd {next_upper}, {next_a}, {b}",
            "vsubpd {lower}, {bias}, {upper}",
            "vsubpd {next_lower}, {bias}, {next_upper}",
            "vfmadd231pd {lower}, {a}, {b}",
            "vfmadd231pd {next_lower}, {next_a}, {b}",
            upper = out(ymm_reg) upper[K],
            next_upper = out(ymm_reg) upper[K + 1],
            lower = out(ymm_reg) lower[K],
            next_lower = out(ymm_reg) lower[K + 1],
            bias = in(ymm_reg) bias,
            a = in(ymm_reg) a,
            next_a = in(ymm_reg) next_a,
            b = in(ymm_reg) b,
            options(nomem, nostack, preserves_flags),
        );
    }
}

/// What is done to a column with a product of two limbs.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// The product belongs to another column.
    Skip,
    /// The product starts the column.
    Start,
    /// The product is added to the column.
    Add,
}

/// The step of a column of a·b for limb `index` of b; the limb of a is `column` − `index`.
#[inline(always)]
const fn step(column: usize, index: usize) -> Step {
    if index > column || column > index + 7 {
        Step::Skip
    } else if index == 0 || column == index + 7 {
        Step::Start
    } else {
        Step::Add
    }
}

/// Whether limb `index` has a product in columns 4·group to 4·group + 3.
#[inline(always)]
const fn contributes(group: usize, index: usize) -> bool {
    index <= 4 * group + 3 && 4 * group <= index + 7
}

/// [`step`] for a column that has a product already.
#[inline(always)]
const fn adding_step(column: usize, index: usize) -> Step {
    match step(column, index) {
        Step::Start => Step::Add,
        step => step,
    }
}

/// [`step`] for a square, where limb `index` is multiplied with itself and higher limbs only.
#[inline(always)]
const fn square_step(column: usize, index: usize) -> Step {
    match column < 2 * index {
        true => Step::Skip,
        false => step(column, index),
    }
}

/// Products with b in columns K and K + 1.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn multiply_pair<const K: usize>(
    steps: [Step; 2],
    a: [Vector; 2],
    b: Vector,
    bias: Vector,
    (upper, lower): (&mut FourColumns, &mut FourColumns),
) {
    match steps {
        [Step::Start, Step::Start] => multiply_first_both::<K>(a, b, bias, (upper, lower)),
        [Step::Add, Step::Add] => multiply_add_both::<K>(a, b, (upper, lower)),
        steps => {
            unroll!(I in 0 1 => match steps[I] {
                Step::Skip => {}
                Step::Start => (upper[K + I], lower[K + I]) = multiply_first(a[I], b, bias),
                Step::Add => multiply_add(a[I], b, &mut upper[K + I], &mut lower[K + I]),
            });
        }
    }
}

/// A factor: four elements, or one constant for all lanes.
pub(crate) trait LimbSource {
    /// One limb, in each lane.
    fn limb(&self, index: usize) -> Vector;
}

impl LimbSource for PackedFp {
    #[inline(always)]
    fn limb(&self, index: usize) -> Vector {
        self[index]
    }
}

/// A constant factor, the same in all lanes.
pub(crate) struct Constant<const LIMBS: usize>(pub(crate) &'static [f64; LIMBS]);

impl<const LIMBS: usize> LimbSource for Constant<LIMBS> {
    #[inline(always)]
    fn limb(&self, index: usize) -> Vector {
        // SAFETY: called only by functions that have the target feature.
        unsafe { _mm256_broadcast_sd(&self.0[index]) }
    }
}

/// Columns 4·G to 4·G + 3 of a·b: upper and lower parts.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn columns<const G: usize>(
    a: &PackedFp,
    b: &impl LimbSource,
    bias: Vector,
) -> (FourColumns, FourColumns) {
    let (mut upper, mut lower) = ([bias; 4], [_mm256_setzero_pd(); 4]);
    unroll!(J in 0 1 2 3 4 5 6 7 => if contributes(G, J) {
        let b = b.limb(J);
        unroll!(K in 0 2 => {
            let a = [0, 1].map(|next| a[(4 * G + K + next).wrapping_sub(J) % 8]);
            let steps = const { [step(4 * G + K, J), step(4 * G + K + 1, J)] };
            multiply_pair::<K>(steps, a, b, bias, (&mut upper, &mut lower));
        })
    });
    (upper, lower)
}

/// Adds columns 4·G to 4·G + 3 of a·b.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn add_columns<const G: usize>(
    a: &PackedFp,
    b: &impl LimbSource,
    (upper, lower): &mut (FourColumns, FourColumns),
) {
    unroll!(J in 0 1 2 3 4 5 6 7 => if contributes(G, J) {
        let b = b.limb(J);
        unroll!(K in 0 2 => {
            let a = [0, 1].map(|next| a[(4 * G + K + next).wrapping_sub(J) % 8]);
            let steps = const { [adding_step(4 * G + K, J), adding_step(4 * G + K + 1, J)] };
            multiply_pair::<K>(steps, a, b, b, (upper, lower));
        })
    });
}

/// Columns 4·G to 4·G + 3 of a², upper and lower parts; `doubled` is 2·a.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn square_columns<const G: usize>(
    a: &PackedFp,
    doubled: &PackedFp,
    bias: Vector,
) -> (FourColumns, FourColumns) {
    let (mut upper, mut lower) = ([bias; 4], [_mm256_setzero_pd(); 4]);
    unroll!(J in 0 1 2 3 4 5 6 7 => unroll!(K in 0 2 => {
        let others = [0, 1].map(|next| {
            let other = (4 * G + K + next).wrapping_sub(J) % 8;
            if other == J { a[J] } else { doubled[other] }
        });
        let steps = const { [square_step(4 * G + K, J), square_step(4 * G + K + 1, J)] };
        multiply_pair::<K>(steps, others, a[J], bias, (&mut upper, &mut lower));
    }));
    (upper, lower)
}

/// Keeps the compiler from moving the computation of a vector behind the assembly that follows.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn compute_now(vector: &mut Vector) {
    // SAFETY: an empty statement on a register.
    unsafe {
        asm!(
            "/* {0} */",
            inout(ymm_reg) * vector,
            options(nomem, nostack, preserves_flags)
        )
    }
}

/// Gives the caller a stack frame that is aligned to vectors. Without it the compiler, which learns only at register
/// allocation that it will spill vectors, lets the spilled ones cross cache lines.
#[inline(always)]
pub(crate) fn align_frame<const LIMBS: usize>(element: &mut [Vector; LIMBS]) {
    std::hint::black_box(element);
}
