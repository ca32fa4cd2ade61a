//! This prover, from a recorded run to a verified proof.

use crate::support::{key_file, time};
use ark_bls12_381::Fr;
use ark_ff::UniformRand;
use provable::circuit::Circuit;
use provable::circuit::ExecutionTrace;
use provable::circuit::statement::{Challenges, statement};
use provable::circuit::tier::Tier;
use provable::lang::program::Program;
use provable::proof::measure::{with_backend, workload};
use provable::proof::{
    Backend, Progress, Proof, ProvingKey, Silent, Verifier, VerifyingKey, prove_trace, system_rng,
};
use provable::vm::{Inputs, Limits};
use rand::rngs::OsRng;
use rayon::prelude::*;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The parts of a proof, as the prover names them.
pub const PHASES: &[&str] = &[
    "witness",
    "commitment",
    "constraints",
    "FFTs",
    "multiplication A",
    "multiplication B in G1",
    "multiplication B in G2",
    "multiplication C",
    "verification",
];

pub struct Ours {
    key: ProvingKey,
    program: Program,
    trace: ExecutionTrace,
    pub circuit: Circuit,
    /// How long the key took to open.
    pub open: Duration,
    /// How long it took to make.
    pub setup: Duration,
}

/// When each phase was heard of.
struct Times(Mutex<Vec<(String, Instant)>>);

impl Progress for Times {
    fn phase(&self, name: &str, _fraction: f64) {
        let now = (name.to_string(), Instant::now());
        self.0.lock().unwrap().push(now);
    }
}

impl Ours {
    pub fn new(tier: &Tier) -> Self {
        let (file, setup) = key_file(tier);
        let open = time(5, || {
            ProvingKey::open(file.path()).unwrap();
        });
        let key = ProvingKey::open(file.path()).unwrap();
        let program = workload(tier);
        let trace = ExecutionTrace::new(&program, &Inputs::default(), Limits::default()).unwrap();
        Ours {
            key,
            program,
            trace,
            circuit: Circuit::new(tier.capacities).unwrap(),
            open,
            setup,
        }
    }

    /// Points of the domain: a power of two that holds every constraint.
    pub fn domain(&self) -> usize {
        self.circuit.matrices.constraints().next_power_of_two()
    }

    /// A proof's time with a backend, and its parts'.
    pub fn prove(&self, backend: Backend) -> (Duration, Vec<(String, Duration)>) {
        let times = Times(Mutex::default());
        let start = Instant::now();
        let proved = with_backend(backend, || {
            let (inputs, rng) = (Inputs::default(), &mut system_rng());
            prove_trace(&self.key, &self.program, &inputs, &self.trace, rng, &times)
        });
        let time = start.elapsed();
        proved.unwrap();
        let heard = times.0.into_inner().unwrap();
        let ends = heard.iter().skip(1).map(|(_, at)| *at);
        let mut phases: Vec<(String, Duration)> = Vec::new();
        for ((name, begin), end) in heard.iter().zip(ends.chain([start + time])) {
            match phases.iter_mut().find(|(found, _)| found == name) {
                Some((_, time)) => *time += end - *begin,
                None => phases.push((name.clone(), end - *begin)),
            }
        }
        (time, phases)
    }

    /// Times a proof of verifications, from the proof file's text on: with a ready key, with the key's bytes, and of 16
    /// and of 64 together with a ready key.
    pub fn verifications(&self) -> [Duration; 4] {
        let inputs = Inputs::default();
        let (key, rng) = (&self.key, &mut system_rng());
        let proved = prove_trace(key, &self.program, &inputs, &self.trace, rng, &Silent);
        let text = proved.unwrap().proof.to_json();
        let bytes = self.key.verifying.to_bytes();
        let ready = Verifier::new(&self.key.verifying);
        let one = |key: &Verifier| {
            let file = Proof::from_json(&text).unwrap();
            key.verify(&self.program, &file).unwrap();
        };
        let many = |count: usize| {
            let texts = vec![&text; count];
            let files = texts.into_par_iter().map(|text| Proof::from_json(text));
            let files: Vec<_> = files.map(Result::unwrap).collect();
            let claims: Vec<_> = files.iter().map(|file| (&self.program, file)).collect();
            assert!(ready.verify_batch(&claims).iter().all(Result::is_ok));
        };
        let alone = || one(&ready);
        let unprepared = || {
            let key = VerifyingKey::from_bytes(&bytes).unwrap();
            one(&Verifier::new(&key));
        };
        [
            time(21, alone),
            time(21, unprepared),
            time(5, || many(16)) / 16,
            time(5, || many(64)) / 64,
        ]
    }

    /// An assignment that satisfies the circuit, at some challenges.
    pub fn assignment(&self) -> Vec<Fr> {
        let circuit = &self.circuit;
        let mut assignment = self.trace.commit(&circuit.layout).unwrap();
        *assignment.last_mut().unwrap() = Fr::rand(&mut OsRng);
        let [gamma, beta, rho] = [(); 3].map(|()| Fr::rand(&mut OsRng));
        let challenges = Challenges { gamma, beta, rho };
        let capacities = &circuit.layout.capacities;
        let outputs = &self.trace.outputs;
        let statement = statement(&self.program, &[], outputs, capacities, &challenges).unwrap();
        assignment[1..=statement.len()].copy_from_slice(&statement);
        circuit.derive(&mut assignment);
        assert_eq!(circuit.matrices.first_failure(&assignment), None);
        assignment
    }
}
