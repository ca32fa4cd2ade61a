//! False statements that concern what the encoding made of rows: instructions of two rows, positions, marks, bits that
//! are no columns, and rows of the tables whose tuple is a step's in the field. Told as in `soundness_fresh`.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::Fr;
use ark_ff::{Field, One};
use provable::circuit::Family::*;
use provable::circuit::builder::pow2;
use provable::circuit::encoding::{Bit, Entry};
use provable::circuit::layout::{heap, leftover, program};
use provable::circuit::statement::{StatementError, check_lengths};
use provable::circuit::tuple::*;
use provable::circuit::{Capacities, Circuit};
use std::collections::BTreeSet;
use support::forger::{Claim, Forger, fr};
use support::lie::{honestly, nothing, refused};
use support::{assemble, shifts, tiny};

/// Also says that the table is another's in one entry's operand.
fn committed(index: usize, operand: i64) -> impl Fn(&mut Forger<'_>) {
    move |forger: &mut Forger<'_>| {
        let table = forger.case.circuit.layout.program;
        forger.put(table.at(index, program::OPERAND), fr(operand));
    }
}

#[test]
fn jumps_are_translated() {
    // Past NOT, to the end behind it, and both ways over instructions of two rows.
    let circuit = tiny();
    for (text, outputs) in [
        ("PUSH 7,PUSH 5,JMP 4,NOT,WRITE", &[5][..]),
        ("JMP 2,NOT", &[]),
        (
            "PUSH 1,JNZ 4,NOT,NOT,PUSH 3,CALL 8,WRITE,HALT,SWAP 0,RET",
            &[3],
        ),
    ] {
        let program = assemble(text);
        let mut forger = Forger::of(&circuit, program, (&[], outputs), None, honestly);
        assert_eq!(forger.objections().0, BTreeSet::new(), "{text}");
    }
}

/// Into NOT, between its rows: what was on the stack is taken for its ones.
#[test]
fn a_jump_enters_an_instruction() {
    let text = "PUSH 7,PUSH 5,JMP 4,NOT,WRITE";
    let lie = |row, claim: &mut Claim| match row {
        2 => claim.entry.operand = fr(4),
        3 => claim.result = fr(2),
        _ => {}
    };
    let answer = |forger: &mut Forger<'_>| forger.bitwise_row(0, COP_XOR, [7, 5], 2);
    refused(text, (&[], &[2]), &[FetchSum], lie, answer);
    let both = |forger: &mut Forger<'_>| {
        answer(forger);
        committed(2, 4)(forger);
    };
    refused(text, (&[], &[2]), &[ProgramTable], lie, both);
}

/// One past the end is no place, though the table has a position of that number.
#[test]
fn a_jump_past_the_end_is_a_position() {
    for text in ["JMP 3,NOT", "CALL 3,NOT", "PUSH 0,JZ 4,SWAP 0"] {
        let jump = usize::from(text.starts_with("PUSH"));
        let end = 3 + jump as i64;
        let lie = move |row, claim: &mut Claim| {
            if row == jump {
                claim.entry.operand = fr(end);
            }
        };
        refused(text, (&[], &[]), &[FetchSum], lie, nothing);
        let table = committed(jump, end);
        refused(text, (&[], &[]), &[ProgramTable], lie, table);
    }
}

/// STORE of one word: its first row puts 2^33 into the heap, and nothing but the second minds.
#[test]
fn half_a_store_halts() {
    let lie = |row, claim: &mut Claim| {
        if row >= 2 {
            claim.halt();
        }
    };
    refused("PUSH 4,STORE", (&[], &[]), &[FetchSum], lie, nothing);
}

/// The last row has HALT's mark, and it is another: DUP 0 has it too, a JMP to itself lacks nothing else, and a jump's
/// operand is another's position.
#[test]
fn the_last_row_is_marked_and_no_halt() {
    for text in ["PUSH 1,DUP 0,POP,JMP 1", "JMP 0", "JMP 1,JMP 0"] {
        let lie = |row, claim: &mut Claim| {
            if row == 31 {
                claim.entry.bits |= 1 << Bit::Keep as u32;
                claim.entry.bits &= !(1 << Bit::Push as u32);
                claim.fill = claim.result - claim.entry.operand;
            }
        };
        refused(text, (&[], &[]), &[FetchSum], lie, nothing);
        let halts = |row, claim: &mut Claim| {
            if row == 31 {
                claim.halt();
            }
        };
        refused(text, (&[], &[]), &[FetchSum], halts, nothing);
    }
}

