//! Processes that are killed, as kill -9 and the system do: at any point of a setup, a proof and the writing of a file.

use crate::support::{Place, Worker};
use provable_tests::faults::{TOO_LARGE, signal};
use provable_tests::{SMALLEST, provable};
use std::sync::Arc;

/// What a proof without a key goes through, from its start to its end.
const PHASES: [&str; 11] = [
    "run",
    "circuit",
    "key: polynomials",
    "key: B bases in G2",
    "key: committed bases",
    "key: digest",
    "key: writing",
    "witness",
    "commitment",
    "multiplication C",
    "verification",
];

#[test]
fn a_worker_killed_anywhere_leaves_whole_files_and_the_next_one_does_the_job() {
    let place = Place::new();
    let mut reached = 0;
    for phase in PHASES {
        let mut worker = Worker::start(&place);
        worker.prove(&place);
        reached += usize::from(worker.until(phase));
        drop(worker);
        place.is_whole();
    }
    // With the key there, those of its making are not gone through again.
    assert!(reached >= PHASES.len() - 1, "{reached}");
    place.recovers();
}

#[test]
fn a_partly_written_key_is_no_key_and_is_removed() {
    let place = Place::new();
    // Blocks of 512 bytes; the file has about 7,100.
    for blocks in [1, 3_000, 6_500] {
        let script = format!("ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let output = place.shell(&script, &["setup", "--tier", SMALLEST]);
        assert_eq!(signal(&output), Some(TOO_LARGE), "{output:?}");
        // What is left is of this one alone: it has swept away what the one before left.
        assert_eq!(place.ending(".part").len(), 1, "{:?}", place.names());
        assert_eq!(place.ending(".pk"), [""; 0]);
        place.is_whole();
    }
    place.recovers();
}

#[test]
fn a_write_of_a_proof_that_is_killed_leaves_the_proof_before() {
    let place = Place::with_proof();
    let opening = place.path("sum.opening.json");
    std::fs::write(&opening, "mine").unwrap();
    let before = std::fs::read(place.proof()).unwrap();
    let script = "ulimit -c 0; ulimit -f 1; exec \"$0\" \"$@\"";
    let arguments = ["prove", "sum.prov", "--opening", "sum.opening.json"];
    let output = place.shell(script, &arguments);
    assert_eq!(signal(&output), Some(TOO_LARGE), "{output:?}");
    assert_eq!(std::fs::read(place.proof()).unwrap(), before);
    assert_eq!(std::fs::read(&opening).unwrap(), b"mine");
    let begun = || {
        let files = std::fs::read_dir(place.folder()).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with('.')).count()
    };
    assert_eq!(begun(), 1);
    place.recovers();
    assert_eq!(begun(), 0, "what was begun is swept");
}

#[test]
fn of_several_processes_one_makes_the_key() {
    let place = Arc::new(Place::new());
    let calls: Vec<_> = (0..3)
        .map(|_| {
            let place = Arc::clone(&place);
            std::thread::spawn(move || place.call(&["setup", "--tier", SMALLEST, "--json"]))
        })
        .collect();
    let answers = calls
        .into_iter()
        .map(|call| call.join().unwrap().status(0).json());
    let answers: Vec<_> = answers.collect();
    let makers = answers
        .iter()
        .filter(|answer| answer["setup_ms"].as_u64().unwrap() > 0);
    assert_eq!(makers.count(), 1, "{answers:?}");
    assert!(
        answers
            .iter()
            .all(|answer| answer["key"] == answers[0]["key"])
    );
    place.recovers();
}

#[test]
fn a_process_that_waits_for_a_killed_one_makes_the_key() {
    let place = Arc::new(Place::new());
    let mut first = Worker::start(&place);
    first.prove(&place);
    assert!(first.until("circuit"), "it has the lock");
    let second = {
        let place = Arc::clone(&place);
        std::thread::spawn(move || place.call(&["setup", "--tier", SMALLEST, "--json"]))
    };
    assert!(first.until("key: B bases in G1"));
    drop(first);
    let answer = second.join().unwrap().status(0).json();
    assert!(answer["setup_ms"].as_u64().unwrap() > 0, "{answer}");
    place.recovers();
}

#[test]
fn formatting_that_is_killed_leaves_the_text_as_it_was() {
    let place = Place::new();
    let text = "push 1\n".repeat(1000);
    std::fs::write(place.path("long.prov"), &text).unwrap();
    let mut shell = std::process::Command::new("sh");
    let script = "ulimit -c 0; ulimit -f 4; exec \"$0\" fmt long.prov";
    shell.args(["-c", script]).arg(provable_tests::binary());
    let output = shell.current_dir(place.folder()).output().unwrap();
    assert_eq!(signal(&output), Some(TOO_LARGE), "{output:?}");
    let is = || std::fs::read_to_string(place.path("long.prov")).unwrap();
    assert_eq!(is(), text);
    let path = place.path("long.prov");
    provable(["fmt", path.to_str().unwrap()]).call().status(0);
    assert!(is().starts_with("    PUSH 1\n"));
}
