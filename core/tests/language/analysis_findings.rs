//! The findings of the static analysis, except for those about the stack depth, drawn under the lines of the program.

use crate::draw::{check, draw};
use expect_test::expect;
use provable::lang::analysis::analyse;
use provable::lang::program::assemble;

fn check_clean(text: &str) {
    let assembly = assemble(text);
    assert_eq!(assembly.diagnostics, []);
    assert_eq!(draw(text, &analyse(&assembly).diagnostics), "");
}

#[test]
fn a_correct_program_has_no_findings() {
    check_clean("PUSH 10\nloop:\nDUP\nWRITE\nPUSH 1\nSUB\nDUP\nJNZ loop\nPOP\n");
    check_clean("PUSH 3\nCALL square\nWRITE\nHALT\nsquare:\nDUP\nMUL\nRET\n");
    check_clean("");
    check_clean("HALT");
    check_clean("JMP end\nend:");
}

#[test]
fn a_ret_without_a_call_is_reported() {
    check(
        "PUSH 1\nRET\n",
        expect![[r#"
        2  RET
           ^^^ error[E104]: RET has no CALL to return from
           = write HALT to end the program
    "#]],
    );
    check(
        "CALL f\nf: NOP\nRET\n",
        expect![[r#"
        3  RET
           ^^^ warning[W104]: RET may be reached without a CALL to return from
           = end the code before the routine with HALT or a jump
    "#]],
    );
}

#[test]
fn unreachable_code_is_reported() {
    check(
        "JMP end\nPUSH 1\nPOP\nend: HALT\nNOP\n",
        expect![[r#"
        2  PUSH 1
           ^^^^^^ warning[W105]: no path reaches these 2 instructions (to line 3)
        1  JMP end
           ------- nothing goes on after this JMP
        5  NOP
           ^^^ warning[W105]: no path reaches this instruction
        4  end: HALT
                ---- nothing goes on after this HALT
    "#]],
    );
    check(
        "CALL f\nNOP\nf: HALT\n",
        expect![[r#"
        2  NOP
           ^^^ warning[W105]: no path reaches this instruction
        1  CALL f
           ------ this CALL never comes back
    "#]],
    );
}

#[test]
fn unused_names_are_reported() {
    check(
        ".const N 1\nstart: NOP\n",
        expect![[r#"
        1  .const N 1
                  ^ hint[H106]: the constant `N` is never used
        2  start: NOP
           ^^^^^ hint[H106]: the label `start` is never used
    "#]],
    );
}

#[test]
fn jumps_out_of_the_program_are_reported() {
    check(
        "READ\nJZ 9\nCALL 5\n",
        expect![[r#"
        2  JZ 9
           ^^^^ warning[W107]: JZ, if it jumps, leaves the program: there is no instruction 9
           = instructions count from 0 to 2; a jump to 3 ends the program
        3  CALL 5
           ^^^^^^ error[E107]: CALL leaves the program: there is no instruction 5
           = instructions count from 0 to 2; a jump to 3 ends the program
    "#]],
    );
    check(
        "JMP 2\n",
        expect![[r#"
        1  JMP 2
           ^^^^^ error[E107]: JMP leaves the program: there is no instruction 2
           = the program has one instruction, 0; a jump to 1 ends it
    "#]],
    );
    check_clean("JMP 1\n");
}

#[test]
fn loads_of_addresses_never_stored_are_reported() {
    check(
        "LOAD 5\nPUSH 6\nLOAD\n",
        expect![[r#"
        1  LOAD 5
           ^^^^^^ error[E108]: no path to this LOAD has stored at address 5
        3  LOAD
           ^^^^ error[E108]: no path to this LOAD has stored at address 6
    "#]],
    );
    check(
        "LOAD 5\nSTORE 5\nLOAD 5\n",
        expect![[r#"
        1  LOAD 5
           ^^^^^^ error[E108]: no path to this LOAD has stored at address 5
    "#]],
    );
    check(
        "READ\nJZ skip\nPUSH 1\nSTORE 5\nskip: LOAD 5\n",
        expect![[r#"
            5  skip: LOAD 5
                     ^^^^^^ warning[W108]: not every path to this LOAD has stored at address 5
        "#]],
    );
}

#[test]
fn loads_after_a_store_are_not_reported() {
    check_clean("PUSH 1\nSTORE 5\nLOAD 5\n");
    check_clean("PUSH 1\nPUSH 5\nSTORE\nLOAD 5\n");
    check_clean("READ\nREAD\nSTORE\nLOAD 5\n");
    check_clean("CALL init\nLOAD 5\nHALT\ninit: PUSH 1\nSTORE 5\nRET\n");
}

#[test]
fn more_addresses_than_one_round_are_all_followed() {
    let mut text = String::new();
    for address in 0..200 {
        text += &format!("PUSH 1\nSTORE {address}\nLOAD {address}\nPOP\n");
    }
    check_clean(&text);
    let late = format!("LOAD 150\nPOP\n{text}");
    let codes: Vec<_> = analyse(&assemble(&late))
        .diagnostics
        .iter()
        .map(|d| d.code.as_str())
        .collect();
    assert_eq!(codes, ["E108"]);
}

#[test]
fn a_division_by_a_literal_zero_is_reported() {
    check(
        "PUSH 1\nPUSH 0\nDIV\nPUSH 0\nMOD\nPUSH 2\nDIV\n",
        expect![[r#"
            3  DIV
               ^^^ error[E109]: DIV always divides by zero
            2  PUSH 0
               ------ the operand is pushed here
            5  MOD
               ^^^ error[E109]: MOD always divides by zero
            4  PUSH 0
               ------ the operand is pushed here
        "#]],
    );
    check(
        "READ\nREAD\nREAD\nJZ divide\nPOP\nPUSH 0\ndivide: DIV\n",
        expect![[r#"
            7  divide: DIV
                       ^^^ warning[W109]: DIV on one path divides by zero
            6  PUSH 0
               ------ the operand is pushed here
        "#]],
    );
}

#[test]
fn a_shift_by_a_literal_over_31_is_reported() {
    check(
        "PUSH 1\nPUSH 32\nSHL\nPUSH 31\nSHR\n",
        expect![[r#"
        3  SHL
           ^^^ error[E110]: SHL always shifts by 32; the most is 31
        2  PUSH 32
           ------- the operand is pushed here
    "#]],
    );
    check(
        "READ\nREAD\nREAD\nJZ shift\nPOP\nPUSH 99\nshift: SHR\n",
        expect![[r#"
        7  shift: SHR
                  ^^^ warning[W110]: SHR on one path shifts by 99; the most is 31
        6  PUSH 99
           ------- the operand is pushed here
    "#]],
    );
}
