//! Bytes of points, and which of them are points of the groups of prime order.

use crate::folder::lines;
use ark_bls12_381::{Fq, Fq2, Fr, G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{BigInteger, Field, One, PrimeField, Zero};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use serde_json::{Value, json};

/// The group that bytes are decoded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    G1,
    G2,
}

/// Bytes, and why they are refused; none if they are a point other than the identity.
pub struct Encoded {
    pub name: String,
    pub group: Group,
    pub bytes: Vec<u8>,
    pub reason: Option<&'static str>,
    /// The coordinates, most significant number first as in the bytes.
    pub coordinates: Vec<Fq>,
}

/// The compressed form of a point.
pub fn compressed(point: &impl CanonicalSerialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    point.serialize_compressed(&mut bytes).unwrap();
    bytes
}

/// The compressed form of the negative of a point.
pub fn negated<P: AffineRepr + CanonicalSerialize + CanonicalDeserialize>(bytes: &[u8]) -> Vec<u8> {
    let point = P::deserialize_compressed(bytes).unwrap();
    let point: P = (-point.into_group()).into();
    compressed(&point)
}

/// Every vector.
pub fn all() -> Vec<Encoded> {
    let mut all = Vec::new();
    let one = Fr::one();
    for (name, scalar) in [
        ("generator", one),
        ("generator-negated", -one),
        ("two", one + one),
        ("hash", Fr::from(0x5eed_u64).square().square()),
    ] {
        let point = (G1Affine::generator() * scalar).into_affine();
        let coordinates = vec![point.x, point.y];
        all.push(Encoded {
            name: name.into(),
            group: Group::G1,
            bytes: compressed(&point),
            reason: None,
            coordinates,
        });
        let point = (G2Affine::generator() * scalar).into_affine();
        let coordinates = vec![point.x.c1, point.x.c0, point.y.c1, point.y.c0];
        all.push(Encoded {
            name: name.into(),
            group: Group::G2,
            bytes: compressed(&point),
            reason: None,
            coordinates,
        });
    }
    for (group, length) in [(Group::G1, 48), (Group::G2, 96)] {
        let generator = match group {
            Group::G1 => compressed(&G1Affine::generator()),
            Group::G2 => compressed(&G2Affine::generator()),
        };
        let mut refused = |name: &str, bytes: Vec<u8>, reason: &'static str| {
            all.push(Encoded {
                name: name.into(),
                group,
                bytes,
                reason: Some(reason),
                coordinates: Vec::new(),
            });
        };
        let flagged = |flag: u8, rest: Vec<u8>| {
            let mut bytes = rest;
            bytes[0] |= flag;
            bytes
        };
        refused("infinity", flagged(0xc0, vec![0; length]), "infinity");
        refused("infinity-with-sign", flagged(0xe0, vec![0; length]), "form");
        refused(
            "infinity-with-last-bit",
            flagged(0xc0, {
                let mut rest = vec![0; length];
                rest[length - 1] = 1;
                rest
            }),
            "form",
        );
        refused(
            "infinity-with-first-bits",
            flagged(0xc0, {
                let mut rest = vec![0; length];
                rest[0] = 1;
                rest
            }),
            "form",
        );
        refused(
            "infinity-and-number",
            flagged(0x40, generator.clone()),
            "form",
        );
        refused("zero", vec![0; length], "flag-uncompressed");
        refused(
            "no-flag",
            {
                let mut bytes = generator.clone();
                bytes[0] &= 0x1f;
                bytes
            },
            "flag-uncompressed",
        );
        refused("short", generator[..length - 1].to_vec(), "length");
        refused("long", [&generator[..], &[0]].concat(), "length");
        // Numbers of 381 bits that are not below the modulus.
        let modulus = Fq::MODULUS.to_bytes_be();
        let rest = vec![0; length - 48];
        refused(
            "modulus",
            flagged(0x80, [&modulus[..], &rest[..]].concat()),
            "range",
        );
        let mut most = [0xff; 48];
        most[0] = 0x1f;
        refused(
            "all-bits",
            flagged(0x80, [&most[..], &rest[..]].concat()),
            "range",
        );
        if group == Group::G2 {
            refused(
                "modulus-in-second-number",
                flagged(0x80, [&[0; 48][..], &modulus[..]].concat()),
                "range",
            );
        }
        refused("point-with-modulus-added", with_modulus(group), "range");
        refused("not-on-curve", no_point(group), "curve");
        for (place, bytes) in outside(group).into_iter().enumerate() {
            refused(&format!("outside-{place}"), bytes, "subgroup");
        }
    }
    all
}

