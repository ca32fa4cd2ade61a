//! Routines, parameters, data, expressions and tests.

use crate::support::{apply, at_cursor, draw, draw_hover};
use expect_test::{Expect, expect};
use provable_ide::tokens::TYPES;
use provable_ide::{FoldKind, Snapshot, SymbolKind, rename};
use std::fmt::Write;

pub const PROGRAM: &str = "\
.const N 4
.data TABLE 1, \"ab\"
    PUSH N * 2
    CALL scale 3
    HALT

## Scales.
.routine scale ( a -- b ) K
again:
    PUSH K
    MUL
    RET

.routine other ( -- )
again:
    JMP again

.test scale ( 2 -- 6 ) 3
.test \"whole\"
    .public 1
    .traps ASSERT at scale
";

fn hover(text: &str, expected: Expect) {
    expected.assert_eq(&draw_hover(text));
}

/// The program with a cursor after the first occurrence of a text.
fn after(marker: &str) -> String {
    PROGRAM.replacen(marker, &format!("{marker}$0"), 1)
}

#[test]
fn a_hover_shows_what_a_routine_takes_and_its_parameters() {
    hover(
        &after("CALL sca"),
        expect![[r#"
            4      CALL scale 3
                        ^^^^^

            routine `scale`: `( a -- b ) K`

            - takes 1 word, leaves 1
            - rows of a CALL: 3; of an `.inline`: 1
            - entries of the program: 2 for all CALLs, 1 for each `.inline`
            - used 3 times

            Scales.
        "#]],
    );
    hover(
        &after("PUSH K"),
        expect![[r#"
            10     PUSH K
                        ^

            parameter `K`, a number that each CALL and each `.inline` gives

            - used 1 time

            Scales.
        "#]],
    );
}

#[test]
fn a_hover_shows_the_value_of_an_expression_and_its_parts() {
    hover(
        &after("PUSH N *"),
        expect![[r#"
            3      PUSH N * 2
                        ^^^^^

            `N * 2` = `8`

            - hexadecimal `0x8`
            - binary `0b1000`
        "#]],
    );
    assert!(draw_hover(&after("PUSH N")).contains("constant `N` = `4`"));
    assert!(draw_hover(&after("PUSH N * 2")).contains("`2`"));
    assert!(draw_hover("PUSH len(D) $0+ 1\n.data D 1, \"ab\"\n").contains("= `4`"));
}

#[test]
fn a_hover_shows_the_place_and_the_words_of_data() {
    let shown = draw_hover(&after(".data TAB"));
    assert!(
        shown.contains("data `TABLE`: 3 words at an address that the linker chooses"),
        "{shown}"
    );
    assert!(shown.contains("- words: `1, \"ab\"`"), "{shown}");
    let shown = draw_hover(".var V$0 2 + 1 at 0x10\n");
    assert!(
        shown.contains("variable `V`: 3 words at address `16`"),
        "{shown}"
    );
    assert!(draw_hover(".test \"t\"\n.traps ASS$0ERT\n").contains("ASSERT of 0."));
    assert!(draw_hover(".data D 1\n.bytes \"ab$0cd\"\n").contains("4 bytes, four a word: 1 word"));
}

#[test]
fn two_routines_may_have_a_label_of_one_name() {
    let (s, cursor) = at_cursor(&after("JMP again"));
    let spans = provable_ide::references(&s, cursor, true);
    let lines: Vec<_> = spans
        .iter()
        .map(|span| s.lines.line_column(span.start).line + 1)
        .collect();
    assert_eq!(lines, [15, 16]);
    let edits = rename(&s, cursor, "round").unwrap();
    let renamed = apply(s.text(), &edits);
    assert!(renamed.contains("round:\n    JMP round\n") && renamed.contains("again:\n    PUSH K"));
}

#[test]
fn a_local_name_may_not_become_one_of_the_file() {
    let refused = |marker: &str, new: &str| {
        let (s, cursor) = at_cursor(&after(marker));
        rename(&s, cursor, new).is_err()
    };
    assert!(refused("PUSH K", "N"));
    assert!(refused("PUSH K", "again"));
    assert!(refused(".const N", "again"));
    assert!(!refused("PUSH K", "free"));
}

#[test]
fn the_outline_has_labels_below_their_routines() {
    let s = Snapshot::new(PROGRAM);
    let mut out = String::new();
    for entry in provable_ide::outline(&s) {
        let kind = match entry.symbol.kind {
            SymbolKind::Name(kind) => kind.word(),
            SymbolKind::Test => "test",
        };
        writeln!(
            out,
            "{kind} {} | {}",
            entry.symbol.name, entry.symbol.detail
        )
        .unwrap();
        for child in entry.children {
            writeln!(out, "  {} | {}", child.name, child.detail).unwrap();
        }
    }
    expect![[r#"
        constant N | = 4
        data TABLE | 
        routine scale | ( a -- b )
          again | instruction 3
        routine other | ( -- )
          again | instruction 6
        test scale ( 2 -- 6 ) 3 | 
        test whole | 
    "#]]
    .assert_eq(&out);
}

#[test]
fn routines_and_tests_fold() {
    let s = Snapshot::new(PROGRAM);
    let folds = provable_ide::folds(&s);
    for lines in [(7, 11), (13, 15), (18, 20)] {
        assert!(
            folds.contains(&(lines.0, lines.1, FoldKind::Region)),
            "{lines:?} {folds:?}"
        );
    }
}

#[test]
fn a_selection_grows_by_the_expression_and_the_routine() {
    let (s, cursor) = at_cursor(&after("PUSH N"));
    let all = provable_ide::selection(&s, cursor);
    let texts: Vec<_> = all.iter().map(|span| &s.text()[span.clone()]).collect();
    assert_eq!(texts.get(..3), Some(&["N", "N * 2", "PUSH N * 2"][..]));
    let (s, cursor) = at_cursor(&after("    MUL"));
    let all = provable_ide::selection(&s, cursor);
    assert!(
        all.iter()
            .any(|span| s.text()[span.clone()].starts_with(".routine scale")
                && s.text()[span.clone()].ends_with("RET\n\n"))
    );
}

#[test]
fn words_have_the_type_of_what_they_name() {
    let text = ".use \"std@1/math\"\nCALL math.max\n.routine f ( a -- b ) P\nPUSH (P+1)\n.push D\n.data D \"x\"\n";
    let s = Snapshot::new(text);
    let notes = provable_ide::tokens(&s, 0..usize::MAX)
        .into_iter()
        .map(|token| {
            let kind = TYPES[token.kind.index() as usize];
            (token.span, kind.to_owned())
        });
    expect![[r#"
        1  .use "std@1/math"
           ^^^^ macro
                ^^^^^^^^^^^^ string
        2  CALL math.max
           ^^^^ keyword
                ^^^^ namespace
                     ^^^ function
        3  .routine f ( a -- b ) P
           ^^^^^^^^ macro
                    ^ function
                        ^ parameter
                             ^ parameter
                                 ^ parameter
        4  PUSH (P+1)
           ^^^^ keyword
                 ^ parameter
                   ^ number
        5  .push D
           ^^^^^ macro
                 ^ variable
        6  .data D "x"
           ^^^^^ macro
                 ^ variable
                   ^^^ string
    "#]]
    .assert_eq(&draw(&s, notes));
}
