//! The routines of `examples/lib/sha256.prov` give the digests that the crate `sha2` gives, in as many rows as they say,
//! and write nowhere else than they say.

use provable::circuit::ExecutionTrace;
use provable::lang::analysis::analyse;
use provable::lang::program::assemble;
use provable::lang::syntax::format;
use provable::vm::{Ending, Inputs, Limits, Outcome, TrapReason, run};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

const LIBRARY: &str = include_str!("../../../examples/lib/sha256.prov");
const LIBRARY_INPUTS: &str = include_str!("../../../examples/lib/sha256.inputs.json");

/// Where the programs have the message and the digest.
const MESSAGE: u32 = 0x1000;
const STATE: u32 = 0x800;
/// The constants of the library.
const HERE: u32 = 0xf008;
const THERE: u32 = 0xf020;
const BUFFER: u32 = 0xf040;
/// A word that is on the stack below the arguments.
const BELOW: u32 = 77;

/// A run of a small program that is put before the library, and the rows that it takes.
struct Call {
    outcome: Outcome,
    rows: usize,
    data: Vec<(u32, u32)>,
}

/// `PUSH` of each argument and `CALL` of the routine, over these words at [`MESSAGE`].
fn call(routine: &str, arguments: &[u32], words: &[u32], secret: &[u32]) -> Call {
    call_with(routine, arguments, MESSAGE, words, Inputs::new([], secret))
}

