//! Decoding of points and pairings, by `blst`. A verification spends its time on these. All other group arithmetic uses
//! arkworks, whose points are in this crate's interface. A test compares the results with those of arkworks on random
//! points.

use crate::parallel;
use ark_bls12_381::{Fq, Fq2, G1Affine, G2Affine, g1, g2};
use ark_ec::AffineRepr;
use ark_ec::short_weierstrass::Affine;
use ark_ff::BigInt;
use blst::{blst_fp, blst_fp2, blst_fp12, blst_p1_affine, blst_p2_affine, min_pk};

/// The most pairs whose lines are multiplied into one number, so that they share its squarings.
const SHARED: usize = 8;

/// A group whose points are decoded from untrusted bytes.
pub(super) trait Decode: AffineRepr {
    /// Bytes of a point.
    const BYTES: usize;

    /// Decodes a point of the prime-order group, the identity included, from its compressed bytes. `None` if the bytes
    /// are not a point, are not in canonical form, or are a point outside the group.
    fn decode(bytes: &[u8]) -> Option<Self>;

    /// Decodes a point of the prime-order group, the identity included, from its uncompressed bytes, twice as many. `None` as
    /// for [`decode`](Self::decode).
    #[cfg(feature = "ceremony")]
    fn decode_uncompressed(bytes: &[u8]) -> Option<Self>;
}

impl Decode for Affine<g1::Config> {
    const BYTES: usize = 48;

    fn decode(bytes: &[u8]) -> Option<Self> {
        checked_g1(&min_pk::PublicKey::uncompress(bytes).ok()?)
    }

    #[cfg(feature = "ceremony")]
    fn decode_uncompressed(bytes: &[u8]) -> Option<Self> {
        // The library decodes compressed bytes here too.
        let bytes = Some(bytes).filter(|bytes| bytes.len() == 2 * Self::BYTES)?;
        checked_g1(&min_pk::PublicKey::deserialize(bytes).ok()?)
    }
}

impl Decode for Affine<g2::Config> {
    const BYTES: usize = 96;

    fn decode(bytes: &[u8]) -> Option<Self> {
        checked_g2(&min_pk::Signature::uncompress(bytes).ok()?)
    }

    #[cfg(feature = "ceremony")]
    fn decode_uncompressed(bytes: &[u8]) -> Option<Self> {
        let bytes = Some(bytes).filter(|bytes| bytes.len() == 2 * Self::BYTES)?;
        checked_g2(&min_pk::Signature::deserialize(bytes).ok()?)
    }
}

/// A point on the curve, if it is in the group of prime order.
fn checked_g1(raw: &min_pk::PublicKey) -> Option<G1Affine> {
    let affine: &blst_p1_affine = raw.into();
    if *affine == blst_p1_affine::default() {
        return Some(G1Affine::identity());
    }
    raw.validate().ok()?;
    Some(G1Affine::new_unchecked(
        from_raw(&affine.x),
        from_raw(&affine.y),
    ))
}

/// As [`checked_g1`].
fn checked_g2(raw: &min_pk::Signature) -> Option<G2Affine> {
    let affine: &blst_p2_affine = raw.into();
    if *affine == blst_p2_affine::default() {
        return Some(G2Affine::identity());
    }
    raw.validate(true).ok()?;
    let pair = |number: &blst_fp2| {
        let [c0, c1] = &number.fp;
        Fq2::new(from_raw(c0), from_raw(c1))
    };
    Some(G2Affine::new_unchecked(pair(&affine.x), pair(&affine.y)))
}

/// Both libraries store a number in the same form: Montgomery form with R = 2^384, reduced.
fn from_raw(number: &blst_fp) -> Fq {
    Fq::new_unchecked(BigInt(number.l))
}

fn raw(number: &Fq) -> blst_fp {
    blst_fp { l: number.0.0 }
}

fn raw_g1(point: &G1Affine) -> blst_p1_affine {
    blst_p1_affine {
        x: raw(&point.x),
        y: raw(&point.y),
    }
}

