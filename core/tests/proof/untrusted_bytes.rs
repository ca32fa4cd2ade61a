//! Bytes from outside: reading a proof file, an opening, a verifying key or an inputs file never panics, whatever it holds, and damage is
//! noticed.

use crate::support::{assemble, key, proved};
use proptest::prelude::*;
use provable::proof::{Opening, Proof, ProvingKey, VerifyingKey, verify};
use provable::vm::{Inputs, Limits};
use std::sync::OnceLock;

struct Honest {
    key: ProvingKey,
    proof: String,
    opening: String,
}

fn honest() -> &'static Honest {
    static HONEST: OnceLock<Honest> = OnceLock::new();
    HONEST.get_or_init(|| {
        let key = key();
        let program = assemble("READ,SECRET,ADD,WRITE");
        let proved = proved(&key, &program, &[4], &[3]);
        Honest {
            key,
            proof: proved.proof.to_json(),
            opening: proved.opening.to_json(),
        }
    })
}

/// Overwrites, inserts or cuts somewhere.
fn damage(text: &[u8], at: usize, byte: u8, kind: u8) -> Vec<u8> {
    let at = at % text.len();
    let mut bytes = text.to_vec();
    match kind % 3 {
        0 => bytes[at] = byte,
        1 => bytes.insert(at, byte),
        _ => bytes.truncate(at),
    }
    bytes
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in ".{0,300}") {
        let _ = Proof::from_json(&text);
        let _ = Opening::from_json(&text);
        let _ = Inputs::from_json(&text);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..900)) {
        let _ = VerifyingKey::from_bytes(&bytes);
        let mut tagged = b"provable-vm vk 2".to_vec();
        tagged.extend(&bytes);
        prop_assert!(VerifyingKey::from_bytes(&tagged).is_err());
    }

    #[test]
    fn a_damaged_proof_is_refused_or_the_same(at: usize, byte: u8, kind: u8) {
        let honest = honest();
        let program = assemble("READ,SECRET,ADD,WRITE");
        let bytes = damage(honest.proof.as_bytes(), at, byte, kind);
        if let Ok(Ok(file)) = std::str::from_utf8(&bytes).map(Proof::from_json) {
            let same = file == Proof::from_json(&honest.proof).unwrap();
            prop_assert_eq!(verify(&honest.key.verifying, &program, &file).is_ok(), same);
        }
    }

    #[test]
    fn a_damaged_opening_opens_nothing_else(at: usize, byte: u8, kind: u8) {
        let honest = honest();
        let program = assemble("READ,SECRET,ADD,WRITE");
        let file = Proof::from_json(&honest.proof).unwrap();
        let bytes = damage(honest.opening.as_bytes(), at, byte, kind);
        if let Ok(Ok(opening)) = std::str::from_utf8(&bytes).map(Opening::from_json) {
            let original = Opening::from_json(&honest.opening).unwrap();
            let same = opening.secret == original.secret && opening.blind == original.blind;
            let audit = opening.audit(&honest.key, &program, &file, Limits::default());
            prop_assert_eq!(audit.is_ok(), same);
        }
    }

    #[test]
    fn a_damaged_verifying_key_is_refused_or_another(at: usize, byte: u8, kind: u8) {
        let bytes = honest().key.verifying.to_bytes();
        let damaged = damage(&bytes, at, byte, kind);
        if let Ok(key) = VerifyingKey::from_bytes(&damaged) {
            prop_assert_eq!(key.digest() == honest().key.verifying.digest(), damaged == bytes);
        }
    }
}

#[test]
fn error_messages_quote_little_and_no_control_characters() {
    let long = format!("{{\"{}\": 1}}", "\u{202e}".repeat(1 << 20));
    for text in [
        "{\"\\u001b[2J\\rvalid\\n\": 1}",
        "{\"version\": \"\\u001b[2J\"}",
        "{\"public\": [\"1\\u001b\"]}",
        "{\"public\": [\"'\\\\\\u001b'\"]}",
        &long,
    ] {
        let proof = Proof::from_json(text).unwrap_err().to_string();
        let opening = Opening::from_json(text).unwrap_err().to_string();
        let inputs = Inputs::from_json(text).unwrap_err().to_string();
        for message in [proof, opening, inputs] {
            assert!(message.len() < 2_000, "{} bytes", message.len());
            assert!(!message.contains(char::is_control), "{message:?}");
        }
    }
}