fn call_with(routine: &str, arguments: &[u32], at: u32, words: &[u32], inputs: Inputs) -> Call {
    let mut text = String::new();
    for (address, word) in (at..).zip(words) {
        text += &format!(".data D{address} at {address} {word}\n");
    }
    for argument in [BELOW].iter().chain(arguments) {
        text += &format!("PUSH {argument}\n");
    }
    text += &format!("CALL {routine}\nHALT\n{LIBRARY}");
    let assembly = assemble(&text);
    assert_eq!(assembly.diagnostics, []);
    let program = assembly.program.unwrap();
    let rows = match ExecutionTrace::new(&program, &inputs, Limits::default()) {
        // Without the pushes and HALT.
        Ok(trace) => trace.usage().rows - arguments.len() - 2,
        Err(_) => 0,
    };
    Call {
        outcome: run(&program, &inputs, Limits::default()),
        rows,
        data: program.data().to_vec(),
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

    /// The heap is the data but for these regions, each an address and a number of words.
    fn writes_only(&self, regions: &[(u32, usize)]) {
        for (address, word) in self.outcome.heap.iter() {
            let own = regions
                .iter()
                .any(|(from, words)| (*from..from + *words as u32).contains(&address));
            let before = self.data.binary_search(&(address, word)).is_ok();
            assert!(own || before, "{address:#x} holds {word:#x}");
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

#[test]
fn the_library_is_a_program_without_findings_in_the_standard_layout() {
    assert_eq!(analyse(&assemble(LIBRARY)).diagnostics, []);
    assert_eq!(format(LIBRARY), LIBRARY);
}

#[test]
fn its_own_program_halts_on_its_own_digests_alone() {
    let program = assemble(LIBRARY).program.unwrap();
    let inputs = Inputs::from_json(LIBRARY_INPUTS).unwrap();
    let status = |inputs: &Inputs| run(&program, inputs, Limits::default()).status;
    assert_eq!(status(&inputs), Ending::Halted);
    assert_eq!(inputs.public.len(), 6 * 8);
    for word in 0..inputs.public.len() {
        let mut other = inputs.clone();
        other.public[word] ^= 1;
        assert!(matches!(status(&other), Ending::Trapped(_)), "word {word}");
    }
}

#[test]
fn words_of_every_length_are_hashed() {
    for n in (0..=50).chain([61, 62, 63, 64, 65, 120, 1000]) {
        let message = random_words(n);
        let call = call("sha256_words", &[MESSAGE, n as u32, STATE], &message, &[]);
        assert_eq!(call.digest_at(STATE), sha256(&bytes(&message)), "{n} words");
        assert_eq!(call.rows, 77 + 9 * ((n + 18) / 16), "{n} words");
        call.writes_only(&[(STATE, 8), (MESSAGE + n as u32, 18)]);
    }
}

#[test]
fn bytes_of_every_length_are_hashed() {
    for n in (0..=70).chain([118, 119, 120, 121, 127, 128, 129, 183, 184, 1000]) {
        let message: Vec<u8> = random_words(n).iter().map(|word| *word as u8).collect();
        let cells: Vec<u32> = message.iter().map(|byte| u32::from(*byte)).collect();
        let call = call("sha256_bytes", &[MESSAGE, n as u32, STATE], &cells, &[]);
        assert_eq!(call.digest_at(STATE), sha256(&message), "{n} bytes");
        let rows = 92 + 31 * (n / 4 + 1) + 9 * ((n + 72) / 64);
        assert_eq!(call.rows, rows, "{n} bytes");
        call.writes_only(&[(STATE, 8), (BUFFER, n / 4 + 18), (MESSAGE + n as u32, 4)]);
    }
}

#[test]
fn a_word_that_is_no_byte_is_refused() {
    for at in 0..9 {
        for wrong in [256, 0x6100, u32::MAX] {
            let mut cells = [97; 9];
            cells[at] = wrong;
            let call = call("sha256_bytes", &[MESSAGE, 9, STATE], &cells, &[]);
            assert_eq!(call.trap(), TrapReason::AssertionFailed, "{wrong} at {at}");
        }
    }
}

#[test]
fn a_length_that_has_no_word_in_bits_is_refused() {
    for (routine, n) in [
        ("sha256_words", 1 << 27),
        ("sha256_words", u32::MAX),
        ("sha256_bytes", 1 << 29),
        ("sha256_bytes", u32::MAX),
        ("sha256_commit", (1 << 27) - 8),
        ("sha256_commit", 1 << 27),
        ("sha256_commit", 8u32.wrapping_neg()),
        ("sha256_commit", u32::MAX),
    ] {
        let call = call(routine, &[MESSAGE, n, STATE], &[0; 16], &[0; 8]);
        assert_eq!(call.trap(), TrapReason::AssertionFailed, "{routine} of {n}");
    }
}

/// The longest length that is not refused for itself reads what was never stored.
#[test]
fn a_length_beyond_the_message_is_refused() {
    for (routine, n) in [
        ("sha256_words", (1 << 27) - 1),
        ("sha256_bytes", (1 << 29) - 1),
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
fn a_state_over_the_message_is_refused() {
    let call = call("sha256_words", &[MESSAGE, 20, MESSAGE + 19], &[0; 20], &[]);
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
    let call = call("sha256_block", &[MESSAGE, STATE], &block, &[]);
    assert_eq!(call.digest_at(STATE), sha256(&bytes(&message)));
    assert_eq!(call.rows, 22);
    call.writes_only(&[(STATE, 8)]);
}

#[test]
fn a_node_is_the_digest_of_its_children() {
    let pair = random_words(16);
    let call = call("sha256_node", &[MESSAGE, STATE], &pair, &[]);
    assert_eq!(call.digest_at(STATE), sha256(&bytes(&pair)));
    assert_eq!(call.rows, 24);
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
                "sha256_path",
                &arguments,
                HERE,
                &leaf,
                Inputs::new([], path.clone()),
            );
            let at = if depth % 2 == 1 { THERE } else { HERE };
            assert_eq!(call.digest_at(at), root(&bytes(&leaf), &path));
            let right = leaf_index.count_ones() as usize;
            assert_eq!(call.rows, 5 + 46 * depth + 2 * right);
            assert_eq!(call.outcome.secret_read, path.len());
            call.writes_only(&[(HERE - 8, 24), (THERE - 8, 24)]);
        }
    }
}

#[test]
fn a_commitment_is_the_digest_of_the_message_and_the_randomness() {
    for n in [0, 1, 5, 6, 8, 16] {
        let (message, randomness) = (random_words(n), random_words(8));
        let call = call(
            "sha256_commit",
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
        assert_eq!(call.rows, 26 + 77 + 9 * ((n + 8 + 18) / 16), "{n} words");
        call.writes_only(&[(STATE, 8), (MESSAGE + n as u32, 26)]);
    }
}

#[test]
fn only_the_expected_digest_is_let_through() {
    let digest = random_words(8);
    let expect = |public: &[u32]| {
        call_with(
            "sha256_expect",
            &[MESSAGE],
            MESSAGE,
            &digest,
            Inputs::new(public, []),
        )
    };
    let call = expect(&digest);
    assert_eq!(call.outcome.status, Ending::Halted);
    assert_eq!(call.outcome.stack, [BELOW]);
    assert_eq!(call.rows, 41);
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

/// A pasted routine is the library's: each example has them word for word.
#[test]
fn the_routines_in_the_examples_are_the_librarys() {
    let merkle = include_str!("../../../examples/merkle.prov");
    let routine = |text: &'static str, label: &str| {
        let from = text.find(&format!("\n{label}:\n")).unwrap();
        let length = text[from..].find("    RET\n").unwrap();
        &text[from..from + length]
    };
    for label in ["sha256_start", "sha256_path", "sha256_expect"] {
        assert_eq!(routine(merkle, label), routine(LIBRARY, label));
    }
}
