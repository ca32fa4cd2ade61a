//! What is said of the thing under the cursor, and of the operand that is being typed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use expect_test::{expect, Expect};
use provable_core::isa::SPECS;
use provable_server::features::{self, Snapshot};
use support::{at_cursor, draw};

fn hover(text: &str, expected: Expect) {
    let (s, cursor) = at_cursor(text);
    let drawn = match features::hover(&s, cursor) {
        Some(hover) => draw(&s, [(hover.span, String::new())]) + "\n" + &hover.markdown,
        None => "nothing\n".into(),
    };
    expected.assert_eq(&drawn);
}

#[test]
fn an_instruction_with_its_effect_its_depth_and_its_cost() {
    hover("PUSH 6\nPUSH 3\nD$0IV\nWRITE\n", expect![[""]]);
    hover("PUSH 1\nstore$0 5\n", expect![[""]]);
    hover("PUSH 1\nPUSH 2\nPUSH 3\n$0SWAP 2\n", expect![[""]]);
    hover("READ\nREAD\nX$0OR\n", expect![[""]]);
}

#[test]
fn an_instruction_that_is_not_reached_and_a_call_that_does_not_return() {
    hover("HALT\nN$0OP\n", expect![[""]]);
    hover("CA$0LL f\nf: JMP f\n", expect![[""]]);
}

#[test]
fn depth_that_depends_on_the_path() {
    hover("READ\nJZ a\nPUSH 1\na: N$0OP\n", expect![[""]]);
}

#[test]
fn a_label_where_it_is_used_and_where_it_is_defined() {
    let text =
        "PUSH 3\n# counts down\n# to zero\nloop:\n    PUSH 1\n    SUB\n    DUP\n    JNZ lo$0op\n";
    hover(text, expect![[""]]);
    hover("en$0d: # of all\n", expect![[""]]);
}

#[test]
fn a_constant_with_its_value_and_what_is_said_of_it() {
    hover(
        ".const NEWLINE '\\n' # ends a `line`\nPUSH NEW$0LINE\n",
        expect![[""]],
    );
    hover(".const N$0 x\n", expect![[""]]);
}

#[test]
fn numbers_in_every_form() {
    hover("PUSH -$02\n", expect![[""]]);
    hover("PUSH '`'$0\n", expect![[""]]);
    hover(".const N 0b1111_$00000\n", expect![[""]]);
}

#[test]
fn an_index_says_where_it_leads() {
    hover("JMP 1$0\nHALT # here\n", expect![[""]]);
    hover("JMP 1$0\n", expect![[""]]);
    hover("JMP 7$0\n", expect![[""]]);
}

#[test]
fn nothing_is_said_of_comments_and_of_what_is_not_known() {
    hover("# com$0ment\n", expect![["nothing\n"]]);
    hover("FR$0OB\n", expect![["nothing\n"]]);
    hover("JMP nowh$0ere\n", expect![["nothing\n"]]);
    hover("PUSH 1   $0\n", expect![["nothing\n"]]);
    hover("PUSH 12x$0\n", expect![["nothing\n"]]);
}

#[test]
fn every_instruction_says_all_that_the_table_says() {
    for spec in &SPECS {
        let s = Snapshot::new(spec.mnemonic);
        let hover = features::hover(&s, 0).unwrap().markdown;
        for part in [spec.mnemonic, spec.stack, spec.summary, spec.traps] {
            assert!(
                hover.contains(part),
                "{} does not say {part}: {hover}",
                spec.mnemonic
            );
        }
    }
}

fn signature(text: &str, expected: Expect) {
    let (s, cursor) = at_cursor(text);
    let drawn = match features::signature(&s, cursor) {
        None => "nothing\n".into(),
        Some(signature) => {
            let marks = signature.parameter.map_or(String::new(), |range| {
                format!("{}{}", " ".repeat(range.start), "^".repeat(range.len()))
            });
            format!(
                "{}\n{marks} {}\n\n{}\n",
                signature.label, signature.parameter_documentation, signature.documentation
            )
        }
    };
    expected.assert_eq(&drawn);
}

#[test]
fn the_operand_that_is_being_typed() {
    signature("JZ $0\n", expect![[""]]);
    signature("a: push 1$0\n", expect![[""]]);
    signature("LOAD $0 # c\n", expect![[""]]);
    signature("SWAP $0", expect![[""]]);
}

#[test]
fn no_operand_is_left_to_type() {
    signature("ADD $0\n", expect![[""]]);
    signature("PUSH 1 $0\n", expect![[""]]);
}

#[test]
fn the_parts_of_a_constant() {
    signature(".const $0\n", expect![[""]]);
    signature(".const N $0\n", expect![[""]]);
    signature(".const N 1$0\n", expect![[""]]);
}

#[test]
fn elsewhere_there_is_no_signature() {
    signature("JZ$0\n", expect![["nothing\n"]]);
    signature("JZ a # $0\n", expect![["nothing\n"]]);
    signature("JZ a\n$0", expect![["nothing\n"]]);
    signature("FROB $0\n", expect![["nothing\n"]]);
    signature("$0", expect![["nothing\n"]]);
}
