//! Proofs and verifications: the jobs that need a key.

use crate::support::*;
use provable::circuit::tier::TIERS;
use provable::proof::Proof;
use provable_server::worker::protocol::Answer;
use std::path::Path;

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_proof_is_made_with_progress_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sum.proof.json");
    let mut worker = Worker::start(keys());
    let outcome = worker.ask(prove(SUM, None, out.clone()));
    let fractions: Vec<f64> = outcome.progress.iter().map(|(_, at)| *at).collect();
    assert!(fractions.is_sorted(), "{:?}", outcome.progress);
    assert!(fractions.iter().all(|at| (0.0..=1.0).contains(at)));
    for phase in [
        "run",
        "witness",
        "multiplication A",
        "multiplication C",
        "verification",
    ] {
        let is_there = outcome.progress.iter().any(|(name, _)| name == phase);
        assert!(is_there, "no {phase:?} in {:?}", outcome.progress);
    }
    let answer = match outcome.result.unwrap() {
        Answer::Prove(answer) => answer,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        (answer.tier.as_str(), answer.rows),
        (TIERS[0].name, TIERS[0].capacities.rows)
    );
    assert_eq!((answer.steps, answer.setup_ms), (5, 0));
    assert!(answer.prove_ms > 0 && answer.constraints > 80);
    assert_eq!(answer.proof_bytes, 240);
    assert_eq!(answer.public_input, [35]);
    assert_eq!(answer.public_output, [SECRET + 35]);
    assert_eq!(answer.path, out);
    let file = Proof::from_json(&text(&out)).unwrap();
    assert_eq!(answer.trace_commitment, hex::encode(file.trace_commitment));
    assert_eq!(answer.key_digest, hex::encode(file.key));
    assert_eq!(answer.program_digest, hex::encode(file.program));

    let valid = worker.verify(SUM, &text(&out));
    assert_eq!((valid.valid, valid.reason), (true, None));
    assert_eq!(valid.key_origin.as_deref(), Some("made on this machine"));
    assert_eq!(valid.key_digest, answer.key_digest);
    assert_eq!(valid.trace_commitment, answer.trace_commitment);
    assert_eq!(valid.public_input, [35]);
    assert_eq!(valid.public_output, [SECRET + 35]);
    assert!(valid.verify_ms > 0.0);

    let other = worker.verify("HALT\n", &text(&out));
    assert!(!other.valid);
    assert!(other.reason.unwrap().contains("another program"));
    let output = SECRET + 35;
    let lie = text(&out).replace(&output.to_string(), "7");
    let other = worker.verify(SUM, &lie);
    assert!(!other.valid);
    assert!(other.reason.unwrap().contains("does not hold"));
}

#[test]
fn a_text_that_is_no_proof_is_invalid() {
    let mut worker = Worker::start(keys());
    for text in ["", "{}", "[]", "{\"version\":1", &"[".repeat(100_000)] {
        let answer = worker.verify(SUM, text);
        assert!(!answer.valid && answer.key_origin.is_none());
        assert!(answer.reason.unwrap().contains("malformed"));
    }
    let large = " ".repeat((16 << 20) + 1);
    let error = worker.refused(verify(SUM, &large));
    assert!(error.message.contains("larger than 16 MiB"), "{error:?}");
}

/// No key is looked for: there is none, and what that means is more than that it is missing.
#[test]
fn a_proof_of_another_version_is_reported_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sum.proof.json");
    let mut worker = Worker::start(keys());
    worker.prove(out.clone());
    let mut file = Proof::from_json(&text(&out)).unwrap();
    file.circuit[0] ^= 1;
    file.key[0] ^= 1;
    let answer = worker.verify(SUM, &file.to_json());
    assert!(!answer.valid && answer.key_origin.is_none());
    assert_eq!(answer.public_output, file.public_output);
    let reason = answer.reason.unwrap();
    for part in ["another version", "before 0.2.0", "RET", "SECURITY.md"] {
        assert!(reason.contains(part), "{part}: {reason}");
    }
}

