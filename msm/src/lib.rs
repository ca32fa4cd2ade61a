//! Multi-scalar multiplication Σ sᵢ·Pᵢ over BLS12-381, and FFTs over its scalar field.
//!
//! ```
//! use provable_msm::{G1Base, Scalar, g1};
//! use ark_bls12_381::{Fr, G1Affine, G1Projective};
//! use ark_ec::AffineRepr;
//!
//! /// The words of a point: x, then y, in Montgomery form.
//! fn words(point: &G1Affine) -> G1Base {
//!     let coordinates = [point.x.0.0, point.y.0.0];
//!     std::array::from_fn(|word| coordinates[word / 6][word % 6])
//! }
//!
//! let generator = G1Affine::generator();
//! let bases = [words(&generator), words(&-generator)];
//! let scalars = [Scalar::from(7u64), Scalar::from(5u64)];
//! assert_eq!(g1(&[(&bases, &scalars)]), generator * Fr::from(2));
//! ```
//!
//! # Method
//! Pippenger's bucket method ("On the evaluation of powers and monomials", SIAM Journal on Computing 9, 1980): scalars are
//! cut into windows of c bits, the points of a window are added into buckets by digit, and the buckets are reduced to
//! Σ digit·sum (`pippenger`, `window`). It is fast for these reasons:
//!
//! - Digits are signed (Booth), which halves the number of buckets (`digits`). A scalar above half the group's order is
//!   replaced by its negative and the point is negated, so that small numbers of either sign have few digits. A long
//!   scalar is decomposed into two of half the length, by the GLV endomorphism (`decomposition`). One with few nonzero bits
//!   is cut into halves instead, each with windows of its own.
//! - Points stay affine. An affine addition has a division, and the divisions of many independent additions share one
//!   inversion (Montgomery's trick, `batch_affine`). That makes six multiplications an addition, where a mixed addition to
//!   a projective point takes ten or more. The points of a bucket are added in rounds of pairs, block by block, so that a
//!   block stays in the cache (`bucket_sums`); so are the buckets' sums in the reduction (`window`).
//! - Additions are done in the lanes of vectors (`lanes`): eight on a CPU with AVX-512 IFMA, by 52-bit integer products,
//!   and four on one with AVX2 and FMA, in double-precision arithmetic. Other CPUs use `blst`'s assembly (`portable`). All
//!   take field elements in arkworks' form. [`Backend`] names them.
//! - Terms are sorted by the length of their scalars. A window reads only the terms that reach it, and their bases are
//!   contiguous. They are in huge pages (`huge_pages`), and the bases of the next additions are prefetched (`prefetch`).
//!
//! The transforms of polynomials are in [`transform`]. [`sample`] has bases and scalars for measurements.
//!
//! # Secrets
//! Times and memory accesses depend on the scalars: nothing here is constant-time. The heap memory that holds scalars in
//! another form is overwritten when dropped: decompositions, digits, sorted windows, and the values of a transform. Not
//! overwritten are the numbers of points in each bucket of a share, the points themselves (sums of secret multiples of
//! bases), registers and the stack. The caller's scalars are left as they are.

mod backend;
mod batch_affine;
mod bucket_sums;
#[cfg(target_arch = "x86_64")]
mod cpu;
mod decomposition;
mod digits;
#[cfg(any(test, fuzzing))]
mod drawn;
mod fp;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod huge_pages;
mod input;
#[cfg(target_arch = "x86_64")]
mod lanes;
mod pippenger;
mod portable;
mod prefetch;
mod processor;
pub mod sample;
mod signed_index;
#[cfg(target_arch = "x86_64")]
mod simd52;
mod term;
pub mod transform;
#[cfg(target_arch = "x86_64")]
mod unroll;
mod window;
mod window_shape;

pub use ark_bls12_381::{Fr, G1Projective, G2Projective};
pub use backend::Backend;
pub use input::{G1Base, G2Base, Scalar, Terms};
use portable::PortableAdder;
pub use processor::processor;

/// Σ scalarᵢ·baseᵢ in G1 of all terms.
pub fn g1(terms: &[Terms<12>]) -> G1Projective {
    g1_with(Backend::current(), terms)
}

/// As [`g1()`], with a backend; if the CPU lacks what it needs, with the next slower one.
pub fn g1_with(backend: Backend, terms: &[Terms<12>]) -> G1Projective {
    #[cfg(target_arch = "x86_64")]
    if backend >= Backend::Ifma
        && let Some(cpu) = cpu::Ifma::detect()
    {
        return pippenger::sum(terms, || lanes::LaneAdder::<_, fp::Fp, 1, 8>::new(cpu));
    }
    #[cfg(target_arch = "x86_64")]
    if backend >= Backend::Avx2
        && let Some(cpu) = cpu::Avx2Fma::detect()
    {
        return pippenger::sum(terms, || lanes::LaneAdder::<_, fp::Fp, 1, 4>::new(cpu));
    }
    let _ = backend;
    pippenger::sum(terms, PortableAdder::<fp::Fp>::new)
}

/// Σ scalarᵢ·baseᵢ in G2 of all terms.
pub fn g2(terms: &[Terms<24>]) -> G2Projective {
    g2_with(Backend::current(), terms)
}

/// As [`g2()`], with a backend; if the CPU lacks what it needs, with the next slower one.
pub fn g2_with(backend: Backend, terms: &[Terms<24>]) -> G2Projective {
    #[cfg(target_arch = "x86_64")]
    if backend >= Backend::Ifma
        && let Some(cpu) = cpu::Ifma::detect()
    {
        return pippenger::sum(terms, || lanes::LaneAdder::<_, fp::Fp2, 2, 8>::new(cpu));
    }
    #[cfg(target_arch = "x86_64")]
    if backend >= Backend::Avx2
        && let Some(cpu) = cpu::Avx2Fma::detect()
    {
        return pippenger::sum(terms, || lanes::LaneAdder::<_, fp::Fp2, 2, 4>::new(cpu));
    }
    let _ = backend;
    pippenger::sum(terms, PortableAdder::<fp::Fp2>::new)
}

#[cfg(test)]
mod tests;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
