//! What assembles, and to which program.

use expect_test::expect;
use provable::lang::program::{SymbolKind, assemble};

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
fn a_small_program_assembles_to_this_listing() {
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
fn missing_operands_get_their_defaults() {
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
        .symbol_at(text.find("JMP loop").unwrap() + 5)
        .unwrap();
    assert_eq!(
        (symbol.name.as_str(), &text[span.range()]),
        ("loop", "loop")
    );
    let at = |offset| {
        assembly
            .symbol_at(offset)
            .map(|(s, span)| (s.name.as_str(), span.range()))
    };
    // At a definition's ends, in a use, past a name, in the text's last line, past the text.
    assert_eq!(at(0), Some(("Loop", 0..4)));
    assert_eq!(at(4), Some(("Loop", 0..4)));
    assert_eq!(at(5), None);
    assert_eq!(at(text.find("N 1").unwrap()), Some(("N", 46..47)));
    assert_eq!(at(text.find(" 1").unwrap() + 1), None);
    assert_eq!(at(usize::MAX), None);
    assert_eq!(assembly.line_of(1), Some(2));
    assert_eq!(assembly.instruction_on(2), Some(1));
    assert_eq!(assembly.instruction_on(0), None);
    assert_eq!(&text[assembly.span_of(0)], "JMP Loop");
}

#[test]
fn comments_spacing_and_names_do_not_change_the_program() {
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
