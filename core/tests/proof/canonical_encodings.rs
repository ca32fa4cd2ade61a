//! One value, one encoding: coordinates, numbers and words that are not reduced are refused, and a point has one text.

use crate::support::{at, compressed, key};
use ark_bls12_381::{Fq, Fr, G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{BigInteger, PrimeField};
use ark_serialize::CanonicalSerialize;
use provable::circuit::tier::TIERS;
use provable::proof::{KeyError, Opening, Proof, ProofElements, VerifyingKey};

/// A proof file with these points. It proves nothing, but it can be read.
fn file(a: G1Affine, b: G2Affine) -> Proof {
    let proof = ProofElements { a, b, c: a, d: a };
    Proof {
        circuit: [0; 32],
        key: [0; 32],
        program: [0; 32],
        public_input: vec![123_454_321],
        public_output: vec![],
        trace_commitment: [0; 32],
        elements: proof,
    }
}

/// The flags of a compressed point: it is one, it is the identity, y is the larger of two.
const FLAGS: u8 = 0b1110_0000;

/// The same point with the modulus added to each coordinate, where that fits beside the flags.
fn unreduced(bytes: &[u8]) -> Option<Vec<u8>> {
    let flags = bytes[0] & FLAGS;
    let mut sum = vec![];
    for (index, coordinate) in bytes.chunks(48).enumerate() {
        let mut coordinate = coordinate.to_vec();
        if index == 0 {
            coordinate[0] &= !FLAGS;
        }
        let mut carry = 0;
        for (byte, other) in coordinate.iter_mut().zip(Fq::MODULUS.to_bytes_be()).rev() {
            let total = u16::from(*byte) + u16::from(other) + carry;
            (*byte, carry) = (total as u8, total >> 8);
        }
        if carry > 0 || (index == 0 && coordinate[0] & FLAGS != 0) {
            return None;
        }
        sum.extend(coordinate);
    }
    sum[0] |= flags;
    Some(sum)
}

/// The first multiple of the generator to whose coordinates the modulus can be added, and the two encodings.
fn with_two_encodings<P: AffineRepr>() -> (P, Vec<u8>, Vec<u8>) {
    (1u64..)
        .map(|multiple| (P::generator() * P::ScalarField::from(multiple)).into_affine())
        .find_map(|point| {
            let bytes = compressed(&point);
            let other = unreduced(&bytes)?;
            Some((point, bytes, other))
        })
        .unwrap()
}

#[test]
fn a_tape_longer_than_the_largest_tier_is_refused() {
    let largest = TIERS.iter().map(|tier| tier.capacities.rows).max();
    let most = largest.unwrap();
    let of_length = |length: usize| {
        let mut file = file(G1Affine::generator(), G2Affine::generator());
        file.public_output = vec![0; length];
        Proof::from_json(&file.to_json())
    };
    assert_eq!(of_length(most).unwrap().public_output.len(), most);
    let error = of_length(most + 1).unwrap_err().to_string();
    let named = ["public_output", &(most + 1).to_string()].map(|part| error.contains(part));
    assert_eq!(named, [true; 2], "{error}");
}

#[test]
fn a_coordinate_that_is_not_reduced_is_refused() {
    let (a, a_bytes, a_other) = with_two_encodings::<G1Affine>();
    let (b, b_bytes, b_other) = with_two_encodings::<G2Affine>();
    let text = file(a, b).to_json();
    assert!(Proof::from_json(&text).is_ok());
    for (name, bytes, other) in [("a", &a_bytes, &a_other), ("b", &b_bytes, &b_other)] {
        assert_eq!(bytes.len(), other.len());
        let changed = text.replacen(&hex::encode(bytes), &hex::encode(other), 1);
        assert_ne!(changed, text);
        let error = Proof::from_json(&changed).unwrap_err().to_string();
        assert!(error.contains(&format!("{name}:")), "{error}");
    }

    let bytes = key().verifying.to_bytes();
    let with_alpha = |alpha: &[u8]| {
        let mut bytes = bytes.clone();
        bytes[at::ALPHA..][..alpha.len()].copy_from_slice(alpha);
        VerifyingKey::from_bytes(&bytes)
    };
    assert!(with_alpha(&a_bytes).is_ok());
    let refusal = with_alpha(&a_other).unwrap_err();
    assert!(matches!(refusal, KeyError::Malformed(_)), "{refusal}");
}

#[test]
fn only_one_text_of_a_point_is_accepted() {
    let (a, b) = (G1Affine::generator(), G2Affine::generator());
    let text = file(a, b).to_json();
    let point = hex::encode(compressed(&a));
    let read = |point_text: &str| Proof::from_json(&text.replacen(&point, point_text, 1));
    assert_eq!(read(&point).unwrap().elements.a, a);
    let flipped = |mask: u8| {
        let mut bytes = compressed(&a);
        bytes[0] ^= mask;
        hex::encode(bytes)
    };
    // The sign is the only flag that another point has.
    assert_eq!(read(&flipped(0x20)).unwrap().elements.a, -a);
    let mut uncompressed = vec![];
    a.serialize_uncompressed(&mut uncompressed).unwrap();
    for (name, other) in [
        ("said to be uncompressed", flipped(0x80)),
        ("the identity with a coordinate", flipped(0x40)),
        ("uncompressed", hex::encode(uncompressed)),
        ("capitals", point.to_uppercase()),
        ("a byte more", format!("{point}00")),
        ("a space", format!(" {point}")),
    ] {
        assert!(read(&other).is_err(), "{name}");
    }
}

#[test]
fn a_blind_that_is_not_reduced_is_refused() {
    let blind = Fr::from(5u64);
    let text = Opening {
        secret: vec![],
        blind,
    }
    .to_json();
    assert_eq!(Opening::from_json(&text).unwrap().blind, blind);
    let mut sum = Fr::MODULUS;
    assert!(!sum.add_with_carry(&blind.into_bigint()));
    let encoded = |number: <Fr as PrimeField>::BigInt| hex::encode(number.to_bytes_le());
    let changed = text.replace(&encoded(blind.into_bigint()), &encoded(sum));
    assert_ne!(changed, text);
    let error = Opening::from_json(&changed).err().unwrap().to_string();
    assert!(error.contains("canonical"), "{error}");
}

#[test]
fn a_public_word_over_32_bits_is_refused() {
    let text = file(G1Affine::generator(), G2Affine::generator()).to_json();
    let read = |word: &str| Proof::from_json(&text.replacen("123454321", word, 1));
    assert_eq!(read("4294967295").unwrap().public_input, [u32::MAX]);
    // 4 with 2^32, with the field's modulus, and in other forms.
    let mut sum = Fr::MODULUS;
    assert!(!sum.add_with_carry(&4u64.into()));
    let sum = sum.to_string();
    for word in [
        "4294967296",
        "4294967300",
        &sum,
        "-1",
        "4.0",
        "4e0",
        "\"4\"",
        "04",
    ] {
        assert!(read(word).is_err(), "{word}");
    }
}
