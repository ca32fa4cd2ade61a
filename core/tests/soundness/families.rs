//! No constraint family is superfluous. For each there is a false witness that violates this family and no other, so that without
//! the family it would be proved.

use crate::support::false_witness::tables::digit_tuple;
use crate::support::rebalance::Rebalancer;
use crate::support::rows::write_entry;
use crate::support::{Case, SUMS, assemble, tiny};
use ark_bls12_381::Fr;
use ark_ff::{Field, One};
use provable::circuit::builder::Rule;
use provable::circuit::encoding::{Bit, COLUMNS};
use provable::circuit::field::{FieldEncoding, FieldEntry};
use provable::circuit::layout::{arithmetic, bitwise, heap, step};
use provable::circuit::operations::{COP_AND, EMPTY};
use provable::circuit::{Circuit, Family};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeBounds;

/// An honest case whose committed values are changed.
struct ChangedCase<'a> {
    case: Case<'a>,
    circuit: Circuit,
}

impl<'a> ChangedCase<'a> {
    fn from(circuit: &'a Circuit, text: &str) -> Self {
        ChangedCase {
            case: Case::new(circuit, &assemble(text), &[], &[5, 6]),
            circuit: circuit.clone(),
        }
    }

    fn set(&mut self, rows: impl RangeBounds<usize>, column: usize, value: impl Into<Fr>) {
        let value = value.into();
        for row in (0..self.circuit.layout.step.rows).filter(|row| rows.contains(row)) {
            self.case.assignment[self.circuit.layout.step.at(row, column).0 as usize] = value;
        }
    }

    /// Makes rows execute an instruction.
    fn execute(&mut self, rows: impl RangeBounds<usize> + Clone, entry: FieldEntry) {
        for bit in 0..COLUMNS {
            self.set(rows.clone(), step::BIT + bit, entry.bits >> bit & 1);
        }
        self.set(rows, step::OPERAND, entry.operand);
    }

    fn result(&mut self, row: usize, value: u64) {
        let bits = self.circuit.layout.capacities.range_bits;
        for limb in 0..self.circuit.layout.capacities.word_limbs() {
            let rest = value >> (bits as usize * limb);
            let last = limb + 1 == self.circuit.layout.capacities.word_limbs();
            let limb_value = if last { rest } else { rest & ((1 << bits) - 1) };
            self.set(row..=row, step::LIMB + limb, limb_value);
        }
    }

    /// Halts at `pc` from a row on.
    fn halt(&mut self, from: usize, pc: u32) {
        self.execute(from.., FieldEntry::halt());
        self.set(from.., step::PC, pc);
        self.set(
            from..,
            step::FILL,
            self.case.assignment[self.circuit.layout.step.at(from, step::TOP).0 as usize],
        );
    }

    /// Sets a column of the rows that halt, and what has to be the same there.
    fn top_at_rest(&mut self, from: usize, value: u64) {
        self.set(from.., step::TOP, value);
        self.set(from.., step::FILL, value);
    }

    /// Claims that another program ran.
    fn claim_program(&mut self, text: &str) {
        self.case.program = assemble(text);
        let encoding = FieldEncoding::new(&self.case.program);
        for (index, entry) in encoding.entries.into_iter().enumerate() {
            write_entry(
                &self.circuit.layout,
                index,
                entry,
                &mut self.case.assignment,
            );
        }
        self.case.complete();
    }

    /// Sets a derived variable to a value, and takes its derivation out.
    fn force(&mut self, family: Family, rule: Rule, nth: usize, value: Fr) {
        let families = &self.circuit.families;
        let found = self.circuit.derivations.iter().copied();
        let mut found = found.filter(|derivation| {
            derivation.rule == rule && families[derivation.constraint as usize] == family
        });
        let chosen = found.nth(nth).unwrap();
        self.circuit
            .derivations
            .retain(|derivation| *derivation != chosen);
        self.case.assignment[chosen.var as usize] = value;
    }

