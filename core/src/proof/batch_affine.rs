//! Batch-affine addition: adds many pairs of affine points with one inversion. Each addition needs a division; the
//! divisions of many additions share one inversion (Montgomery, "Speeding the Pollard and elliptic curve methods of
//! factorization", Mathematics of Computation 48, 1987, section 10.3.1). This takes six multiplications for each
//! addition, where an addition to a projective sum takes eleven.

use ark_ec::short_weierstrass::{Affine, SWCurveConfig};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{AdditiveGroup, Field, Zero};
use zeroize::Zeroize;

/// Additions that wait for one inversion.
pub(super) struct Additions<P: SWCurveConfig> {
    waiting: Vec<Waiting<P>>,
    /// The product of all differences so far.
    product: P::BaseField,
}

#[derive(Zeroize)]
struct Waiting<P: SWCurveConfig> {
    place: usize,
    addend: Affine<P>,
    /// The difference of the two x-coordinates.
    difference: P::BaseField,
    /// The product of all differences before this one.
    before: P::BaseField,
}

impl<P: SWCurveConfig> Additions<P> {
    /// An empty list with capacity for this many additions.
    pub(super) fn with_capacity(count: usize) -> Self {
        Additions {
            waiting: Vec::with_capacity(count),
            product: P::BaseField::ONE,
        }
    }

    /// Adds a point that is not the identity to the sum at this place. The addition is done now if it needs no division
    /// by a difference.
    pub(super) fn begin(&mut self, place: usize, sum: &mut Affine<P>, addend: Affine<P>) {
        let difference = addend.x - sum.x;
        if sum.is_zero() {
            *sum = addend;
        } else if difference.is_zero() {
            *sum = (*sum + addend).into_affine();
        } else {
            self.waiting.push(Waiting {
                place,
                addend,
                difference,
                before: self.product,
            });
            self.product *= difference;
        }
    }

    /// Does the additions that wait.
    pub(super) fn finish(&mut self, sums: &mut [Affine<P>]) {
        // No difference is zero, so the inverse exists.
        let mut inverse = self.product.inverse().unwrap_or_default();
        for waiting in self.waiting.iter().rev() {
            let slope = inverse * waiting.before;
            inverse *= waiting.difference;
            if let Some(sum) = sums.get_mut(waiting.place) {
                let Affine { x, y, .. } = *sum;
                let slope = slope * (waiting.addend.y - y);
                sum.x = slope.square() - x - waiting.addend.x;
                sum.y = slope * (x - sum.x) - y;
            }
        }
        self.waiting.clear();
        self.product = P::BaseField::ONE;
    }
}

/// If the points are secret multiples, the differences reveal the scalars, digit by digit.
impl<P: SWCurveConfig> Drop for Additions<P> {
    fn drop(&mut self) {
        let blank = || Waiting {
            place: 0,
            addend: Affine::identity(),
            difference: P::BaseField::ZERO,
            before: P::BaseField::ZERO,
        };
        self.waiting.resize_with(self.waiting.capacity(), blank);
        self.waiting.iter_mut().for_each(Waiting::zeroize);
        self.product.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_bls12_381::g1;
    use ark_ff::UniformRand;
    use rand::rngs::OsRng;

    /// Doublings, and sums that are the identity. A setup's scalars do not cause these.
    #[test]
    fn sums_with_no_difference_are_made_too() {
        let point = Affine::<g1::Config>::rand(&mut OsRng);
        let mut sums = [point, point, -point, Affine::identity(), point];
        let addend = (point + point).into_affine();
        let mut additions = Additions::with_capacity(5);
        for (place, addend) in [point, addend, point, point, -addend].iter().enumerate() {
            let mut sum = sums[place];
            additions.begin(place, &mut sum, *addend);
            sums[place] = sum;
        }
        additions.finish(&mut sums);
        let triple = (addend + point).into_affine();
        assert_eq!(sums, [addend, triple, Affine::identity(), point, -point]);
    }
}
