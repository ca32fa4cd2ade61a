//! What holds of the parser and the formatter on every text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use expect_test::expect;
use proptest::prelude::*;
use provable::lang::analysis::analyse;
use provable::lang::line_index::LineIndex;
use provable::lang::program::{assemble, reassemble};
use provable::lang::syntax::{TokenKind, format, format_tree, parse, reparse};

/// Texts made of the language's own pieces: most lines are nearly right, which is where mistakes hide.
fn nearly_programs() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "PUSH",
        "push ",
        "ADD",
        "jmp",
        "JZ ",
        "CALL ",
        "RET",
        "HALT",
        "DUP",
        "LOAD ",
        "STORE 1",
        "DIV",
        "a",
        "b:",
        "a:",
        " ",
        "  ",
        "\t",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        ":",
        "# x ",
        "; y",
        "'",
        "'#'",
        "'\\''",
        "'\\",
        "-",
        "0",
        "1",
        "2",
        "12_3",
        "0x1f",
        "0b",
        ".const ",
        "; allow W105 H106 ",
        "N",
        "é",
        "\u{feff}",
        "\u{a0}",
        ",",
        "\u{b}",
        "POP",
        "READ",
        "\u{2028}",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Programs that assemble, with comments and spacing of all kinds.
fn programs() -> impl Strategy<Value = String> {
    let line = (
        prop::sample::select(vec!["", " ", "\t\t", "        "]),
        prop::sample::select(vec![
            "",
            "",
            "push 1",
            "PUSH  'a'",
            "Pop",
            "add",
            "dup",
            "swap  2",
            "jmp x",
            "JZ  y",
            "call 3",
            "ret",
            "halt",
            "load",
            "load  N",
            "store\t7",
            "PUSH ';'",
            "jnz 0",
            "div",
            "shl",
        ]),
        prop::sample::select(vec![
            "",
            "",
            " ",
            "#",
            " # note  ",
            ";;x\t",
            "  ; é 'quoted",
            " ; allow W101 W102, W103: meant",
            "# allow H106",
        ]),
        prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n\n"]),
    )
        .prop_map(|(indent, code, comment, end)| format!("{indent}{code}{comment}{end}"));
    (prop::collection::vec(line, 0..30), 0..30usize, 0..30usize).prop_map(|(mut lines, x, y)| {
        lines.insert(x.min(lines.len()), "x: ".into());
        lines.insert(y.min(lines.len()), "  a_long_label_y:nop # y\n".into());
        lines.push(".CONST   N   0x10\n".into());
        let text = lines.concat();
        // Two labels cannot share a line.
        text.replace("x: ", "x:\n")
            .replace("  a_long_label_y:", "\ny:")
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![nearly_programs(), programs(), any::<String>()]
}

/// A text and those that come from it by replacing a stretch, one after the other.
fn edited() -> impl Strategy<Value = Vec<String>> {
    let edit = (any::<prop::sample::Index>(), 0usize..9, nearly_programs());
    let small = prop_oneof![Just(String::new()), "[ #\r\n:a1]{1,2}"];
    let edits = prop_oneof![
        3 => (any::<prop::sample::Index>(), 0usize..3, small),
        1 => edit,
    ];
    (any_text(), prop::collection::vec(edits, 1..8)).prop_map(|(text, edits)| {
        let mut texts = vec![text];
        for (at, removed, new) in edits {
            let old: Vec<char> = texts.last().unwrap().chars().collect();
            let start = at.index(old.len() + 1);
            let end = (start + removed).min(old.len());
            let (head, tail) = (&old[..start], &old[end..]);
            texts.push(
                head.iter()
                    .copied()
                    .chain(new.chars())
                    .chain(tail.iter().copied())
                    .collect(),
            );
        }
        texts
    })
}

fn tokens_of(text: &str) -> String {
    let tree = parse(text);
    tree.lines()
        .iter()
        .flat_map(|line| tree.tokens(line))
        .map(|token| tree.slice(token.span))
        .collect()
}

fn comments_of(text: &str) -> Vec<String> {
    let tree = parse(text);
    let comments = tree.lines().iter().flat_map(|line| tree.tokens(line));
    comments
        .filter(|token| token.kind == TokenKind::Comment)
        .map(|token| {
            tree.slice(token.span)
                .trim_end_matches([' ', '\t'])
                .to_owned()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_after_an_edit_is_parsing(texts in edited()) {
        let mut assembly = assemble(&texts[0]);
        for text in &texts[1..] {
            let (again, whole) = (reparse(&assembly.tree, text), parse(text));
            prop_assert_eq!(again.text(), whole.text());
            prop_assert_eq!(again.lines(), whole.lines());
            prop_assert_eq!(again.diagnostics(), whole.diagnostics());
            prop_assert_eq!(again.is_refused(), whole.is_refused());
            let places = |index: LineIndex| (0..=index.line_count()).map(|line| index.line_span(line)).collect::<Vec<_>>();
            prop_assert_eq!(places(again.line_index()), places(LineIndex::new(text)));
            let (next, fresh) = (reassemble(&assembly, text), assemble(text));
            prop_assert_eq!(&next.diagnostics, &fresh.diagnostics);
            prop_assert_eq!(&next.program, &fresh.program);
            assembly = next;
        }
    }

    #[test]
    fn the_tokens_are_the_text(text in any_text()) {
        prop_assert_eq!(tokens_of(&text), text);
    }

    #[test]
    fn bytes_that_are_no_text_are_read_too(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        let assembly = assemble(&text);
        analyse(&assembly);
        prop_assert_eq!(tokens_of(&text), text);
    }

    #[test]
    fn there_is_a_program_exactly_if_there_is_no_error(text in any_text()) {
        use provable::lang::diagnostics::Severity;
        let assembly = assemble(&text);
        let errors = assembly.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        prop_assert_eq!(assembly.program.is_some(), errors == 0);
        let analysis = analyse(&assembly);
        for diagnostic in assembly.diagnostics.iter().chain(&analysis.diagnostics) {
            prop_assert!(text.get(diagnostic.span.clone()).is_some(), "{:?}", diagnostic);
            for (span, _) in &diagnostic.related {
                prop_assert!(text.get(span.clone()).is_some(), "{:?}", diagnostic);
            }
        }
    }

    #[test]
    fn a_line_stands_alone(first in nearly_programs(), second in nearly_programs()) {
        let alone = parse(&second).diagnostics().len();
        let before = parse(&format!("{first}\n")).diagnostics().len();
        // A byte order mark is one at the start of the text alone.
        prop_assume!(!second.starts_with('\u{feff}'));
        prop_assert_eq!(parse(&format!("{first}\n{second}")).diagnostics().len(), before + alone);
    }

    #[test]
    fn formatting_twice_changes_nothing_more(text in any_text()) {
        let once = format(&text);
        prop_assert_eq!(format(&once), once);
    }

    #[test]
    fn what_the_lines_became_is_the_formatted_text(text in any_text()) {
        let tree = parse(&text);
        let formatted = format_tree(&tree);
        let lines = 0..tree.lines().len();
        prop_assert_eq!(lines.map(|line| formatted.line(line)).collect::<String>(), format(&text));
    }

    #[test]
    fn a_symbol_is_found_at_each_of_its_places_and_nowhere_else(text in any_text()) {
        let assembly = assemble(&text);
        for offset in 0..=text.len() + 1 {
            let mut spans = assembly.symbols.iter().flat_map(|symbol| {
                let places = std::iter::once(&symbol.definition).chain(&symbol.references);
                places.map(move |&span| (symbol, span))
            });
            let expected = spans.find(|(_, span)| span.touches(offset));
            prop_assert_eq!(assembly.symbol_at(offset), expected);
        }
    }

    #[test]
    fn formatting_keeps_every_comment(text in any_text()) {
        prop_assert_eq!(comments_of(&format(&text)), comments_of(&text));
    }

    #[test]
    fn formatting_keeps_the_program(text in any_text()) {
        let (before, after) = (assemble(&text), assemble(&format(&text)));
        let codes = |a: &[provable::lang::diagnostics::Diagnostic]| a.iter().map(|d| d.code).collect::<Vec<_>>();
        prop_assert_eq!(codes(&before.diagnostics), codes(&after.diagnostics));
        // What the text says is meant is so after formatting too.
        let (found, left) = (analyse(&before), analyse(&after));
        prop_assert_eq!(codes(&found.diagnostics), codes(&left.diagnostics), "{}", text);
        prop_assert_eq!(found.allowed, left.allowed);
        prop_assert_eq!(before.program, after.program);
    }

    #[test]
    fn the_programs_of_these_tests_do_assemble(text in programs()) {
        prop_assert!(assemble(&text).program.is_some(), "{:?}", assemble(&text).diagnostics);
    }
}

#[test]
fn the_style() {
    let text = "\n\n#provable 1.0\r\n  # indented\r\n.CONST   N   0x10 ; sixteen\r\n.const LIMIT 5;five\r\n\r\n\r\nmain:push N#start\n  a:add\n\tswap 2   ;  the third  \nend_of_everything: halt;done\n PUSH 'x\n jmp   main\n\n\n";
    expect![[r#"
        #provable 1.0
            # indented
        .const N     0x10  ; sixteen
        .const LIMIT 5     ;five

        main:
            PUSH N  #start
        a:
            ADD
            SWAP 2  ;  the third
        end_of_everything:
            HALT    ;done
         PUSH 'x
            JMP main
    "#]]
    .assert_eq(&format(text));
    assert_eq!(format(""), "");
    assert_eq!(format(" \n\t\n"), "");
}

#[test]
fn each_line_knows_what_it_became() {
    let tree = parse("\n a: add # x\n \n\n\npop\n\n");
    let formatted = format_tree(&tree);
    let lines: Vec<&str> = (0..tree.lines().len())
        .map(|line| formatted.line(line))
        .collect();
    assert_eq!(
        lines,
        ["", "a:\n    ADD  # x\n", "\n", "", "", "    POP\n", ""]
    );
    assert_eq!(formatted.line(99), "");
}
