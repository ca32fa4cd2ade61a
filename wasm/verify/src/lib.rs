//! The verifier as a WebAssembly module, which imports nothing: no files, no clock, no random bytes.
//!
//! `provable-wasm-abi` says how bytes are passed. An instance has one key:
//!
//! | export | what it does |
//! | --- | --- |
//! | `load_key(key) -> status` | makes these bytes the verifying key, once |
//! | `verify(program, proof) -> status` | verifies a proof file against the text of a program |
//!
//! A status says what the answer is. The answer is a JSON object, and its field `status` has the same number, so an answer
//! is never taken for that of another call:
//!
//! | status | answer |
//! | --- | --- |
//! | [`status::READY`] | `load_key`: `key_digest` and `tier` |
//! | [`status::VALID`] | `verify`: the statement that the proof proves |
//! | [`status::INVALID`] | `verify`: `reason`, a word, and `message`: the proof proves nothing of this program under this key |
//! | [`status::BAD_KEY`], [`status::BAD_PROGRAM`] | `message`: there is no verdict, because this argument is of no use |
//! | [`status::BAD_CALL`] | `message`: the host called in a wrong order, or passed no buffer |
//!
//! A host that gets anything else, or a trap, has no verdict.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod answer;
mod reason;
pub mod status;

use answer::{Ready, Valid, give, refuse};
use provable::{Program, Proof, Verifier};
use provable_wasm_abi::export;
use std::cell::RefCell;

thread_local! {
    static VERIFIER: RefCell<Option<Verifier>> = const { RefCell::new(None) };
}

export! {
    /// Makes these bytes the verifying key of this instance.
    pub fn load_key(key: Option<Vec<u8>>) -> u32 {
        let Some(key) = key else {
            return refuse(status::BAD_CALL, "no buffer with a key was passed");
        };
        if VERIFIER.with_borrow(Option::is_some) {
            return refuse(status::BAD_CALL, "this instance has a key");
        }
        match Verifier::from_bytes(&key) {
            Ok(verifier) => {
                let ready = Ready::of(&verifier);
                VERIFIER.replace(Some(verifier));
                give(&ready)
            }
            Err(error) => refuse(status::BAD_KEY, &error.to_string()),
        }
    }

    /// Verifies a proof, the text of its file, against a program, its text.
    pub fn verify(program: Option<Vec<u8>>, proof: Option<Vec<u8>>) -> u32 {
        let (Some(program), Some(proof)) = (program, proof) else {
            return refuse(status::BAD_CALL, "no buffer with a program or with a proof was passed");
        };
        VERIFIER.with_borrow(|verifier| match verifier {
            Some(verifier) => judge(verifier, &program, &proof),
            None => refuse(status::BAD_CALL, "this instance has no key"),
        })
    }
}

fn judge(verifier: &Verifier, program: &[u8], proof: &[u8]) -> u32 {
    let Ok(program) = std::str::from_utf8(program) else {
        return refuse(status::BAD_PROGRAM, "the program is not UTF-8 text");
    };
    let program: Program = match program.parse() {
        Ok(program) => program,
        Err(error) => return refuse(status::BAD_PROGRAM, &answer::of_program(program, &error)),
    };
    let Ok(proof) = std::str::from_utf8(proof) else {
        return answer::invalid("malformed", "the proof file is not UTF-8 text");
    };
    let verdict = Proof::from_json(proof)
        .and_then(|proof| proof.tier().map(|_| proof))
        .and_then(|proof| verifier.verify(&program, &proof));
    match verdict {
        Ok(statement) => give(&Valid::of(&statement)),
        Err(error) => answer::invalid(reason::of(&error), &error.to_string()),
    }
}

#[cfg(test)]
mod tests;
