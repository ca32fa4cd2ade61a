//! The state that the constraints of every table share, and the sums to which they add terms.

use super::fixed::Fixed;
use super::question::{Base, Words};
use super::tuples::Tuple;
use super::{Basis, Bounded, Fact, Ledger, Memory, Question, Refusal};
use crate::circuit::builder::{Builder, Lc};
use crate::circuit::family::Family;
use crate::circuit::layout::statement::{BETA, GAMMA, TAPES};
use crate::circuit::layout::{Block, Layout, step};
use crate::circuit::sha256::TABLES;
use crate::circuit::variable::{ONE, Var};
use ark_bls12_381::Fr;

/// The sums of logarithmic derivatives. Each is an equation of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    Memory,
    Range,
    Top,
    Fetch,
    Coprocessor,
    Digit,
    Power,
    /// A table of SHA-256, by its place.
    Sha256(usize),
}

impl Sum {
    const ALL: [Sum; 7] = [
        Sum::Memory,
        Sum::Range,
        Sum::Fetch,
        Sum::Coprocessor,
        Sum::Digit,
        Sum::Power,
        Sum::Top,
    ];

    /// The family of the constraint that closes the sum.
    fn family(self) -> Family {
        match self {
            Sum::Memory => Family::MemorySum,
            Sum::Range => Family::RangeSum,
            Sum::Top => Family::TopSum,
            Sum::Fetch => Family::FetchSum,
            Sum::Coprocessor => Family::CoprocessorSum,
            Sum::Digit => Family::DigitSum,
            Sum::Power => Family::PowerSum,
            Sum::Sha256(_) => Family::Sha256Sums,
        }
    }

    /// Its index among all sums.
    fn index(self) -> usize {
        match self {
            Sum::Memory => 0,
            Sum::Range => 1,
            Sum::Top => 2,
            Sum::Fetch => 3,
            Sum::Coprocessor => 4,
            Sum::Digit => 5,
            Sum::Power => 6,
            Sum::Sha256(place) => Sum::ALL.len() + place,
        }
    }
}

/// The numerator of a term: how often the tuple counts.
pub(in crate::circuit) enum Numerator {
    /// As often as the control bits say.
    Selector(Bounded),
    /// As often as the prover chooses. No memory tuple has such a numerator: with it, a malicious prover could add a
    /// cell that no row put.
    Multiplicity(Var),
}

impl Numerator {
    /// Once.
    pub fn one() -> Self {
        Numerator::Selector(Bounded::constant(1))
    }
}

/// What a row asks the coprocessors, in addition to the two words that it takes.
pub(in crate::circuit) struct Asked<'a> {
    /// The operation, and the second word if the row does not take it from the stack.
    pub operand: Bounded,
    /// What is subtracted from the top. It is the top itself if the second word is in the operand.
    pub base: &'a Base,
    /// The carry.
    pub c: Bounded,
    /// The result.
    pub result: Bounded,
}

/// The state that the constraints of every table share.
pub(in crate::circuit) struct Context<'a> {
    pub builder: &'a mut Builder,
    pub layout: &'a Layout,
    pub(super) ledger: Ledger,
    sums: Vec<Lc>,
    beta_squared: Var,
    /// For each variable of the remaining witness: what it is a function of.
    pub(super) derived: Vec<Fixed>,
}

impl<'a> Context<'a> {
    /// The first constraint defines β².
    pub fn new(builder: &'a mut Builder, layout: &'a Layout) -> Self {
        let beta_squared = Var(layout.committed_end() as u32);
        builder.product(Family::BetaSquared, beta_squared, BETA, BETA);
        Context {
            builder,
            layout,
            ledger: Ledger::default(),
            sums: vec![Lc::zero(); Sum::ALL.len() + TABLES.len()],
            beta_squared,
            derived: vec![Fixed::Degree(2)],
        }
    }

    /// A fresh variable of the remaining witness, and what its constraints make it a function of.
    pub(super) fn fresh(&mut self, fixed: Fixed) -> Var {
        let var = Var(self.variables() as u32);
        self.derived.push(fixed);
        var
    }

    /// How many variables there are so far.
    pub fn variables(&self) -> usize {
        self.layout.committed_end() + self.derived.len()
    }

    /// The limbs of a word in a committed block.
    pub fn limbs(&self, block: &Block, row: usize, column: usize) -> Vec<Var> {
        block.span(row, column, self.layout.capacities.word_limbs())
    }

    pub(super) fn beta_squared(&self) -> Var {
        self.beta_squared
    }

