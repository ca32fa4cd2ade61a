//! What assembles, to what, and what is said of what does not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use expect_test::{expect, Expect};
use provable_core::program::{assemble, SymbolKind};

fn check(text: &str, expected: Expect) {
    let assembly = assemble(text);
    assert!(assembly.program.is_none());
    expected.assert_eq(&common::draw(text, &assembly.diagnostics));
}

/// The program as `index: MNEMONIC operand`, one a line.
fn listing(text: &str) -> String {
    let assembly = assemble(text);
    assert_eq!(assembly.diagnostics, []);
    let program = assembly.program.unwrap();
    let mut out = String::new();
    for (index, instruction) in program.instructions().iter().enumerate() {
        out += &format!("{index}: {}", instruction.op.spec().mnemonic);
        if let Some(operand) = instruction.operand {
            out += &format!(" {operand}");
        }
        out += "\n";
    }
    out
}

#[test]
fn the_seed_counts_down() {
    let text = "#provable 1.0\n# sums 5 + 3, then counts down\nPUSH 5\nPUSH 3\nADD\nSTORE 0\nLOAD 0\nJZ 9\nLOAD 0\nPUSH 1\nJMP 2\nHALT\n";
    expect![[r#"
        0: PUSH 5
        1: PUSH 3
        2: ADD
        3: STORE 0
        4: LOAD 0
        5: JZ 9
        6: LOAD 0
        7: PUSH 1
        8: JMP 2
        9: HALT
    "#]]
    .assert_eq(&listing(text));
}

#[test]
fn labels_and_constants_may_be_used_before_they_are_defined() {
    let text = "\
        jmp main ; any letter case\r\n\
        .const LIMIT 0x_\r\n"
        .replace("0x_", "0x1_0")
        + "main: push LIMIT\n  push ';' # not a comment\r  push -1\nnext:\n  jnz main\n  call 3\n  jz LIMIT\n  jmp end\nend:";
    expect![[r#"
        0: JMP 1
        1: PUSH 16
        2: PUSH 59
        3: PUSH 4294967295
        4: JNZ 1
        5: CALL 3
        6: JZ 16
        7: JMP 8
    "#]]
    .assert_eq(&listing(&text));
}

#[test]
fn operands_that_may_be_missing() {
    expect![[r#"
        0: DUP 0
        1: DUP 3
        2: SWAP 1
        3: SWAP 2
        4: LOAD
        5: LOAD 7
        6: STORE
        7: STORE 7
    "#]]
    .assert_eq(&listing(
        "DUP\nDUP 3\nSWAP\nSWAP 2\nLOAD\nLOAD 7\nSTORE\nSTORE 7",
    ));
}

#[test]
fn names_are_case_sensitive_and_every_use_is_noted() {
    let text = "Loop:\nloop: JMP Loop\nJMP loop\nJMP loop\n.const N 1\n";
    let assembly = assemble(text);
    assert!(!assembly.has_errors());
    let seen: Vec<_> = assembly
        .symbols
        .iter()
        .map(|s| (s.name.as_str(), s.kind, s.line, s.value, s.references.len()))
        .collect();
    assert_eq!(
        seen,
        [
            ("Loop", SymbolKind::Label, 0, Some(0), 1),
            ("loop", SymbolKind::Label, 1, Some(0), 2),
            ("N", SymbolKind::Constant, 4, Some(1), 0),
        ]
    );
    let (symbol, span) = assembly
        .symbols
        .at(text.find("JMP loop").unwrap() + 5)
        .unwrap();
    assert_eq!(
        (symbol.name.as_str(), &text[span.range()]),
        ("loop", "loop")
    );
    assert_eq!(assembly.line_of(1), Some(2));
    assert_eq!(assembly.instruction_on(2), Some(1));
    assert_eq!(assembly.instruction_on(0), None);
    assert_eq!(&text[assembly.span_of(0)], "JMP Loop");
}

#[test]
fn comments_spacing_and_names_do_not_make_another_program() {
    let one = assemble("a: PUSH 10\nJMP a\n").program.unwrap();
    let two = assemble("\u{feff}# hi\r\nb:\r\n\tpush 0xA;\r\n\r\n jmp 0")
        .program
        .unwrap();
    assert_eq!(one.digest(), two.digest());
    assert_eq!(two.line(0), Some(3));
    assert_eq!(two.line(1), Some(5));
}

#[test]
fn an_empty_text_is_an_empty_program() {
    assert_eq!(listing(""), "");
    assert_eq!(listing("\n# nothing\nend:\n"), "");
}

#[test]
fn an_unknown_instruction() {
    check(
        "  PSUH 1\nloop\nFROB x\n12 ADD\n",
        expect![[r#"
            1    PSUH 1
                 ^^^^ error[E004]: there is no instruction `PSUH`
               = did you mean `PUSH`?
            2  loop
               ^^^^ error[E004]: there is no instruction `loop`
               = a label is written `loop:`
            3  FROB x
               ^^^^ error[E004]: there is no instruction `FROB`
            4  12 ADD
               ^^^^^^ error[E004]: expected an instruction, found `12 ADD`
        "#]],
    );
}

#[test]
fn operands_missing_extra_and_of_the_wrong_kind() {
    check(
        "PUSH\nJMP\nADD 1\nPUSH 1 2\nPUSH ADD\nx: PUSH x\nLOAD x\nPUSH :\nHALT HALT\nJMP añb\n",
        expect![[r#"
            1  PUSH
               ^^^^ error[E005]: PUSH needs a number or a constant
            2  JMP
               ^^^ error[E005]: JMP needs a label, a constant or an index
            3  ADD 1
                   ^ error[E006]: unexpected `1` after ADD
               = one instruction a line; a comment begins with `#` or `;`
            4  PUSH 1 2
                      ^ error[E006]: unexpected `2` after the operand
               = one instruction a line; a comment begins with `#` or `;`
            5  PUSH ADD
                    ^^^ error[E007]: `ADD` is an instruction, and cannot be an operand
            6  x: PUSH x
                       ^ error[E007]: PUSH takes a number or a constant; `x` is a label
            6  x: PUSH x
               - the label is defined here
            7  LOAD x
                    ^ error[E007]: LOAD takes a number or a constant; `x` is a label
            6  x: PUSH x
               - the label is defined here
            8  PUSH :
               ^^^^ error[E008]: `PUSH` is the instruction PUSH, not a name for a label
               = for instance `PUSH_`
            8  PUSH :
               ^^^^^^ error[E013]: the colon stands directly after a label's name
            9  HALT HALT
                    ^^^^ error[E006]: unexpected `HALT` after HALT
               = one instruction a line; a comment begins with `#` or `;`
            10 JMP añb
                   ^^^ error[E007]: `añb` cannot be an operand
        "#]],
    );
}

#[test]
fn numbers_that_are_none() {
    check(
        "PUSH 4294967296\nPUSH -2147483649\nPUSH 12a\nPUSH 1__0\nPUSH 0x\nPUSH 'ab'\nPUSH '\nPUSH '\\q'\nPUSH '' ; c\n",
        expect![[r#"
            1  PUSH 4294967296
                    ^^^^^^^^^^ error[E003]: the number does not fit in a word: it must be from -2147483648 to 4294967295
            2  PUSH -2147483649
                    ^^^^^^^^^^^ error[E003]: the number does not fit in a word: it must be from -2147483648 to 4294967295
            3  PUSH 12a
                    ^^^ error[E002]: `a` is not a digit of a decimal number
            4  PUSH 1__0
                    ^^^^ error[E002]: `_` may only stand between two digits
            5  PUSH 0x
                    ^^ error[E002]: a number needs at least one digit
            6  PUSH 'ab'
                    ^^^^ error[E002]: a character literal holds one character
            7  PUSH '
                    ^ error[E002]: the character literal has no closing quote
            8  PUSH '\q'
                    ^^^^ error[E002]: `\q` is not an escape; there are \n \t \r \0 \\ \' \"
            9  PUSH '' ; c
                    ^^ error[E002]: a character literal holds one character
        "#]],
    );
}

#[test]
fn labels_that_are_none() {
    check(
        "add: NOP\n1st: NOP\na : NOP\nb: c: NOP\nd: .const E 1\n: NOP\nschön: NOP\n",
        expect![[r#"
            1  add: NOP
               ^^^ error[E008]: `add` is the instruction ADD, not a name for a label
               = for instance `add_`
            2  1st: NOP
               ^^^ error[E008]: `1st` cannot name a label
               = a name is made of ASCII letters, digits, `_` and `.`, with a letter or `_` first
            3  a : NOP
               ^^^ error[E013]: the colon stands directly after a label's name
            4  b: c: NOP
                  ^^^^^^ error[E013]: a line defines one label at most
               = write the second label on a line of its own
            5  d: .const E 1
               ^ error[E013]: a label stands alone or before an instruction
               = write the label on a line of its own
            6  : NOP
               ^^^^^ error[E004]: expected an instruction, found `: NOP`
            7  schön: NOP
               ^^^^^ error[E008]: `schön` cannot name a label
               = a name is made of ASCII letters, digits, `_` and `.`, with a letter or `_` first
        "#]],
    );
}

#[test]
fn names_defined_twice_or_nowhere() {
    check(
        "start: JMP strat\n.const start 1\nstart:\nPUSH LIMIT\nJMP nowhere\n",
        expect![[r#"
            1  start: JMP strat
                          ^^^^^ error[E010]: there is no label or constant `strat`
               = did you mean `start`?
            2  .const start 1
                      ^^^^^ error[E009]: `start` is already defined
            1  start: JMP strat
               ----- first defined here
            3  start:
               ^^^^^ error[E009]: `start` is already defined
            1  start: JMP strat
               ----- first defined here
            4  PUSH LIMIT
                    ^^^^^ error[E010]: there is no constant `LIMIT`
               = define it with `.const LIMIT value`
            5  JMP nowhere
                   ^^^^^^^ error[E010]: there is no label or constant `nowhere`
               = define it with `nowhere:` on a line
        "#]],
    );
}

#[test]
fn constants_that_are_none() {
    check(
        ".const\n.const A\n.const B A\n.const C 1 2\n.const PUSH 1\n.const 9 1\n.include x\n",
        expect![[r#"
            1  .const
               ^^^^^^ error[E011]: the constant has no name and no value
               = write `.const NAME value`
            2  .const A
               ^^^^^^^^ error[E011]: the constant has no value
               = write `.const NAME value`
            3  .const B A
                        ^ error[E011]: the value of a constant is a number
            4  .const C 1 2
                          ^ error[E006]: unexpected `2` after the constant's value
               = one instruction a line; a comment begins with `#` or `;`
            5  .const PUSH 1
                      ^^^^ error[E008]: `PUSH` is the instruction PUSH, not a name for a constant
               = for instance `PUSH_`
            6  .const 9 1
                      ^ error[E008]: `9` cannot name a constant
               = a name is made of ASCII letters, digits, `_` and `.`, with a letter or `_` first
            7  .include x
               ^^^^^^^^ error[E012]: there is no directive `.include`
               = the one directive is `.const NAME value`
        "#]],
    );
}

#[test]
fn a_bad_constant_costs_no_complaint_where_it_is_used() {
    check(
        ".const N 5000000000\nPUSH N\n",
        expect![[r#"
            1  .const N 5000000000
                        ^^^^^^^^^^ error[E003]: the number does not fit in a word: it must be from -2147483648 to 4294967295
        "#]],
    );
}

#[test]
fn characters_that_belong_to_nothing() {
    check(
        "PUSH $5\nSWAP 1, 2\nPUSH\u{a0}1\nADD // two\n",
        expect![[r#"
            1  PUSH $5
                    ^ error[E001]: unexpected `$`
               = a comment begins with `#` or `;`
            2  SWAP 1, 2
                     ^ error[E001]: unexpected `,`
               = operands are separated by a space
            2  SWAP 1, 2
                       ^ error[E006]: unexpected `2` after the operand
               = one instruction a line; a comment begins with `#` or `;`
            3  PUSH 1
                   ^ error[E001]: unexpected `\u{a0}`
               = only plain spaces and tabs separate words
            4  ADD // two
                   ^^ error[E001]: unexpected `//`
               = a comment begins with `#` or `;`
            4  ADD // two
                      ^^^ error[E006]: unexpected `two` after ADD
               = one instruction a line; a comment begins with `#` or `;`
        "#]],
    );
}

#[test]
fn one_bad_line_leaves_the_other_lines_their_places() {
    let assembly = assemble("PUSH 1\nFROB\nend: HALT\nJMP end\n");
    assert_eq!(assembly.diagnostics.len(), 1);
    assert_eq!(assembly.symbols.get("end").unwrap().value, Some(2));
}

#[test]
fn a_text_over_the_limit_is_refused_and_garbage_is_reported_in_bounds() {
    let large = " ".repeat((64 << 20) + 1);
    let assembly = assemble(&large);
    assert_eq!(assembly.diagnostics.len(), 1);
    assert_eq!(assembly.diagnostics[0].code.as_str(), "E014");

    let lines = assemble(&"\n".repeat((1 << 24) + 1));
    assert_eq!(
        lines.diagnostics[0].message,
        "the program has 16777217 lines; at most 16777216 (2^24) are read"
    );

    let garbage = assemble(&"?\n".repeat(30_000));
    assert!(garbage.program.is_none());
    assert_eq!(garbage.diagnostics.last().unwrap().code.as_str(), "E015");
    assert!(garbage.diagnostics.len() < 10_010);
}
