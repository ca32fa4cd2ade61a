//! `provable bench`: what it says of a machine. No test depends on how long something takes.

use provable_tests::{Answer, SMALLEST, provable};
use serde_json::Value;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

/// A key store with the key of the smallest tier.
fn keys() -> &'static Path {
    static KEYS: OnceLock<TempDir> = OnceLock::new();
    let folder = KEYS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let setup = provable(["setup", "--tier", SMALLEST, "--keys"]);
        setup.arg(folder.path()).call().status(0);
        folder
    });
    folder.path()
}

/// A measurement of the smallest tier, with these arguments too.
fn bench(arguments: &[&str]) -> Answer {
    let call = provable(["bench", "--tier", SMALLEST, "--runs", "1"]);
    let call = arguments
        .iter()
        .fold(call, |call, argument| call.arg(argument));
    call.arg("--keys").arg(keys()).call()
}

#[test]
fn every_backend_of_the_processor_is_measured() {
    let answer = bench(&["--json"]).status(0);
    assert_eq!(answer.stderr, "", "the key is there, and no bar in a pipe");
    let json = answer.json();
    assert_eq!(
        (&json["status"], &json["runs"]),
        (&"measured".into(), &1.into())
    );
    assert!(json["threads"].as_u64().unwrap() > 0, "{json}");
    let backends = json["backends"].as_array().unwrap();
    assert_eq!(backends[0], "portable");
    assert_eq!(
        backends.last(),
        Some(&json["backend"]),
        "the fastest is used"
    );
    let has_all = |times: &Value| {
        let times = times.as_object().unwrap();
        assert_eq!(times.len(), backends.len(), "{json}");
        for backend in backends {
            assert!(
                times[backend.as_str().unwrap()].as_f64().unwrap() > 0.0,
                "{json}"
            );
        }
    };
    let [tier] = json["tiers"].as_array().unwrap().as_slice() else {
        panic!("{json}")
    };
    assert_eq!(tier["tier"], SMALLEST);
    assert!(tier["steps"].as_u64().unwrap() > 20, "{json}");
    assert!(tier["verification_ms"].as_f64().unwrap() > 0.0, "{json}");
    has_all(&tier["proof_ms"]);
    assert_eq!(json["sum"]["terms"], 1 << 15);
    has_all(&json["sum"]["ms"]);
}

#[test]
fn every_time_has_its_unit() {
    let text = bench(&[]).status(0).stdout;
    let backends = bench(&["--json"]).json()["backends"].clone();
    let backends: Vec<&str> = backends
        .as_array()
        .unwrap()
        .iter()
        .flat_map(Value::as_str)
        .collect();
    let row = text
        .lines()
        .find(|line| line.ends_with(&format!("  {SMALLEST}")));
    let words: Vec<&str> = row
        .unwrap_or_else(|| panic!("{text}"))
        .split_whitespace()
        .collect();
    // The rows, a time for each backend and for the verification, the tier.
    assert_eq!(words.len(), 2 + 2 * (backends.len() + 1), "{text}");
    for unit in words[1..words.len() - 1].iter().skip(1).step_by(2) {
        assert!(["ms", "s"].contains(unit), "{text}");
    }
    for backend in backends {
        let is_sum = |line: &&str| line.trim_start().starts_with(backend) && line.ends_with('s');
        assert!(text.lines().any(|line| is_sum(&line)), "{backend}: {text}");
    }
    for said in ["thread", "logical processor", "proofs are made with"] {
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
}

#[test]
fn the_log_says_which_backend_made_a_proof() {
    let answer = bench(&["--json", "-v"]).status(0);
    for backend in answer.json()["backends"].as_array().unwrap() {
        let field = format!("backend={backend}");
        assert!(answer.stderr.contains(&field), "{field}: {}", answer.stderr);
    }
}

#[test]
fn a_missing_key_is_made_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let again = || {
        let call = provable([
            "bench", "--tier", SMALLEST, "--tier", SMALLEST, "--runs", "1", "--json",
        ]);
        call.arg("--keys").arg(folder.path()).call().status(0)
    };
    let first = again().says(&["making the key of tier"]);
    assert_eq!(
        first.json()["tiers"].as_array().unwrap().len(),
        1,
        "a tier is measured once"
    );
    assert_eq!(again().stderr, "");
}

#[test]
fn what_cannot_be_measured_is_told() {
    let unknown = provable(["bench", "--tier", "45"]).call().status(2);
    unknown.says(&["45", "the tiers are 44,"]);
    for runs in ["0", "-1", "many", "1001"] {
        let wrong = provable(["bench", &format!("--runs={runs}")]).call();
        wrong.status(2).says(&["--runs", runs]);
    }
    provable(["bench", "sum.prov"])
        .call()
        .status(2)
        .says(&["sum.prov"]);
}
