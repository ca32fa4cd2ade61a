//! Hovers over names and numbers.

use crate::support::draw_hover;
use expect_test::{Expect, expect};
use provable_ide::Snapshot;

fn hover(text: &str, expected: Expect) {
    expected.assert_eq(&draw_hover(text));
}

#[test]
fn a_label_shows_its_target_at_its_uses_and_its_definition() {
    let text =
        "PUSH 3\n# counts down\n# to zero\nloop:\n    PUSH 1\n    SUB\n    DUP\n    JNZ lo$0op\n";
    hover(
        text,
        expect![[r#"
            8      JNZ loop
                       ^^^^

            label `loop`: instruction 1, on line 5: `PUSH 1`

            - depth there: 1
            - used 1 time

            ```text
            counts down
            to zero
            ```
        "#]],
    );
    hover(
        "en$0d: # of all\n",
        expect![[r#"
            1  end: # of all
               ^^^

            label `end`: index 0, the end of the program

            - never used

            ```text
            of all
            ```
        "#]],
    );
}

#[test]
fn a_constant_shows_its_value_and_its_comment() {
    hover(
        ".const NEWLINE '\\n' # ends a `line`\nPUSH NEW$0LINE\n",
        expect![[r#"
            2  PUSH NEWLINE
                    ^^^^^^^

            constant `NEWLINE` = `10`

            - hexadecimal `0xA`
            - binary `0b1010`
            - character `'\n'`
            - used 1 time

            ```text
            ends a 'line'
            ```
        "#]],
    );
    hover(
        ".const N$0 x\n",
        expect![[r#"
            1  .const N x
                      ^

            constant `N`, whose value is no number

            - never used
        "#]],
    );
}

#[test]
fn a_number_is_shown_in_every_base() {
    hover(
        "PUSH -$02\n",
        expect![[r#"
            1  PUSH -2
                    ^^

            `4294967294`

            - hexadecimal `0xFFFF_FFFE`
            - binary `0b1111_1111_1111_1111_1111_1111_1111_1110`
            - two's complement of `-2`
        "#]],
    );
    hover(
        "PUSH '`'$0\n",
        expect![[r#"
            1  PUSH '`'
                    ^^^

            `96`

            - hexadecimal `0x60`
            - binary `0b110_0000`
            - character `` '`' ``
        "#]],
    );
    hover(
        ".const N 0b1111_$00000\n",
        expect![[r#"
            1  .const N 0b1111_0000
                        ^^^^^^^^^^^

            `240`

            - hexadecimal `0xF0`
            - binary `0b1111_0000`
            - character `'ð'`
        "#]],
    );
}

#[test]
fn of_two_tokens_at_the_cursor_the_second_is_shown() {
    hover(
        "PUSH$0'a'\n",
        expect![[r#"
        1  PUSH'a'
               ^^^

        `97`

        - hexadecimal `0x61`
        - binary `0b110_0001`
        - character `'a'`
    "#]],
    );
}

#[test]
fn an_index_shows_its_target() {
    hover(
        "JMP 1$0\nHALT # here\n",
        expect![[r#"
            1  JMP 1
                   ^

            instruction 1, on line 2: `HALT`

            - depth there: 0
        "#]],
    );
    hover(
        "JMP 1$0\n",
        expect![[r#"
            1  JMP 1
                   ^

            index 1, the end of the program

        "#]],
    );
    hover(
        "JMP 7$0\n",
        expect![[r#"
            1  JMP 7
                   ^

            index 7, outside the program, which has 1 instruction

        "#]],
    );
}

/// Nobody reads a name of a megabyte, and an editor sends each of these for every move of the cursor.
#[test]
fn a_long_name_is_quoted_in_a_few_characters() {
    let name = "n".repeat(1 << 20);
    let uses = [
        format!("JMP {name}\n"),
        format!("PUSH {name}\n"),
        format!("{name}:\nHALT\n"),
        format!("{name}: JMP {name}\n"),
        format!(".const {name} 7\nPUSH {name}\nPUSH 7\nHALT\n"),
        format!("JMP 1\n{name}: HALT\n"),
        format!("{name}:\n{name}:\nHALT\n"),
    ];
    for text in uses {
        let s = Snapshot::new(&text);
        let mut offsets = vec![0, 5, 8];
        offsets.extend(text.rfind('7'));
        offsets.extend(text.rfind(&name));
        for offset in offsets {
            if let Some(hover) = provable_ide::hover(&s, offset) {
                assert!(hover.markdown.len() < 2_000, "{}", hover.markdown.len());
            }
            for fix in provable_ide::fixes(&s, offset..offset) {
                assert!(fix.title.len() < 400, "{}", fix.title.len());
            }
            for wrong in ["1".to_owned() + &name, name.clone(), "ADD".into()] {
                if let Err(message) = provable_ide::rename(&s, offset, &wrong) {
                    assert!(message.len() < 1_000, "{}", message.len());
                }
            }
        }
        for one in provable_ide::diagnostics(&s) {
            let one = one.diagnostic;
            let told = one.message.len() + one.help.as_ref().map_or(0, String::len);
            assert!(told < 1_000, "{told}");
        }
    }
}

#[test]
fn data_show_their_address_and_their_first_words() {
    hover(
        "# The squares.\n.data SQ at 0x100 0, 1, 4, 9\n.words 16, 25\n\n.words 36, 49, 64, 'a'\nPUSH S$0Q\n",
        expect![[r#"
            6  PUSH SQ
                    ^^

            data `SQ`: 10 words at address `256`

            - hexadecimal `0x100`
            - binary `0b1_0000_0000`
            - character `'Ā'`
            - words: `0, 1, 4, 9, 16, 25, 36, 49, ...`
            - used 1 time

            ```text
            The squares.
            ```
        "#]],
    );
    hover(
        ".data K at A$0 1\n.const A 5\n",
        expect![[r#"
        1  .data K at A 1
                      ^

        constant `A` = `5`

        - hexadecimal `0x5`
        - binary `0b101`
        - used 1 time
    "#]],
    );
    hover(
        ".data K at 5 1, K$0\n",
        expect![[r#"
        1  .data K at 5 1, K
                           ^

        data `K`: 2 words at address `5`

        - hexadecimal `0x5`
        - binary `0b101`
        - words: `1, K`
        - used 1 time
    "#]],
    );
    hover(
        ".data K$0 at nowhere 1\n",
        expect![[r#"
        1  .data K at nowhere 1
                 ^

        data `K`: 1 word at an address that is not known

        - words: `1`
        - never used
    "#]],
    );
    hover(
        ".wo$0rds 1\n",
        expect![[r#"
        1  .words 1
           ^^^^^^

        `.words word, ...`

        Continues the words of the `.data` line above.
    "#]],
    );
    hover(
        "PUSH 9\nLOADX -$04\n",
        expect![[r#"
        2  LOADX -4
                 ^^

        offset -4: `4294967292`

        - hexadecimal `0xFFFF_FFFC`
        - binary `0b1111_1111_1111_1111_1111_1111_1111_1100`
        - two's complement of `-4`
    "#]],
    );
}
