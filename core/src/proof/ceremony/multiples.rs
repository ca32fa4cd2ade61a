//! Multiples of many points, side by side: all of a batch are doubled and added to at once, in affine form, and the divisions
//! share one inversion (Montgomery, "Speeding the Pollard and elliptic curve methods of factorization", 1987, section
//! 10.3.1). A scalar is cut into two of half the length by an endomorphism (Gallant, Lambert, Vanstone, CRYPTO 2001), and
//! these have signed digits. Times depend on the scalars.

use super::error::CeremonyError;
use crate::progress::Progress;
use ark_bls12_381::Fr;
use ark_ec::AffineRepr;
use ark_ec::scalar_mul::glv::GLVConfig;
use ark_ec::short_weierstrass::Affine;
use ark_ff::{AdditiveGroup, BigInteger, Field, PrimeField, Zero, serial_batch_inversion_and_mul};
use rayon::prelude::*;
use zeroize::Zeroizing;

/// Points in a piece. Progress is reported, and cancelling noticed, after each.
const PIECE: usize = 1 << 14;
/// Points that share an inversion: so many that its share is a fraction of an addition, so few that they and their
/// tables stay in the cache.
pub(super) const TOGETHER: usize = 1 << 8;
/// Bits of a digit.
const WIDTH: usize = 4;
/// The largest digit, and the points of a table.
const LARGEST: usize = 1 << (WIDTH - 1);

/// A curve whose points are multiplied here: G1 or G2.
pub(super) trait Curve: GLVConfig<ScalarField = Fr> {}

impl<P: GLVConfig<ScalarField = Fr>> Curve for P {}

/// Each point times its scalar. The identity stays what it is.
///
/// # Errors
/// If the work is cancelled.
pub(super) fn multiples<P: Curve>(
    points: &[Affine<P>],
    scalar: impl Fn(usize) -> Fr + Sync,
    progress: &dyn Progress,
) -> Result<Vec<Affine<P>>, CeremonyError> {
    let mut all = points.to_vec();
    for (piece, points) in all.chunks_mut(PIECE).enumerate() {
        if progress.is_cancelled() {
            return Err(CeremonyError::Cancelled);
        }
        let first = piece * PIECE;
        let batches = points.par_chunks_mut(TOGETHER).enumerate();
        batches.for_each(|(batch, points)| {
            let first = first + batch * TOGETHER;
            let scalars = (first..first + points.len()).map(&scalar);
            let scalars: Zeroizing<Vec<Fr>> = Zeroizing::new(scalars.collect());
            multiply(points, &scalars);
        });
    }
    Ok(all)
}

/// Multiplies points by scalars, as many as there are points, side by side.
pub(super) fn multiply<P: Curve>(points: &mut [Affine<P>], scalars: &[Fr]) {
    let mut digits = Zeroizing::new(Vec::with_capacity(scalars.len()));
    digits.extend(scalars.iter().map(|scalar| digits_of::<P>(*scalar)));
    let tables = tables(points);
    points.fill(Affine::identity());
    let length = digits.iter().flatten().map(Vec::len).max().unwrap_or(0);
    for place in (0..length).rev() {
        for _ in 0..WIDTH {
            let same = Zeroizing::new(points.to_vec());
            add(points, |index| same.get(index).copied().unwrap_or_default());
        }
        for part in [0, 1] {
            add(points, |index| {
                let digits = digits.get(index).and_then(|parts| parts.get(part));
                let digit = digits.and_then(|digits| digits.get(place)).copied();
                let digit = digit.unwrap_or(0);
                let multiple = usize::from(digit.unsigned_abs()).checked_sub(1);
                let table = multiple.and_then(|multiple| tables.get(multiple));
                let point = table.and_then(|table| table.get(index));
                let point = point.copied().unwrap_or_default();
                let point = match digit < 0 {
                    true => -point,
                    false => point,
                };
                match part {
                    0 => point,
                    _ => P::endomorphism_affine(&point),
                }
            });
        }
    }
}

