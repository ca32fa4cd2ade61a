//! Proof files, read and verified against a program and a key.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::proof::{Proof, verify};
use provable_fuzz::honest::Honest;
use provable_fuzz::{bounded, is_told};
use std::sync::LazyLock;

static HONEST: LazyLock<Honest> = LazyLock::new(Honest::new);

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let read = bounded(text.len(), 16, 16 << 10, || Proof::from_json(text));
    let file = match read {
        Ok(file) => file,
        Err(error) => return is_told(&error.to_string()),
    };
    let again = Proof::from_json(&file.to_json());
    assert_eq!(again.ok().as_ref(), Some(&file));
    let is_valid = verify(&HONEST.key, &HONEST.program, &file).is_ok();
    assert_eq!(is_valid, file == HONEST.file, "{text}");
});
