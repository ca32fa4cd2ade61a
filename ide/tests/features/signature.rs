//! Signature help: the operand at the cursor.

use crate::support::at_cursor;
use expect_test::{Expect, expect};

fn signature(text: &str, expected: Expect) {
    let (s, cursor) = at_cursor(text);
    let drawn = match provable_ide::signature(&s, cursor) {
        None => "nothing\n".into(),
        Some(signature) => {
            let marks = signature.parameter.map_or(String::new(), |range| {
                let marks = "^".repeat(range.len());
                let indent = " ".repeat(range.start);
                format!("{indent}{marks} {}\n", signature.parameter_documentation)
            });
            format!(
                "{}\n{marks}\n{}\n",
                signature.label, signature.documentation
            )
        }
    };
    expected.assert_eq(&drawn);
}

#[test]
fn the_signature_marks_the_operand_at_the_cursor() {
    signature(
        "JZ $0\n",
        expect![[r#"
        JZ target
           ^^^^^^ a label, a constant or an index

        `( a -- )`

        Continues at the target if a = 0.
    "#]],
    );
    signature(
        "a: push 1$0\n",
        expect![[r#"
        PUSH word
             ^^^^ a number or a constant

        `( -- n )`

        Pushes the operand.
    "#]],
    );
    signature(
        "LOAD $0 # c\n",
        expect![[r#"
        LOAD [address]
              ^^^^^^^ a number or a constant; without one, the address is taken from the stack

        `( -- v ) with an address, else ( addr -- v )`

        Pushes the heap's word at the address.
    "#]],
    );
    signature(
        "SWAP $0",
        expect![[r#"
        SWAP [n]
              ^ how far below the top, a number or a constant; 1 if not given

        `( a b -- b a )`

        Exchanges the top word with the n-th word below it; n is 1 if not given.
    "#]],
    );
}

#[test]
fn no_operand_is_marked_where_none_may_follow() {
    signature(
        "ADD $0\n",
        expect![[r#"
        ADD

        `( a b -- a+b )`

        Adds modulo 2^32; C is the carry out.
    "#]],
    );
    signature(
        "PUSH 1 $0\n",
        expect![[r#"
        PUSH word

        `( -- n )`

        Pushes the operand.
    "#]],
    );
}

#[test]
fn the_signature_marks_the_part_of_a_constant() {
    signature(
        ".const $0\n",
        expect![[r#"
        .const NAME value
               ^^^^ ASCII letters, digits, `_` and `.`, with a letter or `_` first

        Names a number.
    "#]],
    );
    signature(
        ".const N $0\n",
        expect![[r#"
        .const NAME value
                    ^^^^^ a number

        Names a number.
    "#]],
    );
    signature(
        ".const N 1$0\n",
        expect![[r#"
        .const NAME value
                    ^^^^^ a number

        Names a number.
    "#]],
    );
}

#[test]
fn elsewhere_there_is_no_signature() {
    signature("JZ$0\n", expect![["nothing\n"]]);
    signature("JZ a # $0\n", expect![["nothing\n"]]);
    signature("JZ a\n$0", expect![["nothing\n"]]);
    signature("FROB $0\n", expect![["nothing\n"]]);
    signature("$0", expect![["nothing\n"]]);
}