/// Bits that the counters say: a halted machine writes, reads or pushes.
#[test]
fn a_halted_machine_goes_on() {
    let with = |bit: Bit, operand: Fr| {
        move |row, claim: &mut Claim| {
            if row == 2 {
                claim.entry = Entry {
                    bits: claim.entry.bits | 1 << bit as u32,
                    ..claim.entry
                };
                claim.result = fr(5);
                claim.fill = match bit {
                    Bit::Push => claim.result - claim.entry.operand,
                    _ => fr(5) - operand,
                };
            }
        }
    };
    // Its key is what HALT's operand names, which is in no space.
    let text = "PUSH 9,NOP";
    let both = [FetchSum, MemorySum];
    refused(text, (&[], &[9]), &both, with(Bit::Write, fr(2)), nothing);
    refused(text, (&[5], &[]), &both, with(Bit::Read, fr(2)), nothing);
}

/// A row of the high word, that no instruction asks for, is asked all the same.
#[test]
fn a_row_of_no_instruction_is_asked() {
    let text = "PUSH 65536,PUSH 65536,MUL,WRITE";
    let high = |forger: &mut Forger<'_>| {
        let words = [65536, 0, 65536].map(fr);
        forger.arithmetic_row(0, [1, 0, 1], 0, fr(1), words);
    };
    let asks = |operand: u64| {
        move |row, claim: &mut Claim| {
            if row == 2 {
                claim.entry.operand = Fr::from(operand);
                claim.result = fr(1);
            }
        }
    };
    let (honest, six) = (COP_MUL, COP_MUL + COP_DIV - COP_MOD);
    refused(text, (&[], &[1]), &[CoprocessorSum], asks(honest), high);
    refused(text, (&[], &[1]), &[FetchSum], asks(six), high);
    let both = |forger: &mut Forger<'_>| {
        high(forger);
        committed(2, six as i64)(forger);
    };
    refused(text, (&[], &[1]), &[ProgramTable], asks(six), both);
}

/// The carry is next to the operation: a fraction of it makes MOD's question that of a product.
#[test]
fn a_carry_trades_with_the_operation() {
    let [_, op, carry, ..] = shifts();
    let one = pow2(carry - op).inverse().unwrap();
    let lie = |row, claim: &mut Claim| {
        if row == 2 {
            (claim.result, claim.carry) = (fr(14), one);
        }
    };
    let table = |forger: &mut Forger<'_>| {
        forger.product(0, (COP_MUL, 7, 2), fr(2), [0, 14].map(fr));
    };
    let text = "PUSH 7,PUSH 2,MOD,WRITE";
    refused(text, (&[], &[14]), &[CarryBit], lie, table);
    // And a product's carry is the table's: it is not there, or it is.
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
        let lie = move |row, claim: &mut Claim| {
            if row == 2 {
                (claim.result, claim.carry) = (fr(low), fr(carry));
            }
        };
        let [a, b] = words;
        let table = move |forger: &mut Forger<'_>| {
            forger.product(0, (COP_MUL, a, b), fr(b.into()), [high, low].map(fr));
        };
        refused(text, (&[], outputs), &[CoprocessorSum], lie, table);
    }
}

/// What PUSH puts there has no carry, not a part of one.
#[test]
fn a_pushed_word_has_a_carry() {
    let part = pow2(32).inverse().unwrap();
    let lie = |row, claim: &mut Claim| {
        if row == 0 {
            (claim.result, claim.carry) = (fr(3), part);
        }
    };
    refused("PUSH 2,WRITE", (&[], &[3]), &[CarryBit], lie, nothing);
}

