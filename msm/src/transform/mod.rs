//! From a polynomial's values on a domain of n roots of unity to its values on the coset where Xⁿ = −1.
//!
//! Two transforms of n·log(n)/2 multiplications. The first leaves the coefficients in bit-reversed order and the second
//! takes them so, and no step puts anything in order: Cooley and Tukey ("An algorithm for the machine calculation of
//! complex Fourier series", Mathematics of Computation 19, 1965) with a remainder modulo X^m − c split into those modulo
//! X^(m/2) ∓ √c, and the same network run backwards. Each block of values has one root, and the roots of all levels are
//! prefixes of one list; parts are worked on one after the other, so that small ones stay in the cache.
//!
//! Where the CPU has AVX2 and fused multiplication, four values go side by side in double precision (`lanes`).

#[cfg(target_arch = "x86_64")]
mod lanes;
mod portable;

use ark_bls12_381::Fr;
use ark_ff::FftField;
use zeroize::Zeroizing;

/// What the transforms of one size share.
pub struct Transform(Way);

enum Way {
    #[cfg(target_arch = "x86_64")]
    Lanes(Box<lanes::Transform>),
    Portable(portable::Transform),
}

/// A polynomial's values on the coset. They are overwritten when dropped.
pub struct Values(Form);

enum Form {
    #[cfg(target_arch = "x86_64")]
    Lanes(lanes::Values),
    Portable(Zeroizing<Vec<Fr>>),
}

/// ψ: the coset is ψ times the domain of this size, a power of two, and ψⁿ = −1. `None` for sizes of which the field has
/// no two roots of unity, and for those that are no power of two.
pub fn coset_offset(size: usize) -> Option<Fr> {
    // The field has roots of orders 3·2^k, too.
    let twice = size
        .checked_mul(2)
        .filter(|twice| twice.is_power_of_two())?;
    Fr::get_root_of_unity(twice as u64)
}

impl Transform {
    /// For domains of this size, a power of two. `None` as for [`coset_offset`].
    pub fn new(size: usize) -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        if let Some(lanes) = lanes::Transform::new(size, coset_offset(size)?) {
            return Some(Transform(Way::Lanes(Box::new(lanes))));
        }
        Self::portable(size)
    }

    /// [`new`](Self::new), but for any CPU: the same values, later.
    pub fn portable(size: usize) -> Option<Self> {
        portable::Transform::new(size).map(|portable| Transform(Way::Portable(portable)))
    }

    /// From values on the domain, of which those that are not there are zero and those beyond do not count.
    pub fn on_coset(&self, values: &[Fr]) -> Values {
        Values(match &self.0 {
            #[cfg(target_arch = "x86_64")]
            Way::Lanes(lanes) => Form::Lanes(lanes.on_coset(values)),
            Way::Portable(portable) => Form::Portable(portable.on_coset(values)),
        })
    }
}

impl Values {
    /// The products with another polynomial's values, point by point, in the order of ψ's odd powers. Both are of one
    /// transform; there are none otherwise.
    pub fn times(self, other: &Values) -> Zeroizing<Vec<Fr>> {
        match (self.0, &other.0) {
            #[cfg(target_arch = "x86_64")]
            (Form::Lanes(one), Form::Lanes(other)) if one.len() == other.len() => one.times(other),
            (Form::Portable(one), Form::Portable(other)) if one.len() == other.len() => {
                portable::times(one, other)
            }
            _ => Zeroizing::default(),
        }
    }
}

#[cfg(test)]
mod tests;
