//! Routines: what they take and leave, their labels and parameters, and what the analysis holds against their lines.

use crate::several::{check, codes, passes, refused, stack};
use expect_test::expect;

/// A routine that the main code calls.
fn called(head: &str, body: &str) -> String {
    format!("PUSH 1\nPUSH 2\nPUSH 3\nCALL f\nHALT\n.routine f ( {head} )\n{body}\n")
}

fn refused_bodies(code: &str, bodies: &[(&str, &str)]) {
    for (head, body) in bodies {
        refused(code, &[&called(head, body)]);
    }
}

fn passing_bodies(bodies: &[(&str, &str)]) {
    for (head, body) in bodies {
        passes(&[&called(head, body)]);
    }
}

#[test]
fn each_ret_leaves_exactly_the_outputs() {
    passing_bodies(&[
        ("a b -- c", "ADD\nRET"),
        ("a --", "JZ x\nRET\nx: RET"),
        ("a -- b", "DUP\nJZ x\nADD 1\nRET\nx: RET"),
        ("-- a b", "PUSH 1\nPUSH 2\nRET"),
    ]);
    refused_bodies(
        "E113",
        &[
            ("a b -- c", "RET"),
            ("a b -- c", "ADD\nPUSH 1\nRET"),
            ("a -- b", "DUP\nJZ x\nADD 1\nRET\nx: POP\nRET"),
        ],
    );
    refused("E113", &["CALL f\n.routine f ( -- never )\nRET"]);
    // Paths meet with different depths: what is left is not sure.
    let text = called("a -- b", "JZ x\nPUSH 1\nPUSH 2\nx: RET");
    assert_eq!(codes(&[("main.prov", &text)]), ["W102", "W113"]);
}

#[test]
fn what_is_below_the_inputs_belongs_to_the_caller() {
    refused_bodies(
        "E114",
        &[
            ("a -- b", "ADD\nRET"),
            ("a -- a b", "DUP 1\nRET"),
            ("a -- b", "SWAP 1\nRET"),
            ("-- ", "STORE 1\nRET"),
            ("a -- b", "CALL g\nRET\n.routine g ( x y -- z )\nADD\nRET"),
            (
                "a -- b",
                ".inline g\nRET\n.routine g ( x y -- z )\nADD\nRET",
            ),
            ("-- a", "CALL x\nPUSH 1\nRET\nx: POP\nPUSH 1\nRET"),
        ],
    );
    let text = called("a -- b", "DUP\nJZ x\nPOP\nx: POP\nPUSH 1\nRET");
    assert_eq!(codes(&[("main.prov", &text)]), ["W102", "W114"]);
}

#[test]
fn dots_permit_dup_to_look_below_and_nothing_else() {
    passing_bodies(&[
        ("... a -- a b", "DUP 2\nRET"),
        ("... -- a", "DUP\nRET"),
        (
            "... a -- a b",
            "CALL g\nRET\n.routine g ( ... -- b )\nDUP 2\nRET",
        ),
    ]);
    refused_bodies(
        "E114",
        &[("... a -- b", "ADD\nRET"), ("... a -- b", "SWAP 1\nRET")],
    );
    // Who calls such a routine may look below its own inputs.
    refused_bodies(
        "W114",
        &[
            (
                "a -- a b",
                "CALL g\nRET\n.routine g ( ... -- b )\nDUP 2\nRET",
            ),
            (
                "a -- a b",
                ".inline g\nRET\n.routine g ( ... -- b )\nDUP 2\nRET",
            ),
        ],
    );
}

#[test]
fn how_deep_a_parameter_reaches_is_not_known_beforehand() {
    let text = "PUSH 1\nCALL f 4\nHALT\n.routine f ( a -- a b ) N\nDUP N\nRET\n";
    refused(
        "W114",
        &[
            text,
            &text.replace("a -- a b", "a -- a").replace("DUP", "SWAP"),
        ],
    );
    passes(&[&text.replace("( a -- a b )", "( ... a -- a b )")]);
}