/// A push that spills another word than the top: PUSH and DUP 0 then push another, too.
#[test]
fn a_push_spills_another() {
    for (text, word) in [("PUSH 2,PUSH 3,WRITE", 4), ("PUSH 2,DUP 0,WRITE", 3)] {
        let lie = |row, claim: &mut Claim| {
            if row == 1 {
                claim.fill += fr(1);
                claim.result += fr(1);
            }
        };
        refused(text, (&[], &[word]), &[Spill], lie, nothing);
    }
}

/// The step's question, as the field sees it, from numbers that are an operation's but for one: what is left of the
/// tuple goes where the equations take anything.
struct Question {
    op: u64,
    words: [i64; 2],
    carry: i64,
    /// What the step claims.
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

    fn refused(&self, text: &str, kinds: [i64; 3], words: [Fr; 3], result: Fr) {
        let lie = |row, claim: &mut Claim| {
            if row == 2 {
                (claim.result, claim.carry) = (fr(self.result), fr(self.carry));
            }
        };
        let table = |forger: &mut Forger<'_>| forger.arithmetic_row(0, kinds, 0, result, words);
        refused(text, (&[], &[self.result as u32]), &[RangeSum], lie, table);
    }
}

/// A row whose tuple is the step's in the field, though its fields are not: there is one for each operation, and each
/// time it is a word's limbs that are none.
#[test]
fn a_row_is_a_question_in_the_field_alone() {
    let [_, _, _, result_at, b_at] = shifts().map(pow2);
    let one = Fr::one();
    let constant = |question: &Question| {
        // Everything but a, the result and b.
        let [a, b] = question.words.map(fr);
        question.tuple() - a - result_at * fr(question.result) - b_at * b
    };
    // MUL: the result is a·factor − high·2^32, and b the factor. High word and factor chosen, a follows.
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
    question.refused(text, [1, 0, 0], [a, high, factor], result);
    // MOD: the result is (a − quotient·(rest + 1)) / (quotient + 1), and b the result, rest and one more.
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
    question.refused(text, [0, 0, 0], [a, quotient, over], result);
    // DIV: the result is (a − remainder) / b. The remainder chosen, a follows from a divisor that is another.
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
    question.refused(
        text,
        [0, 0, 1],
        [a, remainder, divisor - remainder - one],
        result,
    );
    // The same with a as asked, where b is a root: x²·2^112 + x·(a − rest) + 2^76·(a − remainder) = 0.
    let roots = (1..60).filter_map(|remainder| {
        let (a, remainder) = (fr(7), fr(remainder));
        let linear = a - rest;
        let square = linear * linear - fr(4) * b_at * result_at * (a - remainder);
        let divisor = (square.sqrt()? - linear) * (b_at + b_at).inverse()?;
        Some((a, remainder, divisor))
    });
    let (a, remainder, divisor) = roots.into_iter().next().unwrap();
    let result = (a - remainder) * divisor.inverse().unwrap();
    question.refused(
        text,
        [0, 0, 1],
        [a, remainder, divisor - remainder - one],
        result,
    );
}

/// A cell's word is popped twice, and what was there the second time is said to be left over.
#[test]
fn a_popped_word_is_left_over() {
    // The word under each 0 is in cell 1 both times.
    let text = "PUSH 5,PUSH 0,POP,POP,PUSH 6,PUSH 0,POP,WRITE";
    let stale = |row, claim: &mut Claim| {
        if row == 6 {
            (claim.fill, claim.fill_age) = (fr(5), claim.fill_age + fr(4));
        }
    };
    let left = |forger: &mut Forger<'_>| {
        let block = forger.case.circuit.layout.stack;
        forger.put(block.at(1, leftover::ACTIVE), 1u64);
        forger.put(block.at(1, leftover::VALUE), 6u64);
        forger.put(block.at(1, leftover::TIME), 6u64);
    };
    refused(text, (&[], &[5]), &[MemorySum], stale, left);
    // The first time takes the second's word, or gives the first away.
    let swapped = |row, claim: &mut Claim| match row {
        2 => (claim.fill, claim.fill_age) = (fr(6), claim.fill_age - fr(4)),
        6 => (claim.fill, claim.fill_age) = (fr(5), claim.fill_age + fr(4)),
        _ => {}
    };
    refused(text, (&[], &[5]), &[RangeSum], swapped, nothing);
}

