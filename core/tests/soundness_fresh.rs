//! False statements about public output, or about halting at all, told by a prover that writes every row and table
//! itself. Each lie is consistent everywhere but in the one place that it is about, so what refuses it is exact.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::Fr;
use ark_ff::{Field, Zero};
use provable_core::circuit::encoding::Entry;
use provable_core::circuit::layout::program;
use provable_core::circuit::tuple::EMPTY;
use provable_core::circuit::Family::{self, *};
use provable_core::vm::{run, Inputs, Limits};
use std::collections::BTreeSet;
use support::forger::{fr, Claim, Forger};
use support::tiny;

type Tapes<'a> = (&'a [u32], &'a [u32]);

/// Tells the lie; requires that the statement is false and that these families, and no others, object.
fn refused(
    text: &str,
    tapes: Tapes<'_>,
    families: &[Family],
    rows: impl Fn(usize, &mut Claim),
    tables: impl Fn(&mut Forger<'_>),
) -> usize {
    let circuit = tiny();
    let mut forger = Forger::new(&circuit, text, tapes, rows);
    tables(&mut forger);
    let inputs = Inputs {
        public: tapes.0.to_vec(),
        secret: vec![],
    };
    let limits = Limits {
        max_steps: 1000,
        ..Limits::default()
    };
    let truth = run(&forger.case.program, &inputs, limits);
    let is_true = truth.trap().is_none() && truth.outputs == tapes.1;
    assert!(!is_true, "no lie: {text}");
    let (objections, count) = forger.objections();
    let expected: BTreeSet<Family> = families.iter().copied().collect();
    assert_eq!(objections, expected, "{text}");
    count
}

fn nothing(_: &mut Forger<'_>) {}

fn honestly(_: usize, _: &mut Claim) {}

/// The control: the same prover, telling the truth, is accepted. Else a refusal would say nothing.
#[test]
fn the_truth_is_accepted() {
    let circuit = tiny();
    for (text, public, outputs) in [
        ("", &[][..], &[][..]),
        (
            "PUSH 4294967295,PUSH 2,ADD,WRITE,JC 6,PUSH 9,PUSH 2,PUSH 3,SUB,WRITE",
            &[],
            &[1, 4294967295],
        ),
        (
            "PUSH 2,PUSH 3,LT,WRITE,PUSH 3,PUSH 3,EQ,WRITE,PUSH 9,PUSH 3,GT,WRITE",
            &[],
            &[1, 1, 1],
        ),
        (
            "PUSH 5,STORE 0,PUSH 6,PUSH 0,STORE,LOAD 0,WRITE,PUSH 0,LOAD,WRITE",
            &[],
            &[6, 6],
        ),
        ("CALL 3,PUSH 1,HALT,PUSH 7,CALL 6,RET,RET", &[], &[]),
        (
            "READ,READ,DUP 1,SWAP 1,SWAP 2,NOT,WRITE,DUP 0,WRITE,WRITE",
            &[5, 6],
            &[4294967290, 5, 5],
        ),
        (
            "PUSH 1,JZ 0,PUSH 0,JZ 5,HALT,PUSH 0,JNZ 0,PUSH 1,JNZ 10,HALT,PUSH 1,ASSERT,NOP",
            &[],
            &[],
        ),
    ] {
        let mut forger = Forger::new(&circuit, text, (public, outputs), honestly);
        assert_eq!(forger.objections(), (BTreeSet::new(), 0), "{text}");
    }
}

/// POP of nothing: the cell below the stack is the one that the last PUSH, now at depth −1, will put there.
#[test]
fn a_stack_goes_below_zero() {
    let (text, tapes) = ("POP,PUSH 9,WRITE,PUSH 7", (&[][..], &[9][..]));
    let tell = |taken: i64, put: i64, family| {
        let lie = |row, claim: &mut Claim| match row {
            0 => (claim.fill, claim.fill_age) = (fr(5), fr(taken)),
            3 => claim.fill_age = fr(put),
            _ => {}
        };
        refused(text, tapes, &[family], lie, nothing);
    };
    tell(0, 0, MemorySum);
    // Taken from the future, or put there with a time of the past.
    tell(-4, 0, RangeSum);
    tell(0, 4, RangeSum);
    tell(-2, 2, RangeSum);
}

#[test]
fn a_computed_store_pops_two_words_of_one() {
    let lie = |row, claim: &mut Claim| {
        if row == 1 {
            (claim.second, claim.second_age) = (fr(5), fr(-2));
        }
    };
    refused("PUSH 4,STORE,PUSH 1", (&[], &[]), &[RangeSum], lie, nothing);
}

#[test]
fn the_empty_stack_has_a_top() {
    for text in ["DUP 0", "SWAP 0", "NOT", "PUSH 1,SWAP 1", "PUSH 1,DUP 1"] {
        refused(text, (&[], &[]), &[RangeSum], honestly, nothing);
    }
    refused("LOAD", (&[], &[]), &[SetBit], honestly, nothing);
    let as_a_word = |row, claim: &mut Claim| {
        if row == 1 {
            claim.result = fr(0);
        }
    };
    let text = "PUSH 1,SWAP 1,WRITE";
    refused(text, (&[], &[0]), &[MemorySum], as_a_word, nothing);
    // 2^33 + 1 as a sum with two carries.
    let carried = |row, claim: &mut Claim| {
        if row == 1 {
            (claim.result, claim.carry) = (fr(1), fr(2));
        }
    };
    assert_eq!(EMPTY, 2 << 32);
    let text = "PUSH 1,ADD,WRITE";
    refused(text, (&[], &[1]), &[CarryBit, MemorySum], carried, nothing);
}

#[test]
fn a_word_is_loaded_before_it_is_stored() {
    let lie = |row, claim: &mut Claim| {
        if row == 0 {
            (claim.result, claim.age, claim.set) = (fr(9), fr(-4), fr(1));
        }
    };
    let first_is_last = |forger: &mut Forger<'_>| {
        forger.heap_row(0, 3, (Fr::zero(), 0, false), fr(3));
    };
    let text = "LOAD 3,WRITE,PUSH 9,STORE 3";
    refused(text, (&[], &[9]), &[RangeSum], lie, first_is_last);
}

#[test]
fn a_word_that_was_never_stored_is_zero() {
    let (text, tapes) = ("LOAD 7,WRITE", (&[][..], &[0][..]));
    refused(text, tapes, &[SetBit], honestly, nothing);
    for set in [1, -2] {
        let lie = |_, claim: &mut Claim| claim.set = fr(if claim.set.is_zero() { set } else { 1 });
        refused(text, tapes, &[MemorySum], lie, nothing);
    }
}

const STORED_TWICE: &str = "PUSH 5,STORE 0,PUSH 6,STORE 0,LOAD 0,WRITE";

#[test]
fn two_stores_happen_in_the_other_order() {
    let lie = |row, claim: &mut Claim| match row {
        1 => (claim.result, claim.age, claim.set) = (fr(6), fr(-3), fr(1)),
        3 => (claim.result, claim.age, claim.set) = (fr(0), fr(3), fr(0)),
        4 => (claim.result, claim.age) = (fr(5), fr(2)),
        _ => {}
    };
    refused(STORED_TWICE, (&[], &[5]), &[RangeSum], lie, nothing);
}

#[test]
fn a_heap_cell_begins_twice() {
    let lie = |row, claim: &mut Claim| match row {
        3 => (claim.result, claim.age, claim.set) = (fr(0), fr(3), fr(0)),
        4 => (claim.result, claim.age) = (fr(5), fr(2)),
        _ => {}
    };
    for (distance, family) in [(fr(-1), RangeSum), (fr(0), HeapTable)] {
        let twice = |forger: &mut Forger<'_>| {
            forger.heap_row(0, 0, (fr(6), 4, true), fr(0));
            forger.heap_row(1, 0, (fr(5), 5, true), distance);
            forger.heap_row(2, 1, (fr(0), 0, false), fr(0));
            forger.heap_row(3, 2, (fr(0), 0, false), fr(0));
        };
        refused(STORED_TWICE, (&[], &[5]), &[family], lie, twice);
    }
}

