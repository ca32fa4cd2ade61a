//! Random texts: programs, near programs, and any text.

use proptest::prelude::*;

/// Texts made of the language's own pieces: most lines are nearly right, which is where mistakes hide.
fn nearly_programs() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "PUSH",
        "push ",
        "PSUH",
        "ADD",
        "jmp",
        "JMP ",
        "JZ ",
        "CALL ",
        "RET\n",
        "HALT\n",
        "DUP\n",
        "LOAD ",
        "STORE 1",
        "a",
        "b:",
        "a:",
        " ",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\r",
        ":",
        "# x ",
        "; y",
        "; allow H106, W1",
        "'",
        "'#'",
        "-",
        "0",
        "1",
        "2",
        "0x1f",
        ".const ",
        ".data N at 1 ",
        ".data ",
        "at ",
        ".words 1, N",
        ".words ",
        "ADD 1",
        "LOADX -1",
        "N",
        "N 3\n",
        "é",
        "\u{feff}",
        ",",
        "POP\n",
        "NOP\n",
        "READ\n",
        "🦀",
        ".use \"std@1/math\"\n",
        ".use \"./x\" as b",
        ".use \"",
        "math.",
        "CALL math.max\n",
        "\n.routine f ( a b -- c )\n",
        "\n.routine ",
        "\n.test f ( 1 2 -- 3 )\n",
        "\n.test \"t\" ",
        ".inline f 1, ",
        ".inline ",
        ".push N\n",
        ".push ",
        ".loop +2, N\n",
        ".var V 3\n",
        ".var V ",
        ".bytes \"abcd\"\n",
        ".traps ASSERT at a\n",
        ".public 1, N\n",
        ".within 9",
        "\"text",
        "\"",
        "len(N)",
        "-N",
        "( ",
        ") ",
        "(N+1)*2",
        " -- ",
        "## said\n",
        " << ",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Programs that assemble, with jumps and calls of every kind.
pub fn programs() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "NOP",
        "PUSH 1",
        "READ # x",
        "POP",
        "halt",
        "RET",
        "JMP a",
        "JZ b",
        "CALL a",
        "CALL 3",
        "JMP 2",
        "JC 0",
        "JMP N",
        "# c",
        "",
        "CALL c",
        "dup",
        "JNZ c ; y",
        "POP ; allow W101 W103",
        "ADD N",
        "PUT -1",
        "# allow W105, H106",
    ]);
    let end = prop::sample::select(vec!["\n", "\r\n"]);
    (
        prop::collection::vec(line, 3..20),
        [0..20usize, 0..20, 0..20],
        end,
    )
        .prop_map(|(lines, at, end)| {
            let mut lines: Vec<String> = lines.into_iter().map(Into::into).collect();
            for (name, at) in ["a:", "b: NOP", "c:"].into_iter().zip(at) {
                lines.insert(at.min(lines.len()), name.into());
            }
            lines.push(".const N 1".into());
            lines.join(end)
        })
}

/// Programs with routines, data, a file of the standard library and tests.
fn module_programs() -> impl Strategy<Value = String> {
    let code = prop::sample::select(vec![
        "NOP",
        "PUSH N * 2 + len(D)",
        "CALL f",
        "CALL g 1, -N",
        ".inline f",
        ".inline g 7, (N)",
        "CALL bits.leading_zeros",
        ".push D",
        "PUSH V",
        "POP",
        "RET",
        "HALT",
        "a:",
        "JMP a",
        "JZ a",
        ".loop +1, 4",
        "PUSH P",
        "## says",
        "",
        ".const M (N << 2) - 1",
        ".words N, \"ab\", 'c'",
    ]);
    let lines = || prop::collection::vec(code.clone(), 0..6).prop_map(|lines| lines.join("\n"));
    [lines(), lines(), lines(), lines()].prop_map(|[main, f, g, test]| {
        format!(
            ".use \"std@1/bits\"\n.const N 3\n.var V N\n.data D 1, \"xy\"\n{main}\n\n## f is this.\n.routine f ( a -- a )\n{f}\n\
             .routine g ( -- ... ) P, Q\n{g}\n.test f ( 1 -- 1 )\n.test g ( x -- (x+1) ) 1, 2\n.test \"t\"\n{test}\n    .traps ASSERT at f\n"
        )
    })
}

/// Texts of every kind.
pub fn texts() -> impl Strategy<Value = String> {
    let bytes = prop::collection::vec(any::<u8>(), 0..60);
    let bytes = bytes.prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    prop_oneof![
        nearly_programs(),
        programs(),
        module_programs(),
        any::<String>(),
        bytes
    ]
}
