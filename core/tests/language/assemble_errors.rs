//! The errors of a text that does not assemble, drawn under its lines.

use crate::draw::draw;
use expect_test::{Expect, expect};
use provable::lang::program::assemble;

fn check(text: &str, expected: Expect) {
    let assembly = assemble(text);
    assert!(assembly.program.is_none());
    expected.assert_eq(&draw(text, &assembly.diagnostics));
}

#[test]
fn an_unknown_instruction_is_an_error() {
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
fn missing_extra_and_wrong_operands_are_errors() {
    check(
        "PUSH\nJMP\nNOT 1\nPUSH 1 2\nPUSH ADD\nx: PUSH x\nLOAD x\nPUSH :\nHALT HALT\nJMP añb\n",
        expect![[r#"
            1  PUSH
               ^^^^ error[E005]: PUSH needs a number or a constant
            2  JMP
               ^^^ error[E005]: JMP needs a label, a constant or an index
            3  NOT 1
                   ^ error[E006]: unexpected `1` after NOT
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
fn malformed_numbers_are_errors() {
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
fn malformed_labels_are_errors() {
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
fn names_defined_twice_or_never_are_errors() {
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
fn malformed_constants_are_errors() {
    check(
        ".const\n.const A\n.const B A\n.const C 1 2\n.const PUSH 1\n.const 9 1\n.include x\n",
        expect![[r#"
            1  .const
               ^^^^^^ error[E011]: the constant has no name and no value
               = write `.const NAME value`
            2  .const A
               ^^^^^^^^ error[E011]: the constant has no value
               = write `.const NAME value`
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
               = the directives are `.use`, `.const`, `.var`, `.data`, `.words`, `.bytes`, `.rout …  `.push`, `.loop`, `.test`, `.public`, `.secret`, `.output`, `.traps`, `.within`
        "#]],
    );
}

#[test]
fn a_malformed_constant_is_reported_only_at_its_definition() {
    check(
        ".const N 5000000000\nPUSH N\n",
        expect![[r#"
            1  .const N 5000000000
                        ^^^^^^^^^^ error[E003]: the number does not fit in a word: it must be from -2147483648 to 4294967295
        "#]],
    );
}

#[test]
fn unexpected_characters_are_errors() {
    check(
        "PUSH $5\nSWAP 1, 2\nPUSH\u{a0}1\nNOT // two\n",
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
            4  NOT // two
                   ^^^^^^ error[E006]: unexpected `// two` after NOT
               = one instruction a line; a comment begins with `#` or `;`
        "#]],
    );
}

#[test]
fn only_spaces_and_tabs_separate_words() {
    for other in ['\u{b}', '\u{c}', '\u{a0}', '\u{2003}'] {
        let assembly = provable::lang::program::assemble(&format!("PUSH{other}1\nHALT\n"));
        let [first, ..] = assembly.diagnostics.as_slice() else {
            panic!("{other:?} separates words");
        };
        assert_eq!(first.code.as_str(), "E001");
        assert_eq!(
            first.help.as_deref(),
            Some("only plain spaces and tabs separate words")
        );
    }
    let assembly = provable::lang::program::assemble("\t PUSH \t1\t\nHALT\n");
    assert!(assembly.program.is_some());
}

#[test]
fn a_name_that_is_an_instruction_is_an_error_where_it_is_defined_and_where_it_is_used() {
    check(
        "add: NOP\nJMP add\n.const Pop 3\nPUSH Pop\nJMP ad\nJMP sub\n",
        expect![[r#"
            1  add: NOP
               ^^^ error[E008]: `add` is the instruction ADD, not a name for a label
               = for instance `add_`
            2  JMP add
                   ^^^ error[E007]: `add` is an instruction, and cannot be an operand
            3  .const Pop 3
                      ^^^ error[E008]: `Pop` is the instruction POP, not a name for a constant
               = for instance `Pop_`
            4  PUSH Pop
                    ^^^ error[E007]: `Pop` is an instruction, and cannot be an operand
            5  JMP ad
                   ^^ error[E010]: there is no label or constant `ad`
               = define it with `ad:` on a line
            6  JMP sub
                   ^^^ error[E007]: `sub` is an instruction, and cannot be an operand
        "#]],
    );
    // Both are one name, which an editor can find and change.
    let assembly = assemble("add: NOP\nJMP add\n.const Pop 3\nPUSH Pop\n");
    for (name, offset) in [("add", 0), ("add", 13), ("Pop", 24), ("Pop", 35)] {
        let (symbol, _) = assembly.symbol_at(offset).expect(name);
        assert_eq!((symbol.name.as_str(), symbol.references.len()), (name, 1));
    }
}
