//! What can be done about a finding, drawn as the text afterwards.

use crate::support::{all_fixes, apply, draw_fixes};
use expect_test::{Expect, expect};
use provable::lang::program::assemble;
use provable_ide::{FixKind, Snapshot};

fn quick(text: &str, expected: Expect) {
    expected.assert_eq(&draw_fixes(text, FixKind::QuickFix));
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
fn words_that_are_missing() {
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
            == Rename the label `push` to `push_`! [E008]
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
    let (text, fixes) = all_fixes("$0JZ far\r\nJMP far$0\r\n");
    let texts: Vec<_> = fixes.iter().map(|fix| apply(&text, &fix.edits)).collect();
    assert_eq!(texts, ["JZ far\r\nJMP far\r\nfar:\r\n    HALT\r\n"]);
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
fn a_jump_by_a_constant_that_would_change_its_meaning_is_left_alone() {
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
fn unused_names() {
    quick(
        "a$0:\nNOP\n",
        expect![[r#"
            == Remove the unused label `a`! [H106]
            NOP
            == Say that H106 is meant here [H106]
            a:  ; allow H106
            NOP
        "#]],
    );
    quick(
        "  a$0:  NOP # c\n",
        expect![[r#"
            == Remove the unused label `a`! [H106]
              NOP # c
            == Say that H106 is meant here [H106]
              ; allow H106
              a:  NOP # c
        "#]],
    );
    quick(
        "a$0: # c\nNOP\n",
        expect![[r#"
            == Remove the unused label `a`! [H106]
            # c
            NOP
            == Say that H106 is meant here [H106]
            ; allow H106
            a: # c
            NOP
        "#]],
    );
    quick(
        ".const N$0 1 # one\nNOP\n",
        expect![[r#"
            == Remove the unused constant `N`! [H106]
            NOP
            == Say that H106 is meant here [H106]
            ; allow H106
            .const N 1 # one
            NOP
        "#]],
    );
}

#[test]
fn a_mended_text_has_no_findings_left() {
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

#[test]
fn a_label_that_is_called_like_an_instruction_is_renamed_with_its_uses() {
    quick(
        "ad$0d: NOP\nJMP add\nJZ add\nADD\n",
        expect![[r#"
        == Rename the label `add` to `add_`! [E008]
        add_: NOP
        JMP add_
        JZ add_
        ADD
    "#]],
    );
    quick(
        "add: NOP\nJMP ad$0d\n",
        expect![[r#"
        == Rename the label `add` to `add_`! [E007]
        add_: NOP
        JMP add_
    "#]],
    );
    quick(
        "add: NOP\nadd_: JMP ad$0d\n",
        expect![[r#"
        == Rename the label `add` to `add__2`! [E007]
        add__2: NOP
        add_: JMP add__2
    "#]],
    );
    quick(
        ".const p$0op 1\nPUSH pop\n",
        expect![[r#"
        == Rename the constant `pop` to `pop_`! [E008]
        .const pop_ 1
        PUSH pop_
    "#]],
    );
    // Two instructions on one line are no name.
    quick("PUSH A$0DD\n", expect![[""]]);
}

#[test]
fn a_finding_is_said_to_be_meant() {
    quick(
        "again: PUSH$0 1 \nJMP again\n",
        expect![[r#"
        == Say that W103 is meant here [W103]
        again: PUSH 1  ; allow W103
        JMP again
    "#]],
    );
    quick(
        "  ; here\n  again: PUSH$0 1 ; one more\nJMP again",
        expect![[r#"
            == Say that W103 is meant here [W103]
              ; here
              ; allow W103
              again: PUSH 1 ; one more
            JMP again
        "#]],
    );
    quick(
        "x$0: ; allow W103: no reason\nHALT\n",
        expect![[r#"
        == Remove the unused label `x`! [H106]
        ; allow W103: no reason
        HALT
        == Say that H106 is meant here [H106]
        x: ; allow W103, H106: no reason
        HALT
    "#]],
    );
    let fixed = draw_fixes("HALT\r\nNO$0P # why\r\n", FixKind::QuickFix);
    let meant = "is meant here [W105]\nHALT\r\n; allow W105\r\nNOP # why\r\n";
    assert!(fixed.contains(meant), "{fixed:?}");
    // An error cannot be.
    quick(
        "AD$0D\n",
        expect![[r#"
        == Push the 2 missing words before it [E101]
        PUSH 0
        PUSH 0
        ADD
    "#]],
    );
}

#[test]
fn what_is_said_to_be_meant_is_no_longer_found() {
    for text in [
        "again: PUSH$0 1\nJMP again\n",
        "again:\nPUSH$0 1 # comment\nJMP again\n",
        "HALT\n\nNO$0P\n",
        "a: HALT\n$0x: ; allow W105\nNOP\n",
        "HALT\nx$0:",
        ".const N$0 1 # one\nHALT",
    ] {
        let (text, fixes) = all_fixes(text);
        let fix = fixes.iter().find(|fix| fix.title.starts_with("Say that"));
        let fix = fix.unwrap_or_else(|| panic!("{text}"));
        let code = fix.code.unwrap();
        let left = Snapshot::new(&apply(&text, &fix.edits)).analysis;
        let is_left = left.diagnostics.iter().any(|one| {
            one.code == code || one.code.as_str() == "H112" || one.code.as_str() == "W111"
        });
        let before = Snapshot::new(&text).analysis;
        let others = before.diagnostics.iter().filter(|one| one.code == code);
        assert!(!is_left || others.count() > 1, "{text}: {left:?}");
        assert_eq!(left.allowed, before.allowed + 1, "{text}");
    }
}

#[test]
fn an_allowance_that_nothing_needs_is_removed() {
    quick(
        "HALT  ; allow W1$005: late\n",
        expect![[r#"
        == Remove the allowance of W105! [H112]
        HALT
    "#]],
    );
    quick(
        "; allow W1$005\nHALT\n",
        expect![[r#"
        == Remove the allowance of W105! [H112]
        HALT
    "#]],
    );
    quick(
        "a: HALT ; allow W1$005, H106\n",
        expect![[r#"
        == Remove the allowance of W105! [H112]
        a: HALT ; allow H106
    "#]],
    );
    quick(
        "a: HALT ; allow H106, W1$005: late\n",
        expect![[r#"
        == Remove the allowance of W105! [H112]
        a: HALT ; allow H106: late
    "#]],
    );
    quick(
        "HALT ; allow w1$005\n",
        expect![[r#"
        == Change to `W105`! [W111]
        HALT ; allow W105
        == Remove the allowance of w105! [W111]
        HALT
    "#]],
    );
}
