//! The statement's bases over γ, which would let anyone forge, are not where the library keeps them in a key.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ark_bls12_381::{G1Affine, G2Affine};
use ark_serialize::CanonicalDeserialize;
use provable_core::circuit::Capacities;
use provable_core::proof::{setup, Silent};
use rand::rngs::OsRng;

#[test]
fn the_place_of_the_toxic_bases_is_empty() {
    let capacities = Capacities {
        rows: 2,
        program: 2,
        range_bits: 4,
        heap: 2,
        stack: 1,
        calls: 1,
        arithmetic: 1,
        bitwise: 1,
    };
    let key = setup(capacities, &mut OsRng, &Silent).unwrap();
    let mut bytes = Vec::new();
    key.write(&mut bytes).unwrap();
    // After the verifying key and the committed block's bases comes the library's key, its own verifying key first.
    let layout = &key.circuit.layout;
    let bases = 8 + 96 * (layout.committed_end() - layout.committed_start());
    let mut rest = bytes.get(key.verifying.to_bytes().len() + bases..).unwrap();
    let alpha = G1Affine::deserialize_uncompressed(&mut rest).unwrap();
    assert_eq!(alpha, key.verifying.alpha);
    for point in [key.verifying.beta, key.verifying.gamma, key.verifying.delta] {
        let found = G2Affine::deserialize_uncompressed(&mut rest).unwrap();
        assert_eq!(found, point);
    }
    assert_eq!(u64::deserialize_uncompressed(&mut rest).unwrap(), 0);
}