fn raw_g2(point: &G2Affine) -> blst_p2_affine {
    let pair = |number: &Fq2| blst_fp2 {
        fp: [raw(&number.c0), raw(&number.c1)],
    };
    blst_p2_affine {
        x: pair(&point.x),
        y: pair(&point.y),
    }
}

/// Π e(Pᵢ, Qᵢ) before the final exponentiation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Product(blst_fp12);

impl Product {
    /// The product over these pairs, computed on all cores.
    pub(super) fn of(pairs: &[(G1Affine, G2Affine)]) -> Self {
        let share = pairs.len().div_ceil(parallel::threads());
        let parts = pairs.chunks(share.clamp(1, SHARED)).collect();
        let parts = parallel::map(parts, Self::part).into_iter();
        Product(parts.fold(blst_fp12::default(), |one, other| one * other))
    }

    fn part(pairs: &[(G1Affine, G2Affine)]) -> blst_fp12 {
        // The library's loop over several pairs does not accept identities.
        let counts = |(p, q): &&(G1Affine, G2Affine)| !p.is_zero() && !q.is_zero();
        let mut pairs = pairs.iter().filter(counts).peekable();
        if pairs.peek().is_none() {
            return blst_fp12::default();
        }
        // The library's type is made for signatures. Its hashing and its tag are not used here.
        let mut product = blst::Pairing::new(false, &[]);
        for (p, q) in pairs {
            product.raw_aggregate(&raw_g2(q), &raw_g1(p));
        }
        product.as_fp12()
    }

