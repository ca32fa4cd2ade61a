//! Programs that trap, and programs that execute SHA256, of which some trap there.

use super::incremental::{Base, Change};
use super::mutations::{Draw, Mutation, live};
use super::programs::trapping;
use super::rewritten_runs::{self, Run};
use super::sha256_programs;
use super::trials::Trials;
use crate::support::false_witness::integer;
use crate::support::malicious_prover::MaliciousProver;
use crate::support::random_programs::word;
use ark_bls12_381::Fr;
use provable::vm::Inputs;
use rand::Rng;
use rand::rngs::StdRng;

/// Attempts of the malicious prover at one program that traps.
const ATTEMPTS: u64 = 8;

impl Trials<'_> {
    /// A program that usually traps: attempts of the malicious prover, and mutations of them.
    pub(super) fn trap(&mut self, seed: u64, local: u64, rng: &mut StdRng) {
        let circuit = self.wiring.circuit;
        let inputs = Inputs {
            public: (0..rng.gen_range(0..3)).map(|_| word(rng)).collect(),
            secret: (0..rng.gen_range(0..4)).map(|_| word(rng)).collect(),
        };
        let program = trapping(circuit, &inputs, rng);
        self.report.programs += 1;
        for part in 0..ATTEMPTS {
            let Some(mut attempt) = MaliciousProver::attempt(circuit, &program, &inputs, None, rng)
            else {
                continue;
            };
            circuit.derive(&mut attempt.case.assignment);
            let mut base = Base::new(self.wiring, &attempt.case);
            let run = Run {
                program: program.clone(),
                public: inputs.public.clone(),
                secret: inputs.secret.clone(),
                outputs: attempt.case.outputs.clone(),
            };
            let first = part * local / ATTEMPTS;
            self.judge(&mut base, &run, Change::default(), (seed, first, "trap"));
            let draw = Draw {
                wiring: self.wiring,
                program: &program,
                assignment: &attempt.case.assignment,
                live: live(self.wiring, &base.assignment),
            };
            for number in first + 1..(part + 1) * local / ATTEMPTS {
                let kind = Mutation::draw(self.wiring, rng);
                let change = draw.change(kind, rng);
                self.judge(&mut base, &run, change, (seed, number, "trap, mutated"));
            }
        }
    }

    /// A program that executes SHA256, or that traps there. The rows of one that traps do what its instructions do.
    pub(super) fn sha256(&mut self, seed: u64, (local, rewritten): (u64, u64), rng: &mut StdRng) {
        let circuit = self.wiring.circuit;
        if rng.gen_range(0..6) > 0 {
            if let Some(run) = sha256_programs::draw(circuit, rng) {
                self.run(&run, seed, local, rewritten, rng);
            }
            return;
        }
        let (program, inputs) = sha256_programs::trapping(circuit, rng);
        let mut run = Run {
            program,
            public: inputs.public.clone(),
            secret: inputs.secret.clone(),
            outputs: Vec::new(),
        };
        let mut attempt = rewritten_runs::write(circuit, &run, None, |_, _| {});
        let word = |value: &Fr| u32::try_from(integer(*value)).ok();
        let Some(wrote) = attempt.wrote.iter().map(word).collect::<Option<Vec<u32>>>() else {
            return;
        };
        run.outputs.clone_from(&wrote);
        attempt.case.outputs = wrote;
        self.around(attempt, &run, seed, (local, rewritten), rng);
    }
}
