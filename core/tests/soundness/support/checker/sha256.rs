//! SHA-256's compression function, written from FIPS 180-4 (sections 4.1.2, 4.2.2 and 6.2.2) alone.

use std::sync::LazyLock;

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
static CONSTANTS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let primes = (2u128..).filter(|number| (2..*number).all(|divisor| number % divisor != 0));
    primes
        .take(64)
        .map(|prime| cube_root(prime << 96) as u32)
        .collect()
});

/// The greatest integer whose cube is at most this one, which is below 2^108.
fn cube_root(number: u128) -> u128 {
    (0..36).rev().map(|bit| 1 << bit).fold(0, |root, bit| {
        let next: u128 = root | bit;
        if next.pow(3) <= number { next } else { root }
    })
}

/// The state after a block.
pub fn compress(state: [u32; 8], block: [u32; 16]) -> [u32; 8] {
    let mut words = block.to_vec();
    for t in 16..64 {
        let (early, late) = (words[t - 15], words[t - 2]);
        let early = early.rotate_right(7) ^ early.rotate_right(18) ^ (early >> 3);
        let late = late.rotate_right(17) ^ late.rotate_right(19) ^ (late >> 10);
        let sum = [late, words[t - 7], early, words[t - 16]];
        words.push(sum.into_iter().fold(0, u32::wrapping_add));
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
    for (word, constant) in words.iter().zip(CONSTANTS.iter()) {
        let high = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let chosen = (e & f) ^ (!e & g);
        let first = [h, high, chosen, *constant, *word];
        let first = first.into_iter().fold(0, u32::wrapping_add);
        let low = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        let second = low.wrapping_add(majority);
        (h, g, f, e) = (g, f, e, d.wrapping_add(first));
        (d, c, b, a) = (c, b, a, first.wrapping_add(second));
    }
    let after = [a, b, c, d, e, f, g, h];
    std::array::from_fn(|word| state[word].wrapping_add(after[word]))
}

/// The cells that SHA256 leaves: those of the block, as they were, and those of the state.
pub fn replaced(
    state: u32,
    block: u32,
    read: impl Fn(u32) -> Option<u32>,
) -> Result<Vec<(u32, u32)>, &'static str> {
    let addresses = |from: u32, count: u32| {
        let last = from
            .checked_add(count - 1)
            .ok_or("a word past the last address")?;
        Ok::<Vec<u32>, &str>((from..=last).collect())
    };
    let (state, block) = (addresses(state, 8)?, addresses(block, 16)?);
    if state.iter().any(|address| block.contains(address)) {
        return Err("a state and a block with a word in common");
    }
    let words = |addresses: &[u32]| {
        let found = addresses.iter().map(|address| read(*address));
        let found: Option<Vec<u32>> = found.collect();
        found.ok_or("a SHA256 of what was never stored")
    };
    let (old, read) = (words(&state)?, words(&block)?);
    let new = compress(
        std::array::from_fn(|word| old[word]),
        std::array::from_fn(|word| read[word]),
    );
    let left = block.into_iter().zip(read);
    Ok(left.chain(state.into_iter().zip(new)).collect())
}

/// The hash of "abc", whose padded text is one block (FIPS 180-4, section 5.1.1), from the initial value of section 5.3.3: the
/// first 32 bits of the fractional parts of the square roots of the first 8 primes.
#[test]
fn the_hash_of_abc_is_known() {
    let root = |prime: u128| {
        let root = (0..40).rev().map(|bit| 1u128 << bit).fold(0, |root, bit| {
            let next: u128 = root | bit;
            if next.pow(2) <= prime << 64 {
                next
            } else {
                root
            }
        });
        root as u32
    };
    let mut block = [0; 16];
    (block[0], block[15]) = (0x6162_6380, 24);
    let found = compress([2, 3, 5, 7, 11, 13, 17, 19].map(root), block);
    let expected = [
        0xba78_16bf,
        0x8f01_cfea,
        0x4141_40de,
        0x5dae_2223,
        0xb003_61a3,
        0x9617_7a9c,
        0xb410_ff61,
        0xf200_15ad,
    ];
    assert_eq!(found, expected);
}
