//! What can be done about a finding, drawn as the text afterwards.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use expect_test::{expect, Expect};
use provable_core::program::assemble;
use provable_server::features::{fixes, Fix, FixKind};
use support::{apply, marked};

fn all(text: &str) -> (String, Vec<Fix>) {
    let (s, range) = marked(text);
    (s.text().to_owned(), fixes(&s, range))
}

/// Every fix: its title, whether it is preferred (`!`), and the text with it.
fn check(text: &str, kind: FixKind, expected: Expect) {
    let (text, fixes) = all(text);
    let mut out = String::new();
    for fix in fixes.into_iter().filter(|fix| fix.kind == kind) {
        let code = fix.code.map_or(String::new(), |code| format!(" [{code}]"));
        let sign = if fix.is_preferred { "!" } else { "" };
        out += &format!("== {}{sign}{code}\n", fix.title);
        out += &apply(&text, &fix.edits);
        out += if out.ends_with('\n') { "" } else { "\n" };
    }
    expected.assert_eq(&out);
}

fn quick(text: &str, expected: Expect) {
    check(text, FixKind::QuickFix, expected);
}

fn refactor(text: &str, expected: Expect) {
    check(text, FixKind::Refactor, expected);
}

#[test]
fn a_misspelt_mnemonic() {
    quick(
        "PS$0UH 1\n",
        expect![[r#"
        == Change to `PUSH`! [E004]
        PUSH 1
    "#]],
    );
    quick(
        "ps$0uh 1\n",
        expect![[r#"
        == Change to `push`! [E004]
        push 1
    "#]],
    );
    quick(
        "lo$0op\n",
        expect![[r#"
        == Make it the label `loop:`! [E004]
        loop:
    "#]],
    );
}

#[test]
fn a_misspelt_name() {
    quick(
        "loop:\nJMP $0lop\n",
        expect![[r#"
        == Change to `loop`! [E010]
        loop:
        JMP loop
        == Define the label `lop` [E010]
        loop:
        JMP lop
        lop:
            HALT
    "#]],
    );
    quick(
        ".const LIMIT 1\nPUSH $0LIMT",
        expect![[r#"
        == Change to `LIMIT`! [E010]
        .const LIMIT 1
        PUSH LIMIT
        == Define the constant `LIMT` [E010]
        .const LIMIT 1
        .const LIMT 0
        PUSH LIMT
    "#]],
    );
}

#[test]
fn a_name_that_may_not_be() {
    quick(
        "pu$0sh: NOP\n",
        expect![[r#"
            == Change to `push_`! [E008]
            push_: NOP
        "#]],
    );
}

#[test]
fn a_missing_label_gets_a_body_that_nothing_runs_into() {
    quick(
        "CALL sq$0uare\nWRITE\n",
        expect![[r#"
        == Define the label `square`! [E010]
        CALL square
        WRITE
            HALT
        square:
            RET
    "#]],
    );
    quick(
        "jz d$0one\nhalt",
        expect![[r#"
        == Define the label `done`! [E010]
        jz done
        halt
        done:
            halt
    "#]],
    );
    // Two uses, one fix; and the line ends of the text.
    quick(
        "$0JZ far\r\nJMP far$0\r\n",
        expect![[r#"
            == Define the label `far`! [E010]
            JZ far
            JMP far
            far:
                HALT
        "#]],
    );
}

#[test]
fn a_missing_constant_stands_with_the_others() {
    quick(
        "# about\n.const N 1\n\nPUSH $0SIZE_OF_IT\n",
        expect![[r#"
        == Define the constant `SIZE_OF_IT`! [E010]
        # about
        .const N 1
        .const SIZE_OF_IT 0

        PUSH SIZE_OF_IT
    "#]],
    );
    quick(
        "#provable 1.0\n# A program.\n\n# starts\nPUSH $0SIZE\n",
        expect![[r#"
            == Define the constant `SIZE`! [E010]
            #provable 1.0
            # A program.

            .const SIZE 0
            # starts
            PUSH SIZE
        "#]],
    );
    quick(
        "PUSH $0SIZE\n",
        expect![[r#"
        == Define the constant `SIZE`! [E010]
        .const SIZE 0
        PUSH SIZE
    "#]],
    );
}

#[test]
fn control_that_falls_into_a_routine() {
    quick(
        "CALL f\nJC 3\nWRITE\n\n# about f\nf:\n    READ\n    RE$0T\n",
        expect![[r#"
            == Insert HALT before `f`! [W104]
            CALL f
            JC 4
            WRITE
                HALT

            # about f
            f:
                READ
                RET
        "#]],
    );
    // Not between routines that share an end.
    quick(
        "CALL f\nCALL g\nf: NOP\ng: READ\nRE$0T\n",
        expect![[r#"
        == Insert HALT before `f`! [W104]
        CALL f
        CALL g
            HALT
        f: NOP
        g: READ
        RET
    "#]],
    );
}

#[test]
fn a_ret_that_ends_the_program() {
    quick(
        "NOP\nre$0t\n",
        expect![[r#"
            == Change to `halt`! [E104]
            NOP
            halt
        "#]],
    );
}

#[test]
fn unreachable_code_goes_and_jumps_by_index_stay_right() {
    quick(
        "JMP 4\nNOP # d$0ead\n# more\n.const KEPT 1\n\nx: POP\ny: DUP # y\nLOAD KEPT\nJMP y\n",
        expect![[r#"
            == Remove 2 unreachable instructions! [W105]
            JMP 2
            .const KEPT 1
            y: DUP # y
            LOAD KEPT
            JMP y
        "#]],
    );
    // A label that other code goes to stays.
    quick(
        "JMP a\nx: NO$0P # c\ny: NOP\nz:\nNOP\na: HALT\nJMP x\nJMP z\n",
        expect![[r#"
            == Remove 3 unreachable instructions! [W105]
            JMP a
            x:
            z:
            a: HALT
            JMP x
            JMP z
        "#]],
    );
    quick(
        "HALT\nNO$0P\nNOP",
        expect![[r#"
        == Remove 2 unreachable instructions! [W105]
        HALT
    "#]],
    );
}

#[test]
fn a_jump_by_a_constant_that_would_change_its_meaning_is_left_alone() {
    quick(".const GOAL 3\nJMP GOAL\nNO$0P\nNOP\nHALT\n", expect![[""]]);
}

#[test]
fn unused_names() {
    quick(
        "a$0:\nNOP\n",
        expect![[r#"
        == Remove the unused label `a`! [H106]
        NOP
    "#]],
    );
    quick(
        "  a$0:  NOP # c\n",
        expect![[r#"
        == Remove the unused label `a`! [H106]
          NOP # c
    "#]],
    );
    quick(
        "a$0: # c\nNOP\n",
        expect![[r#"
        == Remove the unused label `a`! [H106]
        # c
        NOP
    "#]],
    );
    quick(
        ".const N$0 1 # one\nNOP\n",
        expect![[r#"
        == Remove the unused constant `N`! [H106]
        NOP
    "#]],
    );
}

#[test]
fn a_number_gets_a_name_or_another_base() {
    refactor(
        "PUSH $0255\nHALT\n",
        expect![[r#"
        == Name 255 as the constant `N_255`
        .const N_255 255
        PUSH N_255
        HALT
        == Write as 0xFF
        PUSH 0xFF
        HALT
    "#]],
    );
    refactor(
        ".const BYTE 255\n.const N_255 1\nPUSH $00xFF\nPUSH N_255\nHALT\n",
        expect![[r#"
            == Use the constant `BYTE`
            .const BYTE 255
            .const N_255 1
            PUSH BYTE
            PUSH N_255
            HALT
            == Name 0xFF as the constant `N_255_2`
            .const BYTE 255
            .const N_255 1
            .const N_255_2 0xFF
            PUSH N_255_2
            PUSH N_255
            HALT
            == Write as 255
            .const BYTE 255
            .const N_255 1
            PUSH 255
            PUSH N_255
            HALT
        "#]],
    );
    refactor(
        ".const N $0'a'\nHALT\n",
        expect![[r#"
        == Write as 0x61
        .const N 0x61
        HALT
        == Write as 97
        .const N 97
        HALT
    "#]],
    );
}

#[test]
fn an_index_becomes_a_label() {
    refactor(
        "JMP $01\na: HALT\n",
        expect![[r#"
        == Jump to the label `a`
        JMP a
        a: HALT
        == Write as 0x1
        JMP 0x1
        a: HALT
    "#]],
    );
    refactor(
        "JMP $01\nHALT\n",
        expect![[r#"
        == Jump to a new label `label_1`
        JMP label_1
        label_1:
        HALT
        == Write as 0x1
        JMP 0x1
        HALT
    "#]],
    );
    refactor(
        "JZ $02\nHALT",
        expect![[r#"
        == Jump to a new label `label_2`
        JZ label_2
        HALT
        label_2:
        == Write as 0x2
        JZ 0x2
        HALT
    "#]],
    );
    refactor(
        "JZ $09\nHALT",
        expect![[r#"
        == Write as 0x9
        JZ 0x9
        HALT
    "#]],
    );
}

#[test]
fn a_program_that_runs_off_its_end() {
    refactor(
        "READ\nwrite$0\nend:\n",
        expect![[r#"
        == End the program with HALT
        READ
        write
            halt
        end:
    "#]],
    );
    refactor("HALT$0\n", expect![[""]]);
}

#[test]
fn nothing_is_offered_where_nothing_is_wrong() {
    assert_eq!(all("JMP $0a\na: HALT\n").1, []);
    assert_eq!(all("$0").1, []);
}

#[test]
fn refactorings_keep_the_program_and_fixes_leave_fewer_findings() {
    for text in [
        "PUSH $0255\nPUSH 3\nADD\nHALT\n",
        ".const BYTE 255\nPUSH $00xFF\nPUSH BYTE\nHALT",
        "JMP $02\nNOP\nHALT\n",
    ] {
        let (text, fixes) = all(text);
        for fix in fixes.iter().filter(|fix| fix.kind == FixKind::Refactor) {
            let after = assemble(&apply(&text, &fix.edits));
            assert_eq!(after.program, assemble(&text).program, "{}", fix.title);
        }
    }
    for text in [
        "JMP $0x\n",
        "PS$0UH 1\n",
        "CALL f$0\n",
        "LOAD $0N\n",
        "NOP\nx: FR$0B\n",
    ] {
        let (text, fixes) = all(text);
        for fix in fixes.iter().filter(|fix| fix.kind == FixKind::QuickFix) {
            let after = assemble(&apply(&text, &fix.edits));
            assert_eq!(after.diagnostics, [], "{}", fix.title);
        }
    }
}
