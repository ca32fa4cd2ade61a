//! The worker's protocol, both ways: lines from a server, and what a server reads of a worker. Jobs that run or
//! verify are done; those that prove are not, since they write files where they are told.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::store::KeyStore;
use provable_fuzz::{bounded, honest};
use provable_server::worker::job::Worker;
use provable_server::worker::lines::{Line, next_line};
use provable_server::worker::protocol::{Job, Message, Request, decode, encode};
use std::path::PathBuf;
use std::sync::LazyLock;

/// The longest line here; the true limit is larger than inputs get.
const LIMIT: usize = 4 << 10;

/// A store with the honest proof's key.
static KEYS: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("provable-fuzz-{}", std::process::id()));
    let store = KeyStore::open(folder.clone());
    let key = honest::KEY.get(1..).unwrap_or_default();
    store.import(key).expect("the key is good");
    folder
});

fuzz_target!(|data: &[u8]| {
    let mut reader = data;
    let mut worker = Worker::new(Some(KEYS.clone()));
    let whole = data
        .split_inclusive(|byte| *byte == b'\n')
        .filter(|line| line.ends_with(b"\n"));
    for expected in whole {
        let line = bounded(LIMIT, 4, 1 << 10, || next_line(&mut reader, LIMIT));
        match line.expect("a slice can be read") {
            Some(Line::Text(bytes)) => {
                assert_eq!(bytes, expected[..expected.len() - 1]);
                take(&mut worker, &bytes);
            }
            Some(Line::TooLong) => assert!(expected.len() > LIMIT),
            None => panic!("a line is missing"),
        }
    }
    assert_eq!(
        next_line(&mut reader, LIMIT).expect("a slice can be read"),
        None
    );
});

fn take(worker: &mut Worker, line: &[u8]) {
    if let Ok(message) = bounded(line.len(), 64, 4 << 10, || {
        serde_json::from_slice::<Message>(line)
    }) {
        let once = encode(&message).expect("it has a JSON form");
        let again: Message = serde_json::from_slice(&once).expect("it reads what it wrote");
        assert_eq!(encode(&again).expect("it has a JSON form"), once);
    }
    match bounded(line.len(), 64, 4 << 10, || decode(line)) {
        Ok(mut job) => {
            let once = encode(&job).expect("a path from JSON is UTF-8");
            let again = decode(&once).expect("it reads what it wrote");
            assert_eq!(encode(&again).expect("a path from JSON is UTF-8"), once);
            let is_proof = match &mut job.request {
                Request::Run {
                    max_steps,
                    max_memory,
                    ..
                }
                | Request::Test {
                    max_steps,
                    max_memory,
                    ..
                } => {
                    *max_steps = 1_000.min(*max_steps);
                    *max_memory = (1 << 16).min(*max_memory);
                    false
                }
                Request::Prove { .. } => true,
                Request::Verify { .. } => false,
            };
            if !is_proof {
                let Job { id, request } = job;
                let answer = worker.perform(id, request);
                if let Err(error) = answer {
                    assert!(!error.message.is_empty());
                }
            }
        }
        Err(message) => assert!(message.len() < 100, "{message}"),
    }
}
