//! Completions: what is offered at a cursor.

use crate::support::{at_cursor, draw};
use expect_test::{Expect, expect};
use provable_ide::{Item, ItemKind, completions};
use std::fmt::Write;

/// The word to replace, and the items in the order they are shown in.
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text, |_| true));
}

fn shown(text: &str, wanted: impl Fn(&Item) -> bool) -> String {
    let (s, cursor) = at_cursor(text);
    let mut answer = completions(&s, cursor);
    let mut out = draw(&s, [(answer.replace.clone(), String::new())]);
    answer.items.sort_by(|a, b| a.sort.cmp(&b.sort));
    for item in answer.items.iter().filter(|item| wanted(item)) {
        writeln!(
            out,
            "{:?} {} | {} | {:?}",
            item.kind, item.label, item.detail, item.insert
        )
        .unwrap();
    }
    out
}

/// How many of each kind, where a list would be long.
fn kinds(text: &str) -> String {
    let (s, cursor) = at_cursor(text);
    let items = completions(&s, cursor).items;
    let count = |kind| items.iter().filter(|item| item.kind == kind).count();
    format!(
        "{} instructions, {} labels, {} constants, {} directives",
        count(ItemKind::Instruction),
        count(ItemKind::Label),
        count(ItemKind::Constant) + count(ItemKind::Variable),
        count(ItemKind::Directive)
    )
}

#[test]
fn instructions_are_offered_where_one_may_stand() {
    let all = "39 instructions, 0 labels, 0 constants, 9 directives";
    assert_eq!(kinds("$0"), all);
    assert_eq!(kinds("PUSH 1\n$0"), all);
    assert_eq!(kinds("    $0\nPUSH 1\n"), all);
    // What is begun is all that is offered.
    assert_eq!(
        kinds("PUS$0"),
        "1 instructions, 0 labels, 0 constants, 1 directives"
    );
    assert_eq!(kinds("$0PUSH 1"), all);
    // After a label only directives that make instructions may stand.
    assert_eq!(
        kinds("a: $0"),
        "39 instructions, 0 labels, 0 constants, 2 directives"
    );
    assert_eq!(
        kinds(".co$0"),
        "0 instructions, 0 labels, 0 constants, 1 directives"
    );
}

