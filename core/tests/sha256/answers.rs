//! The table computes what FIPS 180-4 says.

use crate::support::{CIRCUIT, Case, INITIAL, Place, compress};
use rand::Rng;
use std::collections::BTreeSet;

/// The blocks of a message with its padding (FIPS 180-4, section 5.1.1).
fn blocks(message: &[u8]) -> Vec<[u32; 16]> {
    let mut bytes = message.to_vec();
    bytes.push(0x80);
    while bytes.len() % 64 != 56 {
        bytes.push(0);
    }
    bytes.extend((8 * message.len() as u64).to_be_bytes());
    let word = |bytes: &[u8]| u32::from_be_bytes(bytes.try_into().unwrap());
    let words: Vec<u32> = bytes.chunks(4).map(word).collect();
    words
        .chunks(16)
        .map(|block| block.try_into().unwrap())
        .collect()
}

/// The digest that satisfied rows give for a message of at most two blocks.
fn digest(message: &[u8]) -> String {
    let mut case = Case::new(&CIRCUIT);
    case.store(100, &INITIAL, 1);
    for (index, block) in (0..).zip(blocks(message)) {
        case.store(200 + 16 * index, &block, 2);
        case.request(Place {
            time: 5 + index,
            state: 100,
            block: 200 + 16 * index,
        });
    }
    case.commit();
    assert_eq!(case.violations(), BTreeSet::new());
    case.result()
        .iter()
        .map(|word| format!("{word:08x}"))
        .collect()
}

/// The examples of FIPS 180-4 as NIST publishes them, and short messages of its validation program (SHA256ShortMsg).
#[test]
fn the_published_vectors_are_proved() {
    for (message, expected) in [
        (
            "",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            "616263",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            "6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
        (
            "d3",
            "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1",
        ),
        (
            "11af",
            "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98",
        ),
        (
            "b4190e",
            "dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2",
        ),
    ] {
        assert_eq!(
            digest(&hex::decode(message).unwrap()),
            expected,
            "{message}"
        );
    }
}

#[test]
fn random_blocks_are_proved() {
    let mut random = rand::rngs::OsRng;
    for _ in 0..4 {
        let (state, block) = (random.r#gen(), random.r#gen());
        let mut case = Case::of(&CIRCUIT, state, block);
        assert_eq!(case.violations(), BTreeSet::new());
        assert_eq!(case.result(), compress(state, block));
    }
}

#[test]
fn words_of_ones_and_of_zeros_are_proved() {
    for (state, block) in [
        ([u32::MAX; 8], [u32::MAX; 16]),
        ([0; 8], [0; 16]),
        ([u32::MAX; 8], [0; 16]),
    ] {
        assert_eq!(
            Case::of(&CIRCUIT, state, block).violations(),
            BTreeSet::new()
        );
    }
}

#[test]
fn rows_without_a_request_are_proved() {
    assert_eq!(Case::new(&CIRCUIT).violations(), BTreeSet::new());
}
