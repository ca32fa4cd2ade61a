//! Cells of the committed block: writes values by row and column, and counts lookups as they are written.

use crate::circuit::layout::{Block, Layout};
use crate::circuit::variable::Var;
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};

/// Writes the committed block of a tier.
pub(super) struct Writer<'a> {
    pub(super) layout: &'a Layout,
    pub(super) assignment: Vec<Fr>,
    pub(super) ranges: Vec<u64>,
    pub(super) tops: Vec<u64>,
    pub(super) digits: Vec<u64>,
    pub(super) powers: Vec<u64>,
    pub(super) sha256: Vec<u64>,
}

impl<'a> Writer<'a> {
    /// All zeros but the constant one.
    pub(super) fn new(layout: &'a Layout) -> Self {
        let mut writer = Writer {
            layout,
            assignment: vec![Fr::zero(); layout.committed_end()],
            ranges: vec![0; layout.range.rows],
            tops: vec![0; layout.top.rows],
            digits: vec![0; layout.digit.rows],
            powers: vec![0; layout.power.rows],
            sha256: vec![0; layout.sha256_table.rows],
        };
        if let Some(one) = writer.assignment.first_mut() {
            *one = Fr::one();
        }
        writer
    }

    pub(super) fn set(&mut self, var: Var, value: impl Into<Fr>) {
        if let Some(slot) = self.assignment.get_mut(var.0 as usize) {
            *slot = value.into();
        }
    }

    /// Counts a lookup in the range table.
    pub(super) fn look_up(&mut self, value: u64) {
        count(&mut self.ranges, value);
    }

    /// A number's limbs, lowest first.
    pub(super) fn limbs(&self, value: u64) -> impl Iterator<Item = u64> + Clone + use<> {
        let capacities = self.layout.capacities;
        let bits = capacities.range_bits;
        (0..capacities.word_limbs() as u32)
            .map(move |index| value >> (bits * index) & ((1 << bits) - 1))
    }

    /// A 32-bit word. If its top limb is narrower than the others, it is looked up in a table of its own.
    pub(super) fn word(&mut self, block: &Block, row: usize, column: usize, value: u32) {
        for (index, limb) in self.word_limbs(value).enumerate() {
            self.set(block.at(row, column + index), limb);
        }
    }

    /// The same for a word whose lowest limb is not a column.
    pub(super) fn upper_limbs(&mut self, block: &Block, row: usize, column: usize, value: u32) {
        for (index, limb) in self.word_limbs(value).skip(1).enumerate() {
            self.set(block.at(row, column + index), limb);
        }
    }

    /// The limbs of a word. Each is looked up.
    fn word_limbs(&mut self, value: u32) -> impl Iterator<Item = u64> + use<> {
        let top = self.layout.capacities.word_limbs() - 1;
        let limbs = self.limbs(u64::from(value));
        for (index, limb) in limbs.clone().enumerate() {
            match index == top && !self.tops.is_empty() {
                true => count(&mut self.tops, limb),
                false => self.look_up(limb),
            }
        }
        limbs
    }

    /// Writes how often each entry of the fixed tables is looked up.
    pub(super) fn multiplicities(&mut self) {
        let layout = self.layout;
        for (block, counts) in [
            (&layout.range, std::mem::take(&mut self.ranges)),
            (&layout.top, std::mem::take(&mut self.tops)),
            (&layout.digit, std::mem::take(&mut self.digits)),
            (&layout.power, std::mem::take(&mut self.powers)),
            (&layout.sha256_table, std::mem::take(&mut self.sha256)),
        ] {
            for (index, count) in counts.into_iter().enumerate() {
                self.set(block.at(index, 0), count);
            }
        }
    }
}

/// One more lookup of the entry `index`.
pub(super) fn count(counts: &mut [u64], index: u64) {
    if let Some(count) = counts.get_mut(index as usize) {
        *count += 1;
    }
}