#[test]
fn an_instruction_is_written_in_the_letter_case_of_what_is_typed() {
    let pushes = |text| {
        shown(text, |item| {
            matches!(item.label.to_uppercase().as_str(), "PUSH" | "ADD")
        })
    };
    expect![[r#"
        1  a:
              |
        Instruction PUSH | ( -- n ) | "PUSH "
        Instruction ADD | ( a b -- a+b ) | "ADD"
    "#]]
    .assert_eq(&pushes("a: $0"));
    expect![[r#"
        1  pu
           ^^
        Instruction push | ( -- n ) | "push "
    "#]]
    .assert_eq(&pushes("pu$0"));
    expect![[r#"
        1  Pu
           ^^
        Instruction PUSH | ( -- n ) | "PUSH "
    "#]]
    .assert_eq(&pushes("Pu$0"));
}

#[test]
fn no_operand_is_inserted_where_one_stands() {
    let push = |text| shown(text, |item| item.label == "PUSH" || item.label == ".const");
    expect![[r#"
        1  PUS 1
           ^^^
        Instruction PUSH | ( -- n ) | "PUSH"
    "#]]
    .assert_eq(&push("P$0US 1"));
    expect![[r#"
        1   # comment
           |
        Instruction PUSH | ( -- n ) | "PUSH "
        Directive .const | .const NAME value | ".const ${1:NAME} ${2:0}"
    "#]]
    .assert_eq(&push("$0 # comment"));
}

#[test]
fn labels_and_constants_are_offered_for_a_target_the_nearest_first() {
    let text = ".const END 9\nfar: NOP\nNOP\nNOP\nNOP\nJMP $0\nNOP\nnear: NOP\n";
    check(
        text,
        expect![[r#"
            6  JMP
                   |
            Label near | instruction 6 | "near"
            Label far | instruction 0 | "far"
            Constant END | = 9 | "END"
        "#]],
    );
    check(
        &text.replace("$0", "ea$0xx"),
        expect![[r#"
            6  JMP eaxx
                   ^^^^
            Label near | instruction 6 | "near"
        "#]],
    );
}

#[test]
fn constants_are_offered_for_a_word() {
    let text = ".const N 0x10\nlabel:\nOP $0\n";
    for op in ["PUSH", "load", "STORE", "DUP", "SWAP"] {
        assert_eq!(
            kinds(&text.replace("OP", op)),
            "0 instructions, 0 labels, 1 constants, 0 directives",
            "{op}"
        );
    }
    check(
        &text.replace("OP", "l: PUSH"),
        expect![[r#"
            3  l: PUSH
                       |
            Constant N | = 16 | "N"
        "#]],
    );
}

#[test]
fn nothing_is_offered_in_comments_in_literals_and_after_the_operand() {
    let none = "0 instructions, 0 labels, 0 constants, 0 directives";
    for text in [
        "# $0",
        "PUSH 1 ; pu$0",
        "PUSH 1$0",
        "PUSH '$0'",
        "NOT $0",
        "FROB $0",
        "PUSH 1 $0",
        ".const $0",
        ".const N$0",
        "a: b: $0x",
        "lab$0el: NOP",
        "label$0:",
    ] {
        let text = format!(".const M 1\nm: NOP\n{text}");
        assert_eq!(kinds(&text), none, "{text}");
    }
}

#[test]
fn of_very_many_names_the_nearest_are_offered() {
    let mut text: String = (0..2000).map(|n| format!("label{n}: NOP\n")).collect();
    text.push_str("JMP $0");
    let (s, cursor) = at_cursor(&text);
    let answer = completions(&s, cursor);
    assert!(answer.is_incomplete);
    assert_eq!(answer.items[0].label, "label1999");
    let (s, cursor) = at_cursor(&text.replace("$0", "label3$0"));
    let answer = completions(&s, cursor);
    assert!(answer.items.iter().all(|item| item.label.contains('3')));
    assert!(answer.items.iter().any(|item| item.label == "label3"));
}

#[test]
fn a_label_with_the_name_of_an_instruction_is_not_offered() {
    check(
        "add: NOP\nadds: NOP\nJMP a$0\n",
        expect![[r#"
        3  JMP a
               ^
        Label adds | instruction 1 | "adds"
    "#]],
    );
}

#[test]
fn codes_are_offered_in_a_comment_that_allows() {
    let none = "0 instructions, 0 labels, 0 constants, 0 directives";
    let all = provable::lang::diagnostics::Code::ALL.iter();
    let all = all.filter(|code| code.can_be_allowed()).count();
    let all = format!("0 instructions, 0 labels, {all} constants, 0 directives");
    assert_eq!(kinds("HALT ; allow $0"), all);
    assert_eq!(kinds("# allow W103, $0\nHALT"), all);
    check(
        "HALT ; allow W103 w10$05: why",
        expect![[r#"
        1  HALT ; allow W103 w105: why
                             ^^^^
        Constant W101 | warning | "W101"
        Constant W102 | warning | "W102"
        Constant W103 | warning | "W103"
        Constant W104 | warning | "W104"
        Constant W105 | warning | "W105"
        Constant W107 | warning | "W107"
        Constant W108 | warning | "W108"
        Constant W109 | warning | "W109"
        Constant W110 | warning | "W110"
    "#]],
    );
    for text in [
        "; allow$0",
        "; W$0",
        "; allow W103: $0",
        "; allow what $0",
        "; allow é$0",
        "HALT ; $0allow",
    ] {
        assert_eq!(kinds(text), none, "{text}");
    }
}

#[test]
fn constants_are_offered_in_data_and_as_second_words_and_offsets() {
    let constant = "0 instructions, 0 labels, 2 constants, 0 directives";
    let with_own = "0 instructions, 0 labels, 3 constants, 0 directives";
    let nothing = "0 instructions, 0 labels, 0 constants, 0 directives";
    for (text, expected) in [
        ("ADD $0", constant),
        ("LOADX $0", constant),
        ("PUT $0", constant),
        (".data K at $0", with_own),
        (".DATA K AT 5 $0", with_own),
        (".data K at 5 1, $0", with_own),
        (".const N $0", constant),
        (".const N 2 * ($0", constant),
        (".words $0", constant),
        (".words 1,$0", constant),
        (
            ".data K $0",
            "0 instructions, 0 labels, 3 constants, 1 directives",
        ),
        (".data $0", nothing),
        (".data K at 5 1 $0", nothing),
        (".words 1 $0", nothing),
    ] {
        let text = format!(".const M 1\nm: NOP\n.data D at 9 1\n{text}");
        assert_eq!(kinds(&text), expected, "{text}");
    }
}
