//! Which instruction pays for a row.

use super::{of_text, profiled};
use provable::circuit::profile::{Entries, ProfileError, profile};
use provable::lang::program::Program;
use provable::progress::{Progress, Silent};
use provable::vm::{Inputs, Limits, TrapReason};

/// Of each instruction, executions and the counts of the named tables.
fn counts<const N: usize>(text: &str, tables: [&str; N]) -> Vec<(u64, [usize; N])> {
    let profile = of_text(text);
    let of = |usage: provable::circuit::Usage| tables.map(|table| usage.of(table).unwrap());
    let all = profile.instructions.iter();
    all.map(|one| (one.executions, of(one.usage))).collect()
}

#[test]
fn a_row_of_several_instructions_belongs_to_the_first_and_the_table_to_the_one_that_uses_it() {
    let counted = counts(
        "PUSH 5\nPUSH 7\nMUL\nPOP\nHALT",
        ["rows", "program", "arithmetic"],
    );
    let expected = [
        (1, [1, 1, 0]),
        // PUSH 7 and MUL are one row.
        (1, [1, 1, 0]),
        (1, [0, 0, 1]),
        (1, [1, 1, 0]),
        (1, [1, 1, 0]),
        // The end of the program has an entry, but the run does not reach it.
        (0, [0, 1, 0]),
    ];
    assert_eq!(counted, expected);
}

#[test]
fn the_first_that_asks_a_question_pays_for_it() {
    let text = "CALL f\nCALL g\nHALT\nf: PUSH 3\nPUSH 4\nNOP\nMUL\nSTORE 0\nRET\n\
                g: PUSH 3\nPUSH 4\nNOP\nMUL\nSTORE 0\nRET";
    let counted = counts(text, ["arithmetic", "heap"]);
    let paid: Vec<usize> = (0..counted.len())
        .filter(|index| counted[*index].1 != [0, 0])
        .collect();
    // MUL and STORE of f.
    assert_eq!(paid, [6, 7]);
}

#[test]
fn an_instruction_of_several_rows_has_them_all() {
    let counted = counts("PUSH 1\nPUSH 2\nNOP\nROTR\nEQ 0\nPOP", ["rows", "bitwise"]);
    // ROTR takes three rows, and one of the bitwise table, which is not its own.
    assert_eq!(counted[3], (1, [3, 1]));
    // The end of the program, which halts.
    assert_eq!(counted[6], (1, [1, 0]));
}

#[test]
fn words_that_are_left_belong_to_what_made_the_stack_so_high() {
    let counted = counts("PUSH 1\nPUSH 2\nPOP\nPUSH 3\nHALT", ["stack"]);
    let stack: Vec<usize> = counted.iter().map(|(_, [stack])| *stack).collect();
    assert_eq!(stack, [1, 0, 0, 1, 0, 0]);
}

#[test]
fn a_trap_has_no_profile() {
    let program: Program = "PUSH 1\nPUSH 0\nDIV".parse().unwrap();
    let (inputs, limits) = (Inputs::default(), Limits::default());
    let found = profile(&program, &inputs, limits, 3, &Entries, &Silent);
    let ProfileError::Trapped(trap) = found.unwrap_err() else {
        panic!("not a trap");
    };
    assert_eq!(trap.reason, TrapReason::DivisionByZero);
}

struct Cancelled;

impl Progress for Cancelled {
    fn phase(&self, _name: &str, _fraction: f64) {}

    fn is_cancelled(&self) -> bool {
        true
    }
}

#[test]
fn a_profile_can_be_cancelled() {
    let program: Program = "again: JMP again".parse().unwrap();
    let limits = Limits {
        max_steps: u64::MAX,
        ..Limits::default()
    };
    let found = profile(
        &program,
        &Inputs::default(),
        limits,
        1,
        &Entries,
        &Cancelled,
    );
    assert_eq!(found.unwrap_err(), ProfileError::Cancelled);
}

#[test]
fn a_run_that_is_longer_than_any_proof_has_a_profile() {
    let program: Program = "PUSH 300000\nagain: SUB 1\nDUP\nJNZ again".parse().unwrap();
    let profile = profiled(&program, &Inputs::default(), &Entries);
    assert_eq!(profile.steps, 900_001);
    assert_eq!(profile.instructions[1].executions, 300_000);
    assert_eq!(profile.usage.rows, 1 + 3 * 300_000 + 1);
}
