//! A false witness, written row by row. The state follows from row to row by the circuit's rules. What a row claims to read or
//! to compute (values, times, carries, even its instruction) is a parameter. So everything is consistent except for what the
//! test changes. Without a change the witness is honest.

mod follow;
pub mod questions;
pub mod sha256;
pub mod tables;

use super::rebalance::Rebalancer;
use super::rows::{StepRow, write_entry};
use super::{Case, assemble};
use ark_bls12_381::Fr;
use ark_ff::{Field, One, PrimeField, Zero};
use provable::circuit::field::pow2;
use provable::circuit::field::{FieldEncoding, FieldEntry};
use provable::circuit::layout::{Block, program, step};
use provable::circuit::operations::EMPTY;
use provable::circuit::tuple::Space;
use provable::circuit::variable::Var;
use provable::circuit::{Circuit, Family};
use provable::lang::program::Program;
use std::collections::{BTreeMap, BTreeSet};

/// What a row claims. It is honest unless the test changes it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The position of the row, for information: a change has no effect.
    pub pc: Fr,
    /// The top of the row, for information too.
    pub top: Fr,
    pub entry: FieldEntry,
    pub result: Fr,
    pub carry: Fr,
    pub fill: Fr,
    pub fill_age: Fr,
    pub age: Fr,
    pub set: Fr,
    /// What the row of the SHA-256 table claims that answers the row.
    pub hash: Option<sha256::Hash>,
}

impl Claim {
    /// The row halts where it is.
    pub fn halt(&mut self) {
        self.entry = FieldEntry::halt();
        (self.fill, self.result, self.set) = (self.top, Fr::zero(), Fr::one());
        self.hash = None;
    }
}

/// The state before a row.
#[derive(Clone, Copy, Debug)]
struct State {
    pc: Fr,
    depth: Fr,
    calls: Fr,
    read: Fr,
    written: Fr,
    top: Fr,
    flag: Fr,
}

pub struct FalseWitness<'a> {
    pub case: Case<'a>,
    /// The cells of the memory by key, as an honest row would read them: value and time.
    memory: BTreeMap<i64, (Fr, i64)>,
    /// Every tuple that a row added or removed, as it claims.
    pub added: Vec<Tuple>,
    pub removed: Vec<Tuple>,
    /// The row and the port that removed each of them.
    pub takers: Vec<(usize, Port)>,
    /// The words that SECRET rows took and that WRITE rows wrote.
    pub secret: Vec<Fr>,
    pub wrote: Vec<Fr>,
    /// The questions that the rows ask the coprocessors.
    pub questions: BTreeSet<questions::Question>,
    /// The rows of the SHA-256 table that are written.
    compressed: usize,
    /// Whether the tables get rows that answer them.
    answering: bool,
    /// The limb that takes the excess of a value that is no word. Without one, the last limb takes the excess of a small value, and
    /// the lowest limb takes a value that is not small.
    excess: Option<usize>,
}

/// Where a row removes a tuple.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    General,
    Fill,
    /// A cell of the SHA-256 table's row: the words of the block, then those of the state.
    Hash(usize),
}

/// Key, time, set, value.
pub type Tuple = (i64, i64, i64, Fr);

pub fn fr(value: i64) -> Fr {
    Fr::from(value)
}

/// The small integer, of either sign, that a field element stands for.
pub fn integer(value: Fr) -> i64 {
    let low = |value: Fr| value.into_bigint().0;
    match (low(value), low(-value)) {
        ([small, 0, 0, 0], _) => small as i64,
        (_, [small, 0, 0, 0]) => -(small as i64),
        _ => i64::MAX >> 1,
    }
}

/// The key of address 0 in a space.
pub fn key(space: Space) -> i64 {
    (space as i64) << 36
}

/// Claims that a row reads this value from a cell of this age.
pub fn reads(row: usize, value: i64, age: i64) -> impl Fn(usize, &mut Claim) {
    move |at, claim| {
        if at == row {
            (claim.result, claim.age, claim.set) = (fr(value), fr(age), fr(1));
        }
    }
}

/// Commits to a program table with another operand in one entry.
pub fn committed_operand(index: usize, operand: i64) -> impl Fn(&mut FalseWitness<'_>) {
    move |witness: &mut FalseWitness<'_>| {
        let table = witness.case.circuit.layout.program;
        witness.put(table.at(index, program::OPERAND), fr(operand));
    }
}

impl<'a> FalseWitness<'a> {
    /// Writes all rows and tables for a claimed statement. `change` gets the honest claim of each row and may change it. The
    /// coprocessors' tables have no rows: the test writes them.
    pub fn new(
        circuit: &'a Circuit,
        text: &str,
        tapes: (&[u32], &[u32]),
        change: impl Fn(usize, &mut Claim),
    ) -> Self {
        FalseWitness::write_all(circuit, assemble(text), tapes, (false, None), change)
    }

    /// The same for a program. The coprocessors' tables get rows with honest answers.
    pub fn of(
        circuit: &'a Circuit,
        program: Program,
        tapes: (&[u32], &[u32]),
        excess: Option<usize>,
        change: impl FnMut(usize, &mut Claim),
    ) -> Self {
        FalseWitness::write_all(circuit, program, tapes, (true, excess), change)
    }

