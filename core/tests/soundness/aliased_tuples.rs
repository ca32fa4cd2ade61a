//! A packed tuple has one decomposition into its fields. A false witness in which one field compensates another (by a multiple, by a
//! carry into the next field, or by a fraction) is refused.

use crate::support::assert_refused::{assert_refused, forms, unchanged_rows};
use crate::support::false_witness::{Claim, FalseWitness, fr, reads};
use crate::support::shifts;
use ark_bls12_381::Fr;
use ark_ff::{Field, One};
use provable::circuit::Family::*;
use provable::circuit::field::pow2;
use provable::circuit::layout::leftover;
use provable::circuit::operations::*;
use provable::circuit::tuple::*;

/// Cell 0 begins and ends unset. Cell 1 ends with the tuple that the LOAD from cell 0 added.
fn compensating_cells(value: i64, time: i64) -> impl Fn(&mut FalseWitness<'_>) {
    move |witness| {
        witness.heap_row(0, 0, (fr(0), 0, false), fr(0));
        witness.heap_row(1, 1, (fr(value), time, true), fr(0));
    }
}

/// The address is one less and the value is one more. With β = 1 this would be accepted: only the powers of β refuse it.
#[test]
fn a_value_that_aliases_an_address_is_refused() {
    let text = "PUSH 5,PUSH 1,STORE,PUSH 0,LOAD,WRITE";
    // The addresses are pushed, so STORE and LOAD are a row each.
    let (claims, tables) = (reads(2, 6, 0), compensating_cells(5, 3));
    assert_refused(text, (&[], &[6]), &[MemorySum], claims, tables);
}

/// The spaces differ by four, and so do the times. LOAD takes a word of the stack, and the stack's leftover row takes the cell
/// that LOAD put back. The tuples pack to equal numbers, so only the range of the times refuses this.
#[test]
fn a_time_that_aliases_a_space_is_refused() {
    let text = "PUSH 5,PUSH 6,LOAD 1,WRITE";
    let apart = 4 << MEMORY.fields[1].shift;
    let tables = |witness: &mut FalseWitness<'_>| {
        witness.heap_row(0, 0, (fr(0), 0, false), fr(0));
        witness.heap_row(1, 1, (fr(0), 0, false), fr(0));
        let block = witness.case.circuit.layout.stack;
        witness.put(block.at(1, leftover::TIME), fr(3 + apart));
    };
    assert_refused(text, (&[], &[5]), &[RangeSum], reads(2, 5, apart), tables);
}

/// A leftover row claims a time that carries into its space. So it removes an input word that no row read; or, with the count
/// −1, it adds an output word that no row wrote.
#[test]
fn a_leftover_row_of_another_space_is_refused() {
    let leave = |space: Space, active: i64, word: u64| {
        move |witness: &mut FalseWitness<'_>| {
            let block = witness.case.circuit.layout.stack;
            let address = usize::from(active == 1);
            let time = (space as i64 - Space::Stack as i64) << MEMORY.fields[1].shift;
            witness.put(block.at(address, leftover::ACTIVE), fr(active));
            witness.put(block.at(address, leftover::VALUE), word);
            witness.put(block.at(address, leftover::TIME), fr(time));
        }
    };
    let removed_input = leave(Space::Input, 1, 6);
    assert_refused(
        "READ,WRITE",
        (&[5, 6], &[5]),
        &[RangeSum],
        unchanged_rows,
        removed_input,
    );
    let added_output = leave(Space::Output, -1, 9);
    let both = [RangeSum, Leftovers];
    assert_refused("NOP", (&[], &[9]), &both, unchanged_rows, added_output);
}

/// The carry is packed below the operation. A multiple as a carry turns MOD's question into MUL's. Beside it is a; a fraction as a
/// carry turns a question about 7 into one about 6.
#[test]
fn a_carry_that_aliases_another_field_is_refused() {
    let [a, op, carry, ..] = shifts();
    let up = pow2(op - carry);
    let down = pow2(carry - a).inverse().unwrap();
    for (carried, wrong, question, numbers, result) in [
        (up, 0, (COP_MUL, 7, 2), [0, 14], 14),
        (down, 0, (COP_MOD, 8, 2), [4, 0], 0),
    ] {
        for (text, row) in forms("PUSH 7,PUSH 2,MOD,WRITE") {
            let claims = |at, claim: &mut Claim| {
                if at == row {
                    let high = Fr::from(u64::from(question.0 == COP_MOD));
                    (claim.result, claim.carry) = (fr(result), carried + high + fr(wrong));
                }
            };
            let table = |witness: &mut FalseWitness<'_>| {
                witness.product(0, question, fr(2), numbers.map(fr));
            };
            assert_refused(&text, (&[], &[result as u32]), &[CarryBit], claims, table);
        }
    }
    // The carry of a product is that of the table: a carry that is not there, and one that is missing.
    for (words, carry, high, low, text, outputs) in [
        (
            [2, 3],
            1,
            0,
            6,
            "PUSH 2,PUSH 3,MUL,JC 6,PUSH 1,WRITE",
            &[][..],
        ),
        (
            [65536, 65536],
            0,
            1,
            0,
            "PUSH 65536,PUSH 65536,MUL,JC 6,PUSH 1,WRITE",
            &[1],
        ),
    ] {
        let [a, b] = words;
        let table = move |witness: &mut FalseWitness<'_>| {
            witness.product(0, (COP_MUL, a, b), fr(b.into()), [high, low].map(fr));
        };
        for (text, row) in forms(text) {
            let claims = move |at, claim: &mut Claim| {
                if at == row {
                    (claim.result, claim.carry) = (fr(low), fr(carry));
                }
            };
            assert_refused(&text, (&[], outputs), &[CoprocessorSum], claims, table);
        }
    }
}

