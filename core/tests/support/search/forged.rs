//! Whole time lines written anew: a row's claims are changed, and the state, the bag, the tables and the output follow
//! from there by the circuit's own rules.

use super::local::Change;
use crate::support::forger::questions::{question, Question};
use crate::support::forger::{fr, integer, Claim, Forger, Tuple};
use ark_bls12_381::Fr;
use ark_ff::{Field, One, Zero};
use provable_core::circuit::builder::pow2;
use provable_core::circuit::encoding::{encode, encode_program, Bit, Entry};
use provable_core::circuit::tuple::*;
use provable_core::circuit::Circuit;
use provable_core::isa::Op;
use provable_core::program::{Instruction, Program};
use rand::rngs::StdRng;
use rand::Rng;
use std::collections::BTreeMap;

/// A program that halts, with its tapes.
#[derive(Clone, Debug)]
pub struct Run {
    pub program: Program,
    pub public: Vec<u32>,
    pub secret: Vec<u32>,
    pub outputs: Vec<u32>,
}

/// An honest time line.
pub struct Honest {
    pub added: Vec<Tuple>,
    pub removed: Vec<Tuple>,
}

/// Which rows are to lie, and how the claimed results of coprocessor rows are to be answered.
struct Lies<'r> {
    rng: &'r mut StdRng,
    rows: Vec<usize>,
    answers: BTreeMap<Question, Fr>,
}

fn secret() -> Entry {
    let secret = Instruction {
        op: Op::Secret,
        operand: None,
    };
    encode(secret, 0)
}

/// Writes a run's time line; `lie` may change each row's claim after SECRET took its word.
pub fn write<'a>(
    circuit: &'a Circuit,
    run: &Run,
    mut lie: impl FnMut(usize, &mut Claim),
) -> Forger<'a> {
    let mut words = run.secret.iter();
    let taken = secret();
    let tapes = (&run.public[..], &run.outputs[..]);
    Forger::of(circuit, run.program.clone(), tapes, |row, claim| {
        if claim.entry == taken {
            claim.result = words.next().map_or(Fr::zero(), |word| Fr::from(*word));
        }
        lie(row, claim);
    })
}

/// A dishonest time line as a change of the honest one. `skip` are variables that a prover chooses last.
pub fn change(
    circuit: &Circuit,
    run: &Run,
    honest: &Honest,
    (base, skip): (&[Fr], &[bool]),
    live: usize,
    rng: &mut StdRng,
) -> Change {
    let entries =
        encode_program(&run.program, circuit.layout.capacities.program).unwrap_or_default();
    let rows = (0..rng.gen_range(1..4))
        .map(|_| rng.gen_range(0..live + 1))
        .collect();
    let keep = rng.gen_range(0..4) == 0;
    let mut lies = Lies {
        rng,
        rows,
        answers: BTreeMap::new(),
    };
    let length = run.program.instructions().len();
    let mut forger = write(circuit, run, |row, claim| {
        for _ in 0..lies.rows.iter().filter(|lie| **lie == row).count() {
            lies.tell(row, claim, honest, &entries[..=length]);
        }
    });
    lies.tables(&mut forger);
    let word = |value: &Fr| u32::try_from(integer(*value)).ok();
    let wrote = forger.wrote.iter().map(word).collect::<Option<Vec<u32>>>();
    let wrote = wrote.filter(|wrote| !keep && *wrote != run.outputs);
    let told = forger
        .case
        .assignment
        .iter()
        .zip(base)
        .zip(skip)
        .enumerate();
    let told = told.skip(circuit.layout.committed_start());
    let values = told.filter(|(_, ((told, base), skip))| told != base && !**skip);
    Change {
        values: values
            .map(|(var, ((told, _), _))| (var as u32, *told))
            .collect(),
        output: wrote,
    }
}

