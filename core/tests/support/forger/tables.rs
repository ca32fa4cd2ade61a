//! The tables as the liar fills them.

use super::{fr, key, Forger, Tuple};
use ark_bls12_381::Fr;
use ark_ff::Zero;
use provable_core::circuit::layout::{arithmetic, bitwise, heap, leftover};
use provable_core::circuit::tuple::Space;
use std::collections::{BTreeMap, BTreeSet};

impl Forger<'_> {
    /// The tables that empty the bag: each takes away what the rows left in its cell, the latest if several are left.
    pub(super) fn tables(&mut self) {
        let layout = &self.case.circuit.layout;
        let mut left: BTreeMap<i64, Vec<Tuple>> = BTreeMap::new();
        let base = key(Space::Heap);
        let touched: BTreeSet<i64> = self.added.iter().map(|tuple| tuple.0).collect();
        let firsts = touched
            .range(base..)
            .map(|place| (*place, 0, 0, Fr::zero()));
        for tuple in firsts.chain(self.added.iter().copied()) {
            left.entry(tuple.0).or_default().push(tuple);
        }
        for tuple in &self.removed {
            if let Some(cell) = left.get_mut(&tuple.0) {
                if let Some(index) = cell.iter().position(|found| found == tuple) {
                    cell.remove(index);
                }
            }
        }
        let latest = |place: i64| left.get(&place).and_then(|cell| cell.last()).copied();
        for (block, space) in [(layout.stack, Space::Stack), (layout.calls, Space::Calls)] {
            for row in 0..block.rows {
                if let Some((_, time, _, value)) = latest(key(space) + row as i64) {
                    self.put(block.at(row, leftover::ACTIVE), 1u64);
                    self.put(block.at(row, leftover::VALUE), value);
                    self.put(block.at(row, leftover::TIME), fr(time));
                }
            }
        }
        let mut free = 0;
        let mut cells = touched.range(base..);
        for row in 0..layout.heap.rows {
            let place = cells.next().copied();
            let address = place.map_or(free, |place| place - base);
            let (_, time, set, value) = place.and_then(latest).unwrap_or((0, 0, 0, Fr::zero()));
            self.heap_row(row, address, (value, time, set == 1), fr(address - free));
            free = address + 1;
        }
        self.answers();
    }

    /// A heap row: its address, its last tuple, and the distance it claims.
    pub fn heap_row(&mut self, row: usize, address: i64, last: (Fr, i64, bool), distance: Fr) {
        let block = self.case.circuit.layout.heap;
        self.put(block.at(row, heap::ADDRESS), fr(address));
        self.put(block.at(row, heap::VALUE), last.0);
        self.put(block.at(row, heap::TIME), fr(last.1));
        self.put(block.at(row, heap::SET), u64::from(last.2));
        self.limbs(&block, row, heap::LIMB, distance);
    }

    /// An arithmetic row: MUL, DIV, MOD, SHL; the factor; a, b, high, low, slack.
    pub fn arithmetic_row(&mut self, row: usize, kinds: [i64; 4], factor: i64, words: [Fr; 5]) {
        let block = self.case.circuit.layout.arithmetic;
        for (index, kind) in kinds.into_iter().enumerate() {
            self.put(block.at(row, arithmetic::KIND + index), fr(kind));
        }
        self.put(block.at(row, arithmetic::FACTOR), fr(factor));
        let limbs = self.case.circuit.layout.capacities.word_limbs();
        for (index, word) in words.into_iter().enumerate() {
            self.limbs(&block, row, arithmetic::LIMB + index * limbs, word);
        }
    }

    /// A bitwise row of two words: AND, OR.
    pub fn bitwise_row(&mut self, row: usize, kinds: [i64; 2], [a, b]: [u32; 2]) {
        let block = self.case.circuit.layout.bitwise;
        for (index, kind) in kinds.into_iter().enumerate() {
            self.put(block.at(row, bitwise::KIND + index), fr(kind));
        }
        for (from, word) in [(0, a), (8, b), (16, a & b)] {
            for nibble in 0..8 {
                let var = block.at(row, bitwise::NIBBLE + from + nibble);
                self.put(var, u64::from(word >> (4 * nibble) & 15));
            }
        }
    }
}
