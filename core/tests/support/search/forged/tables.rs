//! Lies of the tables.

use super::Lies;
use crate::support::forger::questions::Question;
use crate::support::forger::{fr, integer, Forger, Tuple};
use ark_bls12_381::Fr;
use ark_ff::{Field, One, Zero};
use provable_core::circuit::builder::pow2;
use provable_core::circuit::layout::bitwise::NIBBLE;
use provable_core::circuit::tuple::*;
use rand::Rng;

impl Lies<'_> {
    /// Rows that answer what the step rows claim, by products that hold in the field; now and then a heap row that
    /// begins a cell again.
    pub(super) fn tables(&mut self, forger: &mut Forger<'_>) {
        let (bitwise, arithmetic): (Vec<Question>, Vec<Question>) =
            forger.questions.iter().partition(|(op, ..)| *op >= COP_AND);
        let layout = &forger.case.circuit.layout;
        for (row, asked) in (0..layout.arithmetic.rows).zip(arithmetic) {
            if let Some(answer) = self.answers.get(&(asked.0, asked.1)) {
                arithmetic_answer(forger, row, asked, *answer);
            }
        }
        for (row, asked) in (0..layout.bitwise.rows).zip(bitwise) {
            if let Some((result, _)) = self.answers.get(&(asked.0, asked.1)) {
                bitwise_answer(forger, row, asked, *result);
            }
        }
        if self.rng.gen_range(0..8) == 0 {
            self.heap(forger);
        }
    }

    fn heap(&mut self, forger: &mut Forger<'_>) {
        let base = Space::Heap.base_integer() as i64;
        let added = forger.added.iter().filter(|tuple| tuple.0 >= base);
        let added: Vec<Tuple> = added.copied().collect();
        let chosen = self.rng.gen_range(0..added.len().max(1));
        let Some((key, time, _, value)) = added.get(chosen).copied() else {
            return;
        };
        let row = self.rng.gen_range(0..forger.case.circuit.layout.heap.rows);
        let distance = [fr(0), fr(-1), fr(key - base)][self.rng.gen_range(0..3)];
        forger.heap_row(row, key - base, (value, time, self.rng.gen()), distance);
    }
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
    let factor = factor.map_or(honest, i64::from);
    let (a, scale) = (Fr::from(a), fr(factor));
    let inverse = |value: Fr| value.inverse().unwrap_or_default();
    let [high, low] = match op {
        COP_MUL | COP_SHL => [(a * scale - result) * inverse(pow2(32)), result],
        COP_MOD => [(a - result) * inverse(scale), result],
        _ => [result, a - result * scale],
    };
    let slack = match op {
        COP_MUL | COP_SHL => Fr::zero(),
        _ => scale - Fr::one() - low,
    };
    let kinds = [COP_MUL, COP_DIV, COP_MOD, COP_SHL].map(|kind| i64::from(op == kind));
    forger.arithmetic_row(row, kinds, factor, [a, Fr::from(b), high, low, slack]);
}

/// The nibbles' AND that would give the claimed result.
fn bitwise_answer(forger: &mut Forger<'_>, row: usize, (op, a, b): Question, result: Fr) {
    let (sum, claimed) = (i64::from(a) + i64::from(b), integer(result));
    let both = match op {
        COP_AND => claimed,
        COP_OR => sum - claimed,
        _ => (sum - claimed) / 2,
    };
    let kinds = [COP_AND, COP_OR].map(|kind| i64::from(op == kind));
    forger.bitwise_row(row, kinds, [a, b]);
    for nibble in 0..8 {
        // The last takes what does not fit.
        let kept = if nibble < 7 { 15 } else { i64::MAX };
        let var = forger
            .case
            .circuit
            .layout
            .bitwise
            .at(row, NIBBLE + 16 + nibble);
        forger.put(var, fr(both >> (4 * nibble) & kept));
    }
}
