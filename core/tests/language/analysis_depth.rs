//! The stack depths that the static analysis derives, and its findings about them, drawn under the lines of the program.

use crate::draw::check;
use expect_test::expect;
use provable::lang::analysis::analyse;
use provable::lang::program::assemble;

/// Each line with the depth before and after its instruction.
fn depths(text: &str) -> String {
    let assembly = assemble(text);
    let analysis = analyse(&assembly);
    let show = |depth: Option<provable::lang::analysis::Depth>| {
        depth.map_or("-".into(), |d| d.to_string())
    };
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        let depths = assembly
            .instruction_on(number)
            .map_or(String::new(), |index| {
                format!(
                    "{} -> {}",
                    show(analysis.depth_before[index]),
                    show(analysis.depth_after[index])
                )
            });
        out += format!("{line:<16}{depths}").trim_end();
        out += "\n";
    }
    out
}

#[test]
fn depths_of_a_loop_and_a_routine_are_exact() {
    expect![[r#"
        PUSH 3          0 -> 1
        loop:
        PUSH 1          1 -> 2
        SUB             2 -> 1
        DUP             1 -> 2
        JNZ loop        2 -> 1
        CALL two        1 -> 3
        CALL two        3 -> 5
        ADD             5 -> 4
        HALT            4 -> 4
        two:
        PUSH 1          1 to 3 -> 2 to 4
        PUSH 2          2 to 4 -> 3 to 5
        RET             3 to 5 -> 3 to 5
        NOP             - -> -
    "#]].assert_eq(&depths(
        "PUSH 3\nloop:\nPUSH 1\nSUB\nDUP\nJNZ loop\nCALL two\nCALL two\nADD\nHALT\ntwo:\nPUSH 1\nPUSH 2\nRET\nNOP\n",
    ));
}