    /// Puts a cell into the memory: once, or where a boolean is 1 that follows from a step row's control bits. These
    /// are columns or growths of counters. If the prover chose the boolean freely, it could add a cell that no
    /// instruction put. (A row that a step row requested replaces cells by [`Context::replace`].)
    pub fn put(&mut self, family: Family, tuple: &'static str, cell: Memory, on: &Bounded) {
        let counters = [step::DEPTH, step::CALLS, step::READ, step::WRITTEN];
        let says = |column| {
            let is_bit = (step::BIT..step::LIMB).contains(&column);
            is_bit || counters.contains(&column) || self.layout.hash() == Some(column)
        };
        let of_a_step = |var: Var| {
            let place = self.layout.step.place(var.0 as usize);
            var == ONE || place.is_some_and(|(_, column)| says(column))
        };
        if !on.lc().0.iter().all(|(var, _)| of_a_step(*var)) {
            let why = "as often as no control bit says".into();
            self.ledger.refuse(tuple, "the memory", why);
        }
        let tuple = self.memory_tuple(tuple, cell);
        self.add(Sum::Memory, family, tuple, Numerator::Selector(on.clone()));
    }

    /// Takes a cell out of the memory.
    pub fn remove(&mut self, family: Family, tuple: &'static str, cell: Memory, on: &Bounded) {
        let tuple = self.memory_tuple(tuple, cell);
        self.take(Sum::Memory, family, tuple, Numerator::Selector(on.clone()));
    }

    /// Asks the coprocessors for the result of a row's operation on the words that the row takes.
    pub fn ask(&mut self, family: Family, row: usize, asked: Asked<'_>, on: &Bounded) {
        let Asked {
            operand,
            base,
            c,
            result,
        } = asked;
        let Words { a, b, op } = self.words(row, base, &operand);
        let question = Question {
            a,
            op,
            c,
            result,
            b,
        };
        let tuple = self.question_tuple("row", question);
        let numerator = Numerator::Selector(on.clone());
        self.add(Sum::Coprocessor, family, tuple, numerator);
    }

    /// Answers a question as often as it is asked.
    pub fn answer(&mut self, family: Family, tuple: &'static str, question: Question, times: Var) {
        let tuple = self.question_tuple(tuple, question);
        let numerator = Numerator::Multiplicity(times);
        self.take(Sum::Coprocessor, family, tuple, numerator);
    }

    /// Answers a bitwise question. Its tuple is the sum of the tuples of its digits.
    pub fn answer_digits(&mut self, family: Family, digits: &[Var], times: Var) {
        let tuple = self.digits(digits);
        let numerator = Numerator::Multiplicity(times);
        self.take(Sum::Coprocessor, family, tuple, numerator);
    }

    /// Adds a term to a sum.
    pub(super) fn add(&mut self, sum: Sum, family: Family, tuple: Tuple, numerator: Numerator) {
        self.term(sum, family, tuple, numerator, Fr::from(1u64));
    }

    /// Subtracts a term from a sum.
    pub(super) fn take(&mut self, sum: Sum, family: Family, tuple: Tuple, numerator: Numerator) {
        self.term(sum, family, tuple, numerator, -Fr::from(1u64));
    }

    fn term(&mut self, sum: Sum, family: Family, tuple: Tuple, numerator: Numerator, sign: Fr) {
        if tuple.clashes() {
            let why = "of which two stand under one power of β".into();
            self.ledger.refuse("a tuple", "fields", why);
        }
        let tuple = tuple.lc();
        if self.fixed_by(&tuple) > Fixed::Degree(2) {
            let why = "which is not fixed before the pole".into();
            self.ledger.refuse("a tuple", "a value", why);
        }
        let numerator: Lc = match numerator {
            Numerator::Selector(on) => {
                if on.basis > Basis::of(Fact::Selections) {
                    let why = "as often as no boolean says".into();
                    self.ledger.refuse("a cell", "a sum", why);
                }
                on.lc()
            }
            Numerator::Multiplicity(times) => {
                if sum == Sum::Memory {
                    let why = "as often as the prover likes".into();
                    self.ledger.refuse("a cell", "the memory", why);
                }
                times.into()
            }
        };
        self.require_committed("a numerator", &numerator);
        let var = self.fresh(Fixed::Free);
        self.builder.term(family, var, GAMMA, tuple, numerator);
        match self.sums.get_mut(sum.index()) {
            Some(terms) => terms.0.push((var, sign)),
            None => self
                .ledger
                .refuse("a tuple", "a sum", "that nothing closes".into()),
        }
    }

    /// Closes the sums. The verifier computes the part of the memory sum that belongs to the public tapes. Returns the
    /// number of variables, and the ledger of what was packed or the reason why it may not be packed.
    pub fn close(mut self) -> (usize, Result<Ledger, Refusal>) {
        let tables = match self.layout.capacities.sha256 {
            0 => 0,
            _ => TABLES.len(),
        };
        for sum in Sum::ALL.into_iter().chain((0..tables).map(Sum::Sha256)) {
            let terms = self.sums.get_mut(sum.index());
            let terms = terms.map(std::mem::take).unwrap_or_default();
            match sum {
                Sum::Memory => self.builder.zero(sum.family(), terms + TAPES),
                // Where a word's top limb is as wide as the others, it needs no table of its own.
                Sum::Top if terms.0.is_empty() => {}
                _ => self.builder.zero(sum.family(), terms),
            }
        }
        (self.variables(), self.ledger.finish())
    }
}
