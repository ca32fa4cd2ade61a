//! The routines of `std@1/sha256`, `std@1/merkle` and `std@1/commit` give the digests that the crate `sha2` gives, in as
//! many rows as they say, and write nowhere else than they say.

use provable::circuit::ExecutionTrace;
use provable::lang::link::link;
use provable::lang::modules::{Modules, Parsed};
use provable::vm::{Ending, Inputs, Limits, Outcome, TrapReason, run};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Where the programs have the message and the digest.
const MESSAGE: u32 = 0x1000;
const STATE: u32 = 0x800;
/// Where they have the two digests of a path.
const HERE: u32 = 0xf008;
const THERE: u32 = 0xf020;
/// A word that is on the stack below the arguments.
const BELOW: u32 = 77;

/// A run of a small program that uses the library, and the rows that it takes.
struct Call {
    outcome: Outcome,
    rows: usize,
    data: Vec<(u32, u32)>,
    /// The variables of the library: addresses and numbers of words.
    variables: Vec<(u32, u64)>,
}

/// `PUSH` of each argument and `CALL` of the routine, over these words at [`MESSAGE`].
fn call(routine: &str, arguments: &[u32], words: &[u32], secret: &[u32]) -> Call {
    call_with(routine, arguments, MESSAGE, words, Inputs::new([], secret))
}

fn call_with(routine: &str, arguments: &[u32], at: u32, words: &[u32], inputs: Inputs) -> Call {
    let (file, _) = routine.split_once('.').unwrap();
    let mut text = format!(".use \"std@1/{file}\"\n");
    if !words.is_empty() {
        let words: Vec<String> = words.iter().map(u32::to_string).collect();
        text += &format!(".data words at {at} {}\n", words.join(", "));
    }
    for argument in [BELOW].iter().chain(arguments) {
        text += &format!("PUSH {argument}\n");
    }
    text += &format!("CALL {routine}\nHALT\n");
    let linked = link(&Modules::alone(Arc::new(Parsed::new(&text))));
    assert_eq!(linked.diagnostics_of(0), [], "{text}");
    let program = linked.program.unwrap();
    let variables = linked.data.iter().filter(|data| data.words.is_none());
    let rows = match ExecutionTrace::new(&program, &inputs, Limits::default()) {
        // Without the pushes and HALT.
        Ok(trace) => trace.usage().rows - arguments.len() - 2,
        Err(_) => 0,
    };
    Call {
        outcome: run(&program, &inputs, Limits::default()),
        rows,
        data: program.data().to_vec(),
        variables: variables.map(|data| (data.address, data.length)).collect(),
    }
}

impl Call {
    /// The digest at the address that the routine leaves on the stack, in bytes.
    fn digest_at(&self, state: u32) -> Vec<u8> {
        assert_eq!(self.outcome.status, Ending::Halted);
        assert_eq!(self.outcome.stack, [BELOW, state]);
        let words: Vec<u32> = (state..state + 8)
            .map(|address| self.outcome.heap.get(address).unwrap())
            .collect();
        bytes(&words)
    }

    /// The heap is the data but for these regions, each an address and a number of words, and the library's variables.
    fn writes_only(&self, regions: &[(u32, u64)]) {
        let own = |address: u32| {
            let mut own = regions.iter().chain(&self.variables);
            own.any(|(from, words)| {
                (u64::from(*from)..u64::from(*from) + words).contains(&address.into())
            })
        };
        for (address, word) in self.outcome.heap.iter() {
            let before = self.data.binary_search(&(address, word)).is_ok();
            assert!(own(address) || before, "{address:#x} holds {word:#x}");
        }
    }

    fn trap(&self) -> TrapReason {
        self.outcome.trap().unwrap().reason.clone()
    }
}

fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks(4)
        .map(|word| u32::from_be_bytes(word.try_into().unwrap()))
        .collect()
}