impl Lies<'_> {
    /// One change of one row's claim.
    fn tell(&mut self, row: usize, claim: &mut Claim, honest: &Honest, entries: &[Entry]) {
        let now = row as i64 + 1;
        match self.rng.gen_range(0..16) {
            0..=3 => {
                let (value, time) = self.tuple(now, (claim.result, claim.age), honest);
                (claim.result, claim.age, claim.set) = (value, fr(now - 1 - time), Fr::one());
            }
            4..=6 => {
                let (value, time) = self.tuple(now, (claim.fill, claim.fill_age), honest);
                (claim.fill, claim.fill_age) = (value, fr(now - 1 - time));
            }
            7 => {
                let (value, time) = self.tuple(now, (claim.second, claim.second_age), honest);
                (claim.second, claim.second_age) = (value, fr(now - 1 - time));
            }
            8 => (claim.result, claim.age, claim.set) = (fr(0), fr(now - 1), fr(0)),
            9 => claim.fill_age -= fr(self.rng.gen_range(0..20)),
            10 | 11 => {
                let result = self.other(claim.result);
                if let Some(asked) = question(claim, Fr::zero()) {
                    // The top is not known here: the table finds the question by operation and a.
                    self.answers.insert((asked.0, asked.1, 0), result);
                }
                claim.result = result;
            }
            12 => {
                claim.carry = Fr::one() - claim.carry;
                claim.result += pow2(32) * (claim.carry + claim.carry - Fr::one());
            }
            13 => {
                // One more in the sum, made up for by a carry that is no bit.
                claim.result += Fr::one();
                let sign = if claim.entry.has(Bit::Add) {
                    Fr::one()
                } else {
                    -Fr::one()
                };
                claim.carry -= sign * pow2(32).inverse().unwrap_or_default();
            }
            14 => {
                claim.entry = entries[self.rng.gen_range(0..entries.len())];
            }
            _ => claim.set = [fr(-2), fr(0), fr(1)][self.rng.gen_range(0..3)],
        }
    }

    fn other(&mut self, old: Fr) -> Fr {
        match self.rng.gen_range(0..6) {
            0 => old + Fr::one(),
            1 => old - Fr::one(),
            2 => old + pow2(32),
            3 => Fr::zero(),
            4 => Fr::one(),
            _ => fr(self.rng.gen_range(0..40)),
        }
    }

    /// A tuple that some honest row added: of the same cell, of the same time, or any.
    fn tuple(&mut self, now: i64, (value, age): (Fr, Fr), honest: &Honest) -> (Fr, i64) {
        let time = now - 1 - integer(age);
        let own = honest
            .removed
            .iter()
            .find(|tuple| tuple.1 == time && tuple.3 == value);
        let same: Vec<&Tuple> = match own {
            Some(own) => honest
                .added
                .iter()
                .filter(|tuple| tuple.0 == own.0)
                .collect(),
            None => Vec::new(),
        };
        let any = self.rng.gen_range(0..3) == 0 || same.is_empty();
        let found = match any {
            true => honest
                .added
                .get(self.rng.gen_range(0..honest.added.len().max(1))),
            false => same.get(self.rng.gen_range(0..same.len())).copied(),
        };
        found.map_or((value, time), |tuple| (tuple.3, tuple.1))
    }

    /// Table rows that answer what the rows claim, by products that hold in the field; or a row out of nothing.
    fn tables(&mut self, forger: &mut Forger<'_>) {
        let (bitwise, arithmetic): (Vec<Question>, Vec<Question>) =
            forger.questions.iter().partition(|(op, ..)| *op >= COP_AND);
        let layout = &forger.case.circuit.layout;
        let (rows, bitwise_rows) = (layout.arithmetic.rows, layout.bitwise.rows);
        for (row, asked) in arithmetic.into_iter().enumerate().take(rows) {
            if let Some(result) = self.answers.get(&(asked.0, asked.1, 0)).copied() {
                self.arithmetic(forger, row, asked, result);
            }
        }
        for (row, asked) in bitwise.into_iter().enumerate().take(bitwise_rows) {
            if let Some(result) = self.answers.get(&(asked.0, asked.1, 0)).copied() {
                bitwise_answer(forger, row, asked, result);
            }
        }
        if self.rng.gen_range(0..8) == 0 {
            self.heap(forger);
        }
    }

    fn arithmetic(
        &mut self,
        forger: &mut Forger<'_>,
        row: usize,
        (op, a, b): Question,
        result: Fr,
    ) {
        let power = 1i64.checked_shl(b).filter(|_| b < 32).unwrap_or(1);
        let shift = op == COP_SHL || op == COP_SHR;
        let mut factor = if shift { power } else { i64::from(b) };
        if shift && self.rng.gen() {
            // A power that is none: the quotient of what is claimed and what is there.
            let (claimed, there) = (integer(result), i64::from(a));
            factor = claimed.checked_div(there).unwrap_or(1);
        }
        let (wide, scale) = (Fr::from(a), fr(factor));
        let inverse = |value: Fr| value.inverse().unwrap_or_default();
        let [high, low] = match op {
            COP_MUL | COP_SHL => [(wide * scale - result) * inverse(pow2(32)), result],
            COP_MOD => [(wide - result) * inverse(scale), result],
            _ => [result, wide - result * scale],
        };
        let slack = match op {
            COP_MUL | COP_SHL => Fr::zero(),
            _ => scale - Fr::one() - low,
        };
        let kinds = [COP_MUL, COP_DIV, COP_MOD, COP_SHL].map(|kind| i64::from(op == kind));
        forger.arithmetic_row(row, kinds, factor, [wide, Fr::from(b), high, low, slack]);
    }

    /// A heap row that begins a cell again, or at another place.
    fn heap(&mut self, forger: &mut Forger<'_>) {
        let rows = forger.case.circuit.layout.heap.rows;
        let row = self.rng.gen_range(0..rows);
        let added = forger
            .added
            .iter()
            .filter(|tuple| tuple.0 >= Space::Heap.base_integer() as i64);
        let added: Vec<Tuple> = added.copied().collect();
        let Some((key, time, _, value)) = added
            .get(self.rng.gen_range(0..added.len().max(1)))
            .copied()
        else {
            return;
        };
        let address = key - Space::Heap.base_integer() as i64;
        let distance = [fr(0), fr(-1), fr(address)][self.rng.gen_range(0..3)];
        forger.heap_row(row, address, (value, time, self.rng.gen()), distance);
    }
}

/// The nibbles' AND that would give the claimed result.
fn bitwise_answer(forger: &mut Forger<'_>, row: usize, (op, a, b): Question, result: Fr) {
    use provable_core::circuit::layout::bitwise::NIBBLE;
    let sum = i64::from(a) + i64::from(b);
    let claimed = integer(result);
    let both = match op {
        COP_AND => claimed,
        COP_OR => sum - claimed,
        _ => (sum - claimed) / 2,
    };
    let kinds = [COP_AND, COP_OR].map(|kind| i64::from(op == kind));
    forger.bitwise_row(row, kinds, [a, b]);
    for nibble in 0..8 {
        let kept = if nibble < 7 { 15 } else { i64::MAX };
        let var = forger
            .case
            .circuit
            .layout
            .bitwise
            .at(row, NIBBLE + 16 + nibble);
        forger.put(var, fr(both >> (4 * nibble) & kept));
    }
}