    fn violations(&mut self) -> BTreeSet<Family> {
        let rebalancer = Rebalancer::new(&self.circuit);
        rebalancer.rebalance(&mut self.case.assignment);
        rebalancer.violations(&self.case.assignment)
    }
}

/// Changed cases that one family alone refuses.
fn changed_cases(circuit: &Circuit) -> BTreeMap<Family, ChangedCase<'_>> {
    let mut changed_cases = BTreeMap::new();
    let mut add = |family, text: &str, change: &dyn Fn(&mut ChangedCase<'_>)| {
        let mut changed = ChangedCase::from(circuit, text);
        change(&mut changed);
        changed_cases.insert(family, changed);
    };
    add(Family::Boundary, "NOP", &|changed| {
        changed.set(.., step::FLAG, 1u64)
    });
    // Jz = 1 and Jnz = −1/2 pack as if neither were set, and jump over as many instructions as the pushed word says.
    add(Family::ControlBits, "PUSH 1,NOP,HALT", &|changed| {
        changed.halt(1, 2);
        let half = Fr::from(2u64).inverse().unwrap();
        changed.set(0..1, step::BIT + Bit::Jz as usize, Fr::one());
        changed.set(0..1, step::BIT + Bit::Jnz as usize, -half);
    });
    add(Family::Arithmetic, "PUSH 1,PUSH 2,NOP,ADD", &|changed| {
        changed.result(3, 4);
        changed.top_at_rest(4, 4);
    });
    // The top is not cancelled: 1 + 2 + 1.
    add(Family::Base, "PUSH 1,ADD 2", &|changed| {
        changed.force(Family::Base, Rule::Product, 1, Fr::from(0u64));
        changed.result(1, 4);
        changed.top_at_rest(2, 4);
    });
    // 4 + 2^32·c = 3.
    add(Family::CarryBit, "PUSH 1,PUSH 2,NOP,ADD", &|changed| {
        let carry = -Fr::from(1u64 << 32).inverse().unwrap();
        changed.result(3, 4);
        changed.top_at_rest(4, 4);
        changed.set(3..4, step::CARRY, carry);
        changed.set(4.., step::FLAG, carry);
    });
    add(Family::ZeroTest, "PUSH 1,JZ 3,NOP,HALT", &|changed| {
        changed.force(Family::ZeroTest, Rule::WhereZero, 1, Fr::one());
        changed.halt(2, 3);
    });
    // The cells have another power of β than the verifier's cells. Without tapes the verifier has none.
    add(Family::BetaSquared, "PUSH 1,PUSH 2,POP", &|changed| {
        changed.force(Family::BetaSquared, Rule::Product, 0, Fr::from(5u64));
    });
    add(Family::Jump, "NOP,NOP,HALT", &|changed| changed.halt(1, 2));
    add(Family::CarryFlag, "NOP", &|changed| {
        changed.set(1.., step::FLAG, 1u64)
    });
    add(Family::Top, "PUSH 1", &|changed| changed.top_at_rest(1, 2));
    // The pushed word compensates the spilled one.
    add(Family::Spill, "PUSH 1,PUSH 2,POP", &|changed| {
        changed.set(1..3, step::FILL, 7u64);
        changed.result(1, 8);
        changed.set(2..3, step::TOP, 8u64);
        changed.top_at_rest(3, 7);
    });
    // LOAD from an address before the STORE.
    add(Family::SetBit, "PUSH 0,PUSH 9,STORE 3", &|changed| {
        changed.claim_program("LOAD 3,PUSH 9,STORE 3");
        let load = FieldEncoding::new(&changed.case.program).entries[0];
        changed.execute(0..1, load);
        changed.set(0..1, step::SET, 0u64);
        changed.set(2..3, step::SET, 1u64);
        changed.set(2..3, step::AGE, 1u64);
    });
    // A row that stores the top and keeps it, on an empty stack: the cell holds no word.
    add(Family::HeapTable, "NOP", &|changed| {
        changed.claim_program("STORE 3,LOAD 3");
        let tee = FieldEncoding::new(&changed.case.program).entries[0];
        changed.execute(0..1, tee);
        changed.set(0..1, step::SET, 0u64);
        let block = changed.circuit.layout.heap;
        for (column, value) in [(heap::VALUE, EMPTY), (heap::TIME, 1), (heap::SET, 1)] {
            changed.case.assignment[block.at(3, column).0 as usize] = Fr::from(value);
        }
    });
    add(Family::MemorySum, "PUSH 5,WRITE", &|changed| {
        changed.case.outputs = vec![6];
        changed.case.complete();
    });
    // 2^32 as a word, by its top limb and by its lowest.
    add(Family::TopSum, "SECRET,POP", &|changed| {
        changed.result(0, 1 << 32);
        changed.set(1..2, step::TOP, 1u64 << 32);
    });
    add(Family::RangeSum, "SECRET,POP", &|changed| {
        changed.result(0, 0);
        changed.set(0..1, step::LIMB, 1u64 << 32);
        changed.set(1..2, step::TOP, 1u64 << 32);
    });
    add(Family::FetchSum, "PUSH 1", &|changed| {
        changed.set(0..1, step::OPERAND, 2u64);
        changed.result(0, 2);
        changed.top_at_rest(1, 2);
    });
    add(
        Family::CoprocessorSum,
        "PUSH 3,PUSH 4,NOP,MUL",
        &|changed| {
            changed.result(3, 13);
            changed.top_at_rest(4, 13);
        },
    );
    // 3 AND 1 = 2.
    add(Family::DigitSum, "PUSH 3,PUSH 1,NOP,AND", &|changed| {
        let bits = changed.circuit.layout.capacities.digit_bits();
        let op = Fr::from(COP_AND & ((1 << bits) - 1));
        let [x, y, wrong] = [3u64, 1, 2].map(Fr::from);
        let var = changed.circuit.layout.bitwise.at(0, bitwise::DIGIT);
        assert!(bits == 2, "3 is a digit");
        changed.case.assignment[var.0 as usize] = digit_tuple(op, [x, y], wrong);
        changed.result(3, 2);
        changed.top_at_rest(4, 2);
    });
    add(Family::PowerSum, "PUSH 1,PUSH 3,NOP,SHL", &|changed| {
        let block = changed.circuit.layout.arithmetic;
        let word = changed.circuit.layout.capacities.word_limbs();
        let (result, factor) = (arithmetic::LIMB + word, arithmetic::LIMB + 3 * word);
        for column in [result, factor] {
            changed.case.assignment[block.at(0, column).0 as usize] = Fr::from(9u64);
        }
        changed.result(3, 9);
        changed.top_at_rest(4, 9);
    });
    changed_cases
}

