//! A prover that follows a program by the circuit's rules alone. It knows of no trap: where the rules leave no way on
//! (a cell that is not there, a result that is no word, a jump to nowhere) it tells a lie, drawn at random, and goes
//! on. Told no lie, its assignment satisfies the circuit; so whatever fails, fails for its lies.

mod bag;
mod coprocessor;
mod step;
mod tables;

use super::Case;
use ark_bls12_381::Fr;
use ark_ff::{One, PrimeField, Zero};
use bag::Bag;
use coprocessor::Answer;
use provable::circuit::Circuit;
use provable::circuit::builder::Var;
use provable::circuit::encoding::{Bit, Encoding, Entry};
use provable::circuit::tuple::EMPTY;
use provable::lang::program::Program;
use provable::vm::Inputs;
use rand::Rng;
use rand::rngs::StdRng;
use std::collections::BTreeMap;

/// An instruction executed in place of the program's at one row, and whether the program table is to say the same.
#[derive(Clone, Copy, Debug)]
pub struct Disguise {
    pub row: usize,
    pub entry: Entry,
    pub in_table: bool,
}

/// A run with its lies.
pub struct Told<'a> {
    pub case: Case<'a>,
    pub lies: Vec<&'static str>,
}

/// What a row passes on to the next. Numbers have a sign: lies lead below zero.
#[derive(Clone, Copy, Default)]
struct State {
    pc: i64,
    depth: i64,
    calls: i64,
    read: i64,
    written: i64,
    top: i64,
    flag: i64,
}

pub struct Liar<'a> {
    circuit: &'a Circuit,
    rng: &'a mut StdRng,
    /// Positions up to this one can be jumped to.
    length: i64,
    public: &'a [u32],
    secret: std::slice::Iter<'a, u32>,
    entries: Vec<Entry>,
    assignment: Vec<Fr>,
    bag: Bag,
    questions: BTreeMap<(u64, i64, i64), Answer>,
    outputs: Vec<u32>,
    lies: Vec<&'static str>,
}

impl<'a> Liar<'a> {
    /// Runs the program to the last row. `None` if an honest table would be too small for what it did.
    pub fn run(
        circuit: &'a Circuit,
        program: &Program,
        inputs: &'a Inputs,
        disguise: Option<Disguise>,
        rng: &'a mut StdRng,
    ) -> Option<Told<'a>> {
        let mut assignment = vec![Fr::zero(); circuit.layout.committed_end()];
        assignment[0] = Fr::one();
        let encoding = Encoding::new(program);
        let mut liar = Liar {
            circuit,
            rng,
            length: encoding.entries.len() as i64 - 1,
            public: &inputs.public,
            secret: inputs.secret.iter(),
            entries: encoding.table(circuit.layout.capacities.program)?,
            assignment,
            bag: Bag::new(&inputs.public),
            questions: BTreeMap::new(),
            outputs: Vec::new(),
            lies: Vec::new(),
        };
        liar.rows(disguise);
        liar.tables()?;
        let mut case = Case {
            circuit,
            program: program.clone(),
            public: inputs.public.clone(),
            outputs: liar.outputs,
            assignment: liar.assignment,
        };
        case.state();
        Some(Told {
            case,
            lies: liar.lies,
        })
    }

    fn rows(&mut self, disguise: Option<Disguise>) {
        let rows = self.circuit.layout.step.rows;
        let sneaks = self.coin();
        let mut state = State {
            top: EMPTY as i64,
            ..State::default()
        };
        for row in 0..rows {
            let (mut state_here, mut entry) = (state, self.fetch(state.pc));
            let halts = entry == Entry::halt(state.pc as u32);
            let unread = state.read < self.public.len() as i64;
            let disguise = disguise.filter(|lie| lie.row == row && lie.entry != entry);
            if let Some(disguise) = disguise {
                entry = disguise.entry;
                if let (true, Some(slot)) =
                    (disguise.in_table, self.entries.get_mut(state.pc as usize))
                {
                    *slot = entry;
                }
                self.lie("another instruction");
            } else if halts && unread && sneaks && row + 1 < rows {
                // A HALT that reads: nothing but its bits tells it from one that does not.
                entry.bits |= 1 << Bit::Read as u32;
                self.lie("a READ in a HALT");
            } else if !halts && row + 1 == rows {
                self.lie("not halted at the last row");
                match self.rng.gen_range(0..3) {
                    0 => entry = Entry::halt(state.pc as u32),
                    1 => {
                        state_here.pc = self.length;
                        entry = Entry::halt(self.length as u32);
                    }
                    _ => {}
                }
            }
            state = self.step(row, state_here, entry);
        }
        if state.read < self.public.len() as i64 {
            self.lie("input left unread");
        }
    }

    /// The entry at a position, and a HALT where the table has none that a row can match.
    fn fetch(&self, pc: i64) -> Entry {
        let found = usize::try_from(pc).ok().filter(|_| pc <= self.length);
        let found = found.and_then(|pc| self.entries.get(pc)).copied();
        found.unwrap_or(Entry::halt(pc as u32))
    }

    fn lie(&mut self, lie: &'static str) {
        self.lies.push(lie);
    }

    fn coin(&mut self) -> bool {
        self.rng.r#gen()
    }

    fn word(&mut self) -> i64 {
        match self.rng.gen_range(0..4) {
            0 => 0,
            1 => 1,
            2 => self.rng.gen_range(2..40),
            _ => i64::from(self.rng.r#gen::<u32>()),
        }
    }

    /// What may stand in a cell that is not there: a word, or what makes a word of a sum or difference with the
    /// number under an empty stack.
    fn guess(&mut self) -> i64 {
        let word = self.word();
        match self.rng.gen_range(0..5) {
            0 => word - EMPTY as i64,
            1 => word + EMPTY as i64,
            _ => word,
        }
    }

    fn set(&mut self, var: Var, value: i64) {
        self.assignment[var.0 as usize] = Fr::from(value);
    }
}

fn is_word(value: i64) -> bool {
    u32::try_from(value).is_ok()
}

/// An operand as a number: a word, or a depth below the top with a minus.
fn integer(operand: Fr) -> i64 {
    match operand.into_bigint().0 {
        [small, 0, 0, 0] => small as i64,
        _ => -((-operand).into_bigint().0[0] as i64),
    }
}
