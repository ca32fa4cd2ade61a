//! The structure of a text: its symbols, its folds, and the growth of a selection.

use crate::support::at_cursor;
use expect_test::{Expect, expect};
use provable_ide::{self, FoldKind, Snapshot};
use std::fmt::Write;

const PROGRAM: &str = "\
#provable 1.0
.const TIMES 3

    PUSH TIMES
# Halves it until nothing is left.
# Then ends.
loop:
    CALL half
    DUP
    JNZ loop
    HALT

# ( n -- n/2 )
half:
    PUSH 2
again:
    DIV
    RET
";

#[test]
fn the_outline_lists_labels_with_their_code_and_constants() {
    let s = Snapshot::new(PROGRAM);
    let mut out = String::new();
    for entry in provable_ide::document_symbols(&s) {
        let line = |at| s.lines.line_column(at).line + 1;
        let lines = (line(entry.span.start), line(entry.span.end - 1));
        assert_eq!(s.text()[entry.selection.clone()], entry.name);
        assert!(entry.span.start <= entry.selection.start && entry.selection.end <= entry.span.end);
        writeln!(
            out,
            "{:?} {} | {} | lines {lines:?}",
            entry.kind, entry.name, entry.detail
        )
        .unwrap();
    }
    expect![[r#"
        Name(Constant) TIMES | = 3 | lines (2, 2)
        Name(Label) loop | instruction 1 | lines (7, 12)
        Name(Label) half | instruction 5 | lines (14, 15)
        Name(Label) again | instruction 6 | lines (16, 18)
    "#]]
    .assert_eq(&out);
}

#[test]
fn data_are_one_entry_and_one_fold() {
    let text = ".data K at 5 1\n\n# more\n.words 2\n\n.data L at 9 1\nNOP\n";
    let s = Snapshot::new(text);
    let entries = provable_ide::document_symbols(&s);
    let drawn: Vec<_> = entries
        .iter()
        .map(|entry| (entry.detail.as_str(), &text[entry.span.clone()]))
        .collect();
    assert_eq!(
        drawn,
        [
            ("= 5", ".data K at 5 1\n\n# more\n.words 2\n"),
            ("= 9", ".data L at 9 1\n"),
        ]
    );
    assert_eq!(provable_ide::folds(&s), [(0, 3, FoldKind::Region)]);
}

#[test]
fn a_broken_text_has_an_outline() {
    let s = Snapshot::new("a: NOP\na: FROB\nb: PUSH\n.const C\n.const\n: x:");
    let entries = provable_ide::document_symbols(&s);
    let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "C"]);
}

#[test]
fn a_name_matches_by_characters_in_their_order() {
    for (query, name) in [
        ("", "loop"),
        ("lp", "loop"),
        ("LOOP", "loop"),
        ("nL", "new_line"),
    ] {
        assert!(provable_ide::matches(query, name), "{query} {name}");
    }
    for (query, name) in [("pl", "loop"), ("loopp", "loop"), ("x", "")] {
        assert!(!provable_ide::matches(query, name), "{query} {name}");
    }
}

fn folds(text: &str) -> String {
    let s = Snapshot::new(text);
    let mut out = String::new();
    let folds = provable_ide::folds(&s);
    for (line, code) in text.lines().enumerate() {
        let mut marks = String::new();
        for (first, last, kind) in &folds {
            let sign = if *kind == FoldKind::Comment { 'c' } else { 'r' };
            marks.push(match line {
                _ if line == *first => sign.to_ascii_uppercase(),
                _ if (*first..=*last).contains(&line) => sign,
                _ => ' ',
            });
        }
        writeln!(out, "{marks}|{code}").unwrap();
    }
    out
}

#[test]
fn comments_and_the_code_of_labels_fold() {
    expect![[r#"
            |#provable 1.0
            |.const TIMES 3
            |
            |    PUSH TIMES
        C   |# Halves it until nothing is left.
        c   |# Then ends.
         R  |loop:
         r  |    CALL half
         r  |    DUP
         r  |    JNZ loop
         r  |    HALT
            |
            |# ( n -- n/2 )
          R |half:
          r |    PUSH 2
           R|again:
           r|    DIV
           r|    RET
    "#]]
    .assert_eq(&folds(PROGRAM));
}

#[test]
fn a_line_by_itself_does_not_fold() {
    expect![[r#"
        |# one
        |a: NOP
        |# one more
        |
        |b:
        |
    "#]]
    .assert_eq(&folds("# one\na: NOP\n# one more\n\nb:\n\n"));
}

fn selection(text: &str, expected: Expect) {
    let (s, cursor) = at_cursor(text);
    let ranges = provable_ide::selection(&s, cursor);
    let mut out = String::new();
    for range in ranges {
        writeln!(out, "{:?}", &s.text()[range]).unwrap();
    }
    expected.assert_eq(&out);
}

#[test]
fn a_selection_grows_from_the_word_to_the_text() {
    selection(
        "NOP\nx:\n  JNZ lo$0op # again\n  NOP\ny: NOP\n",
        expect![[r#"
            "loop"
            "JNZ loop"
            "JNZ loop # again"
            "  JNZ loop # again\n"
            "x:\n  JNZ loop # again\n  NOP\n"
            "NOP\nx:\n  JNZ loop # again\n  NOP\ny: NOP\n"
        "#]],
    );
    selection(
        "a:$0 NOP",
        expect![[r#"
            "a: NOP"
        "#]],
    );
    selection(
        "NOP\n# about $0this\n",
        expect![[r##"
        "# about this"
        "# about this\n"
        "NOP\n# about this\n"
    "##]],
    );
    selection(
        ".const N $05\n",
        expect![[r#"
        "5"
        ".const N 5"
        ".const N 5\n"
    "#]],
    );
    selection(
        "NOP\n$0\nNOP",
        expect![[r#"
        "\n"
        "NOP\n\nNOP"
    "#]],
    );
    selection(
        "$0",
        expect![[r#"
        ""
    "#]],
    );
}
