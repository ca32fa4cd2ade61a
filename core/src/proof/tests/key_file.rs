//! The file of a proving key. The key that is read is the key that was written. Other content is refused, or no false
//! proof results from it.

use super::{Claim, honest, tiny_key};
use crate::circuit::tier::TIERS;
use crate::proof::{
    KeyError, ProveError, Prover, ProvingKey, Silent, VerifyingKey, setup, system_rng,
};
use crate::vm::{Inputs, Limits};

/// Bytes of an entry of the table, and of the tag before it.
const ENTRY: usize = 16;
const SECTIONS: usize = 19;

fn written(key: &ProvingKey) -> Vec<u8> {
    let mut bytes = Vec::new();
    key.write(&mut bytes).unwrap();
    bytes
}

fn start_of_table(key: &ProvingKey) -> usize {
    key.verifying.to_bytes().len() + ENTRY
}

/// The ranges of the file's sections, from the file's own table.
fn sections(key: &ProvingKey, bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let number = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize;
    let entries = (0..SECTIONS).map(|section| start_of_table(key) + section * ENTRY);
    entries
        .map(|entry| number(entry)..number(entry) + number(entry + 8))
        .collect()
}

fn is_malformed(bytes: &[u8]) -> bool {
    matches!(
        ProvingKey::from_any_bytes(bytes),
        Err(KeyError::Malformed(_) | KeyError::Version)
    )
}

#[test]
fn a_key_read_from_its_file_is_the_key_written() {
    let key = setup(&TIERS[0], &mut system_rng(), &Silent).unwrap();
    let bytes = written(&key);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &bytes).unwrap();
    for read in [
        ProvingKey::open(file.path()),
        ProvingKey::from_bytes(&bytes),
    ] {
        let read = read.unwrap();
        assert!(read.verifying == key.verifying && read.circuit == key.circuit);
        let (ours, theirs) = (&read.queries, &key.queries);
        assert!(ours.a == theirs.a && ours.b_g1 == theirs.b_g1 && ours.b_g2 == theirs.b_g2);
        assert!(ours.h == theirs.h && ours.l == theirs.l && read.bases == key.bases);
        assert_eq!((ours.beta, ours.delta), (theirs.beta, theirs.delta));
        assert!(written(&read) == bytes);
        honest(&read, &Claim::new("PUSH 3\nWRITE\nHALT", &[3]));
    }
    let sections = sections(&key, &bytes);
    assert!(sections.iter().all(|section| section.start % 64 == 0));
    assert_eq!(sections.last().unwrap().end, bytes.len());
}

#[test]
fn a_file_that_is_cut_or_longer_is_refused() {
    let (key, _) = tiny_key(4);
    let bytes = written(&key);
    let verifying = key.verifying.to_bytes().len();
    let header = start_of_table(&key) + SECTIONS * ENTRY;
    let ends = sections(&key, &bytes);
    let ends = ends.iter().flat_map(|section| [section.start, section.end]);
    for length in (verifying..=header).chain(ends).chain([bytes.len() - 1]) {
        assert!(
            length == bytes.len() || is_malformed(&bytes[..length]),
            "{length}"
        );
    }
    let longer = [&bytes[..], &[0]].concat();
    assert!(is_malformed(&longer));
}

#[test]
fn a_changed_table_is_refused() {
    let (key, _) = tiny_key(4);
    let bytes = written(&key);
    let table = start_of_table(&key) - ENTRY..start_of_table(&key) + SECTIONS * ENTRY;
    for at in table {
        for flip in [1, 0x40, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] ^= flip;
            assert!(is_malformed(&bytes), "{at}");
        }
    }
}

/// Numbers beyond the modulus, indices beyond every end, rules and families that do not exist.
#[test]
fn a_damaged_section_gives_no_false_proof_and_no_panic() {
    let (key, _) = tiny_key(4);
    let bytes = written(&key);
    let program = Claim::new("PUSH 3\nWRITE\nHALT", &[3]).program;
    for (index, section) in sections(&key, &bytes).into_iter().enumerate() {
        for byte in [0, 1, 0x7f, 0xff] {
            let mut bytes = bytes.clone();
            bytes[section.clone()].fill(byte);
            let key = match ProvingKey::from_any_bytes(&bytes) {
                Ok(key) => key,
                Err(KeyError::Malformed(_) | KeyError::Identity(_)) => continue,
                Err(error) => panic!("{index}: {error}"),
            };
            let (inputs, limits) = (Inputs::default(), Limits::default());
            let answer = Prover::new(&key).limits(limits).prove(&program, &inputs);
            // The families are used in messages only.
            let serves_messages_only = index == SECTIONS - 1;
            match answer {
                Ok(_) => assert!(serves_messages_only, "{index}: proves with {byte}"),
                Err(ProveError::SelfCheck | ProveError::Unsatisfied { .. }) => {}
                Err(ProveError::Statement(_)) => {}
                Err(error) => panic!("{index}: {error}"),
            }
        }
    }
}

/// The previous format had the same beginning. Such a key still verifies the proofs that were made with it.
#[test]
fn a_key_of_the_previous_version_is_refused_with_the_way_out() {
    let (key, _) = tiny_key(4);
    let mut bytes = key.verifying.to_bytes();
    bytes.extend(1000u64.to_le_bytes());
    bytes.extend([1; 96_000]);
    let refusal = ProvingKey::from_any_bytes(&bytes).unwrap_err();
    assert!(matches!(refusal, KeyError::Version), "{refusal}");
    assert!(refusal.to_string().contains("made again"));
    assert_eq!(VerifyingKey::read_any(&bytes[..]).unwrap(), key.verifying);
    // A file that differs from this version's in its tag alone.
    let mut bytes = written(&key);
    let tag = start_of_table(&key) - 1;
    assert!(ProvingKey::from_any_bytes(&bytes).is_ok());
    bytes[tag] = b'2';
    let refusal = ProvingKey::from_any_bytes(&bytes).unwrap_err();
    assert!(matches!(refusal, KeyError::Version), "{refusal}");
}
