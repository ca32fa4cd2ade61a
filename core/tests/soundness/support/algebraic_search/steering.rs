//! Pairs of instructions that multiply the top register by a number and add a word, if their control bits differ from the
//! program's. Repeated often enough, such a pair steers the register to any field element.

use super::form::Form;
use super::layout::{STEP, WIDTH, after, bits, fetched_columns, prepare, top};
use super::matching::Matching;
use super::rows::Rows;
use super::system::{NARROW, System};
use ark_ff::One;
use provable::circuit::encoding::encode;
use provable::circuit::field::FieldEntry;
use provable::lang::isa::Op;
use provable::lang::program::Instruction;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::BTreeSet;

/// A pair that keeps the depth of the stack, and the difference between its rows' control bits and the program's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SteeringPair {
    pub instructions: [Instruction; 2],
    pub delta: i64,
}

fn candidates() -> Vec<[Instruction; 2]> {
    let up = [
        (Op::Secret, None),
        (Op::Push, Some(1)),
        (Op::Dup, Some(0)),
        (Op::Dup, Some(1)),
        (Op::Load, Some(0)),
        (Op::Nop, None),
    ];
    let down = [
        (Op::Pop, None),
        (Op::Add, None),
        (Op::Sub, None),
        (Op::Store, Some(0)),
        (Op::Jz, Some(0)),
        (Op::Swap, Some(1)),
        (Op::Nop, None),
    ];
    let one = |(op, operand)| Instruction { op, operand };
    let all = up
        .iter()
        .flat_map(|up| down.iter().map(|down| [one(*up), one(*down)]));
    all.collect()
}

/// All steering pairs whose control bits differ in at most one bit.
pub fn steering_pairs(rows: &mut Rows<'_>) -> Vec<SteeringPair> {
    let mut found = Vec::new();
    for pair in candidates() {
        for delta in (0..WIDTH)
            .flat_map(|bit| [1i64 << bit, -(1i64 << bit)])
            .chain([0])
        {
            if grows(rows, &pair, delta).is_some_and(|grows| grows) {
                found.push(SteeringPair {
                    instructions: pair,
                    delta,
                });
            }
        }
    }
    found
}

/// Whether the top after the pair is a multiple of the top before, by another number than 0, 1 or −1, plus a word.
fn grows(rows: &mut Rows<'_>, pair: &[Instruction; 2], delta: i64) -> Option<bool> {
    rows.clear();
    // Twice, because the second time may read what the first time stored.
    let entries = pair.repeat(2).into_iter().flat_map(|one| encode(one, 0));
    let entries: Vec<FieldEntry> = entries.collect();
    // The rows are neither the first nor the last.
    let (first, mut counters) = (2, [5, 1, 1, 1]);
    let mut last = first;
    for entry in &entries {
        let number = bits(entry.bits as i64 + delta)?;
        prepare(rows, last, number, false, counters);
        let [_, operand] = fetched_columns(&rows.wiring.circuit.layout, last);
        rows.know(operand, entry.operand);
        counters = after(number, counters);
        last += 1;
    }
    if counters[0] != 5 {
        return None;
    }
    prepare(rows, last, 0, false, counters);
    for row in first..last {
        rows.take((STEP, row), false).ok()?;
    }
    let mut rng = StdRng::seed_from_u64(0);
    Matching::new(rows).steps_alone(&BTreeSet::new(), &mut rng);
    if !rows.system.sums.is_empty() {
        return None;
    }
    let before = top(&rows.wiring.circuit.layout, first);
    let after = top(&rows.wiring.circuit.layout, last);
    let form = rows.system.reduced(&Form::var(after));
    let mut factor = None;
    let mut steered = false;
    for (var, value) in &form.terms {
        if *var == before {
            factor = Some(*value);
        } else if free(&rows.system, *var) {
            steered = true;
        }
    }
    Some(factor.is_some_and(|factor| !factor.is_one() && !(-factor).is_one()) && steered)
}

impl Matching<'_, '_> {
    /// Matches the removals of steps with the additions of steps, as far as possible.
    pub fn steps_alone(&mut self, free: &BTreeSet<usize>, rng: &mut StdRng) {
        self.sort();
        self.steps(free, rng);
    }
}

/// Whether a variable is a word of the prover's choice.
pub fn free(system: &System, var: u32) -> bool {
    let wide = system
        .range_of(var)
        .is_some_and(|(low, high)| high - low > NARROW);
    wide && !system.is_solved(var)
}