fn random_words(n: usize) -> Vec<u32> {
    let mut random = StdRng::seed_from_u64(n as u64);
    (0..n).map(|_| random.r#gen()).collect()
}

/// Rows of `mem.copy` of so many words.
fn copy_rows(n: usize) -> usize {
    33 * (n / 8) + 13 * (n % 8) + 10
}

/// Rows of `sha256.words` of so many words. The padding of 14 or 15 words left over takes a block more.
fn words_rows(n: usize) -> usize {
    let longer = if n % 16 < 14 { 77 } else { 81 };
    longer + 10 * (n / 16) + copy_rows(n % 16)
}

/// Rows of `text.words` of so many bytes.
fn text_rows(n: usize) -> usize {
    22 + 31 * (n / 4) + [0, 10, 19, 25][n % 4]
}

#[test]
fn words_of_every_length_are_hashed() {
    for n in (0..=50).chain([61, 62, 63, 64, 65, 120, 1000]) {
        let message = random_words(n);
        let call = call("sha256.words", &[MESSAGE, n as u32, STATE], &message, &[]);
        assert_eq!(call.digest_at(STATE), sha256(&bytes(&message)), "{n} words");
        assert_eq!(call.rows, words_rows(n), "{n} words");
        call.writes_only(&[(STATE, 8)]);
    }
}

#[test]
fn bytes_of_every_length_are_hashed() {
    for n in (0..=70).chain([118, 119, 120, 121, 127, 128, 129, 183, 184, 1000]) {
        let message: Vec<u8> = random_words(n).iter().map(|word| *word as u8).collect();
        let cells: Vec<u32> = message.iter().map(|byte| u32::from(*byte)).collect();
        let call = call("sha256.bytes", &[MESSAGE, n as u32, STATE], &cells, &[]);
        assert_eq!(call.digest_at(STATE), sha256(&message), "{n} bytes");
        let rows = 22 + text_rows(n) + words_rows(n / 4);
        assert_eq!(call.rows, rows, "{n} bytes");
        call.writes_only(&[(STATE, 8)]);
    }
}

#[test]
fn a_word_that_is_no_byte_is_refused() {
    for at in 0..9 {
        for wrong in [256, 0x6100, u32::MAX] {
            let mut cells = [97; 9];
            cells[at] = wrong;
            let call = call("sha256.bytes", &[MESSAGE, 9, STATE], &cells, &[]);
            assert_eq!(call.trap(), TrapReason::AssertionFailed, "{wrong} at {at}");
        }
    }
}

#[test]
fn a_length_that_has_no_word_in_bits_is_refused() {
    for (routine, n) in [
        ("sha256.words", 1 << 27),
        ("sha256.words", u32::MAX),
        ("sha256.bytes", 1 << 29),
        ("sha256.bytes", u32::MAX),
        ("commit.digest", (1 << 24) + 1),
        ("commit.digest", 8u32.wrapping_neg()),
        ("commit.digest", u32::MAX),
    ] {
        let call = call(routine, &[MESSAGE, n, STATE], &[0; 16], &[0; 8]);
        assert_eq!(call.trap(), TrapReason::AssertionFailed, "{routine} of {n}");
    }
}

/// The longest length that is not refused for itself reads what was never stored.
#[test]
fn a_length_beyond_the_message_is_refused() {
    for (routine, n) in [
        ("sha256.words", (1 << 27) - 1),
        ("sha256.bytes", (1 << 29) - 1),
        ("commit.digest", 1 << 24),
    ] {
        let call = call(routine, &[MESSAGE, n, STATE], &[0; 17], &[]);
        assert!(
            matches!(call.trap(), TrapReason::NeverStored { .. }),
            "{:?}",
            call.trap()
        );
    }
}

#[test]
fn a_state_over_a_whole_block_of_the_message_is_refused() {
    let call = call("sha256.words", &[MESSAGE, 20, MESSAGE + 15], &[0; 20], &[]);
    assert!(
        matches!(call.trap(), TrapReason::WordsOverlap { .. }),
        "{:?}",
        call.trap()
    );
}

#[test]
fn a_block_with_its_padding_is_hashed() {
    let message = random_words(13);
    let block = [&message[..], &[1 << 31, 0, 13 * 32]].concat();
    let call = call("sha256.block", &[MESSAGE, STATE], &block, &[]);
    assert_eq!(call.digest_at(STATE), sha256(&bytes(&message)));
    assert_eq!(call.rows, 20);
    call.writes_only(&[(STATE, 8)]);
}

#[test]
fn a_node_is_the_digest_of_its_children() {
    let pair = random_words(16);
    let call = call("sha256.node", &[MESSAGE, STATE], &pair, &[]);
    assert_eq!(call.digest_at(STATE), sha256(&bytes(&pair)));
    assert_eq!(call.rows, 22);
    call.writes_only(&[(STATE, 8)]);
}

/// The root over a leaf, from the words that the routine reads: the side and the sibling of each level.
fn root(leaf: &[u8], path: &[u32]) -> Vec<u8> {
    let mut digest = leaf.to_vec();
    for level in path.chunks(9) {
        let sibling = bytes(&level[1..]);
        digest = match level[0] {
            0 => sha256(&[digest, sibling].concat()),
            _ => sha256(&[sibling, digest].concat()),
        };
    }
    digest
}

#[test]
fn every_path_leads_to_its_root() {
    for depth in 1..=4 {
        for leaf_index in 0..1 << depth {
            let leaf = random_words(8);
            let mut path = random_words(9 * depth);
            for (level, words) in path.chunks_mut(9).enumerate() {
                words[0] = (leaf_index >> level & 1) * (1 + level as u32);
            }
            let arguments = [depth as u32, HERE, THERE];
            let call = call_with(
                "merkle.path",
                &arguments,
                HERE,
                &leaf,
                Inputs::new([], path.clone()),
            );
            let at = if depth % 2 == 1 { THERE } else { HERE };
            assert_eq!(call.digest_at(at), root(&bytes(&leaf), &path));
            assert_eq!(call.rows, 8 + 45 * depth);
            assert_eq!(call.outcome.secret_read, path.len());
            call.writes_only(&[(HERE - 8, 24), (THERE - 8, 24)]);

            let inputs = Inputs::new([], path.clone());
            let call = call_with(
                "merkle.root",
                &[MESSAGE, depth as u32],
                MESSAGE,
                &leaf,
                inputs,
            );
            let at = call.outcome.stack[1];
            assert_eq!(call.digest_at(at), root(&bytes(&leaf), &path));
            assert_eq!(call.rows, 42 + 45 * depth);
            call.writes_only(&[]);
        }
    }
}

#[test]
fn a_commitment_is_the_digest_of_the_message_and_the_randomness() {
    for n in [0, 1, 5, 6, 8, 16] {
        let (message, randomness) = (random_words(n), random_words(8));
        let call = call(
            "commit.digest",
            &[MESSAGE, n as u32, STATE],
            &message,
            &randomness,
        );
        let together = [&message[..], &randomness].concat();
        assert_eq!(
            call.digest_at(STATE),
            sha256(&bytes(&together)),
            "{n} words"
        );
        let rows = 29 + copy_rows(n) + words_rows(n + 8);
        assert_eq!(call.rows, rows, "{n} words");
        call.writes_only(&[(STATE, 8)]);
    }
}

#[test]
fn only_the_expected_digest_is_let_through() {
    let digest = random_words(8);
    let expect = |public: &[u32]| {
        call_with(
            "sha256.expect",
            &[MESSAGE],
            MESSAGE,
            &digest,
            Inputs::new(public, []),
        )
    };
    let call = expect(&digest);
    assert_eq!(call.outcome.status, Ending::Halted);
    assert_eq!(call.outcome.stack, [BELOW]);
    assert_eq!(call.rows, 43);
    for word in 0..8 {
        let mut other = digest.clone();
        other[word] ^= 1 << 31;
        assert_eq!(
            expect(&other).trap(),
            TrapReason::AssertionFailed,
            "word {word}"
        );
    }
}

/// The inputs of the examples that hash hold the digests of what they say.
#[test]
fn the_digests_in_the_examples_inputs_are_right() {
    let inputs = |text| Inputs::from_json(text).unwrap();
    let hash = inputs(include_str!("../../../examples/hash.inputs.json"));
    assert_eq!(bytes(&hash.secret), b"The treasure is in the well.");
    assert_eq!(hash.public, words(&sha256(&bytes(&hash.secret))));
    let commitment = inputs(include_str!("../../../examples/commitment.inputs.json"));
    assert_eq!(
        commitment.public[..8],
        words(&sha256(&bytes(&commitment.secret)))
    );
    let merkle = inputs(include_str!("../../../examples/merkle.inputs.json"));
    let (key, path) = merkle.secret.split_at(8);
    assert_eq!(path.len(), 20 * 9);
    assert_eq!(merkle.public, words(&root(&sha256(&bytes(key)), path)));
}
