//! Constant expressions and texts in double quotes: what they are worth, and what is no expression.

use crate::several::{passes, refused, stack};
use provable::lang::program::assemble;

/// The word that an expression is.
fn word(expression: &str) -> u32 {
    let text =
        format!(".data T 1, 2, 3\n.var v 5\n.const N {expression}\nPUSH N\nPUSH {expression}\n");
    let words = stack(&text);
    assert_eq!(words[0], words[1], "{expression}");
    words[0]
}

#[test]
fn every_operator_has_its_value() {
    for (expression, value) in [
        ("2 + 3 * 4", 14),
        ("(2+3)*4", 20),
        ("10 - 3 - 2", 5),
        ("10 -3", 7),
        ("10-3", 7),
        ("2*-3", -6),
        ("- -3", 3),
        ("-(2 + 3)", -5),
        ("7 / 2", 3),
        ("-7 / 2", -3),
        ("7 % 3", 1),
        ("-7 % 3", -1),
        ("1 << 31", 1 << 31),
        ("1 + 1 << 2", 8),
        ("-8 >> 1", -4),
        ("6 & 3 | 8 ^ 1", 11),
        ("1 | 2 == 3", 1),
        ("~0", -1),
        ("~0 & 0xff", 255),
        ("!5", 0),
        ("!0", 1),
        ("3 == 3", 1),
        ("3 != 3", 0),
        ("2 < 3", 1),
        ("3 <= 2", 0),
        ("3 > 2", 1),
        ("2 >= 3", 0),
        ("1 < 2 && 2 < 1", 0),
        ("2 && 3", 1),
        ("0 || 7", 1),
        ("0 || 1 && 0", 0),
        ("'a' + 1", 98),
        ("0x10 * 0b11", 48),
        ("len(T)", 3),
        ("len(v) * len( T )", 15),
    ] {
        assert_eq!(
            i64::from(word(expression)),
            value & 0xffff_ffff,
            "{expression}"
        );
    }
}

#[test]
fn what_is_in_between_may_pass_the_range_of_a_word() {
    assert_eq!(word("0xffff_ffff * 0xffff_ffff >> 32"), 0xffff_fffe);
    assert_eq!(word("4294967295 + 1 - 1"), u32::MAX);
    assert_eq!(word("1 << 63 >> 62"), 2);
    assert_eq!(word("-2147483648"), 1 << 31);
    assert_eq!(word("0 - 2147483648"), 1 << 31);
    // A constant is a number with its sign, and no word.
    assert_eq!(stack(".const A -1\n.const B A / 2\nPUSH B"), [0]);
}

#[test]
fn what_need_not_be_looked_at_may_have_no_value() {
    assert_eq!(word("0 && 1 / 0"), 0);
    assert_eq!(word("1 || 1 % 0"), 1);
}

#[test]
fn an_expression_without_a_value_is_refused() {
    refused(
        "E019",
        &[
            "PUSH 1 / 0",
            "PUSH 1 % (2 - 2)",
            "PUSH 1 << 64",
            "PUSH 1 << -1",
            "PUSH 1 >> 128",
            "PUSH 1 << 127 >> 127",
            "PUSH 2 << 126 >> 126",
            "PUSH 4294967295 + 1",
            "PUSH -2147483648 - 1",
            "PUSH (1 << 63) * (1 << 63) * 4",
            ".const A A + 1\nPUSH A",
            ".const A B\n.const B C\n.const C A\nPUSH A",
            ".const A 1\nPUSH len(A)",
            ".data T at T + 1 1\n",
            ".var v len(v)\nPUSH v",
            ".const A 1 << 40\n",
            ".data T at 0 1 << 32\n",
            ".data T at 1 << 32 1\n",
        ],
    );
    passes(&[
        "PUSH 1 << 31\n",
        ".const A B + 1\n.const B 4\nPUSH A",
        ".data T at len(T) 1, 2\nPUSH T",
        ".var v len(T)\n.data T 1\nPUSH v\nPUSH T",
    ]);
}

