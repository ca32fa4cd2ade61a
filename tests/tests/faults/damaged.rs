//! Key files that are not what they were: cut, changed, or another tier's.

use crate::support::{Place, Worker};
use provable::circuit::tier::TIERS;
use provable::store::KeyStore;
use provable_tests::{NEXT, SMALLEST};

/// A damaged key makes no proof, is told with the way out, and the way out leads out.
#[track_caller]
fn is_told(place: &Place, tier: &str) {
    let remove = format!("keys remove {tier}");
    let arguments = ["prove", "sum.prov", "--tier", tier];
    place.call(&arguments).status(2).says(&["damaged", &remove]);
    assert!(!place.proof().exists());
}

#[test]
fn a_truncated_key_is_refused_and_made_again_once_it_is_removed() {
    let place = Place::with_key();
    let bytes = std::fs::read(place.key()).unwrap();
    for length in [0, 16, 831, 832, 848, 1152, 1 << 20, bytes.len() - 1] {
        std::fs::write(place.key(), &bytes[..length]).unwrap();
        is_told(&place, SMALLEST);
    }
    place.call(&["keys", "remove", SMALLEST]).status(0);
    assert_eq!(place.ending(".pk"), [""; 0]);
    place.recovers();
}

#[test]
fn a_key_with_a_changed_bit_makes_a_valid_proof_or_none() {
    let place = Place::with_key();
    let bytes = std::fs::read(place.key()).unwrap();
    let header = [20, 60, 100, 300, 840, 850, 860];
    let spread = (0..8).map(|part| 1152 + part * (bytes.len() - 1153) / 7);
    for at in header.into_iter().chain(spread) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1 << (at % 8);
        std::fs::write(place.key(), bytes).unwrap();
        let answer = place.prove();
        match answer.status {
            0 => {
                assert_eq!(place.verify().status(0).json()["valid"], true, "byte {at}");
                std::fs::remove_file(place.proof()).unwrap();
            }
            _ => is_told(&place, SMALLEST),
        }
    }
    place.call(&["keys", "remove", SMALLEST]).status(0);
    assert_eq!(place.ending(".pk"), [""; 0]);
}

#[test]
fn another_tiers_key_is_refused_and_neither_tier_loses_its_own() {
    let place = Place::with_key();
    let store = KeyStore::open(place.path("keys"));
    let next = store.proving_path(&TIERS[1]);
    std::fs::copy(place.key(), &next).unwrap();
    is_told(&place, NEXT);
    place.call(&["keys", "remove", NEXT]).status(0);
    assert!(!next.exists() && place.key().exists());
    place.recovers();
}

/// Files that are mapped must not be cut, and nothing here does it: somebody else does.
#[test]
fn a_key_truncated_while_in_use_ends_the_worker_and_nothing_else() {
    let place = Place::with_key();
    let mut worker = Worker::start(&place);
    worker.prove(&place);
    assert!(worker.until("witness"));
    let key = std::fs::File::options().write(true).open(place.key());
    key.unwrap().set_len(1 << 10).unwrap();
    match worker.result() {
        // The system ends a process that reads what is no longer there.
        None => assert!(worker.end().is_some() && !place.proof().exists()),
        // It had read all it needed.
        Some(_) => std::fs::remove_file(place.proof()).unwrap(),
    }
    is_told(&place, SMALLEST);
    place.call(&["keys", "remove", SMALLEST]).status(0);
    place.recovers();
}
