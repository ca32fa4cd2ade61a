//! Points as EIP-2537 encodes them: each coordinate in 64 bytes, most significant first.

use ark_bls12_381::{Fq, Fr, G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_ff::{BigInteger, PrimeField};

/// Bytes of a coordinate.
const COORDINATE: usize = 64;

/// A point of G1: 128 bytes, zeros for the identity.
pub(super) fn g1(point: &G1Affine) -> Vec<u8> {
    let (x, y) = point.xy().unwrap_or_default();
    [x, y].iter().flat_map(coordinate).collect()
}

/// A point of G2: 256 bytes, zeros for the identity.
pub(super) fn g2(point: &G2Affine) -> Vec<u8> {
    let (x, y) = point.xy().unwrap_or_default();
    let parts = [x.c0, x.c1, y.c0, y.c1];
    parts.iter().flat_map(coordinate).collect()
}

/// A scalar: 32 bytes.
pub(super) fn scalar(value: &Fr) -> Vec<u8> {
    value.into_bigint().to_bytes_be()
}

fn coordinate(value: &Fq) -> Vec<u8> {
    let bytes = value.into_bigint().to_bytes_be();
    let mut padded = vec![0; COORDINATE.saturating_sub(bytes.len())];
    padded.extend(bytes);
    padded
}

/// Constants of Solidity, one for each word of 32 bytes: `NAME_X_HI`, `NAME_X_LO` and so on.
pub(super) fn constants(name: &str, point: &[u8]) -> String {
    let coordinates: &[&str] = match point.len() / COORDINATE {
        2 => &["X", "Y"],
        _ => &["X0", "X1", "Y0", "Y1"],
    };
    let halves = coordinates
        .iter()
        .flat_map(|coordinate| [(coordinate, "HI"), (coordinate, "LO")]);
    let mut text = String::new();
    for ((coordinate, half), word) in halves.zip(point.chunks(COORDINATE / 2)) {
        let digits = hex::encode(word);
        text.push_str(&format!(
            "    uint256 private constant {name}_{coordinate}_{half} = 0x{digits};\n"
        ));
    }
    text
}
