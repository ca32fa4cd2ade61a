//! The linker: which instructions and data a program has, where they lie, and the text that it makes.

use crate::several::{check, codes, flat, outcome, passes, program, refused, stack};
use expect_test::{Expect, expect};

fn check_flat(files: &[(&str, &str)], expected: Expect) {
    expected.assert_eq(&flat(files));
}

#[test]
fn linked_text_has_the_documents_of_its_parts_and_where_they_come_from() {
    check_flat(
        &[
            (
                "main.prov",
                "# A program.\n.use \"./math\"\n.use \"./math\" as again\n## Counts.\n.var count\n## Words.\n.data T 7, 'a', \"bc\"\n\
                 PUSH len(T)\nSTORE count\n.inline math.twice 3\nCALL again.more -1\nCALL math.more 4294967295\nLOAD T + 1\nHALT\n",
            ),
            (
                "math.prov",
                "## Twice the word, and N more.\n##\n## It never traps.\n.routine twice ( a -- b ) N\nDUP\nJZ done\nADD\nADD N\nRET\ndone: RET\n\
                 # no document\n.routine more ( a -- b ) N\n.inline twice N\nRET\n.routine unused ( -- )\nRET\n",
            ),
        ],
        expect![[r#"
            #provable 1.0

            ## Words.
            # from main.prov, line 7
            .data T at 0x40000001
                .words 7, 97, 98, 99

                PUSH 4
                STORE 1073741824
                DUP 0
                JZ math.twice_1.done
                ADD
                ADD 3
                JMP math.twice_1.done
            math.twice_1.done:
                CALL math.more.minus1
                CALL math.more.4294967295
                LOAD 1073741826
                HALT

            # from math.prov, line 12
            math.more.minus1:
                DUP 0
                JZ math.more.minus1.math.twice_2.done
                ADD
                ADD 4294967295
                JMP math.more.minus1.math.twice_2.done
            math.more.minus1.math.twice_2.done:
                RET

            # from math.prov, line 12
            math.more.4294967295:
                DUP 0
                JZ math.more.4294967295.math.twice_3.done
                ADD
                ADD 4294967295
                JMP math.more.4294967295.math.twice_3.done
            math.more.4294967295.math.twice_3.done:
                RET
        "#]],
    );
}

#[test]
fn what_is_reached_is_linked_by_file_and_in_the_order_of_the_text() {
    let a = ".routine last ( -- )\nRET\n.routine first ( -- )\nCALL last\nRET\n.data A 1\n.data B at 5 2\n.data C 3\n";
    let b = ".use \"./a\"\n.routine f ( -- )\nPUSH a.C\nPOP\nRET\n";
    let main = ".use \"./a\"\n.use \"./b\"\nCALL b.f\nCALL a.first\nHALT\n";
    check_flat(
        &[("main.prov", main), ("a.prov", a), ("b.prov", b)],
        expect![[r#"
            #provable 1.0

            # from a.prov, line 7
            .data a.B at 0x5
                .words 2

            # from a.prov, line 8
            .data a.C at 0x40000000
                .words 3

                CALL b.f
                CALL a.first
                HALT

            # from b.prov, line 2
            b.f:
                PUSH 1073741824
                POP
                RET

            # from a.prov, line 1
            a.last:
                RET

            # from a.prov, line 3
            a.first:
                CALL a.last
                RET
        "#]],
    );
}

#[test]
fn a_file_that_is_used_for_a_constant_alone_brings_nothing() {
    let a = ".const N 3\n.data B at 5 2\n.routine f ( -- )\nRET\n";
    let (program, _) = program(&[
        (
            "main.prov",
            ".use \"./a\"\nPUSH a.N\nPUSH len(a.B)\n.push a.B\nHALT",
        ),
        ("a.prov", a),
    ]);
    assert_eq!((program.instructions().len(), program.data().len()), (4, 0));
}

#[test]
fn variables_and_data_lie_one_after_the_other_where_the_program_uses_them() {
    let main = ".use \"./a\"\n.var unused 5\n.var v 3\n.data T 1, 2\n.var w\nPUSH w\nPUSH v\nPUSH T\nPUSH a.x\nPUSH a.fixed\nHALT\n";
    let files = [
        ("main.prov", main),
        ("a.prov", ".var x\n.var fixed 2 at 0x10\n"),
    ];
    assert_eq!(
        outcome(&files).stack,
        [0x4000_0005, 0x4000_0000, 0x4000_0003, 0x4000_0006, 0x10]
    );
    // An address may depend on another.
    assert_eq!(
        stack(".var a 4\n.var b at a + 4\nPUSH a\nPUSH b"),
        [0x4000_0000, 0x4000_0004]
    );
    assert_eq!(
        stack(".data T U, len(U)\n.data U T\nLOAD T\nLOAD U\nLOAD T + 1"),
        [0x4000_0002, 0x4000_0000, 1]
    );
}

#[test]
fn words_that_overlap_or_pass_the_last_address_are_refused() {
    refused(
        "E017",
        &[
            ".var a at 5\n.var b at 5\nPUSH a\nPUSH b",
            ".var a 3 at 5\n.data T at 7 1\nPUSH a",
            ".var a 0\nPUSH a",
            ".var a -1\n",
            ".var a 4294967295\n.var b\nPUSH a\nPUSH b",
            ".var a 2 at 0xffff_ffff\nPUSH a",
            ".var a 0xf000_0000\nPUSH a",
            ".var a at 0x4000_0000\n.var b\nPUSH a\nPUSH b",
        ],
    );
    passes(&[
        ".var a 2 at 5\n.var b at 7\n.data T at 8 1\nPUSH a\nPUSH b",
        ".var a at 0xffff_ffff\nPUSH a",
        ".var a at 5\n.var b at 5\nPUSH a",
    ]);
    let files = [
        (
            "main.prov",
            ".use \"./a\"\n.var v at 6\nPUSH v\nCALL a.f\nHALT\n",
        ),
        ("a.prov", ".data T at 5 1, 2\n.routine f ( -- )\nRET\n"),
    ];
    assert_eq!(codes(&files), ["E017"]);
    refused(
        "E019",
        &[".var a b\n.var b a\nPUSH a", ".var a at a\nPUSH a"],
    );
    refused(
        "E016",
        &[
            ".var",
            ".var a at",
            ".data T\nPUSH T",
            ".data T at 1 1\nPUSH T\n.words",
            ".words 1",
        ],
    );
}

#[test]
fn push_leaves_the_first_word_on_top() {
    assert_eq!(
        stack(".data T 1, 'a', \"bc\"\n.words len(T)\nPUSH 9\n.push T"),
        [9, 5, 99, 98, 97, 1]
    );
    refused(
        "E007",
        &[".const N 1\n.push N", "x: .push x", ".var v\n.push v"],
    );
    refused("E010", &[".push nothing"]);
    refused("E005", &[".push", ".inline"]);
    refused("E006", &[".data T 1\n.push T 1"]);
}

#[test]
fn in_a_copy_a_ret_is_a_jump_to_the_end() {
    let text = "PUSH 0\n.inline f\nPUSH 5\n.inline f\n.inline g\nHALT\n\
        .routine f ( a -- b )\nDUP\nJNZ x\nADD 7\nRET\nx: ADD 1\nRET\n\
        .routine g ( a -- b )\nJMP x\ny: ADD 2\nRET\nx: .inline f\nJMP y\n";
    assert_eq!(stack(text), [7, 9]);
    check_flat(
        &[("main.prov", text)],
        expect![[r#"
            #provable 1.0

                PUSH 0
                DUP 0
                JNZ f_1.x
                ADD 7
                JMP at_6
            f_1.x:
                ADD 1
            at_6:
                PUSH 5
                DUP 0
                JNZ f_2.x
                ADD 7
                JMP at_12
            f_2.x:
                ADD 1
            at_12:
                JMP g_3.x
            g_3.y:
                ADD 2
                JMP at_21
            g_3.x:
                DUP 0
                JNZ g_3.f_4.x
                ADD 7
                JMP at_20
            g_3.f_4.x:
                ADD 1
            at_20:
                JMP g_3.y
            at_21:
                HALT
        "#]],
    );
}

#[test]
fn a_routine_that_is_copied_without_end_is_refused() {
    refused(
        "E025",
        &[
            ".inline f\nHALT\n.routine f ( -- )\n.inline f\nRET",
            ".inline f\nHALT\n.routine f ( -- )\n.inline g\nRET\n.routine g ( -- )\n.inline f\nRET",
            "CALL f\nHALT\n.routine f ( -- )\n.inline g\nRET\n.routine g ( -- )\n.inline f\nRET",
            ".inline f\nHALT\n.routine f ( -- )\nCALL x\nRET\nx: RET",
        ],
    );
    // To call itself is something else.
    passes(&["PUSH 3\n.inline f\nHALT\n.routine f ( a -- )\nJZ x\nPUSH 0\nCALL f\nRET\nx: RET"]);
}

/// A text in which each routine copies the one before it twice.
fn doubling(count: usize, body: &str) -> String {
    let mut text = format!(".inline f{count}\nHALT\n.routine f0 ( -- )\n{body}");
    for at in 1..=count {
        text += &format!(
            ".routine f{at} ( -- )\n.inline f{0}\n.inline f{0}\nRET\n",
            at - 1
        );
    }
    text
}

#[test]
fn a_program_without_end_is_refused_in_a_moment() {
    let limited = |text: &str| {
        let codes = codes(&[("main.prov", text)]);
        assert!(codes.contains(&"E022"), "{codes:?}");
        assert!(codes.len() < 1_100);
    };
    limited(&doubling(40, "NOP\nRET\n"));
    limited(&doubling(40, "RET\n"));
    limited("CALL f 1\nHALT\n.routine f ( -- ) N\nCALL f N + 1\nRET\n");
    let chain: String = (0..70)
        .map(|at| format!(".routine f{at} ( -- )\n.inline f{}\nRET\n", at + 1))
        .collect();
    limited(&format!(
        ".inline f0\nHALT\n{chain}.routine f70 ( -- )\nRET\n"
    ));
    // A name without end is cut.
    let long = "x".repeat(5_000);
    let text = format!(
        ".inline {long}\n.inline {long}\nCALL {long}\nHALT\n.routine {long} ( -- )\nJMP {long}y\nNOP\n{long}y: RET\n"
    );
    assert!(flat(&[("main.prov", &text)]).len() < 5_000);
}

#[test]
fn parts_labels_and_data_that_are_named_alike_stay_apart() {
    // In linked text all of these would be `a.b.c`, `math.f` or `f_1.x`.
    let a = ".data b.c 11\n.routine r ( -- a )\nLOAD b.c\nRET\n.routine b ( -- a )\nJMP c\nPUSH 9\nc: PUSH 12\nRET\n";
    let math = ".routine f ( -- a )\nPUSH 13\nRET\n";
    let main = ".use \"./a\" as one\n.use \"./x/math\" as two\n.use \"./math\" as three\n\
        JMP math.f\nPUSH 99\nmath.f: CALL one.r\nCALL one.b\nCALL two.f\nCALL three.f\nCALL a.b\n.inline f\n.inline f_1\nCALL f_1\nJMP at_3\nPUSH 98\nat_3: HALT\n\
        .routine a.b ( -- a )\nJMP c\nPUSH 9\nc: PUSH 14\nRET\n\
        .routine f ( -- a )\nPUSH 0\nJZ x\nPUSH 9\nRET\nx: PUSH 15\nRET\n\
        .routine f_1 ( -- a )\nPUSH 0\nJZ x\nPUSH 9\nRET\nx: PUSH 16\nRET\n";
    let files = [
        ("main.prov", main),
        ("a.prov", a),
        ("x/math.prov", math),
        ("math.prov", ".routine f ( -- a )\nPUSH 17\nRET\n"),
    ];
    assert_eq!(codes(&files), ["W105"]);
    assert_eq!(outcome(&files).stack, [11, 12, 13, 17, 14, 15, 16, 16]);
}

#[test]
fn odd_names_of_files_make_names_of_linked_text() {
    let library = ".data T 1\n.routine f ( -- a )\nLOAD T\nRET\n";
    let main = ".use \"./3d\" as a\n.use \"./x-y z\" as b\n.use \"./\u{e9}\" as c\n.use \"./add\" as d\n.use \"./...\" as e\n\
        CALL a.f\nCALL b.f\nCALL c.f\nCALL d.f\nCALL e.f\nHALT\n";
    let files = [
        ("main.prov", main),
        ("3d.prov", library),
        ("x-y z.prov", library),
        ("\u{e9}.prov", library),
        ("add.prov", library),
        ("....prov", library),
    ];
    assert_eq!(outcome(&files).stack, [1; 5]);
}

#[test]
fn jumps_to_the_end_and_out_of_the_program_are_kept() {
    assert_eq!(
        stack(".var v\nPUSH 1\nSTORE v\nLOAD v\nJZ end\nJMP end\nend:\n"),
        [0; 0]
    );
    let (program, text) = program(&[("main.prov", ".var v\nPUSH 1\nSTORE v\nJMP 99\n")]);
    assert_eq!(program.instructions()[2].operand, Some(99));
    assert!(text.ends_with("JMP 99\n"));
}

#[test]
fn a_routine_without_instructions_is_no_code_and_a_copy_of_it_neither() {
    let text = ".inline f\nHALT\n.routine f ( -- )\n.routine g ( -- )\nRET\n";
    assert_eq!(codes(&[("main.prov", text)]), ["E115"]);
    assert_eq!(program(&[("main.prov", text)]).0.instructions().len(), 1);
    // CALL reaches whatever follows: there is an error for it, and the linked text says the same.
    let text = "CALL f\nHALT\n.routine f ( -- )\n.routine g ( -- )\nRET\n";
    program(&[("main.prov", text)]);
}

#[test]
fn negative_arguments_and_large_ones_make_parts_of_their_own() {
    let text = "CALL f -1\nCALL f 4294967295\nCALL f 1 - 2\nHALT\n.routine f ( -- a ) N\nPUSH N / 2\nRET\n";
    assert_eq!(stack(text), [0, 0x7fff_ffff, 0]);
    check(&[("main.prov", text)], expect![[""]]);
}
