//! A prover that follows the step rows' equations whatever the control bits and values are, and by them takes a number
//! to any place and any field element to the top: what the forged return address is told with.

use super::cheat::Cheat;
use super::flaws::ADDRESS;
use super::{Case, assemble};
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, Field, One, PrimeField, Zero};
use provable::circuit::builder::pow2;
use provable::circuit::encoding::{Bit, COLUMNS, Encoding, Entry};
use provable::circuit::layout::{leftover, program, step};
use provable::circuit::tuple::{EMPTY, MEMORY, Space};
use provable::circuit::witness::ExecutionTrace;
use provable::circuit::{Circuit, Family};
use provable::vm::{Inputs, Limits, run};
use std::collections::BTreeSet;

/// Doublings that take any field element to any other, with a digit of up to 32 bits first.
const DOUBLINGS: usize = 224;
/// SECRET and POP in turn, twice, each time after a SECRET that keeps what was on top; and the STORE's two rows.
pub const PUMP: usize = 2 * (1 + 2 * DOUBLINGS) + 2;

/// The instructions between the RET and what comes after the STORE.
pub fn pump() -> String {
    let doublings = "SECRET,POP,".repeat(DOUBLINGS);
    format!("SECRET,{doublings}SECRET,{doublings}STORE,")
}

/// A prover that follows the step rows' equations, whatever the control bits and values.
pub struct Prover<'a> {
    circuit: &'a Circuit,
    pub entries: Vec<Entry>,
    assignment: Vec<Fr>,
    row: usize,
    pc: Fr,
    calls: Fr,
    written: Fr,
    top: Fr,
    /// Cells of the stack, each with the time of its row.
    stack: Vec<(Fr, usize)>,
}

/// What a row claims besides its entry.
#[derive(Clone, Copy, Default)]
pub struct Claim {
    /// Control bits that the entry does not have.
    pub extra: u64,
    pub result: Fr,
    /// What RET takes and how old it is.
    pub taken: Option<(Fr, usize)>,
    /// How old the cell is that the general port removes.
    pub age: Fr,
}

pub fn fr(number: usize) -> Fr {
    Fr::from(number as u64)
}

impl<'a> Prover<'a> {
    /// Tables as of an idle run, and the program.
    pub fn new(circuit: &'a Circuit, text: &str) -> Self {
        let idle = ExecutionTrace::new(&assemble("HALT"), &Inputs::default(), Limits::default());
        let mut assignment = idle.ok().unwrap().commit(&circuit.layout).unwrap();
        let entries = Encoding::new(&assemble(text)).entries;
        let table = circuit.layout.program;
        for index in 0..table.rows {
            let entry = entries.get(index).copied().unwrap_or(Entry::padding());
            assignment[table.at(index, program::BITS).0 as usize] = Fr::from(entry.bits);
            assignment[table.at(index, program::OPERAND).0 as usize] = entry.operand;
        }
        for block in [circuit.layout.stack, circuit.layout.calls] {
            for row in 0..block.rows {
                assignment[block.at(row, leftover::ACTIVE).0 as usize] = Fr::zero();
            }
        }
        Prover {
            circuit,
            entries,
            assignment,
            row: 0,
            pc: Fr::zero(),
            calls: Fr::zero(),
            written: Fr::zero(),
            top: Fr::from(EMPTY),
            stack: Vec::new(),
        }
    }

    pub fn step(&mut self, entry: usize, claim: Claim) {
        use Bit::*;
        let (now, entry) = (self.row + 1, self.entries[entry]);
        let bits = entry.bits | claim.extra;
        let bit = |bit: Bit| Fr::from(bits >> bit as u32 & 1);
        let depth = fr(self.stack.len());
        let (mut fill, mut fill_age) = (Fr::zero(), Fr::zero());
        if entry.has(Push) {
            fill = self.top;
            self.stack.push((self.top, now));
        } else if entry.any(&[Add, Drop]) {
            let (value, time) = self.stack.pop().unwrap();
            (fill, fill_age) = (value, fr(now - 1 - time));
        } else if entry.has(Call) {
            fill = self.pc + Fr::one();
        } else if let Some((value, age)) = claim.taken {
            (fill, fill_age) = (value, fr(age));
        } else if entry.has(Keep) {
            fill = claim.result - entry.operand;
        }
        for (column, value) in [
            (step::PC, self.pc),
            (step::DEPTH, depth),
            (step::CALLS, self.calls),
            (step::WRITTEN, self.written),
            (step::TOP, self.top),
            (step::OPERAND, entry.operand),
            (step::FILL, fill),
            (step::FILL_AGE, fill_age),
            (step::AGE, claim.age),
            (step::SET, Fr::one()),
        ] {
            self.put(column, value);
        }
        for column in 0..COLUMNS {
            self.put(step::BIT + column, Fr::from(bits >> column & 1));
        }
        self.limbs(claim.result);
        // The equations of the next row's pc and top: a jump that is taken always is all that is told here.
        let following = self.pc + Fr::one();
        let jump = bit(Jz) * bit(Jnz);
        let target = match claim.taken {
            Some((value, _)) => value,
            None => following,
        };
        self.pc = target + jump * (entry.operand - target);
        let found = bit(Push) + bit(Result) + bit(Add);
        self.top += found * (claim.result - self.top) + bit(Drop) * (fill - self.top);
        self.calls += bit(Call) - bit(Ret);
        self.written += bit(Write);
        self.row += 1;
    }