#[test]
fn depths_that_differ_by_path_are_ranges() {
    expect![[r#"
        READ            0 -> 1
        JZ skip         1 -> 0
        PUSH 1          0 -> 1
        skip:
        NOP             0 to 1 -> 0 to 1
        grow:
        PUSH 1          0 or more -> 1 or more
        JMP grow        1 or more -> 1 or more
    "#]]
    .assert_eq(&depths(
        "READ\nJZ skip\nPUSH 1\nskip:\nNOP\ngrow:\nPUSH 1\nJMP grow\n",
    ));
}

#[test]
fn depths_of_a_recursive_routine_are_exact() {
    expect![[r#"
        PUSH 9          0 -> 1
        CALL down       1 -> 1
        POP             1 -> 0
        HALT            0 -> 0
        down:
        DUP             1 -> 2
        JZ done         2 -> 1
        PUSH 1          1 -> 2
        SUB             2 -> 1
        CALL down       1 -> 1
        done:
        RET             1 -> 1
    "#]]
    .assert_eq(&depths(
        "PUSH 9\nCALL down\nPOP\nHALT\ndown:\nDUP\nJZ done\nPUSH 1\nSUB\nCALL down\ndone:\nRET\n",
    ));
}

#[test]
fn certain_underflow_is_an_error() {
    check(
        "PUSH 1\nADD\nWRITE\nPOP\nDUP 4000000000\n",
        expect![[r#"
            2  ADD
               ^^^ error[E101]: ADD needs 2 words; the stack holds 1
            4  POP
               ^^^ error[E101]: POP needs 1 word; the stack holds 0
            5  DUP 4000000000
               ^^^^^^^^^^^^^^ error[E101]: DUP needs 4000000001 words; the stack holds 0
        "#]],
    );
}

#[test]
fn possible_underflow_is_a_warning() {
    check(
        "READ\nJZ skip\nPUSH 1\nskip: WRITE\n",
        expect![[r#"
        4  skip: WRITE
                 ^^^^^ warning[W101]: WRITE needs 1 word; the stack may hold only 0
        2  JZ skip
           ------- jumps with 0 words on the stack
        4  skip: WRITE
                 ^^^^^ warning[W102]: paths meet here with stack depths that differ by 1 word
        2  JZ skip
           ------- one path arrives from here with depth 0
        3  PUSH 1
           ------ the other arrives from here with depth 1
    "#]],
    );
}

#[test]
fn underflow_in_a_routine_names_its_callers() {
    check(
        "PUSH 1\nPUSH 2\nCALL sum\nCALL sum\nHALT\nsum: ADD\nRET\n",
        expect![[r#"
            6  sum: ADD
                    ^^^ warning[W101]: ADD needs 2 words; the stack may hold only 1
            3  CALL sum
               -------- comes back with 1 word on the stack
            4  CALL sum
               -------- calls with 1 word on the stack
        "#]],
    );
}

#[test]
fn underflow_in_a_loop_that_shrinks_the_stack_is_a_warning() {
    check(
        "PUSH 1\nPUSH 2\nloop: POP\nREAD\nJNZ loop\n",
        expect![[r#"
            3  loop: POP
                     ^^^ warning[W101]: POP needs 1 word; the stack may hold only 0
            5  JNZ loop
               -------- jumps with 0 words on the stack
            3  loop: POP
                     ^^^ warning[W102]: each turn of this loop takes 1 word off the stack
            2  PUSH 2
               ------ one path arrives from here with depth 2
            5  JNZ loop
               -------- the other arrives from here with depth 1
        "#]],
    );
}

#[test]
fn joins_of_different_depths_are_reported() {
    check(
        "READ\nJZ else\nPUSH 1\nPUSH 2\nJMP end\nelse: PUSH 3\nend: WRITE\nHALT\n",
        expect![[r#"
            7  end: WRITE
                    ^^^^^ warning[W102]: paths meet here with stack depths that differ by 1 word
            5  JMP end
               ------- one path arrives from here with depth 2
            6  else: PUSH 3
                     ------ the other arrives from here with depth 1
        "#]],
    );
}

#[test]
fn joins_of_different_depths_in_a_routine_are_reported() {
    check(
        "PUSH 5\nCALL f\nHALT\nf: READ\nJZ out\nPOP\nout: RET\n",
        expect![[r#"
            7  out: RET
                    ^^^ warning[W102]: paths meet here with stack depths that differ by 1 word
            5  JZ out
               ------ one path arrives from here with depth +0
            6  POP
               --- the other arrives from here with depth -1
        "#]],
    );
}

#[test]
fn returns_with_different_depths_are_reported() {
    check(
        "CALL f\nHALT\nf: READ\nJZ out\nPUSH 1\nRET\nout: RET\n",
        expect![[r#"
            7  out: RET
                    ^^^ warning[W102]: the routine's RETs leave stack depths that differ by 1 word
            6  RET
               --- this RET returns with depth +1
            7  out: RET
                    --- and this one with depth +0
        "#]],
    );
}

#[test]
fn one_difference_of_depths_is_reported_once() {
    check(
        "READ\nJZ skip\nPUSH 1\nskip: READ\nJZ a\nNOP\na: READ\nJZ b\nNOP\nb: HALT\n",
        expect![[r#"
            4  skip: READ
                     ^^^^ warning[W102]: paths meet here with stack depths that differ by 1 word
            2  JZ skip
               ------- one path arrives from here with depth 0
            3  PUSH 1
               ------ the other arrives from here with depth 1
        "#]],
    );
}

#[test]
fn a_loop_that_grows_the_stack_is_reported() {
    check(
        "loop: PUSH 1\nREAD\nJNZ loop\n",
        expect![[r#"
        1  loop: PUSH 1
                 ^^^^^^ warning[W103]: each turn of this loop leaves 1 word more on the stack
        1  loop: PUSH 1
                 ------ the program starts here with depth 0
        3  JNZ loop
           -------- the other arrives from here with depth 1
    "#]],
    );
    check(
        "READ\nloop: DUP\nDUP\nJNZ loop\n",
        expect![[r#"
        2  loop: DUP
                 ^^^ warning[W103]: each turn of this loop leaves 1 word more on the stack
        1  READ
           ---- one path arrives from here with depth 1
        4  JNZ loop
           -------- the other arrives from here with depth 2
    "#]],
    );
}

#[test]
fn a_routine_that_takes_any_number_of_words_gives_a_range() {
    expect![[r#"
        PUSH 1          0 -> 1
        PUSH 2          1 -> 2
        PUSH 3          2 -> 3
        CALL drain      3 -> 0 to 2
        HALT            0 to 2 -> 0 to 2
        drain:
        POP             0 to 3 -> 0 to 2
        READ            0 to 2 -> 1 to 3
        JNZ drain       1 to 3 -> 0 to 2
        RET             0 to 2 -> 0 to 2
    "#]]
    .assert_eq(&depths(
        "PUSH 1\nPUSH 2\nPUSH 3\nCALL drain\nHALT\ndrain:\nPOP\nREAD\nJNZ drain\nRET\n",
    ));
}

#[test]
fn a_text_with_errors_keeps_the_depths_that_are_known() {
    let text = "PUSH\nPUSH N\nLOAD N\nCALL f\nJMP on\nNOP\nf:\nWRITE 1\nFROB\nRET\non:\nPOP\n";
    assert_eq!(analyse(&assemble(text)).diagnostics, []);
    expect![[r#"
        PUSH            0 -> 1
        PUSH N          1 -> 2
        LOAD N          2 -> 3
        CALL f          3 -> -
        JMP on          - -> -
        NOP             - -> -
        f:
        WRITE 1         3 -> 2
        FROB            2 -> -
        RET             - -> -
        on:
        POP             - -> -
    "#]]
    .assert_eq(&depths(text));
}