#[test]
fn each_family_refuses_a_false_witness_that_no_other_refuses() {
    let circuit = tiny();
    let mut needed = BTreeSet::new();
    for (family, mut changed) in changed_cases(&circuit) {
        assert_eq!(
            changed.violations(),
            BTreeSet::from([family]),
            "the case of {family:?}"
        );
        needed.insert(family);
        if SUMS.contains(&family) {
            // The discrepancy of a sum moves into one term: then only the family of that term refuses.
            let rebalancer = Rebalancer::new(&changed.circuit);
            for other in Family::ALL {
                let mut assignment = changed.case.assignment.clone();
                if let Some(violations) =
                    rebalancer.violations_with_discrepancy_in(&mut assignment, family, *other)
                {
                    assert_eq!(
                        violations,
                        BTreeSet::from([*other]),
                        "{family:?} moved into {other:?}"
                    );
                    needed.insert(*other);
                }
            }
        }
    }
    // The families of SHA-256 have a test with its table (`tests/sha256/families.rs`).
    needed.extend(
        Family::ALL
            .iter()
            .filter(|family| **family >= Family::Sha256Requests),
    );
    // The blind's constraint refuses nothing. It keeps the commitment hiding, which has a test of its own.
    needed.insert(Family::Blind);
    let missing: Vec<_> = Family::ALL
        .iter()
        .filter(|family| !needed.contains(family))
        .collect();
    assert!(missing.is_empty(), "no false witness for {missing:?}");
}