/// A point of the group whose last number is written with the modulus added.
fn with_modulus(group: Group) -> Vec<u8> {
    let more = |number: Fq| {
        let mut sum = number.into_bigint();
        sum.add_with_carry(&Fq::MODULUS);
        sum
    };
    let mut scalar = Fr::one();
    loop {
        let (mut bytes, sum) = match group {
            Group::G1 => {
                let point = (G1Affine::generator() * scalar).into_affine();
                (compressed(&point), more(point.x))
            }
            Group::G2 => {
                let point = (G2Affine::generator() * scalar).into_affine();
                (compressed(&point), more(point.x.c0))
            }
        };
        // In G1 the sum has to leave the bits of the flags free.
        if group == Group::G2 || sum.num_bits() <= 381 {
            let flags = bytes[0] & 0xe0;
            let last = bytes.len() - 48;
            bytes[last..].copy_from_slice(&sum.to_bytes_be());
            bytes[0] |= flags;
            return bytes;
        }
        scalar += Fr::one();
    }
}

/// Bytes with an x that is that of no point.
fn no_point(group: Group) -> Vec<u8> {
    let mut x = Fq::from(1u64);
    loop {
        let wide = Fq2::new(x, Fq::one());
        let is_none = match group {
            Group::G1 => G1Affine::get_point_from_x_unchecked(x, false).is_none(),
            Group::G2 => G2Affine::get_point_from_x_unchecked(wide, false).is_none(),
        };
        if is_none {
            let mut bytes = match group {
                Group::G1 => x.into_bigint().to_bytes_be(),
                Group::G2 => [wide.c1, wide.c0]
                    .map(|one| one.into_bigint().to_bytes_be())
                    .concat(),
            };
            bytes[0] |= 0x80;
            return bytes;
        }
        x += Fq::one();
    }
}

/// Points of the curve outside the group: in G1 (0, 2), which is of order 3; and one of large order.
fn outside(group: Group) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    if group == Group::G1 {
        let point = G1Affine::get_point_from_x_unchecked(Fq::zero(), false);
        found.push(compressed(&point.unwrap()));
    }
    let mut x = Fq::from(2u64);
    loop {
        let wide = Fq2::new(x, Fq::zero());
        let bytes = match group {
            Group::G1 => G1Affine::get_point_from_x_unchecked(x, true)
                .filter(|point| !point.is_in_correct_subgroup_assuming_on_curve())
                .map(|point| compressed(&point)),
            Group::G2 => G2Affine::get_point_from_x_unchecked(wide, true)
                .filter(|point| !point.is_in_correct_subgroup_assuming_on_curve())
                .map(|point| compressed(&point)),
        };
        if let Some(bytes) = bytes {
            found.push(bytes);
            return found;
        }
        x += Fq::one();
    }
}

/// What arkworks, which is not what the verifier decodes with, says of bytes.
fn is_point(one: &Encoded) -> bool {
    match one.group {
        Group::G1 => G1Affine::deserialize_compressed(&one.bytes[..])
            .is_ok_and(|point| compressed(&point) == one.bytes),
        Group::G2 => G2Affine::deserialize_compressed(&one.bytes[..])
            .is_ok_and(|point| compressed(&point) == one.bytes),
    }
}

/// The file.
pub fn vectors() -> Vec<u8> {
    let (mut accepted, mut refused) = (Vec::new(), Vec::new());
    for one in all() {
        let is_infinity = one.reason == Some("infinity");
        assert_eq!(
            is_point(&one),
            one.reason.is_none() || is_infinity,
            "{}",
            one.name
        );
        let number = |value: &Fq| Value::from(hex::encode(value.into_bigint().to_bytes_be()));
        let group = format!("{:?}", one.group);
        let bytes = hex::encode(&one.bytes);
        match one.reason {
            None => accepted.push(json!({
                "name": one.name, "group": group, "bytes": bytes,
                "coordinates": one.coordinates.iter().map(number).collect::<Vec<_>>(),
            })),
            Some(reason) => {
                let reason = if reason == "flag-uncompressed" {
                    "form"
                } else {
                    reason
                };
                refused.push(
                    json!({ "name": one.name, "group": group, "bytes": bytes, "why": reason }),
                );
            }
        }
    }
    lines(&[("accepted", accepted), ("refused", refused)])
}
