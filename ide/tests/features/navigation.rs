//! Definitions, references, highlights and renames.

use crate::support::{at_cursor, draw};
use expect_test::{Expect, expect};
use provable_ide::{self, Access, rename};

fn definition(text: &str, expected: Expect) {
    let (s, cursor) = at_cursor(text);
    let drawn = match provable_ide::definition(&s, cursor) {
        Some(found) => draw(
            &s,
            [
                (found.origin, "from here".into()),
                (found.target, "to here".into()),
            ],
        ),
        None => "nowhere\n".into(),
    };
    expected.assert_eq(&drawn);
}

#[test]
fn a_label_leads_to_its_definition() {
    definition(
        "    JMP e$0nd\n    NOP\nend: HALT\n",
        expect![[r#"
            1      JMP end
                       ^^^ from here
            3  end: HALT
               ^^^ to here
        "#]],
    );
}

#[test]
fn a_constant_leads_to_its_definition_from_the_end_of_its_name_too() {
    definition(
        ".const LIMIT 10\nPUSH LIMIT$0",
        expect![[r#"
            1  .const LIMIT 10
                      ^^^^^ to here
            2  PUSH LIMIT
                    ^^^^^ from here
        "#]],
    );
}

#[test]
fn an_index_leads_to_its_instruction() {
    definition(
        "# indices count instructions\nPUSH 1\nx:\n\nPOP # this one\nJMP $01\n",
        expect![[r#"
            5  POP # this one
               ^^^ to here
            6  JMP 1
                   ^ from here
        "#]],
    );
}

#[test]
fn the_index_after_the_last_leads_to_the_end_and_others_nowhere() {
    definition(
        "NOP\nJMP 2$0\n",
        expect![[r#"
            2  JMP 2
                   ^ from here
            3
               | to here
        "#]],
    );
    definition("NOP\nJMP 3$0\n", expect![["nowhere\n"]]);
}

#[test]
fn numbers_comments_and_undefined_names_lead_nowhere() {
    definition("PUSH $01\n", expect![["nowhere\n"]]);
    definition("a: NOP # a$0\n", expect![["nowhere\n"]]);
    definition("JMP a$0\n", expect![["nowhere\n"]]);
    definition("$0", expect![["nowhere\n"]]);
}

fn highlights(text: &str, expected: Expect) {
    let (s, cursor) = at_cursor(text);
    let places = provable_ide::highlights(&s, cursor);
    let spans = |with| provable_ide::references(&s, cursor, with);
    let all: Vec<_> = places.iter().map(|(span, _)| span.clone()).collect();
    assert_eq!(spans(true), all, "the references, with the definition");
    let uses = places.iter().filter(|(_, access)| *access == Access::Use);
    let uses: Vec<_> = uses.map(|(span, _)| span.clone()).collect();
    assert_eq!(spans(false), uses, "the references alone");
    let notes = places.into_iter().map(|(span, access)| match access {
        Access::Definition => (span, "defined".to_owned()),
        Access::Use => (span, "used".to_owned()),
    });
    expected.assert_eq(&draw(&s, notes));
}

#[test]
fn exactly_the_places_of_a_name_are_highlighted() {
    highlights(
        "JZ loop\nloo$0p: PUSH LOOP # loop\nJMP loop\nCALL loop2\nloop2:\n.const LOOP 1\n",
        expect![[r#"
            1  JZ loop
                  ^^^^ used
            2  loop: PUSH LOOP # loop
               ^^^^ defined
            3  JMP loop
                   ^^^^ used
        "#]],
    );
    highlights("PUSH 1$0\n", expect![[""]]);
}

fn renamed(text: &str, new: &str) -> String {
    let (s, cursor) = at_cursor(text);
    match rename(&s, cursor, new) {
        Ok(edits) => crate::support::apply(s.text(), &edits),
        Err(message) => format!("refused: {message}"),
    }
}

#[test]
fn a_name_is_changed_wherever_it_stands() {
    expect![[r#"
        start: JZ done # again
        JMP start
        done: HALT
    "#]]
    .assert_eq(&renamed(
        "again: JZ done # again\nJMP ag$0ain\ndone: HALT\n",
        "start",
    ));
    // A name that is an instruction is changed where it is used too, which are errors otherwise.
    expect![[r#"
        sum: NOP
        JMP sum
        ADD
    "#]]
    .assert_eq(&renamed("add: NOP\nJMP ad$0d\nADD\n", "sum"));
    // Its own name is no clash.
    assert_eq!(renamed("a$0: JMP a\n", "a"), "a: JMP a\n");
}

#[test]
fn an_invalid_name_is_refused_with_a_way_out() {
    let text = "a$0: JMP a\nb: .const\n.const C 1\n";
    expect!["refused: `1st` cannot be a name; use ASCII letters, digits, `_` and `.`, with a letter or `_` first"]
        .assert_eq(&renamed(text, "1st"));
    expect!["refused: `` cannot be a name; use ASCII letters, digits, `_` and `.`, with a letter or `_` first"]
        .assert_eq(&renamed(text, ""));
    expect!["refused: `push` is the instruction PUSH; choose another name, for instance `push_`"]
        .assert_eq(&renamed(text, "push"));
    expect!["refused: there is a constant `C` already, on line 3; choose another name, or rename that one first"]
        .assert_eq(&renamed(text, "C"));
    expect!["refused: there is no name to change here; put the cursor on a label or a constant that is defined"]
        .assert_eq(&renamed("PUSH $01\n", "x"));
}

#[test]
fn only_a_defined_name_can_be_renamed() {
    let prepared = |text| {
        let (s, cursor) = at_cursor(text);
        provable_ide::prepare(&s, cursor)
    };
    assert_eq!(prepared("NOP\na: JMP a$0"), Some((11..12, "a".into())));
    assert_eq!(prepared("NO$0P"), None);
    assert_eq!(prepared("JMP nowhere$0"), None);
}
