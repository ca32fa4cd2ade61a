//! Fixes of names: misspelt mnemonics, labels and constants; names that are missing, unused or not allowed.

use super::quick;
use crate::support::{all_fixes, apply};
use expect_test::expect;

#[test]
fn a_misspelt_mnemonic_is_corrected() {
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
fn a_misspelt_name_is_corrected_or_defined() {
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
fn a_name_that_is_not_allowed_is_renamed() {
    quick(
        "pu$0sh: NOP\n",
        expect![[r#"
            == Rename the label `push` to `push_`! [E008]
            push_: NOP
        "#]],
    );
}

#[test]
fn a_label_with_the_name_of_an_instruction_is_renamed_with_its_uses() {
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
fn a_missing_label_is_defined_where_no_path_runs_into_it() {
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
fn a_missing_constant_is_defined_beside_the_others() {
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
fn unused_names_are_removed() {
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
fn a_missing_constant_of_data_is_defined() {
    quick(
        ".data K at $0HERE 1\nLOAD K\n",
        expect![[r#"
        == Define the constant `HERE`! [E010]
        .const HERE 0
        .data K at HERE 1
        LOAD K
    "#]],
    );
    quick(
        ".data K at 5 1, TW$0O\nLOAD K\n",
        expect![[r#"
        == Define the constant `TWO`! [E010]
        .const TWO 0
        .data K at 5 1, TWO
        LOAD K
    "#]],
    );
}