#[test]
fn a_chain_of_many_constants_needs_no_deep_recursion() {
    let mut text = String::from("PUSH A0\n");
    for at in 0..20_000 {
        text += &format!(".const A{at} A{} + 1\n", at + 1);
    }
    text += ".const A20000 7\n";
    let assembly = assemble(&text);
    assert_eq!(assembly.diagnostics, []);
    assert_eq!(
        assembly.program.unwrap().instructions()[0].operand,
        Some(20_007)
    );
}

#[test]
fn what_is_no_expression_is_refused() {
    let deep = format!("PUSH {}1{}", "(".repeat(100), ")".repeat(100));
    let signs = format!("PUSH {}1", "-".repeat(100));
    let long = format!("PUSH 1{}", " + 1".repeat(400));
    refused(
        "E018",
        &[
            "PUSH 1 +",
            "PUSH (1",
            "PUSH 1 + * 2",
            "PUSH + 1",
            "PUSH ()",
            "PUSH len(3)",
            "PUSH len(",
            ".data T at 0 1 +",
            ".data T at 0 \"a\\q\"",
            ".data T at 0 \"a",
            ".data T at 0 \"\\x1\"",
            &deep,
            &signs,
            &long,
        ],
    );
}

#[test]
fn names_in_expressions_stand_for_numbers() {
    refused(
        "E010",
        &[
            "PUSH nothing + 1",
            ".data T at 0 nothing * 2\n",
            "PUSH len(nothing)",
        ],
    );
    refused(
        "E007",
        &[
            "here: PUSH here + 1",
            "JMP here + 1\nhere: HALT",
            "PUSH f * 2\nHALT\n.routine f ( -- )\nRET",
            "PUSH POP + 1",
            ".use \"std@1/math\"\nPUSH math + 1",
            "PUSH \"a\"",
        ],
    );
}

#[test]
fn expressions_stand_wherever_a_number_does() {
    passes(&[".const N 2\n\
         .var v N * 2 at N << 8\n\
         .data T at 1 << 10 N - 1, (N), -N, \"ab\", N+N\n\
         .words N % 2, 3 * N\n\
         PUSH N + 1\nSTORE v + 1\nLOAD v + N - 1\nADD N * 2\nPOP\nLOAD T\nLOADX len(T) - 4\nPOP\n\
         CALL f -N, N - 1, (N)\nHALT\n\
         .routine f ( -- ) P, Q.x, R\nPUSH P + Q.x * R\nPUSH P\nPOP\nPOP\nRET\n\
         .test \"t\"\n.public N + 1, -N\n.within N * 100\nREAD\nREAD\nPOP\nPOP\n"]);
    assert_eq!(stack("PUSH 2\nADD 1 + 1\nDUP 1 - 1"), [4, 4]);
}

#[test]
fn a_text_is_a_word_for_each_character_and_its_bytes_are_packed() {
    let words = |text: &str| {
        let assembly = assemble(text);
        assert_eq!(assembly.diagnostics, [], "{text}");
        let program = assembly.program.unwrap();
        program
            .data()
            .iter()
            .map(|(_, word)| *word)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        words(".data T at 0 \"h\u{e9}\\x41\\n\\\"\\\\#;,:\", 7, \"\""),
        [0x68, 0xe9, 0x41, 10, 34, 92, 35, 59, 44, 58, 7]
    );
    assert_eq!(
        words(".data T at 0\n.bytes \"abcd\u{e9}\\xff\\x00\"\n.words 1\n.bytes \"wxyz\""),
        [0x6162_6364, 0xc3a9_ff00, 1, 0x7778_797a]
    );
    refused(
        "E016",
        &[
            ".data T at 0\n.bytes \"abc\"",
            ".data T at 0\n.bytes \"\\xff\"",
            ".data T at 0\n.bytes 7",
            ".data T at 0\n.bytes",
            ".bytes \"abcd\"",
            ".data T at 0\n.bytes \"\"",
            ".data T at 0 \"\"",
        ],
    );
}