/// A step's question with one wrong number. A table row can have the same tuple in the field with other fields.
struct Question {
    op: u64,
    words: [i64; 2],
    carry: i64,
    /// The result that the step claims.
    result: i64,
}

impl Question {
    fn tuple(&self) -> Fr {
        let [_, at_op, at_c, at_result, at_b] = shifts().map(pow2);
        let [a, b] = self.words.map(fr);
        a + at_op * Fr::from(self.op)
            + at_c * fr(self.carry)
            + at_result * fr(self.result)
            + at_b * b
    }

    fn assert_refused(&self, text: &str, kinds: [i64; 3], words: [Fr; 3], result: Fr) {
        for (text, row) in forms(text) {
            let claims = |at, claim: &mut Claim| {
                if at == row {
                    (claim.result, claim.carry) = (fr(self.result), fr(self.carry));
                }
            };
            let table =
                |witness: &mut FalseWitness<'_>| witness.arithmetic_row(0, kinds, 0, result, words);
            let tapes = (&[][..], &[self.result as u32][..]);
            assert_refused(&text, tapes, &[RangeSum], claims, table);
        }
    }
}

/// For each operation there is a table row whose tuple equals the step's tuple in the field, though its fields differ. In each
/// of them the limbs of a word are out of range.
#[test]
fn a_row_equal_to_the_question_in_the_field_alone_is_refused() {
    let [_, _, _, result_at, b_at] = shifts().map(pow2);
    let one = Fr::one();
    let constant = |question: &Question| {
        // Everything except for a, the result and b.
        let [a, b] = question.words.map(fr);
        question.tuple() - a - result_at * fr(question.result) - b_at * b
    };
    // MUL: the result is a·factor − high·2^32, and b is the factor. The high word and the factor are chosen, and a follows.
    let question = Question {
        op: COP_MUL,
        words: [6, 7],
        carry: 1,
        result: 5,
    };
    let (high, factor) = (fr(9), fr(8));
    let rest = question.tuple() - constant(&question);
    let a = (rest - b_at * factor + result_at * high * pow2(32))
        * (one + result_at * factor).inverse().unwrap();
    let result = a * factor - high * pow2(32);
    let text = "PUSH 6,PUSH 7,MUL,WRITE";
    question.assert_refused(text, [1, 0, 0], [a, high, factor], result);
    // MOD: the result is (a − quotient·(rest + 1)) / (quotient + 1), and b is the result plus rest plus one.
    let question = Question {
        op: COP_MOD,
        words: [7, 2],
        carry: 1,
        result: 0,
    };
    let (quotient, over) = (fr(2), fr(0));
    let rest = question.tuple() - constant(&question);
    let down = (quotient + one).inverse().unwrap();
    let a = (rest - b_at * (over + one) + (result_at + b_at) * quotient * (over + one) * down)
        * (one + (result_at + b_at) * down).inverse().unwrap();
    let result = (a - quotient * (over + one)) * down;
    let text = "PUSH 7,PUSH 2,MOD,WRITE";
    question.assert_refused(text, [0, 0, 0], [a, quotient, over], result);
    // DIV: the result is (a − remainder) / b. The remainder and a false divisor are chosen, and a follows.
    let question = Question {
        op: COP_DIV,
        words: [7, 2],
        carry: 1,
        result: 4,
    };
    let (remainder, divisor) = (fr(1), fr(3));
    let rest = question.tuple() - constant(&question);
    let share = result_at * divisor.inverse().unwrap();
    let a = (rest - b_at * divisor + share * remainder) * (one + share).inverse().unwrap();
    let result = (a - remainder) * divisor.inverse().unwrap();
    let text = "PUSH 7,PUSH 2,DIV,WRITE";
    question.assert_refused(
        text,
        [0, 0, 1],
        [a, remainder, divisor - remainder - one],
        result,
    );
    // The same with the a of the question. Then b is a root: x²·2^112 + x·(a − rest) + 2^40·(a − remainder) = 0.
    let roots = (1..60).filter_map(|remainder| {
        let (a, remainder) = (fr(7), fr(remainder));
        let linear = a - rest;
        let square = linear * linear - fr(4) * b_at * result_at * (a - remainder);
        let divisor = (square.sqrt()? - linear) * (b_at + b_at).inverse()?;
        Some((a, remainder, divisor))
    });
    let (a, remainder, divisor) = roots.into_iter().next().unwrap();
    let result = (a - remainder) * divisor.inverse().unwrap();
    question.assert_refused(
        text,
        [0, 0, 1],
        [a, remainder, divisor - remainder - one],
        result,
    );
}
