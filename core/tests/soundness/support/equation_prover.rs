//! A malicious prover that follows the equations of the step rows with any control bits and any values. It can bring any field
//! element to the top of the stack, which the attack of `return_address_vulnerability` needs.

use super::rebalance::Rebalancer;
use super::reverted_fixes::ADDRESS;
use super::rows::{StepRow, write_entry};
use super::{Case, assemble};
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, Field, One, PrimeField, Zero};
use provable::circuit::ExecutionTrace;
use provable::circuit::encoding::Bit;
use provable::circuit::field::pow2;
use provable::circuit::field::{FieldEncoding, FieldEntry};
use provable::circuit::layout::{leftover, step};
use provable::circuit::operations::EMPTY;
use provable::circuit::tuple::{MEMORY, Space};
use provable::circuit::{Circuit, Family};
use provable::vm::{Inputs, Limits, run};
use std::collections::BTreeSet;

/// Doublings, each followed by the addition of a word, that turn any field element into any other.
const DOUBLINGS: usize = 224;
/// Rows of [`steering`]: SECRET and POP in turn, twice, each time after a SECRET that keeps the old top; and PUT and POP.
pub const STEERING_ROWS: usize = 2 * (1 + 2 * DOUBLINGS) + 2;

/// The instructions between the RET and what comes after the PUT.
pub fn steering() -> String {
    let doublings = "SECRET,POP,".repeat(DOUBLINGS);
    format!("SECRET,{doublings}SECRET,{doublings}PUT,POP,")
}

/// The witness as far as it is written, and the state before the next row.
pub struct Prover<'a> {
    circuit: &'a Circuit,
    pub entries: Vec<FieldEntry>,
    assignment: Vec<Fr>,
    row: usize,
    pc: Fr,
    calls: Fr,
    written: Fr,
    top: Fr,
    /// The cells of the stack, each with the time of its row.
    stack: Vec<(Fr, usize)>,
}

/// What a row claims besides its entry.
#[derive(Clone, Copy, Default)]
pub struct Claim {
    /// Control bits that the row has besides those of the entry.
    pub extra: u64,
    pub result: Fr,
    /// The address that RET takes, and the age of its cell.
    pub taken: Option<(Fr, usize)>,
    /// The age of the cell that the general port removes.
    pub age: Fr,
}

/// A return address on the call stack: its cell, and the time of the CALL.
#[derive(Clone, Copy)]
pub struct Saved {
    pub address: Fr,
    pub cell: usize,
    pub time: usize,
}

pub fn fr(number: usize) -> Fr {
    Fr::from(number as u64)
}

impl<'a> Prover<'a> {
    /// The tables of an idle run, and the program.
    pub fn new(circuit: &'a Circuit, text: &str) -> Self {
        let idle = ExecutionTrace::new(&assemble("HALT"), &Inputs::default(), Limits::default());
        let mut assignment = idle.ok().unwrap().commit(&circuit.layout).unwrap();
        let entries = FieldEncoding::new(&assemble(text)).entries;
        let table = circuit.layout.program;
        for index in 0..table.rows {
            let entry = entries.get(index).copied().unwrap_or(FieldEntry::padding());
            write_entry(&circuit.layout, index, entry, &mut assignment);
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
        if entry.any(&[Push, Here]) {
            fill = self.top;
            if entry.stack_port() > 0 {
                self.stack.push((self.top, now));
            }
        } else if entry.any(&[Add, Drop]) {
            let (value, time) = self.stack.pop().unwrap();
            (fill, fill_age) = (value, fr(now - 1 - time));
        } else if entry.has(Call) {
            fill = self.pc + Fr::one();
        } else if let Some((value, age)) = claim.taken {
            (fill, fill_age) = (value, fr(age));
        }
        let columns = StepRow {
            pc: self.pc,
            depth,
            calls: self.calls,
            read: Fr::zero(),
            written: self.written,
            top: self.top,
            flag: Fr::zero(),
            entry: FieldEntry { bits, ..entry },
            carry: Fr::zero(),
            fill,
            fill_age,
            age: claim.age,
            set: Fr::one(),
        };
        columns.write(&self.circuit.layout, self.row, &mut self.assignment);
        self.limbs(claim.result);
        // The equations of the next row's pc and top. Of the jumps only those that are always taken occur here.
        let following = self.pc + Fr::one();
        let jump = bit(Jz) * bit(Jnz);
        let target = match claim.taken {
            Some((value, _)) => value,
            None => following,
        };
        self.pc = target + jump * entry.operand;
        let found = bit(Push) + bit(Result) + bit(Add) - bit(Here);
        self.top += found * (claim.result - self.top) + bit(Drop) * (fill - self.top);
        self.calls += bit(Call) - bit(Ret);
        self.written += bit(Write);
        self.row += 1;
    }

    fn put(&mut self, column: usize, value: Fr) {
        let var = self.circuit.layout.step.at(self.row, column);
        self.assignment[var.0 as usize] = value;
    }

    /// Writes a word in limbs. A value that is no word is whole in the lowest limb.
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

    /// The time of the next row.
    pub fn now(&self) -> usize {
        self.row + 1
    }

    /// Executes the steering rows from one entry on. They bring the address of the PUT (a fraction) to the top and push it down,
    /// bring a position to the top, and execute the PUT. It replaces the saved return address by the position, with the time at
    /// which RET took it.
    pub fn replace_return_address(
        &mut self,
        first: usize,
        position: Fr,
        saved: Saved,
        returned: usize,
    ) {
        let extra = 1 << Bit::Result as u64;
        let put = self.row + STEERING_ROWS - 1;
        // The PUT's tuple is RET's: time + 2^24·space + 2^40·address.
        let apart = Fr::from(Space::Calls as u64) - Fr::from(Space::Heap as u64);
        let distance = apart * pow2(MEMORY.fields[1].shift) + fr(returned) - fr(put);
        let address = fr(saved.cell) + distance * pow2(ADDRESS).inverse().unwrap();
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
        for target in [address, position] {
            row(self, Fr::zero(), Fr::zero());
            for digit in digits(self.top, target) {
                row(self, Fr::zero(), Fr::zero());
                row(self, digit, Fr::zero());
            }
            assert_eq!(self.top, target);
        }
        assert_eq!(self.now(), put);
        // The tuple that CALL added equals the tuple that this row removes from its own cell.
        row(
            self,
            saved.address,
            fr(returned) - fr(saved.time) - Fr::one(),
        );
        row(self, Fr::zero(), Fr::zero());
    }

    /// Executes HALT in all remaining rows.
    pub fn halt(&mut self, entry: usize) {
        while self.row < self.circuit.layout.step.rows {
            self.step(entry, Claim::default());
        }
    }

    /// The families of the violated constraints, for a statement that is false.
    pub fn violations(self, text: &str, outputs: &[u32]) -> BTreeSet<Family> {
        let program = assemble(text);
        let truth = run(&program, &Inputs::default(), Limits::default());
        assert!(
            truth.trap().is_some() || truth.outputs != outputs,
            "the statement is true"
        );
        let mut case = Case {
            circuit: self.circuit,
            program,
            public: Vec::new(),
            outputs: outputs.to_vec(),
            assignment: self.assignment,
        };
        case.complete();
        let rebalancer = Rebalancer::new(self.circuit);
        rebalancer.rebalance(&mut case.assignment);
        rebalancer.violations(&case.assignment)
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