/// RET finds the address that a later CALL, with −1 calls open, leaves.
#[test]
fn a_return_without_a_call() {
    let lie = |row, claim: &mut Claim| {
        if row == 0 {
            (claim.result, claim.age, claim.set) = (fr(2), fr(-3), fr(1));
        }
    };
    let text = "RET,CALL 3,JMP 1,HALT";
    refused(text, (&[], &[]), &[RangeSum], lie, nothing);
}

#[test]
fn a_run_that_never_halts() {
    for text in ["JMP 0", "NOP,JNC 0"] {
        let objecting = refused(text, (&[], &[]), &[Boundary], honestly, nothing);
        assert_eq!(objecting, 1, "{text}");
    }
}

#[test]
fn a_run_halts_early() {
    let text = "PUSH 1,WRITE,PUSH 2,WRITE";
    let lie = |row, claim: &mut Claim| {
        if row >= 2 {
            claim.entry = Entry::end();
        }
    };
    refused(text, (&[], &[1]), &[FetchSum], lie, nothing);
}

/// A jump past the end halts there, or the table's padding is said to hold something.
#[test]
fn a_jump_leaves_the_program() {
    let halts = |row, claim: &mut Claim| {
        if row >= 1 {
            claim.entry = Entry::end();
        }
    };
    let padded = |forger: &mut Forger<'_>| {
        let entry = forger.case.circuit.layout.program.at(5, program::BITS);
        forger.put(entry, Entry::end().bits);
    };
    refused("JMP 5", (&[], &[]), &[FetchSum], halts, nothing);
    refused("JMP 5", (&[], &[]), &[ProgramTable], halts, padded);
    for target in ["31", "32", "16777216", "4294967295"] {
        let text = format!("JMP {target}");
        refused(&text, (&[], &[]), &[FetchSum], halts, nothing);
    }
}

