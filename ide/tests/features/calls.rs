//! The call hierarchy: which routines call which, and which code belongs to each.

use crate::support::{at_cursor, draw};
use expect_test::{Expect, expect};
use provable_ide::{self, Routine, Snapshot};
use std::fmt::Write;

fn routine(s: &Snapshot, routine: &Routine) -> String {
    draw(
        s,
        [(
            routine.selection.clone(),
            format!("{} {:?}", routine.name, &s.text()[routine.span.clone()]),
        )],
    )
}

fn calls(text: &str, expected: Expect) {
    let (s, cursor) = at_cursor(text);
    let Some(here) = provable_ide::routine_at(&s, cursor) else {
        return expected.assert_eq("nothing\n");
    };
    let mut out = routine(&s, &here);
    let start = here.selection.start;
    for (title, all) in [
        ("called by", provable_ide::incoming(&s, start)),
        ("calls", provable_ide::outgoing(&s, start)),
    ] {
        for (other, spans) in all {
            writeln!(out, "{title} {}", other.name).unwrap();
            out += &draw(&s, spans.into_iter().map(|span| (span, String::new())));
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn incoming_and_outgoing_calls_are_listed() {
    let text = "CALL f\nCALL g\nHALT\nf: CALL g\nCALL g\nRET\ng: NOP$0\nRET\n";
    calls(
        text,
        expect![[r#"
            7  g: NOP
               ^ g "g: NOP\nRET"
            called by (program)
            2  CALL g
               ^^^^^^
            called by f
            4  f: CALL g
                  ^^^^^^
            5  CALL g
               ^^^^^^
        "#]],
    );
    let text = text.replace("$0", "");
    calls(
        &text.replace("CALL f", "CALL f$0"),
        expect![[r#"
            4  f: CALL g
               ^ f "f: CALL g\nCALL g\nRET"
            called by (program)
            1  CALL f
               ^^^^^^
            calls g
            4  f: CALL g
                  ^^^^^^
            5  CALL g
               ^^^^^^
        "#]],
    );
    calls(
        &text.replace("HALT", "H$0ALT"),
        expect![[r#"
            1  CALL f
               ^^^^^^ (program) "CALL f\nCALL g\nHALT"
            calls f
            1  CALL f
               ^^^^^^
            calls g
            2  CALL g
               ^^^^^^
        "#]],
    );
}

#[test]
fn code_belongs_to_the_routine_that_control_comes_from() {
    // The main program stands after the routine.
    let text = "JMP main\nf: RET\nmain: CALL f\nCALL$0 1\nHALT\n";
    calls(
        text,
        expect![[r#"
            1  JMP main
               ^^^^^^^^ (program) "JMP main"
            calls f
            3  main: CALL f
                     ^^^^^^
            4  CALL 1
               ^^^^^^
        "#]],
    );
}

#[test]
fn a_routine_ends_where_control_runs_into_the_next() {
    calls(
        "CALL f\nCALL g\nHALT\nf: NOP\ng: CALL f\nRE$0T\n",
        expect![[r#"
            5  g: CALL f
               ^ g "g: CALL f\nRET"
            called by (program)
            2  CALL g
               ^^^^^^
            calls f
            5  g: CALL f
                  ^^^^^^
        "#]],
    );
}

#[test]
fn unreachable_code_belongs_to_the_routine_before_it() {
    calls(
        "CALL f\nHALT\nf: RET\nCAL$0L g\ng: RET\n",
        expect![[r#"
        3  f: RET
           ^ f "f: RET\nCALL g"
        called by (program)
        1  CALL f
           ^^^^^^
        calls g
        4  CALL g
           ^^^^^^
    "#]],
    );
}

#[test]
fn a_routine_without_a_label_is_named_by_its_index_and_may_call_itself() {
    calls(
        "CALL 2\nHALT\nJC $02\nCALL 2\nRET\n",
        expect![[r#"
            3  JC 2
               ^^^^ (instruction 2) "JC 2\nCALL 2\nRET"
            called by (program)
            1  CALL 2
               ^^^^^^
            called by (instruction 2)
            4  CALL 2
               ^^^^^^
            calls (instruction 2)
            4  CALL 2
               ^^^^^^
        "#]],
    );
    calls("$0\n# empty\n", expect![["nothing\n"]]);
}

#[test]
fn a_label_that_is_only_jumped_to_is_no_routine() {
    calls(
        "CALL f\nHALT\nf: NOP\nag$0ain: JMP again\n",
        expect![[r#"
            3  f: NOP
               ^ f "f: NOP\nagain: JMP again"
            called by (program)
            1  CALL f
               ^^^^^^
        "#]],
    );
}
