//! What is drawn over a text: findings, semantic tokens, stack depths.

use crate::support::{draw, marked};
use expect_test::expect;
use provable_ide::Snapshot;
use provable_ide::tokens::{MODIFIERS, TYPES};

const ALL: std::ops::Range<usize> = 0..usize::MAX;

#[test]
fn findings_of_text_and_program_are_in_the_order_of_the_text() {
    let faded = |text| {
        let s = Snapshot::new(text);
        let notes = provable_ide::diagnostics(&s).into_iter().map(|finding| {
            let fade = if finding.unnecessary { " (faded)" } else { "" };
            (
                finding.diagnostic.span.clone(),
                format!("{}{fade}", finding.diagnostic.code),
            )
        });
        draw(&s, notes)
    };
    expect![[r#"
        1  .const N 1
                  ^ H106 (faded)
        2  POP
           ^^^ E101
        4  NOP
           ^^^ W105 (faded) to 5:3
        6  end: DIV
                ^^^ E101
    "#]]
    .assert_eq(&faded(".const N 1\nPOP\nJMP end\nNOP\nNOP\nend: DIV\n"));
    expect![[r#"
        1  JMP x
               ^ E010
        2  FROB
           ^^^^ E004
        3  PUSH 9999999999 1
                ^^^^^^^^^^ E003
                           ^ E006
    "#]]
    .assert_eq(&faded("JMP x\nFROB\nPUSH 9999999999 1\n"));
}

fn colours(text: &str) -> String {
    let (s, range) = match text.contains("$0") {
        true => marked(text),
        false => (Snapshot::new(text), ALL),
    };
    let tokens = provable_ide::tokens(&s, range);
    let notes = tokens.into_iter().map(|token| {
        let mut note = TYPES[token.kind.index() as usize].to_owned();
        for (bit, name) in MODIFIERS.iter().enumerate() {
            if token.modifiers() >> bit & 1 == 1 {
                note += &format!(" {name}");
            }
        }
        (token.span, note)
    });
    draw(&s, notes)
}

#[test]
fn every_token_has_its_type() {
    expect![[r#"
        1  .const N -1 # é
           ^^^^^^ macro
                  ^ variable definition readonly
                    ^^ number
                       ^^^ comment
        2  loop: PUSH 'x'
           ^^^^ label definition
                 ^^^^ keyword
                      ^^^ string
        3  JNZ loop ; x
           ^^^ keyword controlFlow
               ^^^^ label
                    ^^^ comment
        4   PUSH N
            ^^^^ keyword
                 ^ variable readonly
        5  HALT
           ^^^^ keyword controlFlow
    "#]]
    .assert_eq(&colours(
        ".const N -1 # é\nloop: PUSH 'x'\nJNZ loop ; x\n PUSH N\nHALT\n",
    ));
}

#[test]
fn the_parts_of_data_have_their_types() {
    expect![[r#"
        1  .data K at N 1, 'a',N # c
           ^^^^^ macro
                 ^ variable definition readonly
                   ^^ macro
                      ^ variable readonly
                        ^ number
                           ^^^ string
                               ^ variable readonly
                                 ^^^ comment
        2  .words -2
           ^^^^^^ macro
                  ^^ number
        3  ADD N
           ^^^ keyword
               ^ variable readonly
        4  PUT -1
           ^^^ keyword
               ^^ number
    "#]]
    .assert_eq(&colours(
        ".data K at N 1, 'a',N # c\n.words -2\nADD N\nPUT -1\n",
    ));
}

#[test]
fn unreachable_tokens_are_marked_if_the_text_has_no_error() {
    expect![[r#"
        1  HALT
           ^^^^ keyword controlFlow
        2  PUSH 1
           ^^^^ keyword unreachable
                ^ number unreachable
    "#]]
    .assert_eq(&colours("HALT\nPUSH 1\n"));
    expect![[r#"
        2  HALT
           ^^^^ keyword controlFlow
        3  PUSH x 7
           ^^^^ keyword
                ^ variable readonly
        4  JMP y
           ^^^ keyword controlFlow
               ^ label
    "#]]
    .assert_eq(&colours("FROB\nHALT\nPUSH x 7\nJMP y\n"));
}

#[test]
fn a_range_has_the_tokens_that_touch_it() {
    expect![[r#"
        2  a: PUSH 1
                   ^ number
        3  PUSH 2
           ^^^^ keyword
    "#]]
    .assert_eq(&colours("NOP\na: PUSH $01\nPUSH$0 2\nNOP\n"));
}

fn depths(text: &str) -> String {
    let (s, range) = match text.contains("$0") {
        true => marked(text),
        false => (Snapshot::new(text), ALL),
    };
    let hints = provable_ide::depth_hints(&s, range);
    draw(
        &s,
        hints.into_iter().map(|hint| {
            (
                hint.offset..hint.offset,
                format!("{} ({})", hint.label, hint.tooltip),
            )
        }),
    )
}

#[test]
fn the_depth_stands_after_each_instruction() {
    expect![[r#"
        1  PUSH 1 # one
                 | 1 (stack depth: 0 before, 1 after)
        2  a: DUP
                 | 2 (stack depth: 1 before, 2 after)
        5  ADD
              | 1 (stack depth: 2 before, 1 after)
    "#]]
    .assert_eq(&depths("PUSH 1 # one\na: DUP\n\n.const N 1\nADD\n"));
}

#[test]
fn depths_that_differ_by_path_are_shown_as_ranges() {
    expect![[r#"
        1  READ
               | 1 (stack depth: 0 before, 1 after)
        2  JZ a
               | 0 (stack depth: 1 before, 0 after)
        3  PUSH 1
                 | 1 (stack depth: 0 before, 1 after)
        4  a: NOP
                 | 0…1 (stack depth: 0 to 1 before, 0 to 1 after)
        5  loop: PUSH 1
                       | ≥1 (stack depth: 0 or more before, 1 or more after)
        6  JMP loop
                   | ≥1 (stack depth: 1 or more before, 1 or more after)
    "#]]
    .assert_eq(&depths(
        "READ\nJZ a\nPUSH 1\na: NOP\nloop: PUSH 1\nJMP loop\nNOP\n",
    ));
    expect![[r#"
        3  f: JMP f
                   | 0 (stack depth: 0 before, 0 after)
    "#]]
    .assert_eq(&depths("CALL f\nNOP\nf: JMP f\n"));
}

#[test]
fn depths_are_shown_beside_broken_lines_and_for_a_range() {
    expect![[r#"
        1  PUSH 1
                 | 1 (stack depth: 0 before, 1 after)
        2  PUSH
               | 2 (stack depth: 1 before, 2 after)
        3  ADD
              | 1 (stack depth: 2 before, 1 after)
    "#]]
    .assert_eq(&depths("PUSH 1\nPUSH\nADD\n"));
    expect![[r#"
        2  PUSH 2
                 | 2 (stack depth: 1 before, 2 after)
        3  PUSH 3
                 | 3 (stack depth: 2 before, 3 after)
    "#]]
    .assert_eq(&depths("PUSH 1\n$0PUSH 2\nPUSH 3\n$0PUSH 4\n"));
}
