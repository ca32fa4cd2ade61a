//! False rows of the tables.

use super::FalseClaims;
use crate::support::false_witness::questions::Question;
use crate::support::false_witness::{FalseWitness, Tuple, fr, integer, key};
use ark_bls12_381::Fr;
use ark_ff::{Field, One, Zero};
use provable::circuit::cost::Table;
use provable::circuit::field::pow2;
use provable::circuit::layout::leftover;
use provable::circuit::operations::*;
use provable::circuit::tuple::*;
use rand::Rng;
use std::collections::BTreeSet;

impl FalseClaims<'_> {
    /// Writes rows that give the false answers, by products that hold in the field; and heap rows that begin a cell as often as its
    /// first tuple is removed.
    pub(super) fn tables(&mut self, witness: &mut FalseWitness<'_>) {
        for table in [Table::Arithmetic, Table::Bitwise, Table::Compare] {
            let layout = &witness.case.circuit.layout;
            let rows = match table {
                Table::Arithmetic => layout.arithmetic.rows,
                Table::Bitwise => layout.bitwise.rows,
                _ => layout.compare.rows,
            };
            for (row, asked) in (0..rows).zip(witness.asked(table)) {
                let Some((result, factor)) = self.answers.get(&(asked.0, asked.1)).copied() else {
                    continue;
                };
                let (op, a, b) = asked;
                match table {
                    Table::Arithmetic => arithmetic_answer(witness, row, asked, (result, factor)),
                    Table::Bitwise => witness.bitwise_row(row, op, [a, b], integer(result)),
                    _ => compare_answer(witness, row, asked, result),
                }
            }
        }
        self.heap(witness);
    }

    /// Writes the heap's table so that the rows balance. A cell that begins several times has as many rows, one after the other.
    fn heap(&mut self, witness: &mut FalseWitness<'_>) {
        let base = key(Space::Heap);
        let cells: BTreeSet<i64> = witness.added.iter().map(|tuple| tuple.0).collect();
        let mut rows = Vec::new();
        let first = |tuple: &&Tuple| tuple.0 >= base && (tuple.1, tuple.2) == (0, 0);
        let firsts = witness.removed.iter().filter(first).map(|tuple| tuple.0);
        let firsts: Vec<i64> = firsts.collect();
        if firsts.iter().collect::<BTreeSet<_>>().len() == firsts.len() {
            // No cell begins twice: the table is right as it is.
            return;
        }
        for key in cells.range(base..) {
            let first = (*key, 0, 0, Fr::zero());
            let taken = |tuple: &&Tuple| **tuple == first;
            let firsts = witness.removed.iter().filter(taken).count().max(1);
            let mut left = left(witness, *key);
            left.extend(std::iter::repeat_n(first, firsts));
            for tuple in witness.removed.iter().filter(|tuple| **tuple == first) {
                let index = left.iter().position(|found| found == tuple);
                left.remove(index.unwrap_or(0));
            }
            rows.extend((0..firsts).map(|row| (*key, left.get(row).copied().unwrap_or(first))));
        }
        let (count, mut free) = (witness.case.circuit.layout.heap.rows, 0);
        if rows.len() > count {
            return;
        }
        for row in 0..count {
            let (key, (_, time, set, value)) = rows
                .get(row)
                .copied()
                .unwrap_or((base + free, (base + free, 0, 0, Fr::zero())));
            let address = key - base;
            witness.heap_row(row, address, (value, time, set == 1), fr(address - free));
            free = address + 1;
        }
    }

    /// A free leftover row removes the tuple of another cell; a false time compensates the other key. The tuple is a word of the output,
    /// or one that a row left. Returns how many words of the output are removed.
    pub(super) fn remove_by_leftover(&mut self, witness: &mut FalseWitness<'_>) -> usize {
        if self.rng.gen_range(0..4) != 0 {
            return 0;
        }
        let layout = &witness.case.circuit.layout;
        let (block, space) = match self.rng.r#gen() {
            true => (layout.stack, Space::Stack),
            false => (layout.calls, Space::Calls),
        };
        let row = self.rng.gen_range(0..block.rows);
        let active = block.at(row, leftover::ACTIVE);
        if !witness.case.assignment[active.0 as usize].is_zero() {
            return 0;
        }
        let own = key(space) + row as i64;
        let output = self.rng.r#gen::<bool>() && !witness.wrote.is_empty();
        let (place, time, value) = match witness.wrote.last() {
            Some(word) if output => {
                let last = witness.wrote.len() as i64 - 1;
                (key(Space::Output) + last, 0, *word)
            }
            _ => {
                let cells: BTreeSet<i64> = witness.added.iter().map(|tuple| tuple.0).collect();
                let left = cells.iter().flat_map(|key| left(witness, *key));
                let left: Vec<Tuple> = left.collect();
                let Some(tuple) = left.get(self.rng.gen_range(0..left.len().max(1))) else {
                    return 0;
                };
                (tuple.0, tuple.1, tuple.3)
            }
        };
        witness.put(active, 1u64);
        witness.put(block.at(row, leftover::VALUE), value);
        // The address has β² as its factor, so a time can only compensate another space.
        let spaces = (place >> 36) - (own >> 36);
        let time = fr(time) + fr(spaces) * pow2(MEMORY.fields[1].shift);
        witness.put(block.at(row, leftover::TIME), time);
        usize::from(output)
    }
}

/// The tuples that the rows added to a cell and did not remove.
fn left(witness: &FalseWitness<'_>, key: i64) -> Vec<Tuple> {
    let of = |tuples: &[Tuple]| -> Vec<Tuple> {
        tuples
            .iter()
            .filter(|tuple| tuple.0 == key)
            .copied()
            .collect()
    };
    let mut left = of(&witness.added);
    for tuple in of(&witness.removed) {
        if let Some(index) = left.iter().position(|found| *found == tuple) {
            left.remove(index);
        }
    }
    left
}

/// A row with the claimed result as its high or its low word, and the other word such that the product holds.
fn arithmetic_answer(
    witness: &mut FalseWitness<'_>,
    row: usize,
    (op, a, b): Question,
    (result, factor): (Fr, Option<u32>),
) {
    let honest = match op {
        COP_SHL | COP_SHR | COP_ROTL => 1i64.checked_shl(b).filter(|_| b < 32).unwrap_or(1),
        _ => i64::from(b),
    };
    let scale = fr(factor.map_or(honest, i64::from));
    let wide = Fr::from(a);
    let inverse = |value: Fr| value.inverse().unwrap_or_default();
    let numbers = match op {
        COP_MUL | COP_SHL => [(wide * scale - result) * inverse(pow2(32)), result],
        COP_MULHI => [result, wide * scale - result * pow2(32)],
        // The result is the sum of both words.
        COP_ROTL => {
            let high = (wide * scale - result) * inverse(pow2(32) - Fr::one());
            [high, result - high]
        }
        COP_MOD => [(wide - result) * inverse(scale), result],
        _ => [result, wide - result * scale],
    };
    witness.product(row, (op, a, b), scale, numbers);
}

/// A row with the carry and the difference that give the claimed result.
fn compare_answer(witness: &mut FalseWitness<'_>, row: usize, (op, a, b): Question, result: Fr) {
    let kinds = [COP_EQ, COP_GT].map(|kind| i64::from(op == kind));
    let carry = match op {
        COP_GT => Fr::one() - result,
        _ => result,
    };
    let difference = Fr::from(a) - Fr::from(b) + carry * pow2(32);
    witness.compare_row(row, kinds, carry, [Fr::from(b), difference]);
}
