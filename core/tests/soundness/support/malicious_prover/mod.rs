//! A malicious prover that executes a program by the circuit's rules alone and knows no trap. Where a rule cannot hold (a cell
//! that does not exist, a result that is no word, a jump out of the program) it deviates: it claims a random value and goes on.
//! Without a deviation its assignment satisfies the circuit. So every violated constraint is due to a deviation.

mod coprocessor;
mod multiset;
mod step;
mod tables;

use super::Case;
use ark_bls12_381::Fr;
use ark_ff::{One, PrimeField, Zero};
use coprocessor::Answer;
use multiset::Multiset;
use provable::circuit::Circuit;
use provable::circuit::encoding::Bit;
use provable::circuit::field::{FieldEncoding, FieldEntry};
use provable::circuit::operations::EMPTY;
use provable::circuit::variable::Var;
use provable::lang::program::Program;
use provable::vm::Inputs;
use rand::Rng;
use rand::rngs::StdRng;
use std::collections::BTreeMap;

/// An instruction that one row executes in place of the program's, and whether the program table is changed too.
#[derive(Clone, Copy, Debug)]
pub struct Substitution {
    pub row: usize,
    pub entry: FieldEntry,
    pub in_table: bool,
}

/// A claimed run, and the deviations that it needed.
pub struct Attempt<'a> {
    pub case: Case<'a>,
    pub deviations: Vec<&'static str>,
}

/// The state between two rows. The numbers are signed, because deviations can make them negative.
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

pub struct MaliciousProver<'a> {
    circuit: &'a Circuit,
    rng: &'a mut StdRng,
    /// The last position that a jump may go to.
    length: i64,
    public: &'a [u32],
    secret: std::slice::Iter<'a, u32>,
    entries: Vec<FieldEntry>,
    assignment: Vec<Fr>,
    multiset: Multiset,
    questions: BTreeMap<(u64, i64, i64), Answer>,
    outputs: Vec<u32>,
    deviations: Vec<&'static str>,
}

impl<'a> MaliciousProver<'a> {
    /// Executes the program to the last row. `None` if a table has too few rows for it.
    pub fn attempt(
        circuit: &'a Circuit,
        program: &Program,
        inputs: &'a Inputs,
        substitution: Option<Substitution>,
        rng: &'a mut StdRng,
    ) -> Option<Attempt<'a>> {
        let mut assignment = vec![Fr::zero(); circuit.layout.committed_end()];
        assignment[0] = Fr::one();
        let encoding = FieldEncoding::new(program);
        let mut prover = MaliciousProver {
            circuit,
            rng,
            length: encoding.entries.len() as i64 - 1,
            public: &inputs.public,
            secret: inputs.secret.iter(),
            entries: encoding.table(circuit.layout.capacities.program)?,
            assignment,
            multiset: Multiset::new(&inputs.public, program.data()),
            questions: BTreeMap::new(),
            outputs: Vec::new(),
            deviations: Vec::new(),
        };
        prover.rows(substitution);
        prover.tables()?;
        let mut case = Case {
            circuit,
            program: program.clone(),
            public: inputs.public.clone(),
            outputs: prover.outputs,
            assignment: prover.assignment,
        };
        case.state();
        Some(Attempt {
            case,
            deviations: prover.deviations,
        })
    }

    fn rows(&mut self, substitution: Option<Substitution>) {
        let rows = self.circuit.layout.step.rows;
        let reads_in_halt = self.coin();
        let mut state = State {
            top: EMPTY as i64,
            ..State::default()
        };
        for row in 0..rows {
            let (mut state_here, mut entry) = (state, self.fetch(state.pc));
            let halts = entry == FieldEntry::halt();
            let unread = state.read < self.public.len() as i64;
            let substitution = substitution.filter(|one| one.row == row && one.entry != entry);
            if let Some(substitution) = substitution {
                entry = substitution.entry;
                if let (true, Some(slot)) = (
                    substitution.in_table,
                    self.entries.get_mut(state.pc as usize),
                ) {
                    *slot = entry;
                }
                self.deviate("another instruction");
            } else if halts && unread && reads_in_halt && row + 1 < rows {
                // A HALT that reads differs from HALT by its control bits alone.
                entry.bits |= 1 << Bit::Read as u32;
                self.deviate("a READ in a HALT");
            } else if !halts && row + 1 == rows {
                self.deviate("not halted at the last row");
                match self.rng.gen_range(0..3) {
                    0 => entry = FieldEntry::halt(),
                    1 => {
                        state_here.pc = self.length;
                        entry = FieldEntry::halt();
                    }
                    _ => {}
                }
            }
            state = self.step(row, state_here, entry);
        }
        if state.read < self.public.len() as i64 {
            self.deviate("input left unread");
        }
    }

    /// The entry at a position, or HALT if the table has no entry there that a row can match.
    fn fetch(&self, pc: i64) -> FieldEntry {
        let found = usize::try_from(pc).ok().filter(|_| pc <= self.length);
        let found = found.and_then(|pc| self.entries.get(pc)).copied();
        found.unwrap_or(FieldEntry::halt())
    }

    fn deviate(&mut self, reason: &'static str) {
        self.deviations.push(reason);
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

    /// The value of a cell that does not exist: a word, or a number that becomes a word when the number under an empty stack is added
    /// or subtracted.
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

/// An operand as an integer of either sign, with the word of a coprocessor operation.
fn integer(operand: Fr) -> i128 {
    let low = |value: Fr| value.into_bigint().0;
    match low(operand) {
        [low, high, 0, 0] => i128::from(low) | i128::from(high) << 64,
        _ => -i128::from(low(-operand)[0]),
    }
}
