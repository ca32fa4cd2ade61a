//! Lies of the tables.

use super::Lies;
use crate::support::forger::questions::Question;
use crate::support::forger::{Forger, Tuple, fr, integer, key};
use ark_bls12_381::Fr;
use ark_ff::{Field, One, Zero};
use provable::circuit::builder::pow2;
use provable::circuit::cost::Table;
use provable::circuit::layout::leftover;
use provable::circuit::tuple::*;
use rand::Rng;
use std::collections::BTreeSet;

impl Lies<'_> {
    /// Rows that answer what the step rows claim, by products that hold in the field; heap rows that begin a
    /// cell as often as it is taken.
    pub(super) fn tables(&mut self, forger: &mut Forger<'_>) {
        for table in [Table::Arithmetic, Table::Bitwise, Table::Compare] {
            let layout = &forger.case.circuit.layout;
            let rows = match table {
                Table::Arithmetic => layout.arithmetic.rows,
                Table::Bitwise => layout.bitwise.rows,
                _ => layout.compare.rows,
            };
            for (row, asked) in (0..rows).zip(forger.asked(table)) {
                let Some((result, factor)) = self.answers.get(&(asked.0, asked.1)).copied() else {
                    continue;
                };
                let (op, a, b) = asked;
                match table {
                    Table::Arithmetic => arithmetic_answer(forger, row, asked, (result, factor)),
                    Table::Bitwise => forger.bitwise_row(row, op, [a, b], integer(result)),
                    _ => compare_answer(forger, row, asked, result),
                }
            }
        }
        self.heap(forger);
    }

    /// The heap's table as the rows want it: a cell that begins more than once has as many rows, one after the other.
    fn heap(&mut self, forger: &mut Forger<'_>) {
        let base = key(Space::Heap);
        let cells: BTreeSet<i64> = forger.added.iter().map(|tuple| tuple.0).collect();
        let mut rows = Vec::new();
        let first = |tuple: &&Tuple| tuple.0 >= base && (tuple.1, tuple.2) == (0, 0);
        let firsts = forger.removed.iter().filter(first).map(|tuple| tuple.0);
        let firsts: Vec<i64> = firsts.collect();
        if firsts.iter().collect::<BTreeSet<_>>().len() == firsts.len() {
            // As honest rows want it.
            return;
        }
        for key in cells.range(base..) {
            let first = (*key, 0, 0, Fr::zero());
            let taken = |tuple: &&Tuple| **tuple == first;
            let firsts = forger.removed.iter().filter(taken).count().max(1);
            let mut left = left(forger, *key);
            left.extend(std::iter::repeat_n(first, firsts));
            for tuple in forger.removed.iter().filter(|tuple| **tuple == first) {
                let index = left.iter().position(|found| found == tuple);
                left.remove(index.unwrap_or(0));
            }
            rows.extend((0..firsts).map(|row| (*key, left.get(row).copied().unwrap_or(first))));
        }
        let (count, mut free) = (forger.case.circuit.layout.heap.rows, 0);
        if rows.len() > count {
            return;
        }
        for row in 0..count {
            let (key, (_, time, set, value)) = rows
                .get(row)
                .copied()
                .unwrap_or((base + free, (base + free, 0, 0, Fr::zero())));
            let address = key - base;
            forger.heap_row(row, address, (value, time, set == 1), fr(address - free));
            free = address + 1;
        }
    }

    /// Removes by a leftover row that is free a tuple of another cell, its time making up for the key: a word of the
    /// output, or what a row left. How many words of the output are hidden.
    pub(super) fn hide(&mut self, forger: &mut Forger<'_>) -> usize {
        if self.rng.gen_range(0..4) != 0 {
            return 0;
        }
        let layout = &forger.case.circuit.layout;
        let (block, space) = match self.rng.r#gen() {
            true => (layout.stack, Space::Stack),
            false => (layout.calls, Space::Calls),
        };
        let row = self.rng.gen_range(0..block.rows);
        let active = block.at(row, leftover::ACTIVE);
        if !forger.case.assignment[active.0 as usize].is_zero() {
            return 0;
        }
        let own = key(space) + row as i64;
        let output = self.rng.r#gen::<bool>() && !forger.wrote.is_empty();
        let (place, time, value) = match forger.wrote.last() {
            Some(word) if output => {
                let last = forger.wrote.len() as i64 - 1;
                (key(Space::Output) + last, 0, *word)
            }
            _ => {
                let cells: BTreeSet<i64> = forger.added.iter().map(|tuple| tuple.0).collect();
                let left = cells.iter().flat_map(|key| left(forger, *key));
                let left: Vec<Tuple> = left.collect();
                let Some(tuple) = left.get(self.rng.gen_range(0..left.len().max(1))) else {
                    return 0;
                };
                (tuple.0, tuple.1, tuple.3)
            }
        };
        forger.put(active, 1u64);
        forger.put(block.at(row, leftover::VALUE), value);
        // Its address stands under β², so that a space is what a time can make up for.
        let spaces = (place >> 36) - (own >> 36);
        let time = fr(time) + fr(spaces) * pow2(MEMORY.fields[1].shift);
        forger.put(block.at(row, leftover::TIME), time);
        usize::from(output)
    }
}

/// What the rows added to a cell and did not remove.
fn left(forger: &Forger<'_>, key: i64) -> Vec<Tuple> {
    let of = |tuples: &[Tuple]| -> Vec<Tuple> {
        tuples
            .iter()
            .filter(|tuple| tuple.0 == key)
            .copied()
            .collect()
    };
    let mut left = of(&forger.added);
    for tuple in of(&forger.removed) {
        if let Some(index) = left.iter().position(|found| *found == tuple) {
            left.remove(index);
        }
    }
    left
}

/// The claimed result as high or low word, the other word as the product then wants it.
fn arithmetic_answer(
    forger: &mut Forger<'_>,
    row: usize,
    (op, a, b): Question,
    (result, factor): (Fr, Option<u32>),
) {
    let honest = match op {
        COP_SHL | COP_SHR => 1i64.checked_shl(b).filter(|_| b < 32).unwrap_or(1),
        _ => i64::from(b),
    };
    let scale = fr(factor.map_or(honest, i64::from));
    let wide = Fr::from(a);
    let inverse = |value: Fr| value.inverse().unwrap_or_default();
    let numbers = match op {
        COP_MUL | COP_SHL => [(wide * scale - result) * inverse(pow2(32)), result],
        COP_MOD => [(wide - result) * inverse(scale), result],
        _ => [result, wide - result * scale],
    };
    forger.product(row, (op, a, b), scale, numbers);
}

/// The carry and the difference that would give the claimed result.
fn compare_answer(forger: &mut Forger<'_>, row: usize, (op, a, b): Question, result: Fr) {
    let kinds = [COP_EQ, COP_GT].map(|kind| i64::from(op == kind));
    let carry = match op {
        COP_GT => Fr::one() - result,
        _ => result,
    };
    let difference = Fr::from(a) - Fr::from(b) + carry * pow2(32);
    forger.compare_row(row, kinds, carry, [Fr::from(b), difference]);
}
