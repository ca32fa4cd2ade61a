//! Mutations that rewrite a run: the claims of some rows are changed, and the state, the memory, the tables and the output follow
//! by the circuit's rules.

mod claims;
mod compressions;
mod tables;

use super::incremental::Change;
use crate::support::false_witness::{Claim, FalseWitness, Port, Tuple, integer};
use ark_bls12_381::Fr;
use ark_ff::Zero;
use provable::circuit::Circuit;
use provable::circuit::encoding::encode;
use provable::circuit::field::{FieldEncoding, FieldEntry};
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

/// The tuples that a run added to the memory and removed from it.
pub struct Accesses {
    pub added: Vec<Tuple>,
    pub removed: Vec<Tuple>,
    pub takers: Vec<(usize, Port)>,
}

/// False claims about one run.
struct FalseClaims<'r> {
    rng: &'r mut StdRng,
    honest: &'r Accesses,
    entries: &'r [FieldEntry],
    /// The rows whose claims are changed. A row that is named twice is changed twice.
    rows: Vec<usize>,
    /// Two removals of one cell that exchange their tuples: row, port, tuple.
    exchanged: Vec<(usize, Port, Tuple)>,
    /// False answers of the coprocessors by operation and a: the result, and the factor if it is false too.
    answers: BTreeMap<(u64, u32), (Fr, Option<u32>)>,
}

/// Writes the witness of a run. `change` may change the claim of each row after SECRET has taken its word.
pub fn write<'a>(
    circuit: &'a Circuit,
    run: &Run,
    excess: Option<usize>,
    mut change: impl FnMut(usize, &mut Claim),
) -> FalseWitness<'a> {
    let mut words = run.secret.iter();
    let secret = Instruction {
        op: Op::Secret,
        operand: None,
    };
    let secret = encode(secret, 0);
    let tapes = (&run.public[..], &run.outputs[..]);
    FalseWitness::of(circuit, run.program.clone(), tapes, excess, |row, claim| {
        if secret == [claim.entry] {
            claim.result = words.next().map_or(Fr::zero(), |word| Fr::from(*word));
        }
        change(row, claim);
    })
}

/// A rewritten run as a change of the honest assignment `base`, of which the first `live` rows do something.
pub fn change(
    circuit: &Circuit,
    run: &Run,
    honest: &Accesses,
    (base, live): (&[Fr], usize),
    rng: &mut StdRng,
) -> Change {
    let entries = FieldEncoding::new(&run.program).entries;
    let exchanged = match rng.gen_range(0..4) {
        0 => exchange(honest, rng),
        _ => Vec::new(),
    };
    let fewest = usize::from(exchanged.is_empty());
    let takers = honest.takers.iter();
    let hashing: Vec<usize> = takers
        .filter(|(_, port)| *port == Port::Hash(0))
        .map(|(row, _)| *row)
        .collect();
    // Most lies are in a row that executes SHA256, if there is one.
    let row = |rng: &mut StdRng| match hashing.is_empty() || rng.gen_range(0..4) == 0 {
        true => rng.gen_range(0..live + 1),
        false => hashing[rng.gen_range(0..hashing.len())],
    };
    let most = if hashing.is_empty() { 4 } else { 3 };
    let rows = (0..rng.gen_range(fewest..most)).map(|_| row(rng)).collect();
    let excess = (rng.gen_range(0..6) > 0).then(|| rng.gen_range(0..8));
    // Most of them claim the output that follows.
    let keep = rng.gen_range(0..4) == 0;
    let mut claims = FalseClaims {
        rng,
        honest,
        entries: &entries,
        rows,
        exchanged,
        answers: BTreeMap::new(),
    };
    let mut witness = write(circuit, run, excess, |row, claim| {
        claims.exchange(row, claim);
        for _ in 0..claims
            .rows
            .iter()
            .filter(|changed| **changed == row)
            .count()
        {
            claims.change(row, claim);
        }
    });
    claims.tables(&mut witness);
    let hidden = claims.remove_by_leftover(&mut witness);
    let word = |value: &Fr| u32::try_from(integer(*value)).ok();
    let wrote = witness.wrote.iter().map(word).collect::<Option<Vec<u32>>>();
    let wrote = wrote.map(|wrote| wrote[..wrote.len() - hidden].to_vec());
    let committed = circuit.layout.committed_start()..circuit.layout.committed_end();
    let changed = committed.map(|var| (var as u32, witness.case.assignment[var]));
    Change {
        values: changed
            .filter(|(var, value)| base[*var as usize] != *value)
            .collect(),
        output: wrote.filter(|wrote| !keep && *wrote != run.outputs),
    }
}

/// Two removals of one cell.
fn exchange(honest: &Accesses, rng: &mut StdRng) -> Vec<(usize, Port, Tuple)> {
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
