//! Fixes of code: missing words, control that falls into a routine, RET without a CALL, unreachable code.

use super::quick;
use crate::support::{all_fixes, apply, draw_fixes};
use expect_test::expect;
use provable::lang::program::assemble;
use provable_ide::FixKind;

#[test]
fn missing_words_are_pushed() {
    quick(
        "PUSH 1\n    a$0dd\nJMP 2\n",
        expect![[r#"
        == Push the missing word before it [E101]
        PUSH 1
            push 0
            add
        JMP 3
    "#]],
    );
    quick(
        "again: $0ADD\nJMP again\n",
        expect![[r#"
            == Push the missing word before it [E101]
            again: PUSH 0
                ADD
            JMP again
            == Say that W103 is meant here [W103]
            again: ADD  ; allow W103
            JMP again
        "#]],
    );
    let fixed = draw_fixes("PUSH 1\r\nADD$0 # two\r\n", FixKind::QuickFix);
    assert!(
        fixed.contains("PUSH 1\r\nPUSH 0\r\nADD # two\r\n"),
        "{fixed}"
    );
    // The number is what is wrong.
    quick("PUSH 1\nDUP 9$0\nHALT\n", expect![[""]]);
}

#[test]
fn halt_is_inserted_before_a_routine() {
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
            == Say that W104 is meant here [W104]
            CALL f
            JC 3
            WRITE

            # about f
            f:
                READ
                RET  ; allow W104
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
            == Say that W104 is meant here [W104]
            CALL f
            CALL g
            f: NOP
            g: READ
            RET  ; allow W104
        "#]],
    );
}

#[test]
fn a_ret_without_a_call_becomes_halt() {
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
fn unreachable_code_is_removed_and_jumps_by_index_are_adjusted() {
    quick(
        "JMP 4\nNOP # d$0ead\n# more\n.const KEPT 1\n\nx: POP\ny: DUP # y\nLOAD KEPT\nJMP y\n",
        expect![[r#"
            == Remove 2 unreachable instructions! [W105]
            JMP 2
            .const KEPT 1
            y: DUP # y
            LOAD KEPT
            JMP y
            == Say that W105 is meant here [W105]
            JMP 4
            ; allow W105
            NOP # dead
            # more
            .const KEPT 1

            x: POP
            y: DUP # y
            LOAD KEPT
            JMP y
        "#]],
    );
    // Other unreachable code that goes into it by index goes to what follows.
    quick(
        "JMP 3\nNO$0P\nNOP\nHALT\nJMP 2\n",
        expect![[r#"
            == Remove 2 unreachable instructions! [W105]
            JMP 1
            HALT
            JMP 1
            == Say that W105 is meant here [W105]
            JMP 3
            NOP  ; allow W105
            NOP
            HALT
            JMP 2
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
            == Say that W105 is meant here [W105]
            JMP a
            ; allow W105
            x: NOP # c
            y: NOP
            z:
            NOP
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
            == Say that W105 is meant here [W105]
            HALT
            NOP  ; allow W105
            NOP
        "#]],
    );
}

#[test]
fn no_fix_changes_the_meaning_of_a_jump_by_a_constant() {
    quick(
        ".const GOAL 3\nJMP GOAL\nNO$0P\nNOP\nHALT\n",
        expect![[r#"
        == Say that W105 is meant here [W105]
        .const GOAL 3
        JMP GOAL
        NOP  ; allow W105
        NOP
        HALT
    "#]],
    );
}

#[test]
fn a_fixed_text_has_no_errors() {
    for text in [
        "JMP $0x\n",
        "PS$0UH 1\n",
        "CALL f$0\n",
        "LOAD $0N\n",
        "NOP\nx: FR$0B\n",
    ] {
        let (text, fixes) = all_fixes(text);
        for fix in fixes.iter().filter(|fix| fix.kind == FixKind::QuickFix) {
            let after = assemble(&apply(&text, &fix.edits));
            assert_eq!(after.diagnostics, [], "{}", fix.title);
        }
    }
}
