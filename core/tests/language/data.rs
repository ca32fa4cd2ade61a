//! Words of data: what they assemble to, what is wrong with them, and what the analysis knows of them.

use crate::draw::draw;
use expect_test::{Expect, expect};
use proptest::prelude::*;
use provable::lang::analysis::analyse;
use provable::lang::program::{assemble, reassemble};
use provable::lang::syntax::{format, parse, reparse};

fn data(text: &str) -> Vec<(u32, u32)> {
    let assembly = assemble(text);
    assert_eq!(assembly.diagnostics, [], "{text}");
    assembly.program.unwrap().data().to_vec()
}

fn check(text: &str, expected: Expect) {
    let assembly = assemble(text);
    assert!(assembly.program.is_none());
    expected.assert_eq(&draw(text, &assembly.diagnostics));
}

fn check_findings(text: &str, expected: Expect) {
    let assembly = assemble(text);
    assert_eq!(assembly.diagnostics, [], "{text}");
    expected.assert_eq(&draw(text, &analyse(&assembly).diagnostics));
}

#[test]
fn words_lie_from_the_address_on() {
    let text = "\
        .const N 0x100\n\
        .data K at 3 1, 'a', N # three\n\
        \n\
        # and more\n\
        .words -1\n\
        PUSH K\n\
        .DATA high AT 0xffff_ffff end.of_it\n\
        .const end.of_it 9\n\
        .data first at 0\n\
        .words\t7 , K,8\n";
    let expected = [
        (0, 7),
        (1, 3),
        (2, 8),
        (3, 1),
        (4, 97),
        (5, 256),
        (6, u32::MAX),
        (u32::MAX, 9),
    ];
    assert_eq!(data(text), expected);
    let assembly = assemble(text);
    assert_eq!(assembly.instruction_count(), 1);
    let k = assembly.symbols.get("K").unwrap();
    assert_eq!((k.value, k.line, k.references.len()), (Some(3), 1, 2));
}

