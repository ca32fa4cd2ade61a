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
        "CALL $0\nHALT\n.routine f ( -- )\nRET\n",
        expect![[r#"
        CALL target
             ^^^^^^ a routine or a label

        `( -- )`

        Continues at the target and remembers where to come back to.
    "#]],
    );
    signature(
        "CALL $0\n",
        expect![[r#"
        CALL target
             ^^^^^^ a routine, a label, a constant or an index

        `( -- )`

        Continues at the target and remembers where to come back to.
    "#]],
    );
    signature(
        "JMP $0\nHALT\n.routine f ( -- )\nRET\n",
        expect![[r#"
        JMP target
            ^^^^^^ a label

        `( -- )`

        Continues at the target.
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
        "NOT $0\n",
        expect![[r#"
        NOT

        `( a -- ~a )`

        Inverts every bit.
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
                    ^^^^^ a number, a constant or an expression

        Names a number.
    "#]],
    );
    signature(
        ".const N 1$0\n",
        expect![[r#"
        .const NAME value
                    ^^^^^ a number, a constant or an expression

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

#[test]
fn the_signature_marks_a_second_word_and_an_offset() {
    signature(
        "ADD $0\n",
        expect![[r#"
        ADD [word]
             ^^^^ a number or a constant; without one, the second word is taken from the stack

        `( a b -- a+b )`

        Adds modulo 2^32; C is the carry out.
    "#]],
    );
    signature(
        "PUT -$01\n",
        expect![[r#"
        PUT [offset]
             ^^^^^^ a distance from the address on the stack, a number with its sign or a constant; 0 if not given

        `( a v -- a )`

        Stores v in the heap at the address a+n, and leaves a; n is signed, and 0 if not given.
    "#]],
    );
}

#[test]
fn the_signature_marks_the_part_of_data() {
    for (text, part) in [
        (".data $0", "NAME"),
        (".data K$0", "NAME"),
        (".data K $0", "word, ..."),
        (".data K at $0", "ADDRESS"),
        (".data K at 5$0", "ADDRESS"),
        (".data K at 5 $0", "word, ..."),
        (".data K at 5 1, $0", "word, ..."),
        (".words $0", "word, ..."),
        (".words 1, 2$0", "word, ..."),
    ] {
        let (s, cursor) = at_cursor(text);
        let signature = provable_ide::signature(&s, cursor).expect(text);
        let marked = signature.parameter.map(|range| &signature.label[range]);
        assert_eq!(marked, Some(part), "{text}");
    }
    signature(
        ".data K at 5 $0",
        expect![[r#"
        .data NAME at ADDRESS word, ...
                              ^^^^^^^^^ numbers, constants, expressions and texts, separated by commas

        Names an address, and puts words into the heap from there on before the run starts.
    "#]],
    );
}
