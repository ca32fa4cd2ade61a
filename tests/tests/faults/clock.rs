//! Clocks that jump. Nothing is trusted for its age; times only tell one file from another that took its place.

use crate::support::{Place, Worker};
use provable_tests::SMALLEST;
use serde_json::Value;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

fn set(path: &Path, time: SystemTime) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(time).unwrap();
}

fn proved_with(worker: &mut Worker, place: &Place) -> Value {
    worker.prove(place);
    let result = worker.result().unwrap();
    let digest = &result["done"]["answer"]["with"]["key_digest"];
    assert!(digest.is_string(), "{result}");
    digest.clone()
}

#[test]
fn files_of_the_past_and_of_the_future_are_as_good_as_new() {
    let place = Place::with_proof();
    let key = std::fs::read(place.key()).unwrap();
    let mut worker = Worker::start(&place);
    let first = proved_with(&mut worker, &place);
    for time in [SystemTime::UNIX_EPOCH, SystemTime::now() + 100 * YEAR] {
        for path in [place.key(), place.proof(), place.path("sum.prov")] {
            set(&path, time);
        }
        assert_eq!(place.verify().status(0).json()["valid"], true);
        assert_eq!(place.prove().status(0).json()["setup_ms"], 0);
        assert_eq!(proved_with(&mut worker, &place), first);
    }
    assert_eq!(std::fs::read(place.key()).unwrap(), key);
    place.recovers();
}

#[test]
fn a_key_that_took_anothers_place_at_the_same_moment_is_not_mistaken_for_it() {
    let place = Place::with_key();
    let before = std::fs::metadata(place.key()).unwrap();
    let mut worker = Worker::start(&place);
    let first = proved_with(&mut worker, &place);

    let other = Place::new();
    other.call(&["setup", "--tier", SMALLEST]).status(0);
    std::fs::rename(other.key(), place.path("keys/new")).unwrap();
    std::fs::rename(place.path("keys/new"), place.key()).unwrap();
    set(&place.key(), before.modified().unwrap());
    let after = std::fs::metadata(place.key()).unwrap();
    assert_eq!(
        (before.len(), before.modified().unwrap()),
        (after.len(), after.modified().unwrap())
    );

    assert_ne!(proved_with(&mut worker, &place), first);
    place.recovers();
}
