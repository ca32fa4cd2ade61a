//! The points of a key in the form that they have in its file: coordinates as the library's internal numbers. So
//! nothing has to be decoded when a key is opened.
//!
//! The numbers come from a file, so they may have any value. Arithmetic on points that are not on the curve gives wrong
//! points and nothing worse, and the prover verifies its proofs. The same holds for a sum over records whose numbers
//! are not below the modulus. For arithmetic on such numbers the library promises nothing, so a record that contains
//! one is converted to the identity.

use ark_bls12_381::{Fq, Fq2, Fr, G1Affine, G2Affine, g1, g2};
use ark_ec::short_weierstrass::Projective;
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{BigInt, PrimeField};
use provable_mapped::{Array, Plain};
use provable_msm::Scalar;
use rayon::prelude::*;

/// Words of a coordinate.
const WORDS: usize = 6;

/// A group whose points are kept as records of numbers.
pub(crate) trait Curve: CurveGroup<ScalarField = Fr> {
    /// A point: x and y in Montgomery form, least significant words first. All words are zero for the identity.
    type Record: Plain + Copy + PartialEq;
    /// The identity's record.
    const IDENTITY: Self::Record;

    /// A point's record.
    fn record(point: &Self::Affine) -> Self::Record;

    /// The point of a record: the identity if a number is not below the modulus. The point is not checked to be on the
    /// curve.
    fn point(record: &Self::Record) -> Self::Affine;

    /// Σ scalarᵢ·baseᵢ over all terms.
    fn weighted_sum(terms: &[Terms<Self>]) -> Self;
}

/// Records with their scalars. If one list is longer, its excess does not count.
pub(crate) type Terms<'a, G> = (&'a [<G as Curve>::Record], &'a [Scalar]);

/// A number from its words in Montgomery form; none if it is not below the modulus.
fn number(words: &[u64]) -> Option<Fq> {
    let number = BigInt(words.try_into().ok()?);
    (number < Fq::MODULUS).then(|| Fq::new_unchecked(number))
}

impl Curve for Projective<g1::Config> {
    type Record = [u64; 2 * WORDS];
    const IDENTITY: Self::Record = [0; 2 * WORDS];

    fn record(point: &G1Affine) -> Self::Record {
        let mut record = Self::IDENTITY;
        if let Some((x, y)) = point.xy() {
            for (words, number) in record.chunks_exact_mut(WORDS).zip([x, y]) {
                words.copy_from_slice(&number.0.0);
            }
        }
        record
    }

    fn point(record: &Self::Record) -> G1Affine {
        if *record == Self::IDENTITY {
            return G1Affine::identity();
        }
        let (x, y) = record.split_at(WORDS);
        match (number(x), number(y)) {
            (Some(x), Some(y)) => G1Affine::new_unchecked(x, y),
            _ => G1Affine::identity(),
        }
    }

    fn weighted_sum(terms: &[Terms<Self>]) -> Self {
        provable_msm::g1(terms)
    }
}

impl Curve for Projective<g2::Config> {
    type Record = [u64; 4 * WORDS];
    const IDENTITY: Self::Record = [0; 4 * WORDS];

    fn record(point: &G2Affine) -> Self::Record {
        let mut record = Self::IDENTITY;
        if let Some((x, y)) = point.xy() {
            for (words, number) in record.chunks_exact_mut(WORDS).zip([x.c0, x.c1, y.c0, y.c1]) {
                words.copy_from_slice(&number.0.0);
            }
        }
        record
    }

    fn point(record: &Self::Record) -> G2Affine {
        if *record == Self::IDENTITY {
            return G2Affine::identity();
        }
        let (x, y) = record.split_at(2 * WORDS);
        let pair = |words: &[u64]| {
            let (c0, c1) = words.split_at(WORDS);
            Some(Fq2::new(number(c0)?, number(c1)?))
        };
        match (pair(x), pair(y)) {
            (Some(x), Some(y)) => G2Affine::new_unchecked(x, y),
            _ => G2Affine::identity(),
        }
    }

    fn weighted_sum(terms: &[Terms<Self>]) -> Self {
        provable_msm::g2(terms)
    }
}

/// Points of a key, in memory or in its mapped file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Points<G: Curve>(Array<G::Record>);

impl<G: Curve> Points<G> {
    /// The number of points.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The records. They come from a file and are not checked: see the module.
    pub(crate) fn raw(&self) -> &[G::Record] {
        &self.0
    }

    /// Converts every record to a point.
    pub(crate) fn all(&self) -> Vec<G::Affine> {
        self.raw().par_iter().map(G::point).collect()
    }

    /// The bytes of the records.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl<G: Curve> From<Array<G::Record>> for Points<G> {
    fn from(records: Array<G::Record>) -> Self {
        Points(records)
    }
}

impl<G: Curve> From<&[G::Affine]> for Points<G> {
    fn from(points: &[G::Affine]) -> Self {
        points.iter().map(G::record).collect()
    }
}

impl<G: Curve> FromIterator<G::Record> for Points<G> {
    fn from_iter<I: IntoIterator<Item = G::Record>>(records: I) -> Self {
        Points(Array::from_iter(records))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_bls12_381::{G1Projective, G2Projective};
    use ark_ff::UniformRand;

    fn comes_back<G: Curve>() {
        let mut points: Vec<G::Affine> = (0..20)
            .map(|_| G::rand(&mut rand::rngs::OsRng).into_affine())
            .collect();
        points[7] = G::Affine::zero();
        let kept = Points::<G>::from(&points[..]);
        assert_eq!(kept.len(), 20);
        assert_eq!(kept.all(), points);
        assert!(kept.raw()[7] == G::IDENTITY && kept.raw()[8] != G::IDENTITY);
    }

    #[test]
    fn points_come_back_as_they_were() {
        comes_back::<G1Projective>();
        comes_back::<G2Projective>();
    }

    /// The library's arithmetic receives only numbers below the modulus.
    #[test]
    fn numbers_that_are_too_large_make_the_identity() {
        let modulus = Fq::MODULUS.0;
        let mut less = modulus;
        less[0] -= 1;
        let sound = G1Projective::record(&G1Affine::rand(&mut rand::rngs::OsRng));
        for (words, is_number) in [(modulus, false), ([u64::MAX; WORDS], false), (less, true)] {
            for at in [0, WORDS] {
                let mut record = sound;
                record[at..at + WORDS].copy_from_slice(&words);
                let point = G1Projective::point(&record);
                assert_eq!(point.is_zero(), !is_number);
                assert_eq!(G1Projective::record(&point) == record, is_number);
            }
            for at in 0..4 {
                let mut record = G2Projective::record(&G2Affine::rand(&mut rand::rngs::OsRng));
                record[at * WORDS..(at + 1) * WORDS].copy_from_slice(&words);
                assert_eq!(G2Projective::point(&record).is_zero(), !is_number);
            }
        }
    }
}