/// The first multiples of points: all points times one, times two, and so on.
fn tables<P: Curve>(points: &[Affine<P>]) -> Vec<Vec<Affine<P>>> {
    let mut tables = vec![points.to_vec()];
    for _ in 1..LARGEST {
        let mut next = tables.last().cloned().unwrap_or_default();
        add(&mut next, |index| {
            points.get(index).copied().unwrap_or_default()
        });
        tables.push(next);
    }
    tables
}

/// The digits of both parts of a scalar, the lowest first: the scalar is the first part plus the second times the
/// endomorphism's eigenvalue.
fn digits_of<P: Curve>(scalar: Fr) -> [Vec<i8>; 2] {
    let (low, high) = P::scalar_decomposition(scalar);
    [low, high].map(|(is_positive, magnitude)| {
        let magnitude = Zeroizing::new(magnitude.into_bigint());
        let mut digits = Vec::with_capacity(Fr::MODULUS_BIT_SIZE as usize / WIDTH + 1);
        let mut carry = 0;
        for place in 0..=magnitude.num_bits() as usize / WIDTH {
            let word = magnitude.0.get(place * WIDTH / 64).copied().unwrap_or(0);
            let bits = (word >> (place * WIDTH % 64)) as usize % (1 << WIDTH) + carry;
            carry = usize::from(bits > LARGEST);
            let digit = bits as i8 - ((carry << WIDTH) as i8);
            digits.push(match is_positive {
                true => digit,
                false => -digit,
            });
        }
        // The last place had a bit less than its width at most, so nothing is carried out of it: it is below the largest digit.
        digits
    })
}

/// Adds to each point another one.
pub(super) fn add<P: Curve>(points: &mut [Affine<P>], other: impl Fn(usize) -> Affine<P>) {
    // They and the slopes reveal digits of secret scalars.
    let others: Vec<Affine<P>> = (0..points.len()).map(other).collect();
    let others = Zeroizing::new(others);
    // The slope of a sum is a fraction. Where it has none, the denominator is zero, and stays so.
    let denominator = |(one, other): (&Affine<P>, &Affine<P>)| match Slope::of(one, other) {
        Slope::Chord => other.x - one.x,
        Slope::Tangent => one.y.double(),
        Slope::None => P::BaseField::zero(),
    };
    let pairs = points.iter().zip(others.iter());
    let mut inverses: Zeroizing<Vec<P::BaseField>> =
        Zeroizing::new(pairs.map(denominator).collect());
    serial_batch_inversion_and_mul(&mut inverses, &P::BaseField::ONE);
    for ((point, other), inverse) in points.iter_mut().zip(others.iter()).zip(inverses.iter()) {
        let numerator = match Slope::of(point, other) {
            Slope::Chord => other.y - point.y,
            Slope::Tangent => {
                let square = point.x.square();
                square.double() + square
            }
            Slope::None => {
                *point = match (point.is_zero(), other.is_zero()) {
                    (true, _) => *other,
                    (_, true) => *point,
                    _ => Affine::identity(),
                };
                continue;
            }
        };
        let slope = numerator * *inverse;
        let x = slope.square() - point.x - other.x;
        let y = slope * (point.x - x) - point.y;
        *point = Affine::new_unchecked(x, y);
    }
}

/// The line through two points.
enum Slope {
    /// They have different abscissae.
    Chord,
    /// They are equal. The group has an odd order, so y is not zero.
    Tangent,
    /// One is the identity, or they are opposite.
    None,
}

impl Slope {
    fn of<P: Curve>(one: &Affine<P>, other: &Affine<P>) -> Slope {
        match one.is_zero() || other.is_zero() {
            true => Slope::None,
            false if one.x != other.x => Slope::Chord,
            false if one.y == other.y => Slope::Tangent,
            false => Slope::None,
        }
    }
}
