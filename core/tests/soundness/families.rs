//! Every constraint family earns its place: for each there is a lie that breaks that family and no other, so that
//! without the family the lie would be proved.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::Fr;
use ark_ff::{Field, One};
use provable::circuit::builder::Rule;
use provable::circuit::encoding::{Bit, COLUMNS, Encoding, Entry};
use provable::circuit::layout::{arithmetic, bitwise, program, step};
use provable::circuit::tuple::COP_AND;
use provable::circuit::{Circuit, Family};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeBounds;
use support::cheat::Cheat;
use support::forger::tables::digit_tuple;
use support::{Case, assemble, tiny};

/// A lie under construction: an honest case whose committed values are changed by hand.
struct Lie<'a> {
    case: Case<'a>,
    circuit: Circuit,
}

impl<'a> Lie<'a> {
    fn from(circuit: &'a Circuit, text: &str) -> Self {
        Lie {
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
    fn execute(&mut self, rows: impl RangeBounds<usize> + Clone, entry: Entry) {
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
        self.execute(from.., Entry::halt(pc));
        self.set(from.., step::PC, pc);
        for row in from..self.circuit.layout.step.rows {
            self.result(row, pc.into());
        }
    }

    /// Claims that another program ran.
    fn claim_program(&mut self, text: &str) {
        self.case.program = assemble(text);
        let block = self.circuit.layout.program;
        let encoding = Encoding::new(&self.case.program);
        for (index, entry) in encoding.entries.iter().enumerate() {
            let at = |column| block.at(index, column).0 as usize;
            self.case.assignment[at(program::BITS)] = entry.bits.into();
            self.case.assignment[at(program::OPERAND)] = entry.operand;
        }
        self.case.complete();
    }

    /// Takes a derived variable out of the prover's computation and sets it at will.
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

    fn objections(&mut self) -> BTreeSet<Family> {
        let cheat = Cheat::new(&self.circuit);
        cheat.fix_up(&mut self.case.assignment);
        cheat.failures(&self.case.assignment)
    }
}

/// Lies that one family alone stops.
fn lies(circuit: &Circuit) -> BTreeMap<Family, Lie<'_>> {
    let mut lies = BTreeMap::new();
    let mut tell = |family, text: &str, change: &dyn Fn(&mut Lie<'_>)| {
        let mut lie = Lie::from(circuit, text);
        change(&mut lie);
        lies.insert(family, lie);
    };
    tell(Family::Boundary, "NOP", &|lie| {
        lie.set(.., step::FLAG, 1u64)
    });
    // Jz = −1 and Jnz = 1/2 pack like neither, and jump over an instruction.
    tell(Family::ControlBits, "NOP,NOP,HALT", &|lie| {
        lie.halt(1, 2);
        let half = Fr::from(2u64).inverse().unwrap();
        lie.set(0..1, step::BIT + Bit::Jz as usize, -Fr::one());
        lie.set(0..1, step::BIT + Bit::Jnz as usize, half);
    });
    tell(Family::Arithmetic, "PUSH 1,PUSH 2,ADD", &|lie| {
        lie.result(2, 4);
        lie.set(3.., step::TOP, 4u64);
    });
    // 4 + 2^32·c = 3.
    tell(Family::CarryBit, "PUSH 1,PUSH 2,ADD", &|lie| {
        let carry = -Fr::from(1u64 << 32).inverse().unwrap();
        lie.result(2, 4);
        lie.set(3.., step::TOP, 4u64);
        lie.set(2..3, step::CARRY, carry);
        lie.set(3.., step::FLAG, carry);
    });
    tell(Family::ZeroTest, "PUSH 1,JZ 3,NOP,HALT", &|lie| {
        lie.force(Family::ZeroTest, Rule::WhereZero, 1, Fr::one());
        lie.halt(2, 3);
    });
    // Cells under another power of β than the verifier's; without tapes nobody else has cells.
    tell(Family::BetaSquared, "PUSH 1,PUSH 2,POP", &|lie| {
        lie.force(Family::BetaSquared, Rule::Product, 0, Fr::from(5u64));
    });
    tell(Family::Jump, "NOP,NOP,HALT", &|lie| lie.halt(1, 2));
    tell(Family::CarryFlag, "NOP", &|lie| {
        lie.set(1.., step::FLAG, 1u64)
    });
    tell(Family::Top, "PUSH 1", &|lie| lie.set(1.., step::TOP, 2u64));
    // The pushed word makes up for it.
    tell(Family::Spill, "PUSH 1,PUSH 2,POP", &|lie| {
        lie.set(1..3, step::FILL, 7u64);
        lie.result(1, 8);
        lie.set(2..3, step::TOP, 8u64);
        lie.set(3.., step::TOP, 7u64);
    });
    // LOAD from an address that is stored only later.
    tell(Family::SetBit, "PUSH 0,PUSH 9,STORE 3", &|lie| {
        lie.claim_program("LOAD 3,PUSH 9,STORE 3");
        let load = Encoding::new(&lie.case.program).entries[0];
        lie.execute(0..1, load);
        lie.set(0..1, step::SET, 0u64);
        lie.set(2..3, step::SET, 1u64);
        lie.set(2..3, step::AGE, 1u64);
    });
    tell(Family::MemorySum, "PUSH 5,WRITE", &|lie| {
        lie.case.outputs = vec![6];
        lie.case.complete();
    });
    // A word of 2^32, by its top limb and by its lowest.
    tell(Family::TopSum, "SECRET,POP", &|lie| {
        lie.result(0, 1 << 32);
        lie.set(1..2, step::TOP, 1u64 << 32);
    });
    tell(Family::RangeSum, "SECRET,POP", &|lie| {
        lie.result(0, 0);
        lie.set(0..1, step::LIMB, 1u64 << 32);
        lie.set(1..2, step::TOP, 1u64 << 32);
    });
    tell(Family::FetchSum, "PUSH 1", &|lie| {
        lie.set(0..1, step::OPERAND, 2u64);
        lie.result(0, 2);
        lie.set(1.., step::TOP, 2u64);
    });
    tell(Family::CoprocessorSum, "PUSH 3,PUSH 4,MUL", &|lie| {
        lie.result(2, 13);
        lie.set(3.., step::TOP, 13u64);
    });
    // 3 AND 1 = 2.
    tell(Family::DigitSum, "PUSH 3,PUSH 1,AND", &|lie| {
        let bits = lie.circuit.layout.capacities.digit_bits();
        let op = Fr::from(COP_AND & ((1 << bits) - 1));
        let [x, y, wrong] = [3u64, 1, 2].map(Fr::from);
        let var = lie.circuit.layout.bitwise.at(0, bitwise::DIGIT);
        assert!(bits == 2, "3 is a digit");
        lie.case.assignment[var.0 as usize] = digit_tuple(op, [x, y], wrong);
        lie.result(2, 2);
        lie.set(3.., step::TOP, 2u64);
    });
    tell(Family::PowerSum, "PUSH 1,PUSH 3,SHL", &|lie| {
        let block = lie.circuit.layout.arithmetic;
        let word = lie.circuit.layout.capacities.word_limbs();
        let (result, factor) = (arithmetic::LIMB + word, arithmetic::LIMB + 3 * word);
        for column in [result, factor] {
            lie.case.assignment[block.at(0, column).0 as usize] = Fr::from(9u64);
        }
        lie.result(2, 9);
        lie.set(3.., step::TOP, 9u64);
    });
    lies
}

/// Which sums a family of terms could hide a discrepancy in.
const SUMS: [Family; 7] = [
    Family::MemorySum,
    Family::RangeSum,
    Family::FetchSum,
    Family::CoprocessorSum,
    Family::DigitSum,
    Family::PowerSum,
    Family::TopSum,
];

#[test]
fn each_family_stops_a_lie_that_no_other_stops() {
    let circuit = tiny();
    let mut earned = BTreeSet::new();
    for (family, mut lie) in lies(&circuit) {
        assert_eq!(
            lie.objections(),
            BTreeSet::from([family]),
            "the lie of {family:?}"
        );
        earned.insert(family);
        if SUMS.contains(&family) {
            // A sum's lie, moved into one term: only that term's family objects.
            let cheat = Cheat::new(&lie.circuit);
            for other in Family::ALL {
                let mut assignment = lie.case.assignment.clone();
                if let Some(objections) = cheat.blame(&mut assignment, family, *other) {
                    assert_eq!(
                        objections,
                        BTreeSet::from([*other]),
                        "{family:?} moved into {other:?}"
                    );
                    earned.insert(*other);
                }
            }
        }
    }
    // The blind's constraint stops no lie: it keeps the commitment hiding, which has a test of its own.
    earned.insert(Family::Blind);
    let missing: Vec<_> = Family::ALL
        .iter()
        .filter(|family| !earned.contains(family))
        .collect();
    assert!(missing.is_empty(), "no lie for {missing:?}");
}
