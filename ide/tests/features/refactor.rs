//! Refactorings, drawn as the text afterwards.

use crate::support::{all_fixes, apply, draw_fixes};
use expect_test::{Expect, expect};
use provable::lang::program::assemble;
use provable_ide::FixKind;

fn refactor(text: &str, expected: Expect) {
    expected.assert_eq(&draw_fixes(text, FixKind::Refactor));
}

#[test]
fn a_number_can_get_a_name_or_another_base() {
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
fn an_index_can_become_a_label() {
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
fn halt_is_offered_at_the_end_of_a_program_without_one() {
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
fn nothing_is_offered_where_nothing_can_change() {
    assert_eq!(all_fixes("JMP $0a\na: HALT\n").1, []);
    assert_eq!(all_fixes("$0").1, []);
}

#[test]
fn refactorings_keep_the_program() {
    for text in [
        "PUSH $0255\nPUSH 3\nADD\nHALT\n",
        ".const BYTE 255\nPUSH $00xFF\nPUSH BYTE\nHALT",
        "JMP $02\nNOP\nHALT\n",
    ] {
        let (text, fixes) = all_fixes(text);
        for fix in fixes.iter().filter(|fix| fix.kind == FixKind::Refactor) {
            let after = assemble(&apply(&text, &fix.edits));
            assert_eq!(after.program, assemble(&text).program, "{}", fix.title);
        }
    }
}

#[test]
fn a_replaced_number_stays_apart_from_the_word_before_it() {
    for text in ["PUSH$0-1\nHALT\n", "PUSH$0'a'\nHALT\n", "JMP$0-0\nHALT\n"] {
        let (text, fixes) = all_fixes(text);
        let before = assemble(&text).program;
        assert!(before.is_some() && !fixes.is_empty(), "{text}");
        for fix in fixes {
            let after = assemble(&apply(&text, &fix.edits));
            assert_eq!(
                after.program, before,
                "{}: {:?}",
                fix.title, after.diagnostics
            );
        }
    }
}