#[test]
fn another_program_is_committed() {
    let lie = |row, claim: &mut Claim| {
        if row == 0 {
            claim.entry.operand = fr(3);
        }
    };
    let other = |forger: &mut Forger<'_>| {
        let operand = forger.case.circuit.layout.program.at(0, program::OPERAND);
        forger.put(operand, 3u64);
    };
    refused("PUSH 2,WRITE", (&[], &[3]), &[ProgramTable], lie, other);
    refused("PUSH 2,WRITE", (&[], &[3]), &[FetchSum], lie, nothing);
}

#[test]
fn a_failed_assertion_passes() {
    let text = "PUSH 0,ASSERT,PUSH 1,WRITE";
    let lie = |row, claim: &mut Claim| {
        if row == 1 {
            claim.result = fr(1);
        }
    };
    refused(text, (&[], &[1]), &[TestOperand], lie, nothing);
}

#[test]
fn the_tapes_are_others() {
    for (text, tapes) in [
        ("READ,WRITE", (&[5, 6][..], &[5][..])),
        ("READ,WRITE", (&[][..], &[0][..])),
        ("READ,READ,POP,WRITE", (&[5][..], &[5][..])),
        ("PUSH 1,WRITE,PUSH 2,WRITE", (&[][..], &[2, 1][..])),
        ("PUSH 1,WRITE", (&[][..], &[1, 0][..])),
        ("PUSH 1,WRITE", (&[][..], &[][..])),
        // The same words on both tapes do not cancel.
        ("NOP", (&[5][..], &[5][..])),
    ] {
        refused(text, tapes, &[MemorySum], honestly, nothing);
    }
}

