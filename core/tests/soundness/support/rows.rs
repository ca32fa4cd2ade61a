//! Writing rows of the step table and of the program table, the same for every prover of these tests.

use ark_bls12_381::Fr;
use provable::circuit::Layout;
use provable::circuit::encoding::{Bit, COLUMNS};
use provable::circuit::field::FieldEntry;
use provable::circuit::layout::{program, step};

/// The columns of a step row, except the limbs of its result.
#[derive(Clone, Copy, Debug)]
pub struct StepRow {
    pub pc: Fr,
    pub depth: Fr,
    pub calls: Fr,
    pub read: Fr,
    pub written: Fr,
    pub top: Fr,
    pub flag: Fr,
    pub entry: FieldEntry,
    pub carry: Fr,
    pub fill: Fr,
    pub fill_age: Fr,
    pub age: Fr,
    pub set: Fr,
}

impl StepRow {
    pub fn write(&self, layout: &Layout, row: usize, assignment: &mut [Fr]) {
        for (column, value) in [
            (step::PC, self.pc),
            (step::DEPTH, self.depth),
            (step::CALLS, self.calls),
            (step::READ, self.read),
            (step::WRITTEN, self.written),
            (step::TOP, self.top),
            (step::FLAG, self.flag),
            (step::OPERAND, self.entry.operand),
            (step::CARRY, self.carry),
            (step::FILL, self.fill),
            (step::FILL_AGE, self.fill_age),
            (step::AGE, self.age),
            (step::SET, self.set),
        ] {
            assignment[layout.step.at(row, column).0 as usize] = value;
        }
        for bit in 0..COLUMNS {
            let var = layout.step.at(row, step::BIT + bit);
            assignment[var.0 as usize] = Fr::from(self.entry.bits >> bit & 1);
        }
        if let Some(hash) = layout.hash() {
            let var = layout.step.at(row, hash);
            assignment[var.0 as usize] = Fr::from(u64::from(self.entry.has(Bit::Hash)));
        }
    }
}

/// Writes a row of the program table, without its multiplicity.
pub fn write_entry(layout: &Layout, index: usize, entry: FieldEntry, assignment: &mut [Fr]) {
    let at = |column| layout.program.at(index, column).0 as usize;
    assignment[at(program::BITS)] = Fr::from(entry.bits);
    assignment[at(program::OPERAND)] = entry.operand;
}
