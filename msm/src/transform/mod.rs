//! Number-theoretic transforms: from a polynomial's values on the domain of the n-th roots of unity to its values on the
//! coset where Xⁿ = −1.
//!
//! Two transforms of n·log(n)/2 multiplications each. The first gives the coefficients in bit-reversed order and the second
//! takes them in that order, so no permutation is needed. They are those of Cooley and Tukey ("An algorithm for the machine
//! calculation of complex Fourier series", Mathematics of Computation 19, 1965): the remainder modulo X^m − c is split into
//! the remainders modulo X^(m/2) ∓ √c; the other direction merges them. Each block of values has one root, and the roots of
//! all levels are prefixes of one list. The recursion is depth-first, so that small blocks stay in the cache.
//!
//! On a CPU with AVX2 and FMA, four values are transformed in the lanes of vectors, in double-precision arithmetic; with
//! AVX-512 and IFMA eight, in 52-bit integer products (`lanes`).
//!
//! ```
//! use provable_msm::{Fr, transform::Transform};
//!
//! let transform = Transform::new(4).ok_or("not a power of two")?;
//! // The constants 2 and 3 have these values on the coset, too.
//! let [a, b] = [2u64, 3].map(|constant| transform.on_coset(&[Fr::from(constant); 4]));
//! assert_eq!(*a.times(&b), vec![Fr::from(6u64); 4]);
//! # Ok::<(), &str>(())
//! ```

mod coset;
#[cfg(target_arch = "x86_64")]
mod lanes;
mod portable;

pub use coset::coset_offset;

use crate::backend::Backend;
#[cfg(target_arch = "x86_64")]
use crate::cpu;
use ark_bls12_381::Fr;
use zeroize::Zeroizing;

/// The precomputed roots for transforms of one size.
pub struct Transform(AnyTransform);

enum AnyTransform {
    #[cfg(target_arch = "x86_64")]
    Avx2(Box<lanes::LaneTransform<cpu::Avx2Fma>>),
    #[cfg(target_arch = "x86_64")]
    Ifma(Box<lanes::LaneTransform<cpu::Ifma>>),
    Portable(portable::PortableTransform),
}

/// A polynomial's values on the coset. They are overwritten when dropped.
pub struct Values(AnyValues);

enum AnyValues {
    #[cfg(target_arch = "x86_64")]
    Avx2(lanes::LaneValues<cpu::Avx2Fma>),
    #[cfg(target_arch = "x86_64")]
    Ifma(lanes::LaneValues<cpu::Ifma>),
    Portable(Zeroizing<Vec<Fr>>),
}

impl Transform {
    /// For domains of `size` points. `None` as for [`coset_offset`].
    pub fn new(size: usize) -> Option<Self> {
        Self::with(Backend::current(), size)
    }

    /// As [`new`](Self::new), with a backend: the same values. If the CPU lacks what it needs, or there are too few points
    /// for its vectors, the next slower one is used.
    pub fn with(backend: Backend, size: usize) -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        if backend >= Backend::Ifma
            && let Some(lanes) = lanes::LaneTransform::new(size, coset_offset(size)?)
        {
            return Some(Transform(AnyTransform::Ifma(Box::new(lanes))));
        }
        #[cfg(target_arch = "x86_64")]
        if backend >= Backend::Avx2
            && let Some(lanes) = lanes::LaneTransform::new(size, coset_offset(size)?)
        {
            return Some(Transform(AnyTransform::Avx2(Box::new(lanes))));
        }
        let _ = backend;
        let portable = portable::PortableTransform::new(size)?;
        Some(Transform(AnyTransform::Portable(portable)))
    }

    /// The values on the coset of the polynomial of degree less than `size` with these values on the domain. Missing values
    /// are zero; values beyond `size` are ignored.
    pub fn on_coset(&self, values: &[Fr]) -> Values {
        Values(match &self.0 {
            #[cfg(target_arch = "x86_64")]
            AnyTransform::Avx2(lanes) => AnyValues::Avx2(lanes.on_coset(values)),
            #[cfg(target_arch = "x86_64")]
            AnyTransform::Ifma(lanes) => AnyValues::Ifma(lanes.on_coset(values)),
            AnyTransform::Portable(portable) => AnyValues::Portable(portable.on_coset(values)),
        })
    }
}

impl Values {
    /// The products with the values of another polynomial, point by point, in the order of the odd powers of ψ. Empty if
    /// the two are not of the same [`Transform`].
    pub fn times(self, other: &Values) -> Zeroizing<Vec<Fr>> {
        match (self.0, &other.0) {
            #[cfg(target_arch = "x86_64")]
            (AnyValues::Avx2(one), AnyValues::Avx2(other)) if one.len() == other.len() => {
                one.times(other)
            }
            #[cfg(target_arch = "x86_64")]
            (AnyValues::Ifma(one), AnyValues::Ifma(other)) if one.len() == other.len() => {
                one.times(other)
            }
            (AnyValues::Portable(one), AnyValues::Portable(other)) if one.len() == other.len() => {
                portable::times(one, other)
            }
            _ => Zeroizing::default(),
        }
    }
}

#[cfg(test)]
mod tests;
