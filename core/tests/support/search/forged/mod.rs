//! Whole time lines written anew: a row's claims are changed, and the state, the bag, the tables and the output follow
//! from there by the circuit's own rules.

mod claims;
mod tables;

use super::local::Change;
use crate::support::forger::{integer, Claim, Forger, Tuple};
use ark_bls12_381::Fr;
use ark_ff::Zero;
use provable_core::circuit::encoding::{encode, encode_program, Entry};
use provable_core::circuit::Circuit;
use provable_core::isa::Op;
use provable_core::program::{Instruction, Program};
use rand::rngs::StdRng;
use rand::Rng;
use std::collections::BTreeMap;

/// A program with its tapes.
#[derive(Clone, Debug)]
pub struct Run {
    pub program: Program,
    pub public: Vec<u32>,
    pub secret: Vec<u32>,
    pub outputs: Vec<u32>,
}

/// What a time line added and removed.
pub struct Line {
    pub added: Vec<Tuple>,
    pub removed: Vec<Tuple>,
}

/// Lies about one time line.
struct Lies<'r> {
    rng: &'r mut StdRng,
    honest: &'r Line,
    entries: &'r [Entry],
    /// The rows that lie; one that is named twice lies twice.
    rows: Vec<usize>,
    /// What a coprocessor is said to answer, by operation and a: the result, and the factor if it is to be another.
    answers: BTreeMap<(u64, u32), (Fr, Option<u32>)>,
}

/// Writes a run's time line; `lie` may change each row's claim after SECRET took its word.
pub fn write<'a>(
    circuit: &'a Circuit,
    run: &Run,
    mut lie: impl FnMut(usize, &mut Claim),
) -> Forger<'a> {
    let mut words = run.secret.iter();
    let secret = Instruction {
        op: Op::Secret,
        operand: None,
    };
    let secret = encode(secret, 0);
    let tapes = (&run.public[..], &run.outputs[..]);
    Forger::of(circuit, run.program.clone(), tapes, |row, claim| {
        if claim.entry == secret {
            claim.result = words.next().map_or(Fr::zero(), |word| Fr::from(*word));
        }
        lie(row, claim);
    })
}

/// A dishonest time line as a change of the honest assignment `base`, of which the first `live` rows do something.
pub fn change(
    circuit: &Circuit,
    run: &Run,
    honest: &Line,
    (base, live): (&[Fr], usize),
    rng: &mut StdRng,
) -> Change {
    let entries = encode_program(&run.program, circuit.layout.capacities.program);
    let entries = entries.unwrap_or_default();
    let length = run.program.instructions().len();
    let rows = (0..rng.gen_range(1..4)).map(|_| rng.gen_range(0..live + 1));
    let rows = rows.collect();
    // Most claim the output that follows.
    let keep = rng.gen_range(0..4) == 0;
    let mut lies = Lies {
        rng,
        honest,
        entries: &entries[..=length],
        rows,
        answers: BTreeMap::new(),
    };
    let mut forger = write(circuit, run, |row, claim| {
        for _ in 0..lies.rows.iter().filter(|lie| **lie == row).count() {
            lies.tell(row, claim);
        }
    });
    lies.tables(&mut forger);
    let word = |value: &Fr| u32::try_from(integer(*value)).ok();
    let wrote = forger.wrote.iter().map(word).collect::<Option<Vec<u32>>>();
    let committed = circuit.layout.committed_start()..circuit.layout.committed_end();
    let told = committed.map(|var| (var as u32, forger.case.assignment[var]));
    Change {
        values: told
            .filter(|(var, value)| base[*var as usize] != *value)
            .collect(),
        output: wrote.filter(|wrote| !keep && *wrote != run.outputs),
    }
}