#[test]
fn an_address_may_be_a_name_that_has_its_value_by_then() {
    let text =
        ".data B at A 2\n.const A 5\n.data C at D 3\n.data D at 7 4, 4\n.words 9\n.data E at B 1\n";
    let assembly = assemble(text);
    let codes: Vec<_> = assembly
        .diagnostics
        .iter()
        .map(|d| d.code.as_str())
        .collect();
    // The words do overlap.
    assert_eq!(codes, ["E017", "E017"]);
    assert_eq!(assembly.symbols.get("E").unwrap().value, Some(5));
    assert_eq!(assembly.symbols.get("C").unwrap().value, Some(7));
    check(
        ".data A at B 1\n.data B at A 1\n.data C at C 1\n.data D at nowhere 1\n.data E at D 1\n",
        expect![[r#"
            2  .data B at A 1
                          ^ error[E019]: this is defined through itself: `B` → `A` → `B`
            3  .data C at C 1
                          ^ error[E019]: this is defined through itself: `C` → `C`
            4  .data D at nowhere 1
                          ^^^^^^^ error[E010]: there is no constant `nowhere`
               = define it with `.const nowhere value`
        "#]],
    );
}

#[test]
fn data_are_written_with_a_name_at_and_an_address() {
    check(
        ".data\n.data K\n.data K 5 1\n.data at 5 1\n.data L at\n.data M at , 1\n.data ADD at 5 1\n.data 9 at 6 1\nx: .data N at 7 1\n.words 8\nHALT\n",
        expect![[r#"
            1  .data
               ^^^^^ error[E016]: the data have no name
               = write `.data NAME word, ...`
            2  .data K
                     ^ error[E016]: the data `K` have no words
               = write them after the address, or on lines `.words` below
            3  .data K 5 1
                     ^ error[E009]: `K` is already defined
            2  .data K
                     - first defined here
            3  .data K 5 1
                         ^ error[E016]: a comma is missing before this word
               = words are separated by single commas: `1, 2, 3`
            4  .data at 5 1
               ^^^^^^^^ error[E016]: the data have no name
               = write `.data NAME word, ...`
            5  .data L at
               ^^^^^^^^^^ error[E016]: the data have no address after `at`
               = write `.data NAME word, ...`
            6  .data M at , 1
               ^^^^^^^^^^ error[E016]: the data have no address after `at`
               = write `.data NAME word, ...`
            7  .data ADD at 5 1
                     ^^^ error[E008]: `ADD` is the instruction ADD, not a name for a constant
               = for instance `ADD_`
            8  .data 9 at 6 1
                     ^ error[E008]: `9` cannot name a constant
               = a name is made of ASCII letters, digits, `_` and `.`, with a letter or `_` first
            9  x: .data N at 7 1
               ^ error[E013]: a label stands alone or before an instruction
               = write the label on a line of its own
        "#]],
    );
}

#[test]
fn words_are_numbers_and_constants_with_commas_between() {
    check(
        ".data A at 0 1 2, 3\n.data B at 10 1,, 2\n.data C at 20 , 1\n.data D at 30 1,\n.data E at 40 -1, 2\n.words\n.data F at x 1\n.data G at 60 x, nowhere, ADD, 5000000000, 'ab', $\nx: NOP\n",
        expect![[r#"
            1  .data A at 0 1 2, 3
                              ^ error[E016]: a comma is missing before this word
               = words are separated by single commas: `1, 2, 3`
            2  .data B at 10 1,, 2
                               ^ error[E016]: a word is missing beside this comma
               = words are separated by single commas: `1, 2, 3`
            3  .data C at 20 , 1
                             ^ error[E016]: a word is missing beside this comma
               = words are separated by single commas: `1, 2, 3`
            4  .data D at 30 1,
                              ^ error[E016]: a word is missing beside this comma
               = words are separated by single commas: `1, 2, 3`
            5  .data E at 40 -1, 2
                               ^ error[E016]: a word is missing beside this comma
               = words are separated by single commas: `1, 2, 3`
            6  .words
               ^^^^^^ error[E016]: `.words` has no words
               = write `.words word, ...`
            7  .data F at x 1
                          ^ error[E007]: `x` is a label, which takes part in no expression
            8  .data G at 60 x, nowhere, ADD, 5000000000, 'ab', $
                             ^ error[E007]: .data takes a number or a constant; `x` is a label
            9  x: NOP
               - the label is defined here
            8  .data G at 60 x, nowhere, ADD, 5000000000, 'ab', $
                                ^^^^^^^ error[E010]: there is no constant `nowhere`
               = define it with `.const nowhere value`
            8  .data G at 60 x, nowhere, ADD, 5000000000, 'ab', $
                                         ^^^ error[E007]: `ADD` is an instruction, and cannot be an operand
            8  .data G at 60 x, nowhere, ADD, 5000000000, 'ab', $
                                              ^^^^^^^^^^ error[E003]: the number does not fit in a word: it must be from -2147483648 to 4294967295
            8  .data G at 60 x, nowhere, ADD, 5000000000, 'ab', $
                                                          ^^^^ error[E002]: a character literal holds one character
            8  .data G at 60 x, nowhere, ADD, 5000000000, 'ab', $
                                                              ^ error[E016]: a word is missing beside this comma
               = words are separated by single commas: `1, 2, 3`
            8  .data G at 60 x, nowhere, ADD, 5000000000, 'ab', $
                                                                ^ error[E001]: unexpected `$`
               = a comment begins with `#` or `;`
        "#]],
    );
}

#[test]
fn data_without_words_are_an_error() {
    check(
        ".data A at 5\n.data B at 6\n# nothing\nNOP\n.data C at 7",
        expect![[r#"
            1  .data A at 5
                     ^ error[E016]: the data `A` have no words
               = write them after the address, or on lines `.words` below
            2  .data B at 6
                     ^ error[E016]: the data `B` have no words
               = write them after the address, or on lines `.words` below
            5  .data C at 7
                     ^ error[E016]: the data `C` have no words
               = write them after the address, or on lines `.words` below
        "#]],
    );
}

#[test]
fn words_without_data_directly_above_are_an_error() {
    check(
        ".words 1\n.words 2\n.data A at 5 1\nNOP\n.words 3\n.data B at 9 1\nhere:\n.words 4\n.data C at 20 1\n.const N 1\n.words 5\n",
        expect![[r#"
            1  .words 1
               ^^^^^^ error[E016]: there is no `.data` line directly above for `.words` to continue
            5  .words 3
               ^^^^^^ error[E016]: there is no `.data` line directly above for `.words` to continue
            8  .words 4
               ^^^^^^ error[E016]: there is no `.data` line directly above for `.words` to continue
            11 .words 5
               ^^^^^^ error[E016]: there is no `.data` line directly above for `.words` to continue
        "#]],
    );
}

#[test]
fn data_that_overlap_are_an_error_that_names_both() {
    check(
        ".data A at 10 1, 2, 3\n.data B at 12 1\n.data C at 9\n.words 1\n.words 1\n.data D at 13 1\n",
        expect![[r#"
            2  .data B at 12 1
                          ^^ error[E017]: the data `B` overlap `A` at address 12
            1  .data A at 10 1, 2, 3
                          -- `A` is placed here
            3  .data C at 9
                          ^ error[E017]: the data `C` overlap `A` at address 10
            1  .data A at 10 1, 2, 3
                          -- `A` is placed here
        "#]],
    );
}

#[test]
fn data_past_the_last_address_are_an_error() {
    check(
        ".data A at 0xffff_fffe 1, 2, 3\n",
        expect![[r#"
        1  .data A at 0xffff_fffe 1, 2, 3
                      ^^^^^^^^^^^ error[E017]: the data `A` end past the last address, 4294967295: there is room for 2 words from here
    "#]],
    );
    assert_eq!(
        data(".data A at -2 1, 2"),
        [(u32::MAX - 1, 1), (u32::MAX, 2)]
    );
}

#[test]
fn a_misspelt_directive_is_told() {
    check(
        ".dat A at 5 1\n.word 1\n",
        expect![[r#"
        1  .dat A at 5 1
           ^^^^ error[E012]: there is no directive `.dat`
           = did you mean `.data`?
        2  .word 1
           ^^^^^ error[E012]: there is no directive `.word`
           = did you mean `.words`?
    "#]],
    );
}

#[test]
fn every_name_in_data_is_found_at_its_place() {
    let text = ".const N 1\n.data K at N N, 2,N\n.words K\n";
    let assembly = assemble(text);
    let at = |offset| {
        let found = assembly.symbol_at(offset);
        found.map(|(symbol, span)| (symbol.name.as_str(), span.range()))
    };
    assert_eq!(at(17), Some(("K", 17..18)));
    assert_eq!(at(22), Some(("N", 22..23)));
    assert_eq!(at(24), Some(("N", 24..25)));
    assert_eq!(at(27), None);
    assert_eq!(at(29), Some(("N", 29..30)));
    assert_eq!(at(38), Some(("K", 38..39)));
}

#[test]
fn loads_of_data_are_not_reported() {
    check_findings(
        ".data K at 5 1, 2\nLOAD 5\nLOAD 6\nPUSH 7\nLOADX -2\nHALT\n",
        expect![""],
    );
    check_findings(
        ".data K at 5 1, 2\nLOAD 4\nLOAD 7\nPUSH K\nLOADX 2\nPUSH K\nLOADX\nHALT\n",
        expect![[r#"
            2  LOAD 4
               ^^^^^^ error[E108]: no path to this LOAD has stored at address 4
            3  LOAD 7
               ^^^^^^ error[E108]: no path to this LOAD has stored at address 7
            5  LOADX 2
               ^^^^^^^ error[E108]: no path to this LOADX has stored at address 7
        "#]],
    );
}

#[test]
fn put_stores_where_its_address_is_pushed_before_its_word() {
    check_findings("PUSH 5\nPUSH 1\nPUT 2\nLOAD 7\nHALT\n", expect![""]);
    check_findings("READ\nREAD\nPUT 2\nLOAD 7\nHALT\n", expect![""]);
    check_findings(
        "PUSH 5\nPUSH 1\nPUT 2\nLOAD 5\nHALT\n",
        expect![[r#"
        4  LOAD 5
           ^^^^^^ error[E108]: no path to this LOAD has stored at address 5
    "#]],
    );
}

#[test]
fn a_literal_operand_that_always_traps_is_reported() {
    check_findings(
        "READ\nDIV 0\nMOD 0\nSHL 32\nSHR 33\nROTL 40\nROTR 32\nPUSH 32\nROTL\nDIV 1\nSHL 31\nADD 0\nHALT\n",
        expect![[r#"
            2  DIV 0
               ^^^^^ error[E109]: DIV always divides by zero
            3  MOD 0
               ^^^^^ error[E109]: MOD always divides by zero
            4  SHL 32
               ^^^^^^ error[E110]: SHL always shifts by 32; the most is 31
            5  SHR 33
               ^^^^^^ error[E110]: SHR always shifts by 33; the most is 31
            6  ROTL 40
               ^^^^^^^ error[E110]: ROTL always rotates by 40; the most is 31
            7  ROTR 32
               ^^^^^^^ error[E110]: ROTR always rotates by 32; the most is 31
            9  ROTL
               ^^^^ error[E110]: ROTL always rotates by 32; the most is 31
            8  PUSH 32
               ------- the operand is pushed here
        "#]],
    );
}

#[test]
fn data_are_formatted_with_one_space_after_commas_and_words_indented() {
    let text = "  .DATA   tab   AT 0x10   1 ,2,'a'# three\n.WORDS 3,4 ; two\n\n\n .words N\n.data empty at 7\n.words 1\n.data bad at\n   .data K at 9 -1\n.const N 2\n";
    let formatted = format(text);
    expect![[r#"
        .data tab at 0x10 1, 2, 'a'  # three
            .words 3, 4              ; two

            .words N
        .data empty at 7
            .words 1
        .data bad at
        .data K at 9 -1
        .const N 2
    "#]]
    .assert_eq(&formatted);
    assert_eq!(format(&formatted), formatted);
}

/// Lines of data, well-formed or not, and lines that end them.
fn lines() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(
        prop::sample::select(vec![
            ".data A at 10 1, 2\n",
            ".data B at 12\n",
            ".data C at A\n",
            ".data D at N 7, A\r\n",
            ".words 3\n",
            ".words 4, 5 # c\n",
            ".words N,'x'\n",
            ".words\n",
            ".data\n",
            "\n",
            "# comment\n",
            ".const N 30\n",
            "x: NOP\n",
            "y:\n",
            "  .DATA E AT 0x20 1 , -1\n",
            ".data F at 90 1,\n",
        ]),
        0..12,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_of_data_gives_what_the_new_text_gives(old in lines(), new in lines(), at in any::<prop::sample::Index>()) {
        let before = old.concat();
        // One line is replaced by some.
        let mut changed = old.clone();
        let place = at.index(changed.len() + 1);
        let end = (place + 1).min(changed.len());
        changed.splice(place..end, new.into_iter().take(2));
        let text = changed.concat();
        let (old, fresh) = (assemble(&before), assemble(&text));
        let again = reassemble(&old, &text);
        let (reparsed, parsed) = (reparse(&old.tree, &text), parse(&text));
        prop_assert_eq!(reparsed.lines(), parsed.lines());
        prop_assert_eq!(&again.diagnostics, &fresh.diagnostics);
        prop_assert_eq!(&again.program, &fresh.program);
        let digest = |assembly: &provable::lang::program::Assembly| assembly.program.as_ref().map(|p| p.digest());
        prop_assert_eq!(digest(&again), digest(&fresh));
        prop_assert_eq!(digest(&assemble(&format(&text))), digest(&fresh));
    }

    #[test]
    fn data_overlap_exactly_if_two_words_have_one_address(
        blocks in prop::collection::vec((0u32..30, 1usize..6), 1..7)
    ) {
        let mut text = String::new();
        let mut taken = std::collections::HashSet::new();
        let mut is_free = true;
        for (number, (address, count)) in blocks.iter().enumerate() {
            let words = vec!["1"; *count].join(", ");
            text += &format!(".data D{number} at {address} {words}\n");
            is_free &= (0..*count as u32).all(|word| taken.insert(address + word));
        }
        prop_assert_eq!(assemble(&text).program.is_some(), is_free, "{}", text);
    }
}

#[test]
fn very_much_data_takes_time_in_proportion() {
    // With a square in it, this would not end.
    let mut text = String::from(".data first at 0x8000_0000\n");
    for line in 0..40_000 {
        text += "    .words 1, 2, 3, 4, 5, 6, 7, 8\n";
        text += &format!(".data d{line} at {line} 1\n");
        text += &format!(".data e{line} at {}\n", 0x9000_0000u32 + 8 * line);
    }
    text += ".words 9\n";
    let assembly = assemble(&text);
    assert_eq!(assembly.program.unwrap().data().len(), 40_000 * 9 + 1);
}
