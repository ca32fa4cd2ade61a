//! What an embedding developer calls: from a text to a proof, and from a proof to a statement.

use crate::support::key;
use provable::circuit::tier::{TIERS, Tier};
use provable::proof::{Silent, setup, system_rng};
use provable::{
    Inputs, KeyError, KeyStore, Origin, Program, Progress, Proof, ProveError, Prover, Verifier,
    VerifyError, prove,
};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

const FACTORS: &str = "SECRET\nSECRET\nMUL\nREAD\nEQ\nASSERT";

fn program() -> Program {
    FACTORS.parse().unwrap()
}

fn inputs() -> Inputs {
    Inputs::new([3599], [59, 61])
}

#[test]
fn a_proof_from_the_store_verifies_with_the_exported_key_and_states_what_was_proved() {
    let folder = tempfile::tempdir().unwrap();
    let store = KeyStore::open(folder.path());
    let proved = prove(&program(), &inputs(), &store).unwrap();
    let text = proved.proof.to_json();

    let keys = store.list().unwrap();
    let key = keys[0].key.as_ref().unwrap().to_bytes();
    let verifier = Verifier::from_bytes(&key).unwrap();
    let proof = Proof::from_json(&text).unwrap();
    let statement = verifier.verify(&program(), &proof).unwrap();
    assert_eq!(statement.public_input, [3599]);
    assert!(statement.public_output.is_empty());
    assert_eq!(statement.program, program().digest());
    assert_eq!(statement.trace_commitment, proof.trace_commitment);
    assert_eq!(statement.key, verifier.key().digest());
    assert_eq!(statement.key_origin, Origin::Imported);

    let other: Program = FACTORS.replace("MUL", "ADD").parse().unwrap();
    let refused = verifier.verify(&other, &proof).unwrap_err();
    assert!(matches!(refused, VerifyError::Program { .. }), "{refused}");
    let mut changed = proof;
    changed.public_input = vec![3600];
    let refused = verifier.verify(&program(), &changed).unwrap_err();
    assert!(matches!(refused, VerifyError::Pairing), "{refused}");
}

#[test]
fn bytes_that_are_no_key_make_no_verifier() {
    let mut bytes = key().verifying.to_bytes();
    // Another circuit than any tier's.
    bytes[60] ^= 1;
    assert!(matches!(
        Verifier::from_bytes(&bytes),
        Err(KeyError::UnknownCircuit)
    ));
    assert!(Verifier::from_bytes(&bytes[..20]).is_err());
}

#[test]
fn a_run_that_does_not_fit_the_one_key_or_the_tier_asked_for_is_refused() {
    let key = key();
    let long: Program = "NOP\n".repeat(150).parse().unwrap();
    let refused = prove(&long, &Inputs::default(), &key).unwrap_err();
    assert!(matches!(refused, ProveError::TooLarge(_)), "{refused}");
    let folder = tempfile::tempdir().unwrap();
    let store = KeyStore::open(folder.path());
    let prover = Prover::new(&store).tier(&TIERS[0]);
    let refused = prover.prove(&long, &Inputs::default()).unwrap_err();
    assert!(matches!(refused, ProveError::TooLarge(_)), "{refused}");
    let endless: Program = "JMP 0".parse().unwrap();
    let refused = prove(&endless, &Inputs::default(), &store).unwrap_err();
    assert!(matches!(refused, ProveError::Trapped(_)), "{refused}");
    let loops = "PUSH 50000\nagain: PUSH 1\nSUB\nDUP\nJNZ again";
    let longest: Program = loops.parse().unwrap();
    let refused = prove(&longest, &Inputs::default(), &store).unwrap_err();
    assert!(
        matches!(refused, ProveError::TooLong { steps: 200_001, .. }),
        "{refused}"
    );
    // Refused before a key was made.
    assert!(!store.has(&TIERS[0]));
}

/// Cancels the work at its `at`-th report.
struct CancelAt {
    at: usize,
    phases: Mutex<Vec<String>>,
    cancelled: AtomicBool,
}

impl CancelAt {
    fn new(at: usize) -> Self {
        CancelAt {
            at,
            phases: Mutex::default(),
            cancelled: AtomicBool::new(false),
        }
    }
}

impl Progress for CancelAt {
    fn phase(&self, name: &str, _: f64) {
        let mut phases = self.phases.lock().unwrap();
        phases.push(name.to_owned());
        if phases.len() == self.at {
            self.cancelled.store(true, Ordering::Relaxed);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

#[test]
fn a_proof_cancelled_before_its_verification_is_not_given() {
    let key = key();
    let never = CancelAt::new(usize::MAX);
    let prover = Prover::new(&key).progress(&never);
    prover.prove(&program(), &inputs()).unwrap();
    let phases = never.phases.into_inner().unwrap();
    let verification = phases.iter().position(|name| name == "verification");
    for at in 1..=verification.unwrap() {
        let cancel = CancelAt::new(at);
        let answer = Prover::new(&key)
            .progress(&cancel)
            .prove(&program(), &inputs());
        assert!(
            matches!(answer, Err(ProveError::Cancelled)),
            "cancelled at {}: {answer:?}",
            phases[at - 1]
        );
    }
}

#[test]
fn a_key_cancelled_before_its_digest_is_not_made() {
    let tier: &Tier = &TIERS[0];
    let never = CancelAt::new(usize::MAX);
    setup(tier, &mut system_rng(), &never).unwrap();
    let phases = never.phases.into_inner().unwrap();
    let digest = phases.iter().position(|name| name == "key: digest");
    // Each phase once: a key takes a while.
    let firsts = (1..=digest.unwrap()).filter(|at| !phases[..at - 1].contains(&phases[at - 1]));
    for at in firsts {
        let answer = setup(tier, &mut system_rng(), &CancelAt::new(at));
        assert!(
            matches!(answer, Err(KeyError::Cancelled)),
            "cancelled at {}",
            phases[at - 1]
        );
    }
    // What never cancels is not cancelled.
    setup(tier, &mut system_rng(), &Silent).unwrap();
}
