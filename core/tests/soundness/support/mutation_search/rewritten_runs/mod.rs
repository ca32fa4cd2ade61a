//! Whole time lines written anew: a row's claims are changed, and the state, the bag, the tables and the output follow
//! from there by the circuit's own rules.

mod claims;
mod tables;

use super::local::Change;
use crate::support::forger::{Claim, Forger, Port, Tuple, integer};
use ark_bls12_381::Fr;
use ark_ff::Zero;
use provable::circuit::Circuit;
use provable::circuit::encoding::{Encoding, Entry, encode};
use provable::lang::isa::Op;
use provable::lang::program::{Instruction, Program};
use rand::Rng;
use rand::rngs::StdRng;
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
    pub takers: Vec<(usize, Port)>,
}

/// Lies about one time line.
struct Lies<'r> {
    rng: &'r mut StdRng,
    honest: &'r Line,
    entries: &'r [Entry],
    /// The rows that lie; one that is named twice lies twice.
    rows: Vec<usize>,
    /// Two removals of one cell that take each other's tuple: row, port, tuple.
    exchanged: Vec<(usize, Port, Tuple)>,
    /// What a coprocessor is said to answer, by operation and a: the result, and the factor if it is to be another.
    answers: BTreeMap<(u64, u32), (Fr, Option<u32>)>,
}

/// Writes a run's time line; `lie` may change each row's claim after SECRET took its word.
pub fn write<'a>(
    circuit: &'a Circuit,
    run: &Run,
    excess: Option<usize>,
    mut lie: impl FnMut(usize, &mut Claim),
) -> Forger<'a> {
    let mut words = run.secret.iter();
    let secret = Instruction {
        op: Op::Secret,
        operand: None,
    };
    let secret = encode(secret, 0);
    let tapes = (&run.public[..], &run.outputs[..]);
    Forger::of(circuit, run.program.clone(), tapes, excess, |row, claim| {
        if secret == [claim.entry] {
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
    let entries = Encoding::new(&run.program).entries;
    let exchanged = match rng.gen_range(0..4) {
        0 => exchange(honest, rng),
        _ => Vec::new(),
    };
    let fewest = usize::from(exchanged.is_empty());
    let rows = (0..rng.gen_range(fewest..4)).map(|_| rng.gen_range(0..live + 1));
    let rows = rows.collect();
    let excess = (rng.gen_range(0..6) > 0).then(|| rng.gen_range(0..8));
    // Most claim the output that follows.
    let keep = rng.gen_range(0..4) == 0;
    let mut lies = Lies {
        rng,
        honest,
        entries: &entries,
        rows,
        exchanged,
        answers: BTreeMap::new(),
    };
    let mut forger = write(circuit, run, excess, |row, claim| {
        lies.exchange(row, claim);
        for _ in 0..lies.rows.iter().filter(|lie| **lie == row).count() {
            lies.tell(row, claim);
        }
    });
    lies.tables(&mut forger);
    let hidden = lies.hide(&mut forger);
    let word = |value: &Fr| u32::try_from(integer(*value)).ok();
    let wrote = forger.wrote.iter().map(word).collect::<Option<Vec<u32>>>();
    let wrote = wrote.map(|wrote| wrote[..wrote.len() - hidden].to_vec());
    let committed = circuit.layout.committed_start()..circuit.layout.committed_end();
    let told = committed.map(|var| (var as u32, forger.case.assignment[var]));
    Change {
        values: told
            .filter(|(var, value)| base[*var as usize] != *value)
            .collect(),
        output: wrote.filter(|wrote| !keep && *wrote != run.outputs),
    }
}

/// Two removals of one cell.
fn exchange(honest: &Line, rng: &mut StdRng) -> Vec<(usize, Port, Tuple)> {
    let all = 0..honest.removed.len();
    let pairs = all
        .clone()
        .flat_map(|one| all.clone().map(move |other| (one, other)));
    let (removed, takers) = (&honest.removed, &honest.takers);
    let alike = |(one, other): &(usize, usize)| one < other && removed[*one].0 == removed[*other].0;
    let pairs: Vec<(usize, usize)> = pairs.filter(alike).collect();
    let Some((one, other)) = pairs.get(rng.gen_range(0..pairs.len().max(1))).copied() else {
        return Vec::new();
    };
    let taken = |by: usize, what: usize| (takers[by].0, takers[by].1, removed[what]);
    vec![taken(one, other), taken(other, one)]
}