    /// Whether the two products are equal after the final exponentiation. One final exponentiation serves for both.
    pub(super) fn equals(&self, other: &Self) -> bool {
        blst_fp12::finalverify(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_bls12_381::{Bls12_381, Fr, G1Projective, G2Projective};
    use ark_ec::pairing::{Pairing, PairingOutput};
    use ark_ec::{CurveGroup, PrimeGroup};
    use ark_ff::{Field, UniformRand, Zero};
    use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
    use rand::{Rng, RngCore, rngs::OsRng};

    fn written(point: &impl CanonicalSerialize) -> Vec<u8> {
        let mut bytes = vec![];
        point.serialize_compressed(&mut bytes).unwrap();
        bytes
    }

    /// Points inside and outside the group, the identity, numbers that are no x-coordinate, and flags and bytes changed
    /// at random.
    fn decodes_as_arkworks<P: Decode + CanonicalDeserialize>(outside: impl Fn() -> P) {
        let rng = &mut OsRng;
        let generator = P::generator();
        let (mut accepted, mut refused) = (0, 0);
        for round in 0..400 {
            let point = match round % 4 {
                0 => P::zero(),
                1 => outside(),
                _ => (generator * P::ScalarField::rand(rng)).into_affine(),
            };
            let mut bytes = written(&point);
            assert_eq!(bytes.len(), P::BYTES);
            match round % 7 {
                0..=2 => {}
                3 => bytes[0] ^= 1 << rng.gen_range(5..8),
                4 => bytes[rng.gen_range(0..P::BYTES)] ^= 1 << rng.gen_range(0..8),
                5 => bytes.truncate(rng.gen_range(0..P::BYTES)),
                _ => {
                    rng.fill_bytes(&mut bytes);
                    bytes[0] |= 0x80;
                    bytes[0] &= 0xbf;
                }
            }
            let theirs = P::deserialize_compressed(&bytes[..]).ok();
            // Arkworks accepts an identity with any bytes after its flag.
            let theirs = theirs.filter(|point| written(point) == bytes);
            assert_eq!(P::decode(&bytes), theirs, "{}", hex::encode(&bytes));
            #[cfg(feature = "ceremony")]
            decodes_uncompressed_as_arkworks(&point, round);
            match theirs {
                Some(_) => accepted += 1,
                None => refused += 1,
            }
        }
        assert!(accepted > 50 && refused > 50, "{accepted} {refused}");
        assert_eq!(P::decode(&[]), None);
        assert_eq!(P::decode(&vec![0xff; P::BYTES + 1]), None);
    }

    #[cfg(feature = "ceremony")]
    fn decodes_uncompressed_as_arkworks<P: Decode + CanonicalDeserialize>(point: &P, round: usize) {
        let rng = &mut OsRng;
        let mut bytes = vec![];
        point.serialize_uncompressed(&mut bytes).unwrap();
        match round % 7 {
            0..=2 => {}
            3 => bytes[0] ^= 1 << rng.gen_range(5..8),
            4 => bytes[rng.gen_range(0..2 * P::BYTES)] ^= 1 << rng.gen_range(0..8),
            5 => bytes.truncate(rng.gen_range(0..2 * P::BYTES)),
            _ => rng.fill_bytes(&mut bytes),
        }
        let theirs = P::deserialize_uncompressed(&bytes[..]).ok();
        let is_canonical = |point: &P| {
            let mut again = vec![];
            point.serialize_uncompressed(&mut again).unwrap();
            again == bytes
        };
        let theirs = theirs.filter(is_canonical);
        let found = P::decode_uncompressed(&bytes);
        assert_eq!(found, theirs, "{}", hex::encode(&bytes));
        let is_changed = round % 7 > 2;
        assert!(
            found.is_none() || !is_changed,
            "a changed point is accepted"
        );
        assert_eq!(P::decode_uncompressed(&written(point)), None);
    }

    #[test]
    fn points_are_decoded_as_by_arkworks() {
        decodes_as_arkworks::<G1Affine>(|| {
            loop {
                let x = Fq::rand(&mut OsRng);
                if let Some(point) = G1Affine::get_point_from_x_unchecked(x, true) {
                    return point;
                }
            }
        });
        decodes_as_arkworks::<G2Affine>(|| {
            loop {
                let x = Fq2::rand(&mut OsRng);
                if let Some(point) = G2Affine::get_point_from_x_unchecked(x, false) {
                    return point;
                }
            }
        });
    }

    /// Enough pairs to fill several parts, identities among them: Π e(aᵢG, bᵢH) is e(G, H) to the power Σ aᵢbᵢ.
    #[test]
    fn products_are_arkworks_products() {
        let rng = &mut OsRng;
        let (g, h) = (G1Affine::generator(), G2Affine::generator());
        for count in [0, 1, 2, 4, 7, 8, 9, 17, 40] {
            let mut power = Fr::zero();
            let mut pairs = vec![];
            for index in 0..count {
                let number = |is_zero| {
                    if is_zero {
                        Fr::zero()
                    } else {
                        Fr::rand(&mut OsRng)
                    }
                };
                let (a, b) = (number(index % 6 == 3), number(index % 6 == 4));
                power += a * b;
                pairs.push(((g * a).into_affine(), (h * b).into_affine()));
            }
            let (p, q): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
            let theirs = Bls12_381::multi_pairing(p, q);
            assert_eq!(theirs, PairingOutput::generator() * power);
            let ours = Product::of(&pairs);
            let one_pair = |power: Fr| Product::of(&[((g * power).into_affine(), h)]);
            assert!(ours.equals(&one_pair(power)), "{count}");
            assert!(!ours.equals(&one_pair(power + Fr::rand(rng))), "{count}");
        }
    }

    #[test]
    fn pairings_are_bilinear_and_told_apart() {
        let rng = &mut OsRng;
        let (p, q) = (G1Projective::rand(rng), G2Projective::rand(rng));
        let (a, b) = (Fr::rand(rng), Fr::rand(rng));
        let of = |p: G1Projective, q: G2Projective| Product::of(&[(p.into(), q.into())]);
        let expected = Bls12_381::pairing(p, q) * (a * b);
        assert_eq!(Bls12_381::pairing(p * a, q * b), expected);
        assert!(of(p * a, q * b).equals(&of(p * (a * b), q)));
        assert!(!of(p * a, q * b).equals(&of(p * (a * b + Fr::ONE), q)));
        assert!(!of(p, q).equals(&Product::of(&[])));
        let ends = [(p.into(), q.into()), ((-p).into(), q.into())];
        assert!(Product::of(&ends).equals(&Product::of(&[])));
    }
}