#[test]
fn a_routine_that_never_comes_back_ends_the_path() {
    passes(&[
        "CALL f\n.routine f ( -- never )\nPUSH 0\nASSERT\nHALT\n",
        "PUSH 0\nJZ x\nCALL f\nx: HALT\n.routine f ( -- never )\nagain: JMP again\n",
    ]);
    check(
        &[("main.prov", "CALL f\nPOP\n.routine f ( -- never )\nHALT\n")],
        expect![[r#"
            main.prov
            2  POP
               ^^^ warning[W105]: no path reaches this instruction
        "#]],
    );
}

#[test]
fn running_into_a_routine_or_past_its_end_is_refused() {
    refused(
        "E115",
        &[
            "PUSH 1\n.routine f ( -- )\nRET",
            "JMP end\nend:\n.routine f ( -- )\nRET",
            "HALT\n.routine f ( -- )\nNOP",
            "HALT\n.routine f ( -- )\nJMP end\nend:\n.routine g ( -- )\nRET",
            "HALT\n.routine f ( a -- )\nJZ end\nRET\nend:\n",
            "HALT\n.routine f ( -- )\n.routine g ( -- )\nRET",
            "HALT\n.routine f ( -- )\n.test \"t\"\nPUSH 1",
            "HALT\n.routine f ( -- )\nJMP go\npart: RET\ngo: CALL part\n.routine g ( -- )\nRET",
            "CALL f\n.routine f ( -- )\nRET",
            ".use \"std@1/bits\"\nPUSH 1\nCALL bits.ones",
        ],
    );
    passes(&[
        "HALT\n.routine f ( -- )\nRET",
        "JMP go\ngo: HALT\n.routine f ( -- )\nagain: JMP again",
        "HALT\n.routine f ( -- )\nCALL g\n.routine g ( -- never )\nHALT",
        "HALT\n.routine f ( -- )\nJMP go\npart: HALT\ngo: CALL part\n.routine g ( -- )\nRET",
        "PUSH 1\n.test \"t\"\nPUSH 2\npart: NOP\n.test \"u\"\nPUSH 1\nPOP",
    ]);
    let text = "HALT\n.routine f ( -- )\nCALL end\nRET\nend:\n.routine g ( -- )\nRET";
    assert_eq!(codes(&[("main.prov", text)]), ["E115", "W105"]);
    // What is copied may have CALLs, whose routines follow.
    let library = ".routine f ( -- )\nCALL g\nRET\n.routine g ( -- )\nRET\n";
    assert_eq!(
        codes(&[
            ("main.prov", ".use \"./lib\"\n.inline lib.f\n"),
            ("lib.prov", library)
        ]),
        ["E115"]
    );
    assert_eq!(
        codes(&[
            ("main.prov", ".use \"./lib\"\n.inline lib.f\nHALT\n"),
            ("lib.prov", library)
        ]),
        [""; 0]
    );
}

#[test]
fn labels_of_a_routine_are_its_own() {
    // The same label in the main code and in two routines, and a jump to each.
    let text = "JMP x\nx: CALL f\nCALL g\nHALT\n\
        .routine f ( -- a )\nJMP x\nPUSH 9\nx: PUSH 1\nRET\n\
        .routine g ( -- a )\nJMP x\nPUSH 8\nx: PUSH 2\nRET\n";
    assert_eq!(stack(text), [1, 2]);
    refused(
        "E028",
        &[
            "x: HALT\n.routine f ( -- )\nJMP x",
            "x: HALT\n.routine f ( -- )\nCALL x\nRET",
            "x: HALT\n.test \"t\"\nJMP x",
        ],
    );
    refused(
        "E010",
        &[
            "JMP x\n.routine f ( -- )\nx: RET",
            "HALT\n.routine f ( -- )\nJMP x\n.routine g ( -- )\nx: RET",
        ],
    );
    refused(
        "E007",
        &[
            "JMP f\n.routine f ( -- )\nRET",
            "HALT\n.routine f ( -- )\nJMP f",
        ],
    );
}

#[test]
fn numeric_targets_are_refused_where_the_linker_writes() {
    refused(
        "E007",
        &[
            "JMP 1\nHALT\n.routine f ( -- )\nRET",
            "HALT\n.routine f ( -- )\nJMP 0",
            "HALT\n.routine f ( -- )\nCALL 0\nRET",
            ".const N 1\nJMP N\nHALT\n.routine f ( -- )\nRET",
            ".use \"std@1/math\"\nJMP 1 + 0\nHALT",
            "HALT\n.routine f ( -- ) P\nJMP P\nRET",
            "HALT\n.routine f ( -- ) P\nCALL P\nRET",
            ".data T 1, 2\n.push T\nJMP 1",
            ".var v\nJMP v",
        ],
    );
    // A text in which each line is one instruction keeps its indices.
    assert_eq!(
        stack(".var v\nPUSH 1\nSTORE v\nJMP 4\nPUSH 9\nPUSH 7\nJMP 99"),
        [7]
    );
}

#[test]
fn local_names_do_not_hide_those_of_the_file() {
    refused(
        "E009",
        &[
            ".const N 1\nHALT\n.routine f ( -- )\nN: RET",
            "HALT\n.routine f ( -- )\nf: RET",
            "HALT\n.routine f ( -- )\ng: RET\n.routine g ( -- )\nRET",
            ".var v\nHALT\n.routine f ( -- ) v\nRET",
            ".data T 1\nHALT\n.routine f ( -- )\nT: RET",
            ".use \"std@1/math\"\nHALT\n.routine f ( -- )\nmath: RET",
            ".use \"std@1/math\"\nmath.x: HALT",
            ".use \"std@1/math\"\nHALT\n.routine f ( -- ) math.P\nRET",
            ".use \"std@1/math\"\n.const math.N 1\nHALT",
            "HALT\n.routine f ( -- ) P, P\nRET",
            "HALT\n.routine f ( -- ) P\nP: RET",
            "HALT\n.routine f ( -- )\nRET\n.routine f ( -- )\nRET",
            "f: HALT\n.routine f ( -- )\nRET",
            ".use \"std@1/math\"\n.use \"std@1/bits\" as math\nHALT",
            ".use \"std@1/math\" as f\nHALT\n.routine f ( -- )\nRET",
        ],
    );
    passes(&["x: JMP x\n.routine f ( -- )\nx: JMP x"]);
}

#[test]
fn a_name_of_the_file_is_found_where_a_parameter_hides_it() {
    let text = "HALT\n.routine f ( a -- b ) P\n.data P at 3 1\nRET\n";
    let assembly = provable::lang::program::assemble(text);
    let (symbol, _) = assembly.symbol_at(text.find("P at").unwrap()).unwrap();
    assert_eq!(symbol.kind, provable::lang::program::SymbolKind::Data);
}

#[test]
fn a_routine_gets_as_many_arguments_as_it_has_parameters() {
    let text =
        |line: &str| format!("{line}\nHALT\n.routine f ( -- ) P, Q\nRET\n.routine g ( -- )\nRET\n");
    for line in [
        "CALL f",
        "CALL f 1",
        "CALL f 1, 2, 3",
        ".inline f 1",
        "CALL g 1",
        ".inline g 2",
    ] {
        refused("E024", &[&text(line)]);
    }
    for line in ["CALL f 1 2", "CALL f 1,, 2", "CALL f , 1", "CALL f 1, 2,"] {
        assert!(
            codes(&[("main.prov", &text(line))]).contains(&"E024"),
            "{line}"
        );
    }
    refused("E024", &["CALL x 1\nHALT\nx: RET"]);
    passes(&[
        "CALL f 1, -2\n.inline f -1, 2\nHALT\n.routine f ( -- ) P, Q\nPUSH P\nPUSH Q\nPOP\nPOP\nRET\n",
    ]);
    refused(
        "E019",
        &["CALL f 1 / 0\nHALT\n.routine f ( -- ) P\nPUSH P\nPOP\nRET\n"],
    );
    // The value is out of range for this argument alone.
    let text = "CALL f 1\nCALL f 40\nHALT\n.routine f ( -- ) P\nPUSH 1 << P\nPOP\nRET\n";
    refused("E019", &[text]);
}

#[test]
fn a_parameter_is_a_constant_of_its_copy() {
    let text = "PUSH 5\nCALL grow 2\nCALL grow 3\nCALL grow 2\n.inline grow -1\nHALT\n\
        .const TWICE 2\n\
        .routine grow ( a -- b ) N\nADD N * TWICE\nCALL more N + 1\nRET\n\
        .routine more ( a -- b ) N\nADD N\nRET\n";
    assert_eq!(stack(text), [5 + 4 + 3 + 6 + 4 + 4 + 3 - 2]);
    check(&[("main.prov", text)], expect![[""]]);
}

#[test]
fn a_routine_line_that_is_not_written_as_they_are_is_refused() {
    refused(
        "E023",
        &[
            ".routine",
            ".routine ( -- )\nRET",
            ".routine f\nRET",
            ".routine f ( a b )\nRET",
            ".routine f ( a--b )\nRET",
            ".routine f ( 1 -- )\nRET",
            ".routine f ( a, b -- )\nRET",
            ".routine f ( a ... -- )\nHALT",
            ".routine f ( never -- )\nHALT",
            ".routine f ( -- never a )\nHALT",
            ".routine f ( -- ) P Q\nRET",
            ".routine f ( -- ) , P\nRET",
            ".routine f ( -- ) P,\nRET",
        ],
    );
    refused("E018", &[".routine f ( a -- \nRET"]);
    refused(
        "E008",
        &[
            ".routine ADD ( -- )\nRET",
            ".routine f ( -- ) POP\nRET",
            ".routine 2f ( -- )\nRET",
        ],
    );
    refused("E013", &["x: .routine f ( -- )\nRET"]);
}
