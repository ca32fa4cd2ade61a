//! SHA256: what it computes, and when it traps.

use super::outcome;
use crate::vm::Outcome;
use crate::vm::TrapReason::{self, *};
use crate::vm::sha256::compress;
use sha2::{Digest, Sha256};

/// The initial state (FIPS 180-4, section 5.3.3).
const INITIAL: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// Stores words from an address on, and after it the rest of the text.
fn stored(words: &[(u32, &[u32])], rest: &str) -> String {
    let mut text = String::new();
    for (first, words) in words {
        for (offset, word) in (0..).zip(*words) {
            text += &format!("PUSH {word}; STORE {}; ", first + offset);
        }
    }
    text + rest
}

fn words(outcome: &Outcome, first: u32, count: u32) -> Vec<Option<u32>> {
    let addresses = (0..count).map(|offset| first + offset);
    addresses.map(|address| outcome.heap.get(address)).collect()
}

fn trap(text: &str) -> Option<TrapReason> {
    outcome(text).trap().map(|trap| trap.reason.clone())
}

#[test]
fn a_block_is_compressed_under_the_state() {
    // "abc" with its padding.
    let mut block = [0; 16];
    (block[0], block[15]) = (0x6162_6380, 24);
    for (state, at) in [
        (100, 200),
        (200, 100),
        (0, u32::MAX - 15),
        (u32::MAX - 7, 0),
        (8, 16),
        (16, 0),
    ] {
        let text = stored(
            &[(state, &INITIAL), (at, &block)],
            &format!("PUSH 5; PUSH {state}; PUSH {at}; SHA256"),
        );
        let outcome = outcome(&text);
        assert_eq!(
            (outcome.trap(), &outcome.stack[..]),
            (None, &[5, state][..])
        );
        let digest = Sha256::digest(b"abc");
        let expected: Vec<_> = digest
            .chunks(4)
            .map(|word| Some(u32::from_be_bytes(word.try_into().unwrap())))
            .collect();
        assert_eq!(words(&outcome, state, 8), expected, "{state} {at}");
        // The block stays.
        assert_eq!(words(&outcome, at, 16), block.map(Some));
        assert_eq!(outcome.heap.len(), 24);
    }
}

#[test]
fn the_state_is_that_of_all_blocks_before() {
    let block = [7; 16];
    let text = stored(
        &[(100, &INITIAL), (200, &block)],
        "PUSH 100; PUSH 200; SHA256; PUSH 200; SHA256",
    );
    let twice = compress(compress(INITIAL, block), block);
    assert_eq!(words(&outcome(&text), 100, 8), twice.map(Some));
}

#[test]
fn words_that_overlap_trap() {
    for (state, block) in [(100, 100), (107, 100), (115, 100), (93, 100), (100, 107)] {
        let text = stored(
            &[(80, &[1; 60])],
            &format!("PUSH {state}; PUSH {block}; SHA256"),
        );
        assert_eq!(trap(&text), Some(WordsOverlap { state, block }));
    }
    for (state, block) in [(116, 100), (92, 100)] {
        let text = stored(
            &[(80, &[1; 60])],
            &format!("PUSH {state}; PUSH {block}; SHA256"),
        );
        assert_eq!(trap(&text), None, "{state} {block}");
    }
}

#[test]
fn words_past_the_last_address_trap() {
    for (state, block, address, words) in [
        (u32::MAX - 6, 0, u32::MAX - 6, 8),
        (0, u32::MAX - 14, u32::MAX - 14, 16),
        (0, u32::MAX, u32::MAX, 16),
    ] {
        let text = format!("PUSH {state}; PUSH {block}; SHA256");
        assert_eq!(trap(&text), Some(PastTheLastAddress { address, words }));
    }
}

#[test]
fn words_that_were_never_stored_trap() {
    let program = |state: &[u32], block: &[u32]| {
        stored(&[(100, state), (200, block)], "PUSH 100; PUSH 200; SHA256")
    };
    let cases = [
        (program(&[1; 7], &[1; 16]), 107),
        (program(&[1; 8], &[1; 15]), 215),
        (program(&[], &[]), 100),
    ];
    for (text, address) in cases {
        let outcome = outcome(&text);
        let reason = outcome.trap().map(|trap| &trap.reason);
        assert_eq!(reason, Some(&NeverStored { address }));
        // A trap changes nothing.
        assert_eq!(outcome.stack, [100, 200]);
    }
}

#[test]
fn too_few_words_on_the_stack_trap() {
    assert_eq!(
        trap("PUSH 1; SHA256"),
        Some(StackUnderflow { needs: 2, depth: 1 })
    );
    assert_eq!(trap("SHA256"), Some(StackUnderflow { needs: 2, depth: 0 }));
}