/// What LOAD finds at address 2^33, under an empty stack, is said to be stored.
#[test]
fn the_address_of_nothing_is_stored() {
    let circuit = tiny();
    for set in [1, -2] {
        let lie = |row, claim: &mut Claim| {
            if row == 0 {
                claim.set = fr(set);
            }
        };
        let mut forger = Forger::new(&circuit, "LOAD", (&[], &[]), lie);
        assert_eq!(forger.objections().0, BTreeSet::from([MemorySum]));
    }
}

/// The program and its end take the table to the last entry, counted in rows; one more does not fit.
#[test]
fn a_program_fills_its_table() {
    let circuit = tiny();
    let Capacities {
        program: entries,
        rows,
        ..
    } = circuit.layout.capacities;
    let full = format!("JMP {},{}NOT", entries - 3, "NOP,".repeat(entries - 4));
    let full = assemble(&full);
    assert_eq!(full.instructions().len(), entries - 2);
    assert_eq!(check_lengths(&full, &[], &[], entries, rows), Ok(()));
    let lie = |row, claim: &mut Claim| {
        // NOT of nothing, and the end behind it.
        if row == 2 {
            claim.result = fr(0);
        }
    };
    let mut forger = Forger::of(&circuit, full, (&[], &[]), None, lie);
    assert_eq!(forger.objections().0, BTreeSet::from([CoprocessorSum]));
    let end = format!("JMP {},{}NOT", entries - 2, "NOP,".repeat(entries - 4));
    let mut forger = Forger::of(&circuit, assemble(&end), (&[], &[]), None, honestly);
    assert_eq!(forger.objections().0, BTreeSet::new());
    let longer = assemble(&format!("{}NOT,NOT", "NOP,".repeat(entries - 4)));
    let refusal = StatementError::ProgramTooLong {
        length: entries + 1,
        capacity: entries,
    };
    assert_eq!(
        check_lengths(&longer, &[], &[], entries, rows),
        Err(refusal)
    );
}

/// The heap's addresses grow, whatever the limbs' number: four, three and two, that reach beyond a word.
#[test]
fn a_heap_cell_begins_twice_in_every_shape() {
    let text = "PUSH 5,STORE 7,PUSH 6,STORE 7,LOAD 7,WRITE";
    let lie = |row, claim: &mut Claim| match row {
        3 => (claim.result, claim.age, claim.set) = (fr(0), fr(3), fr(0)),
        4 => (claim.result, claim.age) = (fr(5), fr(2)),
        _ => {}
    };
    for range_bits in [9, 11, 17] {
        let capacities = Capacities {
            range_bits,
            ..tiny().layout.capacities
        };
        assert!(capacities.are_sound());
        let circuit = Circuit::new(capacities).unwrap();
        let whole = pow2(range_bits);
        // The limbs above the lowest: none, a fraction that takes the lowest's place, one too many.
        for higher in [fr(0), -whole.inverse().unwrap(), fr(-1)] {
            let mut forger = Forger::new(&circuit, text, (&[], &[5]), lie);
            forger.heap_row(0, 7, (fr(6), 4, true), fr(7));
            forger.heap_row(1, 7, (fr(5), 5, true), higher * whole);
            let limb = circuit.layout.heap.at(1, heap::LIMB);
            forger.put(limb, higher);
            forger.heap_row(2, 8, (fr(0), 0, false), fr(0));
            forger.heap_row(3, 9, (fr(0), 0, false), fr(0));
            let (objections, count) = forger.objections();
            assert_eq!(objections, BTreeSet::from([RangeSum]), "{range_bits}");
            assert_eq!(count, 1);
        }
        // Beyond a word the addresses may go: to cells that nobody touched.
        let mut forger = Forger::new(&circuit, "NOP", (&[], &[]), honestly);
        let far = (1i64 << 33) + 1;
        forger.heap_row(0, far, (fr(0), 0, false), fr(far));
        for row in 1..capacities.heap {
            forger.heap_row(row, far + row as i64, (fr(0), 0, false), fr(0));
        }
        // 33 bits of limbs do not reach that far.
        assert_eq!(forger.objections().0.is_empty(), range_bits != 11);
    }
}
