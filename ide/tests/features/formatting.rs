//! The formatter's edits: of the whole text, of a range, of the line before the cursor.

use crate::support::{apply, at_cursor, draw, marked};
use expect_test::expect;
use proptest::prelude::*;
use provable::lang::syntax::format;
use provable_ide::{Edit, Snapshot, format_all, format_on_type, format_range};

const MESSY: &str =
    "\n\n#provable 1.0\n   .const N    1\n.const LONG 2 # two\n\n\n\na: push N;c\n    POP\n  halt";

fn drawn(s: &Snapshot, edits: &[Edit]) -> String {
    let notes = edits
        .iter()
        .map(|edit| (edit.span.clone(), format!("{:?}", edit.text)));
    draw(s, notes)
}

#[test]
fn only_lines_that_change_are_edited() {
    let s = Snapshot::new(MESSY);
    let edits = format_all(&s);
    expect![[r#"
        1
           ^ ""
        2
           ^ ""
        4     .const N    1
           ^^^^^^^^^^^^^^^^ ".const N    1"
        5  .const LONG 2 # two
           ^^^^^^^^^^^^^^^^^^^ ".const LONG 2  # two"
        7
           ^ ""
        8
           ^ ""
        9  a: push N;c
           ^^^^^^^^^^^ "a:\n    PUSH N  ;c"
        11   halt
           ^^^^^^ "    HALT\n"
    "#]]
    .assert_eq(&drawn(&s, &edits));
    assert_eq!(apply(MESSY, &edits), format(MESSY));
}

#[test]
fn a_formatted_text_has_no_edits_whatever_its_line_ends() {
    let formatted = format(MESSY);
    assert_eq!(format_all(&Snapshot::new(&formatted)), []);
    assert_eq!(
        format_all(&Snapshot::new(&formatted.replace('\n', "\r\n"))),
        []
    );
}

#[test]
fn line_ends_stay_as_they_are() {
    let s = Snapshot::new("a: push 1\r\n\r\n\r\npop\r\n");
    let text = apply(s.text(), &format_all(&s));
    assert_eq!(text, "a:\r\n    PUSH 1\r\n\r\n    POP\r\n");
}

#[test]
fn a_range_edits_the_lines_it_touches() {
    let (s, range) = marked("push 1\npu$0sh 2\nadd\n$0pop\n");
    expect![[r#"
        2  push 2
           ^^^^^^ "    PUSH 2"
        3  add
           ^^^ "    ADD"
    "#]]
    .assert_eq(&drawn(&s, &format_range(&s, range)));
}

#[test]
fn the_line_before_the_cursor_is_formatted_on_enter() {
    let on_type = |text| {
        let (s, cursor) = at_cursor(text);
        drawn(&s, &format_on_type(&s, cursor))
    };
    expect![[r#"
        2  push 2
           ^^^^^^ "    PUSH 2"
    "#]]
    .assert_eq(&on_type("push 1\npush 2\n$0\nadd\n"));
    // With the indentation that an editor puts in.
    expect![[r#"
        1  push 1
           ^^^^^^ "    PUSH 1"
    "#]]
    .assert_eq(&on_type("push 1\n    $0"));
    // A blank line may yet be filled, and a broken one is not understood.
    expect![[""]].assert_eq(&on_type("NOP\n\n   \n$0"));
    expect![[""]].assert_eq(&on_type(" frob\n$0"));
    expect![[""]].assert_eq(&on_type("push 1$0"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_edits_do_what_the_formatter_does(pieces in prop::collection::vec(prop::sample::select(vec![
        "PUSH 1", "push  2", "a:", "add", " ", "\t", "\n", "\n", "\n", "\r\n", "\r", "# x ", ";y", "'", ".const N 1",
        ".const LONGER 2 #", "é", "\u{feff}", "FROB",
    ]), 0..40)) {
        let text = pieces.concat();
        let s = Snapshot::new(&text);
        let edited = apply(&text, &format_all(&s));
        prop_assert_eq!(edited.replace("\r\n", "\n"), format(&text));
        // Line by line they are the same edits.
        let mut one_by_one = Vec::new();
        for line in 0..s.lines.line_count() {
            let span = s.lines.line_span(line).unwrap();
            if !span.is_empty() {
                one_by_one.extend(format_range(&s, span));
            }
        }
        prop_assert_eq!(one_by_one, format_all(&s));
    }
}
