//! The fuzz targets begin with a proof and its key. Nothing here builds them, so it is here that one sees that the two
//! are still of this version's form; else the targets would not start, or drive no further than the first refusal.

use provable::lang::program::assemble;
use provable::proof::{Proof, VerifyError, VerifyingKey, verify};
use serde_json::Value;
use std::path::PathBuf;

const WAY_OUT: &str = "make the seeds anew: cargo xtask fuzz-seeds";

fn seed(name: &str) -> Vec<u8> {
    let path: PathBuf = provable_tests::root().join("fuzz/seeds").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text(name: &str) -> String {
    String::from_utf8(seed(name)).unwrap()
}

/// What this version says of a proof among the seeds.
fn verified(proof: &str) -> Result<(), VerifyError> {
    let key = seed("key/honest.vk");
    let (kind, key) = key
        .split_first()
        .expect("a byte that says what the rest is");
    assert_eq!(*kind, b'v');
    let key = VerifyingKey::from_bytes(key).expect(WAY_OUT);
    assert!(key.tier().is_some(), "{WAY_OUT}");
    let program = assemble(&text("text/sum.prov")).program.unwrap();
    verify(&key, &program, &Proof::from_json(proof)?).map(drop)
}

#[test]
fn the_honest_proof_is_valid_under_its_key() {
    verified(&text("proof/sum.json")).expect(WAY_OUT);
    let job: Value = serde_json::from_str(&text("worker/verify.jsonl")).unwrap();
    let proof = &job["request"]["with"]["proof"];
    assert_eq!(*proof, text("proof/sum.json"), "{WAY_OUT}");
}

/// A seed that is refused for its key's sake is refused before anything that it is there for.
#[test]
fn the_others_are_refused_for_their_points_alone() {
    for name in ["generator", "swapped"] {
        let result = verified(&text(&format!("proof/{name}.json")));
        let for_its_points = matches!(result, Err(VerifyError::Pairing));
        assert!(for_its_points, "{name}: {result:?}; {WAY_OUT}");
    }
    let infinity = verified(&text("proof/infinity.json"));
    assert!(matches!(
        infinity,
        Err(VerifyError::Field { field: "a", .. })
    ));
}

#[test]
fn the_proving_key_begins_as_this_version_writes_it() {
    let (proving, verifying) = (seed("key/proving.bin"), seed("key/honest.vk"));
    let head = proving.get(1..verifying.len());
    assert_eq!(proving.first(), Some(&b'p'));
    assert!(head == verifying.get(1..), "{WAY_OUT}");
    assert!(proving.len() > verifying.len(), "{WAY_OUT}");
}
