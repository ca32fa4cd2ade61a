//! Hovers over instructions and codes.

use crate::support::draw_hover;
use expect_test::{Expect, expect};
use provable::lang::isa::SPECS;
use provable_ide::Snapshot;

fn hover(text: &str, expected: Expect) {
    expected.assert_eq(&draw_hover(text));
}

#[test]
fn an_instruction_shows_its_effect_its_depth_and_its_cost() {
    hover(
        "PUSH 6\nPUSH 3\nD$0IV\nWRITE\n",
        expect![[r#"
            3  DIV
               ^^^

            `DIV [word]` · `( a b -- a/b )`

            Divides, rounding down.

            - carry: kept
            - with an operand, that is the second word, and the first is on top
            - traps if b = 0
            - needs 2 words on the stack
            - depth here: 2 → 1
            - cost: 1 row, and one of the arithmetic table for each new pair of words
            - instruction 2
        "#]],
    );
    hover(
        "PUSH 1\nstore$0 5\n",
        expect![[r#"
            2  store 5
               ^^^^^

            `STORE [address]` · `( v -- ) with an address, else ( v addr -- )`

            Stores v in the heap at the address.

            - carry: kept
            - needs 1 word on the stack
            - depth here: 1 → 0
            - cost: 1 row (3 without an operand), and one of the heap table for each new address
            - instruction 1
        "#]],
    );
    hover(
        "PUSH 1\nPUSH 2\nPUSH 3\n$0SWAP 2\n",
        expect![[r#"
            4  SWAP 2
               ^^^^

            `SWAP [n]` · `( a b -- b a )`

            Exchanges the top word with the n-th word below it; n is 1 if not given.

            - carry: kept
            - needs 3 words on the stack
            - depth here: 3 → 3
            - cost: 1 row
            - instruction 3
        "#]],
    );
    hover(
        "READ\nREAD\nX$0OR\n",
        expect![[r#"
            3  XOR
               ^^^

            `XOR [word]` · `( a b -- a^b )`

            Bitwise exclusive or.

            - carry: kept
            - with an operand, that is the second word, and the first is on top
            - needs 2 words on the stack
            - depth here: 2 → 1
            - cost: 1 row, and one of the bitwise table for each new pair of words
            - instruction 2
        "#]],
    );
}

#[test]
fn unreachable_instructions_and_calls_that_never_return_are_marked() {
    hover(
        "HALT\nN$0OP\n",
        expect![[r#"
            2  NOP
               ^^^

            `NOP` · `( -- )`

            Does nothing.

            - carry: kept
            - depth here: no path comes here
            - cost: 1 row
            - instruction 1
        "#]],
    );
    hover(
        "CA$0LL f\nf: JMP f\n",
        expect![[r#"
            1  CALL f
               ^^^^

            `CALL target` · `( -- )`

            Continues at the target and remembers where to come back to.

            - carry: kept
            - traps if the target is outside the program
            - depth here: 0, and the CALL never comes back
            - cost: 1 row
            - instruction 0
        "#]],
    );
}

#[test]
fn a_depth_that_depends_on_the_path_is_a_range() {
    hover(
        "READ\nJZ a\nPUSH 1\na: N$0OP\n",
        expect![[r#"
            4  a: NOP
                  ^^^

            `NOP` · `( -- )`

            Does nothing.

            - carry: kept
            - depth here: 0 to 1 → 0 to 1
            - cost: 1 row
            - instruction 3
        "#]],
    );
}

#[test]
fn comments_and_unknown_words_have_no_hover() {
    hover("# com$0ment\n", expect![["nothing\n"]]);
    hover("FR$0OB\n", expect![["nothing\n"]]);
    hover("JMP nowh$0ere\n", expect![["nothing\n"]]);
    hover("PUSH 1   $0\n", expect![["nothing\n"]]);
    hover("PUSH 12x$0\n", expect![["nothing\n"]]);
}

#[test]
fn every_instruction_shows_all_of_its_specification() {
    for spec in &SPECS {
        let s = Snapshot::new(spec.mnemonic);
        let hover = provable_ide::hover(&s, 0).unwrap().markdown;
        for part in [spec.mnemonic, spec.stack, spec.summary, spec.traps] {
            assert!(
                hover.contains(part),
                "{} does not say {part}: {hover}",
                spec.mnemonic
            );
        }
    }
}

#[test]
fn a_code_in_a_comment_that_allows_shows_its_meaning() {
    hover(
        "HALT ; allow W105, H$0106: later\n",
        expect![[r#"
        1  HALT ; allow W105, H106: later
                              ^^^^

        hint `H106`

        A label or constant that nothing refers to.
    "#]],
    );
    hover(
        "HALT ; allow W105, H106: l$0ater\n",
        expect![[r#"
        nothing
    "#]],
    );
    hover(
        "HALT ; W1$005\n",
        expect![[r#"
        nothing
    "#]],
    );
}
