//! The tables of a false witness.

use super::questions::Question;
use super::{FalseWitness, Tuple, fr, key};
use crate::support::shifts;
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use provable::circuit::field::pow2;
use provable::circuit::layout::{arithmetic, bitwise, compare, heap, heap_end, leftover};
use provable::circuit::operations::*;
use provable::circuit::tuple::*;
use std::collections::{BTreeMap, BTreeSet};

impl FalseWitness<'_> {
    /// Fills the tables that remove what the rows left in the memory. Each table row removes the tuple that is left in its cell; the
    /// latest one, if several are left.
    pub(super) fn tables(&mut self) {
        let layout = &self.case.circuit.layout;
        let mut left: BTreeMap<i64, Vec<Tuple>> = BTreeMap::new();
        let base = key(Space::Heap);
        let touched: BTreeSet<i64> = self.added.iter().map(|tuple| tuple.0).collect();
        // The verifier takes the first tuples of the program's data.
        let data = self.case.program.data();
        let given = |place: i64| data.iter().any(|(at, _)| base + i64::from(*at) == place);
        let firsts = touched
            .range(base..)
            .filter(|place| !given(**place))
            .map(|place| (*place, 0, 0, Fr::zero()));
        for tuple in firsts.chain(self.added.iter().copied()) {
            left.entry(tuple.0).or_default().push(tuple);
        }
        for tuple in &self.removed {
            if let Some(cell) = left.get_mut(&tuple.0)
                && let Some(index) = cell.iter().position(|found| found == tuple)
            {
                cell.remove(index);
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
        let cells = touched.range(base..).map(|place| place - base);
        let mut free = 0;
        for (row, address) in heap_addresses(cells, layout.heap.rows).enumerate() {
            let place = Some(base + address).filter(|place| touched.contains(place));
            let (_, time, set, value) = place.and_then(latest).unwrap_or((0, 0, 0, Fr::zero()));
            self.heap_row(row, address, (value, time, set == 1), fr(address - free));
            free = address + 1;
        }
        self.answers();
    }

    /// A heap row: its address, its last tuple, and the claimed distance to the address before.
    pub fn heap_row(&mut self, row: usize, address: i64, last: (Fr, i64, bool), distance: Fr) {
        let block = self.case.circuit.layout.heap;
        self.put(block.at(row, heap::ADDRESS), fr(address));
        self.put(block.at(row, heap::VALUE), last.0);
        self.put(block.at(row, heap::TIME), fr(last.1));
        self.put(block.at(row, heap::SET), u64::from(last.2));
        // The lowest limb is no column: it follows from the addresses.
        let capacities = self.case.circuit.layout.capacities;
        let limbs = self.limbs_of(distance);
        for (index, limb) in (1..capacities.word_limbs()).zip(&limbs[1..]) {
            self.put(block.at(row, heap::LIMB + index - 1), *limb);
        }
        if row + 1 == block.rows {
            self.heap_end(fr(address));
        }
    }

    /// The limbs of the last address, except the lowest.
    pub fn heap_end(&mut self, address: Fr) {
        let block = self.case.circuit.layout.heap_end;
        let limbs = self.limbs_of(address);
        for (index, limb) in limbs.into_iter().skip(1).enumerate() {
            self.put(block.at(0, heap_end::LIMB + index), limb);
        }
    }

    /// An arithmetic row: upward, shift, quotient; the amount; the result; and the words a, other, and the one that makes the factor.
    pub fn arithmetic_row(
        &mut self,
        row: usize,
        kinds: [i64; 3],
        amount: i64,
        result: Fr,
        words: [Fr; 3],
    ) {
        let block = self.case.circuit.layout.arithmetic;
        for (index, kind) in kinds.into_iter().enumerate() {
            self.put(block.at(row, arithmetic::UPWARD + index), fr(kind));
        }
        self.put(block.at(row, arithmetic::AMOUNT), fr(amount));
        let limbs = self.case.circuit.layout.capacities.word_limbs();
        let [a, other, rest] = words;
        for (index, word) in [a, result, other, rest].into_iter().enumerate() {
            self.limbs(&block, row, arithmetic::LIMB + index * limbs, word);
        }
    }

    /// The row of an operation with this factor, this high word (or quotient) and this low word (or remainder).
    pub fn product(&mut self, row: usize, (op, a, b): Question, factor: Fr, [high, low]: [Fr; 2]) {
        let [upward, shift, quotient] = selectors(op);
        let (result, other) = if quotient { (high, low) } else { (low, high) };
        let rest = if upward {
            factor
        } else {
            factor - low - Fr::one()
        };
        self.arithmetic_row(
            row,
            [upward, shift, quotient].map(i64::from),
            if shift { b.into() } else { 0 },
            result,
            [Fr::from(a), other, rest],
        );
    }

    /// A bitwise row of two words and a result.
    pub fn bitwise_row(&mut self, row: usize, op: u64, [a, b]: [u32; 2], result: i64) {
        let layout = &self.case.circuit.layout;
        let bits = layout.capacities.digit_bits();
        let tuples = digit_tuples(bits, op, [a.into(), b.into()], result);
        for (digit, tuple) in tuples.into_iter().enumerate() {
            self.put(layout.bitwise.at(row, bitwise::DIGIT + digit), tuple);
        }
    }

    /// A row of a comparison: EQ, GT; the carry; b and the difference.
    pub fn compare_row(&mut self, row: usize, kinds: [i64; 2], carry: Fr, words: [Fr; 2]) {
        let block = self.case.circuit.layout.compare;
        for (index, kind) in kinds.into_iter().enumerate() {
            self.put(block.at(row, compare::KIND + index), fr(kind));
        }
        self.put(block.at(row, compare::CARRY), carry);
        let limbs = self.case.circuit.layout.capacities.word_limbs();
        for (index, word) in words.into_iter().enumerate() {
            self.limbs(&block, row, compare::LIMB + index * limbs, word);
        }
    }
}

/// The addresses of the heap's table: the touched ones, and untouched ones after them; before them, if no words are left
/// after them.
pub fn heap_addresses(
    touched: impl Iterator<Item = i64>,
    rows: usize,
) -> impl Iterator<Item = i64> {
    let mut addresses: BTreeSet<i64> = touched.collect();
    let after = addresses.last().map_or(0, |last| last + 1);
    let fits = after + rows as i64 <= 1 << 32;
    let mut free = if fits { after } else { 0 };
    while addresses.len() < rows {
        addresses.insert(free);
        free += 1;
    }
    addresses.into_iter().take(rows)
}

/// The selectors of a product: whether it goes upward, shifts, has a quotient as its result.
pub fn selectors(op: u64) -> [bool; 3] {
    [
        [COP_MUL, COP_SHL, COP_MULHI, COP_ROTL].contains(&op),
        [COP_SHL, COP_SHR, COP_ROTL].contains(&op),
        [COP_DIV, COP_SHR, COP_MULHI, COP_ROTL].contains(&op),
    ]
}

/// The tuples of all digits of a bitwise row. The last digit takes the excess of what is no word.
pub fn digit_tuples(bits: u32, op: u64, [a, b]: [i64; 2], result: i64) -> Vec<Fr> {
    let count = 32 / bits;
    let tuple = |digit: u32| {
        let kept = if digit + 1 < count {
            (1 << bits) - 1
        } else {
            i64::MAX
        };
        let at = |word: i64| fr(word >> (bits * digit) & kept);
        digit_tuple(at(op as i64), [at(a), at(b)], at(result))
    };
    (0..count).map(tuple).collect()
}

/// The tuple of a digit. Its fields may be out of range.
pub fn digit_tuple(op: Fr, [x, y]: [Fr; 2], result: Fr) -> Fr {
    let [_, at_op, _, at_result, at_b] = shifts().map(pow2);
    x + op * at_op + result * at_result + y * at_b
}