#[test]
fn the_estimate_of_a_proof_is_the_time_of_the_last_one_of_its_tier() {
    let keys = own_keys();
    let out = keys.path().join("sum.proof.json");
    let mut worker = Worker::start(keys.path());
    let took = worker.prove(out).prove_ms;
    assert_eq!(worker.run(SUM).cost.unwrap().prove_ms, took);
    std::fs::write(keys.path().join("timings.json"), "{\"120\":").unwrap();
    assert!(worker.run(SUM).cost.unwrap().prove_ms > 0);
}

#[test]
fn a_removed_key_is_made_again_and_does_not_verify_older_proofs() {
    let keys = own_keys();
    let out = keys.path().join("sum.proof.json");
    let mut worker = Worker::start(keys.path());
    let first = worker.prove(out.clone());
    let proof = text(&out);
    assert!(worker.verify(SUM, &proof).valid);
    for file in std::fs::read_dir(keys.path()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "pk") {
            // What a process leaves that is killed while it writes the key.
            let name = path.file_name().unwrap().to_str().unwrap();
            std::fs::write(keys.path().join(format!("{name}.half.part")), "half").unwrap();
            std::fs::remove_file(path).unwrap();
        }
    }
    let error = worker.refused(verify(SUM, &proof));
    assert!(error.message.contains(&first.key_digest), "{error:?}");
    assert!(error.message.contains("keys import"), "{error:?}");

    let outcome = worker.ask(prove(SUM, None, out.clone()));
    let second = match outcome.result.unwrap() {
        Answer::Prove(answer) => answer,
        other => panic!("{other:?}"),
    };
    let fractions: Vec<f64> = outcome.progress.iter().map(|(_, at)| *at).collect();
    assert!(fractions.is_sorted(), "{:?}", outcome.progress);
    let at = |phase| outcome.progress.iter().position(|(name, _)| name == phase);
    assert!(at("circuit").unwrap() < at("witness").unwrap());
    assert!(second.setup_ms > 0);
    assert_ne!(second.key_digest, first.key_digest);
    assert!(worker.verify(SUM, &text(&out)).valid);
    let names = std::fs::read_dir(keys.path()).unwrap();
    let names: Vec<_> = names.map(|file| file.unwrap().file_name()).collect();
    let is_half = |name: &std::ffi::OsString| name.to_string_lossy().ends_with("half.part");
    assert!(!names.iter().any(is_half), "{names:?}");
}

#[test]
fn a_run_that_cannot_be_proved_is_refused_with_the_reason_and_the_way_out() {
    let mut worker = Worker::start(keys());
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sum.proof.json");
    let mut refused = |program: &str, tier, out: &Path, says: &[&str]| {
        let error = worker.refused(prove(program, tier, out.to_path_buf()));
        for text in says {
            assert!(error.message.contains(text), "no {text:?} in {error:?}");
        }
        assert!(!error.message.contains(&SECRET.to_string()), "{error:?}");
        error
    };
    let trap = refused("PUSH 0\nASSERT\n", None, &out, &["sum.prov", "no proof"]).trap;
    assert_eq!(trap.unwrap().line, Some(2));
    let [smallest, next, ..] = TIERS.map(|tier| tier.name);
    let names = format!("{smallest}, ");
    refused(SUM, Some("7"), &out, &["no tier \"7\"", &names]);
    let long = "PUSH 30\nagain: PUSH 1\nSUB\nDUP\nJNZ again\n";
    let [lacks, fits] = [
        format!("tier {smallest} holds"),
        format!("fits in tier {next}"),
    ];
    refused(long, Some(smallest), &out, &["rows", &lacks, &fits]);
    let long = "PUSH 45000\nagain: PUSH 1\nSUB\nDUP\nJNZ again\n";
    refused(long, None, &out, &["180001 steps", "largest tier"]);
    let nowhere = folder.path().join("nowhere/sum.proof.json");
    refused(SUM, None, &nowhere, &["nowhere", "folder exists"]);
    assert!(!out.exists() && !nowhere.exists());
}
