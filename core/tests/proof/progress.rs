//! The progress of a setup and of a proof: fractions of the whole that never fall, with the names of the phases.

use crate::support::assemble;
use provable::circuit::tier::TIERS;
use provable::proof::{Progress, Prover, Silent, setup, system_rng};
use provable::vm::Inputs;
use std::sync::Mutex;

#[derive(Default)]
struct Record(Mutex<Vec<(String, f64)>>);

impl Progress for Record {
    fn phase(&self, name: &str, fraction: f64) {
        self.0.lock().unwrap().push((name.to_string(), fraction));
    }
}

impl Record {
    /// Asserts that the fractions go from 0 to 1, that at least so many are different, and that every phase is named.
    fn check(self, at_least: usize, names: &[&str]) {
        let calls = self.0.into_inner().unwrap();
        let fractions: Vec<f64> = calls.iter().map(|(_, fraction)| *fraction).collect();
        assert_eq!(
            (fractions[0], fractions[fractions.len() - 1]),
            (0.0, 1.0),
            "{calls:?}"
        );
        assert!(
            fractions.windows(2).all(|pair| pair[0] <= pair[1]),
            "{calls:?}"
        );
        let mut between = fractions;
        between.retain(|fraction| *fraction > 0.0 && *fraction < 1.0);
        between.dedup();
        assert!(
            between.len() >= at_least,
            "{} different: {calls:?}",
            between.len()
        );
        // Each phase is reported before and after its work, with a larger fraction afterwards.
        for name in names {
            let of_name = || calls.iter().filter(|(said, _)| said == name);
            let (first, last) = (of_name().next(), of_name().next_back());
            let (first, last) = first
                .zip(last)
                .unwrap_or_else(|| panic!("{name} in {calls:?}"));
            assert!(first.1 < last.1, "{name} in {calls:?}");
        }
    }
}

#[test]
fn a_setup_reports_rising_fractions_by_phase() {
    let record = Record::default();
    setup(&TIERS[0], &mut system_rng(), &record).unwrap();
    let names = [
        "key: multiples in G1",
        "key: multiples in G2",
        "key: A bases",
        "key: B bases in G1",
        "key: B bases in G2",
        "key: quotient bases",
        "key: witness bases",
        "key: committed bases",
        "key: statement bases",
    ];
    record.check(names.len(), &names);
}

#[test]
fn a_proof_reports_rising_fractions_by_phase() {
    let key = setup(&TIERS[0], &mut system_rng(), &Silent).unwrap();
    let program = assemble("SECRET,PUSH 3,MUL,POP,HALT");
    let inputs = Inputs {
        public: Vec::new(),
        secret: vec![4],
    };
    let record = Record::default();
    let prover = Prover::new(&key).progress(&record);
    prover.prove(&program, &inputs).unwrap();
    let names = [
        "witness",
        "commitment",
        "FFTs",
        "multiplication C",
        "multiplication A",
        "multiplication B in G1",
        "multiplication B in G2",
    ];
    record.check(9, &names);
}
