//! Folders that are read-only, or not there.

use crate::support::{Place, Worker};
use provable::circuit::tier::LARGEST;
use provable_tests::faults::{Ended, may_mount};
use provable_tests::{Answer, NEXT, SMALLEST};
use std::process::{Command, Output};

/// Calls the command with a key store that cannot be written to.
fn read_only(place: &Place, arguments: &[&str]) -> Answer {
    let ended = |output: Output| Ended::of(&output, &place.path("keys")).answer;
    if may_mount() {
        let script = "exec unshare -rm sh -c 'mount --bind keys keys && mount -o remount,bind,ro keys && \
                      exec \"$0\" \"$@\"' \"$0\" \"$@\"";
        return ended(place.shell(script, arguments));
    }
    let script = "chmod 555 keys; ! touch keys/probe 2>/dev/null || exit 99; \"$0\" \"$@\"; status=$?; chmod 755 keys; exit $status";
    let answer = ended(place.shell(script, arguments));
    assert_ne!(
        answer.status, 99,
        "this user may write where nobody may: run the tests as another, or allow user namespaces"
    );
    answer
}

#[test]
fn a_read_only_store_serves_what_it_has_and_takes_nothing() {
    let place = Place::with_key();
    let before = place.names();
    read_only(&place, &["prove", "sum.prov"]).status(0);
    read_only(&place, &["verify", "sum.prov", "sum.proof.json"]).status(0);
    read_only(&place, &["keys", "list"]).status(0);
    read_only(&place, &["keys", "export", SMALLEST, "120.vk"]).status(0);
    let refused = |arguments: &[&str], path: &str| {
        let answer = read_only(&place, arguments).status(2);
        assert!(
            answer.stderr.contains(path) && answer.stderr.contains("--keys"),
            "{answer:?}"
        );
    };
    refused(&["setup", "--tier", NEXT], &format!("keys/{NEXT}-"));
    refused(&["keys", "remove", SMALLEST], &format!("keys/{SMALLEST}-"));
    assert_eq!(place.names(), before);

    let empty = Place::new();
    std::fs::copy(place.path("120.vk"), empty.path("120.vk")).unwrap();
    let answer = read_only(&empty, &["keys", "import", "120.vk"]).status(2);
    assert!(answer.stderr.contains("keys"), "{answer:?}");
    assert_eq!(empty.names(), [""; 0]);
}

#[test]
fn a_store_that_cannot_exist_is_refused_with_the_way_out() {
    let place = Place::new();
    for arguments in [&["keys", "list"][..], &["prove", "sum.prov"], &["setup"]] {
        let arguments = [arguments, &["--keys", "sum.prov/keys"]].concat();
        let call = provable_tests::provable(arguments).in_folder(place.folder());
        call.call()
            .status(2)
            .says(&["sum.prov/keys", "--keys", "PROVABLE_HOME"]);
    }
}

#[test]
fn a_store_that_goes_missing_is_made_again() {
    let place = Place::with_key();
    let mut worker = Worker::start(&place);
    worker.prove(&place);
    let first = worker.result().unwrap()["done"]["answer"]["with"]["key_digest"].clone();
    std::fs::remove_dir_all(place.path("keys")).unwrap();
    std::fs::remove_file(place.proof()).unwrap();
    worker.prove(&place);
    let second = worker.result().unwrap()["done"]["answer"]["with"]["key_digest"].clone();
    assert!(
        first.is_string() && second.is_string() && first != second,
        "{first} {second}"
    );
    place.recovers();
}

#[test]
fn a_job_whose_proof_cannot_be_written_is_refused_before_any_work() {
    let place = Place::new();
    let mut worker = Worker::start(&place);
    let mut refused = |told: &str| {
        worker.prove(&place);
        let first = worker.hear().unwrap();
        let message = first["failed"]["error"]["message"].as_str();
        let message = message.unwrap_or_else(|| panic!("no failure at once: {first}"));
        assert!(message.contains(told), "{message}");
        assert_eq!(place.names(), [""; 0]);
    };
    // A pipe would wait for a reader for ever.
    let made = Command::new("mkfifo").arg(place.proof()).status().unwrap();
    assert!(made.success());
    refused("no regular file");
    std::fs::remove_file(place.proof()).unwrap();
    std::fs::create_dir(place.proof()).unwrap();
    refused("it is a folder");
    std::fs::remove_dir(place.proof()).unwrap();
    std::fs::write(place.proof(), "mine").unwrap();
    let mut permissions = std::fs::metadata(place.proof()).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(place.proof(), permissions).unwrap();
    refused("read-only");
    assert_eq!(std::fs::read_to_string(place.proof()).unwrap(), "mine");
    std::fs::remove_file(place.proof()).unwrap();
    std::os::unix::fs::symlink("gone/sum.proof.json", place.proof()).unwrap();
    refused("its folder does not exist");
    std::fs::remove_file(place.proof()).unwrap();
    worker.prove(&place);
    assert!(worker.result().unwrap()["done"].is_object());
}

#[test]
fn a_read_only_folder_is_refused_before_any_work() {
    if !may_mount() {
        return;
    }
    let place = Place::new();
    std::fs::create_dir(place.path("out")).unwrap();
    let script = "exec unshare -rm sh -c 'mount --bind out out && mount -o remount,bind,ro out && exec \"$0\" \"$@\"' \"$0\" \"$@\"";
    let arguments = ["prove", "sum.prov", "-o", "out/a.json"];
    let answer = Ended::of(&place.shell(script, &arguments), &place.path("keys"));
    assert_eq!((answer.answer.status, answer.left), (2, Vec::new()));
    assert!(
        answer.answer.stderr.contains("no file can be made in"),
        "{:?}",
        answer.answer
    );
    // The same of the store, before a key is made in vain.
    let script = script.replace(" out", " keys");
    let answer = Ended::of(
        &place.shell(&script, &["setup", "--tier", LARGEST[0].name]),
        &place.path("keys"),
    );
    assert_eq!((answer.answer.status, answer.left), (2, Vec::new()));
    assert!(
        answer.answer.stderr.contains("Read-only"),
        "{:?}",
        answer.answer
    );
}
