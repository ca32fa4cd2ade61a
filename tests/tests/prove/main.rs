//! `provable prove`, `verify`, `audit`, `setup` and `keys`, on the smallest tier. One key serves nearly all of it.

mod destinations;
mod keys;
mod overwrite;
mod several;
mod stores;
mod streams;
mod support;
mod verify;

use provable_tests::SMALLEST;
use serde_json::json;
use std::path::Path;
use support::proved;

#[test]
fn a_proof_says_its_sizes_and_its_times() {
    let json = &proved().answer;
    for field in [
        "rows",
        "steps",
        "constraints",
        "setup_ms",
        "prove_ms",
        "proof_bytes",
    ] {
        assert!(json[field].is_u64(), "{field} in {json}");
    }
    assert_eq!(
        (&json["tier"], &json["steps"]),
        (&json!(SMALLEST), &json!(8))
    );
    assert_eq!(json["proof_bytes"], 240);
    assert_eq!(json["trace_commitment"].as_str().unwrap().len(), 64);
}

#[test]
fn a_second_proof_takes_the_key_that_is_there() {
    let json = proved()
        .call(&["prove", "seed.prov", "-o", "again.proof.json", "--json"])
        .status(0)
        .json();
    assert_eq!(json["setup_ms"], 0);
    assert_ne!(
        json["trace_commitment"],
        proved().answer["trace_commitment"],
        "it hides the trace"
    );
}

/// Several steps may share a row, so a run may have more steps than its tier has rows.
#[test]
fn a_run_of_more_steps_than_rows_is_proved_and_audited() {
    let program = format!("PUSH 0\n{}WRITE\n", "PUSH 1\nADD\n".repeat(30));
    std::fs::write(proved().path("many.prov"), program).unwrap();
    let prove = [
        "prove",
        "many.prov",
        "--opening",
        "many.opening.json",
        "--json",
    ];
    let json = proved().call(&prove).status(0).json();
    let count = |name: &str| json[name].as_u64().unwrap();
    assert!(count("steps") > count("rows") + 1, "{json}");
    let audit = ["audit", "many.prov", "many.proof.json", "many.opening.json"];
    proved().call(&audit).status(0);
}

#[test]
fn the_opening_is_for_its_owner_and_shows_the_trace_that_was_proved() {
    let audit = [
        "audit",
        "seed.prov",
        "seed.proof.json",
        "seed.opening.json",
        "--json",
    ];
    assert_eq!(proved().call(&audit).status(0).json()["valid"], true);
    proved()
        .call(&["prove", "seed.prov", "-o", "other.proof.json", "--json"])
        .status(0);
    let other = [
        "audit",
        "seed.prov",
        "other.proof.json",
        "seed.opening.json",
        "--json",
    ];
    assert_eq!(proved().call(&other).status(1).json()["valid"], false);
    proved()
        .call(&["audit", "seed.prov", "-", "-"])
        .status(2)
        .says(&["standard input", "one thing only"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let opening = std::fs::metadata(proved().path("seed.opening.json")).unwrap();
        assert_eq!(opening.permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_run_that_traps_has_no_proof() {
    std::fs::write(proved().path("trap.prov"), "PUSH 0\nASSERT\n").unwrap();
    let answer = proved().call(&["prove", "trap.prov", "--json"]).status(1);
    let json = answer.json();
    assert_eq!(
        (&json["status"], &json["line"]),
        (&json!("error"), &json!(2))
    );
    assert!(!Path::new(&proved().path("trap.proof.json")).exists());
}

#[test]
fn an_unknown_tier_is_answered_with_those_there_are() {
    proved()
        .call(&["prove", "seed.prov", "--tier", "7"])
        .status(2)
        .says(&["no tier \"7\"", &format!("{SMALLEST}, ")]);
    proved()
        .call(&["setup", "--tier", "7"])
        .status(2)
        .says(&["the tiers are"]);
}