    fn put(&mut self, column: usize, value: Fr) {
        let var = self.circuit.layout.step.at(self.row, column);
        self.assignment[var.0 as usize] = value;
    }

    /// A word in limbs; what is none in the lowest.
    fn limbs(&mut self, value: Fr) {
        let capacities = self.circuit.layout.capacities;
        let word = u32::try_from(value.into_bigint().0[0]).ok();
        let word = word.filter(|word| Fr::from(*word) == value);
        for limb in 0..capacities.word_limbs() {
            let shift = capacities.range_bits as usize * limb;
            let part = |word: u32| Fr::from(word >> shift & ((1 << capacities.range_bits) - 1));
            let whole = if limb == 0 { value } else { Fr::zero() };
            self.put(step::LIMB + limb, word.map_or(whole, part));
        }
    }

    /// The rows from one entry on that take what is on top to another field element, and put that below; then the same
    /// to the fraction; then the STORE, which leaves `forged`.
    pub fn forge(&mut self, first: usize, forged: Fr, called: Fr, returned_at: usize) {
        let extra = 1 << Bit::Result as u64;
        let store = self.row + PUMP - 1;
        // The STORE's tuple is RET's: time + 2^24·space + 2^40·address.
        let apart = Fr::from(Space::Calls as u64) - Fr::from(Space::Heap as u64);
        let distance = apart * pow2(MEMORY.fields[1].shift) + fr(returned_at) - fr(store);
        let address = distance * pow2(ADDRESS).inverse().unwrap();
        let mut entry = first;
        let mut row = |prover: &mut Self, result: Fr, age: Fr| {
            let claim = Claim {
                extra,
                result,
                age,
                taken: None,
            };
            prover.step(entry, claim);
            entry += 1;
        };
        for target in [forged + address - called, address] {
            row(self, Fr::zero(), Fr::zero());
            for digit in digits(self.top, target) {
                row(self, Fr::zero(), Fr::zero());
                row(self, digit, Fr::zero());
            }
            assert_eq!(self.top, target);
        }
        assert_eq!(self.row + 1, store);
        // What CALL put there at time 1 has the same tuple as what this takes from its own cell.
        let time = fr(1) + fr(store) - fr(returned_at);
        row(self, called, fr(store) - Fr::one() - time);
        assert_eq!(self.top, forged);
        row(self, Fr::zero(), Fr::zero());
    }

    /// HALT to the last row.
    pub fn halt(&mut self, entry: usize) {
        while self.row < self.circuit.layout.step.rows {
            let result = self.entries[entry].operand;
            self.step(
                entry,
                Claim {
                    result,
                    ..Claim::default()
                },
            );
        }
    }

    /// The families that object to the assignment as a claim.
    pub fn objections(self, text: &str, outputs: &[u32]) -> BTreeSet<Family> {
        let program = assemble(text);
        let truth = run(&program, &Inputs::default(), Limits::default());
        assert!(truth.trap().is_some() || truth.outputs != outputs, "no lie");
        let mut case = Case {
            circuit: self.circuit,
            program,
            public: Vec::new(),
            outputs: outputs.to_vec(),
            assignment: self.assignment,
        };
        case.complete();
        let cheat = Cheat::new(self.circuit);
        cheat.fix_up(&mut case.assignment);
        cheat.failures(&case.assignment)
    }
}

/// The words that take one field element to another, each added after a doubling.
fn digits(from: Fr, to: Fr) -> Vec<Fr> {
    let mut rest = (to - pow2(DOUBLINGS as u32) * from).into_bigint();
    let digits = (0..DOUBLINGS as u32).rev().map(|power| {
        let digit = (rest >> power).0[0].min(u64::from(u32::MAX));
        rest.sub_with_borrow(&(ark_ff::BigInt::<4>::from(digit) << power));
        Fr::from(digit)
    });
    digits.collect()
}