    fn write_all(
        circuit: &'a Circuit,
        program: Program,
        (public, outputs): (&[u32], &[u32]),
        (answers, excess): (bool, Option<usize>),
        mut change: impl FnMut(usize, &mut Claim),
    ) -> Self {
        let encoding = FieldEncoding::new(&program);
        let entries = encoding.table(circuit.layout.capacities.program).unwrap();
        let mut assignment = vec![Fr::zero(); circuit.layout.committed_end()];
        assignment[0] = Fr::one();
        let mut witness = FalseWitness {
            case: Case {
                circuit,
                program,
                public: public.to_vec(),
                outputs: outputs.to_vec(),
                assignment,
            },
            memory: BTreeMap::new(),
            added: Vec::new(),
            removed: Vec::new(),
            takers: Vec::new(),
            excess,
            secret: Vec::new(),
            wrote: Vec::new(),
            questions: BTreeSet::new(),
            compressed: 0,
            answering: answers,
        };
        for (address, word) in witness.case.program.data() {
            let (place, word) = (key(Space::Heap) + i64::from(*address), Fr::from(*word));
            witness.memory.insert(place, (word, 0));
            witness.added.push((place, 0, 1, word));
        }
        for (index, entry) in entries.iter().enumerate() {
            write_entry(&circuit.layout, index, *entry, &mut witness.case.assignment);
        }
        let zero = Fr::zero();
        let mut state = State {
            pc: zero,
            depth: zero,
            calls: zero,
            read: zero,
            written: zero,
            top: Fr::from(EMPTY),
            flag: zero,
        };
        for row in 0..circuit.layout.step.rows {
            let entry = entries.get(integer(state.pc) as usize).copied();
            let mut claim = witness.honest(row, &state, entry.unwrap_or(FieldEntry::padding()));
            change(row, &mut claim);
            witness.write(row, &state, &claim);
            state = witness.after(row, &state, &claim);
        }
        witness.tables();
        witness.idle_compressions();
        witness
    }

    pub fn put(&mut self, var: Var, value: impl Into<Fr>) {
        self.case.assignment[var.0 as usize] = value.into();
    }

    /// Rebalances the witness. Returns the families of the violated constraints, and the number of these constraints.
    pub fn violations(&mut self) -> (BTreeSet<Family>, usize) {
        self.case.complete();
        let rebalancer = Rebalancer::new(self.case.circuit);
        rebalancer.rebalance(&mut self.case.assignment);
        let matrices = &self.case.circuit.matrices;
        let failing: Vec<usize> = (0..matrices.constraints())
            .filter(|row| !matrices.holds(*row, &self.case.assignment))
            .collect();
        let families = failing.iter().map(|row| self.case.circuit.families[*row]);
        (families.collect(), failing.len())
    }

    fn write(&mut self, row: usize, state: &State, claim: &Claim) {
        let columns = StepRow {
            pc: state.pc,
            depth: state.depth,
            calls: state.calls,
            read: state.read,
            written: state.written,
            top: state.top,
            flag: state.flag,
            entry: claim.entry,
            carry: claim.carry,
            fill: claim.fill,
            fill_age: claim.fill_age,
            age: claim.age,
            set: claim.set,
        };
        let layout = &self.case.circuit.layout;
        columns.write(layout, row, &mut self.case.assignment);
        let block = layout.step;
        self.limbs(&block, row, step::LIMB, claim.result);
    }

    /// Writes a value in limbs. A value that is not small is whole in the lowest limb.
    pub fn limbs(&mut self, block: &Block, row: usize, column: usize, value: Fr) {
        for (index, limb) in self.limbs_of(value).into_iter().enumerate() {
            self.put(block.at(row, column + index), limb);
        }
    }

    fn limbs_of(&self, value: Fr) -> Vec<Fr> {
        let capacities = self.case.circuit.layout.capacities;
        let bits = capacities.range_bits as usize;
        let mut rest = value.into_bigint().0;
        if let Some(limb) = self.excess.map(|limb| limb % capacities.word_limbs()) {
            let small = rest[1..] == [0; 3];
            let word = if small { rest[0] & 0xffff_ffff } else { 0 };
            let over = value - Fr::from(word);
            let of = |index: usize| {
                let own = Fr::from(word >> (bits * index) & ((1 << bits) - 1));
                if index != limb || over.is_zero() {
                    return own;
                }
                own + over * pow2((bits * index) as u32).inverse().unwrap()
            };
            return (0..capacities.word_limbs()).map(of).collect();
        }
        let last = capacities.word_limbs() - 1;
        let mut of = |limb: usize| match (rest, limb == last) {
            ([small, 0, 0, 0], false) => {
                rest[0] = small >> bits;
                Fr::from(small & ((1 << bits) - 1))
            }
            _ => {
                let whole = Fr::from_bigint(ark_ff::BigInt(rest)).unwrap();
                rest = [0; 4];
                whole
            }
        };
        (0..=last).map(&mut of).collect()
    }
}