#[test]
fn a_difference_or_comparison_is_another() {
    let tell = |text: &str, output, result: Fr, carry: Fr, family| {
        let lie = |row, claim: &mut Claim| {
            if row == 2 {
                (claim.result, claim.carry) = (result, carry);
            }
        };
        refused(text, (&[], &[output]), &[family], lie, nothing);
    };
    tell("PUSH 2,PUSH 3,LT,WRITE", 0, fr(-1), fr(0), RangeSum);
    tell(
        "PUSH 3,PUSH 2,LT,WRITE",
        1,
        fr(1 + (1 << 32)),
        fr(1),
        RangeSum,
    );
    tell("PUSH 2,PUSH 3,GT,WRITE", 1, fr(-1), fr(0), RangeSum);
    tell("PUSH 3,PUSH 3,EQ,WRITE", 0, fr(1 << 32), fr(1), RangeSum);
    let eighth = fr(8) * fr(1 << 32).inverse().unwrap();
    tell("PUSH 2,PUSH 3,SUB,WRITE", 7, fr(7), eighth, CarryBit);
}

/// The rows of the coprocessors, chosen by the liar: words a, b, high, low, slack.
#[test]
fn a_coprocessor_answers_wrong() {
    let tell = |text: &str, output: u32, result: i64, family, table: &dyn Fn(&mut Forger<'_>)| {
        let lie = |row, claim: &mut Claim| {
            if row == 2 {
                claim.result = fr(result);
            }
        };
        refused(text, (&[], &[output]), &[family], lie, table);
    };
    let arithmetic = |kinds, factor, words: [i64; 5]| {
        move |forger: &mut Forger<'_>| forger.arithmetic_row(0, kinds, factor, words.map(fr))
    };
    let (mul, div, modulo, shl) = ([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]);
    // Anything, divided by zero.
    let text = "PUSH 5,PUSH 0,DIV,WRITE";
    tell(
        text,
        77,
        77,
        RangeSum,
        &arithmetic(div, 0, [5, 0, 77, 5, -6]),
    );
    // A remainder longer than the divisor; a quotient that is 7/2 in the field and leaves nothing.
    let text = "PUSH 7,PUSH 2,MOD,WRITE";
    tell(
        text,
        3,
        3,
        RangeSum,
        &arithmetic(modulo, 2, [7, 2, 2, 3, -2]),
    );
    tell(text, 0, 0, RangeSum, &|forger| {
        let half = fr(7) * fr(2).inverse().unwrap();
        forger.arithmetic_row(0, modulo, 2, [fr(7), fr(2), half, fr(0), fr(1)]);
    });
    // A product whose low word keeps what belongs in the high one, so that no carry is seen.
    let text = "PUSH 65536,PUSH 65536,MUL,JC 6,PUSH 1,WRITE";
    let whole = 1 << 32;
    tell(
        text,
        1,
        whole,
        RangeSum,
        &arithmetic(mul, 65536, [65536, 65536, 0, whole, 0]),
    );
    let text = "PUSH 1,PUSH 32,SHL,WRITE";
    tell(
        text,
        0,
        0,
        PowerSum,
        &arithmetic(shl, whole, [1, 32, 1, 0, 0]),
    );
    // Kinds that are no booleans: MUL − 6·DIV + 6·MOD is the code of OR, and answers 7·a·b.
    let text = "PUSH 3,PUSH 4,OR,WRITE";
    tell(
        text,
        84,
        84,
        ArithmeticTable,
        &arithmetic([1, -6, 6, 0], 4, [3, 4, 0, 12, 0]),
    );
    // 2·AND − OR is the code of SHR, and answers −a − b + 3·(a AND b).
    let text = "PUSH 1,PUSH 1,SHR,WRITE";
    tell(text, 1, 1, BitwiseTable, &|forger| {
        forger.bitwise_row(0, [2, -1], [1, 1])
    });
}
