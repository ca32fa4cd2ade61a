//! A prover that writes every row itself. The state follows from row to row as the circuit asks; what a row claims to
//! have found (values, times, carries, even its instruction) is the liar's to choose. So a lie keeps everything
//! consistent but the one thing that it is about.

mod follow;
pub mod questions;
pub mod tables;

use super::cheat::Cheat;
use super::{Case, assemble};
use ark_bls12_381::Fr;
use ark_ff::{Field, One, PrimeField, Zero};
use provable::circuit::builder::{Var, pow2};
use provable::circuit::encoding::{COLUMNS, Encoding, Entry};
use provable::circuit::layout::{Block, program, step};
use provable::circuit::tuple::{EMPTY, Space};
use provable::circuit::{Circuit, Family};
use provable::lang::program::Program;
use std::collections::{BTreeMap, BTreeSet};

/// What a row claims. Honest unless the liar changes it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Where the row is; nothing follows from a change.
    pub pc: Fr,
    pub entry: Entry,
    pub result: Fr,
    pub carry: Fr,
    pub fill: Fr,
    pub fill_age: Fr,
    pub age: Fr,
    pub set: Fr,
}

impl Claim {
    /// The row halts where it is.
    pub fn halt(&mut self) {
        self.entry = Entry::halt(integer(self.pc) as u32);
        (self.fill, self.result) = (Fr::zero(), self.entry.operand);
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

pub struct Forger<'a> {
    pub case: Case<'a>,
    /// Cells by key, as an honest row would find them: value and time.
    bag: BTreeMap<i64, (Fr, i64)>,
    /// Every tuple that a row added or removed, as it claims.
    pub added: Vec<Tuple>,
    pub removed: Vec<Tuple>,
    /// By which row and port each was removed.
    pub takers: Vec<(usize, Port)>,
    /// What SECRET rows took and WRITE rows wrote.
    pub secret: Vec<Fr>,
    pub wrote: Vec<Fr>,
    /// What the rows asked of the coprocessors.
    pub questions: BTreeSet<questions::Question>,
    /// Whether they are answered.
    answering: bool,
    /// The limb that takes what no word holds: without one, the last takes what is small, else the lowest takes all.
    excess: Option<usize>,
}

/// Where a row removes a tuple.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    General,
    Fill,
}

/// Key, time, set, value.
pub type Tuple = (i64, i64, i64, Fr);

pub fn fr(value: i64) -> Fr {
    Fr::from(value)
}

/// A field element that stands for a small integer of either sign.
pub fn integer(value: Fr) -> i64 {
    let low = |value: Fr| value.into_bigint().0;
    match (low(value), low(-value)) {
        ([small, 0, 0, 0], _) => small as i64,
        (_, [small, 0, 0, 0]) => -(small as i64),
        _ => i64::MAX >> 1,
    }
}

/// One number for a space and address 0 in it.
pub fn key(space: Space) -> i64 {
    (space as i64) << 36
}

impl<'a> Forger<'a> {
    /// Writes the whole time line of a claimed statement. `lie` sees each row's honest claim and may change it.
    pub fn new(
        circuit: &'a Circuit,
        text: &str,
        tapes: (&[u32], &[u32]),
        lie: impl Fn(usize, &mut Claim),
    ) -> Self {
        Forger::write_all(circuit, assemble(text), tapes, (false, None), lie)
    }

    /// The same of a program; here coprocessor rows get honest answers, where `new` leaves them to the liar.
    pub fn of(
        circuit: &'a Circuit,
        program: Program,
        tapes: (&[u32], &[u32]),
        excess: Option<usize>,
        lie: impl FnMut(usize, &mut Claim),
    ) -> Self {
        Forger::write_all(circuit, program, tapes, (true, excess), lie)
    }

    fn write_all(
        circuit: &'a Circuit,
        program: Program,
        (public, outputs): (&[u32], &[u32]),
        (answers, excess): (bool, Option<usize>),
        mut lie: impl FnMut(usize, &mut Claim),
    ) -> Self {
        let encoding = Encoding::new(&program);
        let entries = encoding.table(circuit.layout.capacities.program).unwrap();
        let mut assignment = vec![Fr::zero(); circuit.layout.committed_end()];
        assignment[0] = Fr::one();
        let mut forger = Forger {
            case: Case {
                circuit,
                program,
                public: public.to_vec(),
                outputs: outputs.to_vec(),
                assignment,
            },
            bag: BTreeMap::new(),
            added: Vec::new(),
            removed: Vec::new(),
            takers: Vec::new(),
            excess,
            secret: Vec::new(),
            wrote: Vec::new(),
            questions: BTreeSet::new(),
            answering: answers,
        };
        for (index, entry) in entries.iter().enumerate() {
            let block = circuit.layout.program;
            forger.put(block.at(index, program::BITS), entry.bits);
            forger.put(block.at(index, program::OPERAND), entry.operand);
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
            let mut claim = forger.honest(row, &state, entry.unwrap_or(Entry::padding()));
            lie(row, &mut claim);
            forger.write(row, &state, &claim);
            state = forger.after(row, &state, &claim);
        }
        forger.tables();
        forger
    }

    pub fn put(&mut self, var: Var, value: impl Into<Fr>) {
        self.case.assignment[var.0 as usize] = value.into();
    }

    /// The families that object, and how many constraints do, after the liar has fixed up all that follows.
    pub fn objections(&mut self) -> (BTreeSet<Family>, usize) {
        self.case.complete();
        let cheat = Cheat::new(self.case.circuit);
        cheat.fix_up(&mut self.case.assignment);
        let matrices = &self.case.circuit.matrices;
        let failing: Vec<usize> = (0..matrices.constraints())
            .filter(|row| !matrices.holds(*row, &self.case.assignment))
            .collect();
        let families = failing.iter().map(|row| self.case.circuit.families[*row]);
        (families.collect(), failing.len())
    }

    fn write(&mut self, row: usize, state: &State, claim: &Claim) {
        let block = self.case.circuit.layout.step;
        for (column, value) in [
            (step::PC, state.pc),
            (step::DEPTH, state.depth),
            (step::CALLS, state.calls),
            (step::READ, state.read),
            (step::WRITTEN, state.written),
            (step::TOP, state.top),
            (step::FLAG, state.flag),
            (step::OPERAND, claim.entry.operand),
            (step::CARRY, claim.carry),
            (step::FILL, claim.fill),
            (step::FILL_AGE, claim.fill_age),
            (step::AGE, claim.age),
            (step::SET, claim.set),
        ] {
            self.put(block.at(row, column), value);
        }
        for bit in 0..COLUMNS {
            self.put(block.at(row, step::BIT + bit), claim.entry.bits >> bit & 1);
        }
        self.limbs(&block, row, step::LIMB, claim.result);
    }

    /// A number in limbs; one that is no small number, whole in the lowest.
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
                let more = over * pow2((bits * index) as u32).inverse().unwrap();
                own + if index == limb { more } else { Fr::zero() }
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
