//! Memory that runs out, and small files that ask for much of it.

use crate::support::{Place, Worker};
use provable_tests::SMALLEST;
use provable_tests::faults::signal;
use serde_json::json;

/// The signal of a process that gives up by itself, as one does that gets no memory.
const ABORTED: i32 = 6;

/// A process with so many KiB of addresses. One thread, so that as much is free on every machine.
fn within(kib: usize) -> String {
    format!(
        "ulimit -c 0; ulimit -v {kib}; export RAYON_NUM_THREADS=1 MALLOC_ARENA_MAX=1; exec \"$0\" \"$@\""
    )
}

#[test]
fn a_worker_without_memory_dies_alone_and_the_next_one_works() {
    let place = Place::with_proof();
    let mut worker = Worker::limited(&place, &within(200_000));
    let grow = "here: PUSH 1\nJMP here\n";
    let limits = json!({ "program": grow, "max_steps": u64::MAX, "max_memory": 1u64 << 40 });
    worker.send("run", limits);
    assert_eq!(worker.result(), None);
    assert_eq!(worker.end(), Some(ABORTED));
    place.is_whole();
    place.recovers();
}

#[test]
fn a_setup_without_memory_leaves_nothing_half_written() {
    let place = Place::new();
    let mut died = 0;
    for kib in [20_000, 30_000, 40_000, 60_000] {
        let output = place.shell(&within(kib), &["setup", "--tier", SMALLEST]);
        died += usize::from(!output.status.success());
        place.is_whole();
    }
    assert!(died > 0, "no setup ran out of memory");
    place.recovers();
}

#[test]
fn a_key_that_claims_to_be_large_gets_no_more_memory_than_it_has_bytes() {
    let place = Place::with_key();
    let bytes = std::fs::read(place.key()).unwrap();
    // The verifying key, a tag, where the first section begins, and then its length.
    for claim in [1u64 << 32, 1 << 48, u64::MAX] {
        let mut bytes = bytes.clone();
        bytes[856..864].copy_from_slice(&claim.to_le_bytes());
        std::fs::write(place.key(), bytes).unwrap();
        let output = place.shell(&within(200_000), &["prove", "sum.prov"]);
        assert_eq!(
            (output.status.code(), signal(&output)),
            (Some(2), None),
            "{output:?}"
        );
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(&format!("keys remove {SMALLEST}")), "{told}");
    }
}

#[test]
fn a_message_that_claims_to_be_large_gets_no_more_memory_than_it_has_bytes() {
    let place = Place::new();
    for claim in [160u64 << 20, 1 << 40, u64::MAX] {
        let script = format!(
            "printf 'Content-Length: {claim}\\r\\n\\r\\n{{}}' | ({})",
            within(150_000)
        );
        let output = place.shell(&script, &["lsp"]);
        assert_eq!(
            (output.status.code(), signal(&output)),
            (Some(1), None),
            "{output:?}"
        );
    }
}
