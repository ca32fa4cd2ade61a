//! The decoder takes anything: it answers with a job or an error, and never with a panic.

use crate::support::{SECRET, SUM, prove, run, verify};
use proptest::prelude::*;
use provable_server::worker::protocol::{Job, Message, Request, decode, encode};

fn requests() -> impl Strategy<Value = Request> {
    let text = ".{0,40}";
    prop_oneof![
        text.prop_map(|program| run(&program)),
        (text, proptest::option::of(text), text).prop_map(|(program, tier, out)| prove(
            &program,
            tier.as_deref(),
            out.into()
        )),
        (text, text).prop_map(|(program, proof)| verify(&program, &proof)),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_a_job_or_an_error(bytes: Vec<u8>) {
        let _ = decode(&bytes);
        let _ = serde_json::from_slice::<Message>(&bytes);
    }

    #[test]
    fn a_damaged_job_is_a_job_or_an_error_that_repeats_nothing(
        request in requests(),
        damages in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..8),
    ) {
        let mut line = encode(&Job { id: 1, request }).unwrap();
        for (at, byte, how) in damages {
            let at = at.index(line.len());
            match how {
                0 => line[at] = byte,
                1 => line.insert(at, byte),
                _ => line.truncate(at.max(1)),
            }
        }
        if let Err(error) = decode(&line) {
            prop_assert!(!error.contains(&SECRET.to_string()), "{}", error);
            prop_assert!(error.len() < 100, "{}", error);
        }
    }

    #[test]
    fn a_job_is_decoded_as_it_was_encoded(id: u64, request in requests()) {
        let line = encode(&Job { id, request }).unwrap();
        prop_assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
        let read = decode(&line).unwrap();
        prop_assert_eq!(encode(&read).unwrap(), line);
    }
}

#[test]
fn a_wrong_secret_is_not_repeated() {
    let line = String::from_utf8(
        encode(&Job {
            id: 1,
            request: run(SUM),
        })
        .unwrap(),
    )
    .unwrap();
    let wrong = line.replace(&SECRET.to_string(), "\"hunter2\"");
    assert!(wrong.contains("hunter2"));
    let error = decode(wrong.as_bytes()).unwrap_err();
    assert!(!error.contains("hunter2"), "{error}");
}
