//! What passes and what fails, and what is said of it.

use super::{named, test};
use provable_tests::folder;
use serde_json::{Value, json};

/// The verdicts of a text.
fn verdicts(text: &str, more: &[&str]) -> Value {
    let here = folder(&[("t.prov", text)]);
    let arguments = [&["t.prov", "--json"], more].concat();
    test(here.path(), &arguments).json()
}

#[test]
fn each_kind_of_trap_is_told_from_the_others() {
    let kinds = [
        ("UNDERFLOW", "ADD"),
        ("RETURN", "RET"),
        ("ADDRESS", "LOAD 123456"),
        ("SHIFT", "PUSH 1\nSHL 32"),
        ("DIVISION", "PUSH 1\nDIV 0"),
        ("ASSERT", "PUSH 0\nASSERT"),
        ("PUBLIC", "READ"),
        ("SECRET", "SECRET"),
        ("UNREAD", "NOP\n.public 7"),
        ("STEPS", "on:\nJMP on"),
        ("SHA256", "PUSH 0\nPUSH 0\nSHA256"),
    ];
    let mut text = String::new();
    for (kind, code) in kinds {
        text += &format!(".test \"{kind}\"\n{code}\n.traps {kind}\n");
        let other = if kind == "ASSERT" { "SHIFT" } else { "ASSERT" };
        text += &format!(".test \"not {kind}\"\n{code}\n.traps {other}\n");
        text += &format!(".test \"none {kind}\"\n{code}\n");
    }
    text += ".test \"no trap\"\nNOP\n.traps ASSERT\n";
    let json = verdicts(&text, &["--max-steps", "1000"]);
    for (kind, _) in kinds {
        let right = named(&json, kind);
        assert_eq!(right["verdict"], "passed", "{right}");
        assert_eq!(
            (&right["trap"]["kind"], &right["trap"]["file"]),
            (&json!(kind), &json!("t.prov"))
        );
        for (name, told) in [
            (
                format!("not {kind}"),
                format!("it trapped with {kind}, and not with "),
            ),
            (format!("none {kind}"), "it trapped: ".to_owned()),
        ] {
            let wrong = named(&json, &name);
            assert_eq!(wrong["verdict"], "failed", "{wrong}");
            assert!(
                wrong["message"].as_str().unwrap().starts_with(&told),
                "{wrong}"
            );
        }
    }
    let none = named(&json, "no trap");
    assert_eq!(none["message"], "it did not trap; expected ASSERT");
}

#[test]
fn a_trap_passes_at_its_place_alone() {
    let text = "\
.use \"std@1/check\"
    READ
go:
    JZ fail
    HALT
fail:
    PUSH 0
    ASSERT
    HALT
last:
    NOP
.test \"at the label\"
    .public 0
    .traps ASSERT at fail
.test \"at another label\"
    .public 0
    .traps ASSERT at go
.test \"at the last label\"
    .public 0
    .traps ASSERT at last
.test \"in a library\" check.le ( 2 1 -- )
    .traps ASSERT at check.le
.test \"copied\"
    PUSH 2
    PUSH 1
    .inline check.le
    .traps ASSERT at check.le
.test \"not expected\"
    PUSH 2
    PUSH 1
    .inline check.le
";
    let json = verdicts(text, &[]);
    let verdict = |name: &str| named(&json, name)["verdict"].clone();
    assert_eq!(verdict("at the label"), "passed");
    let elsewhere = named(&json, "at another label");
    assert_eq!(
        elsewhere["message"],
        "it trapped with ASSERT, but not at `go`"
    );
    assert_eq!(elsewhere["trap"]["line"], 8);
    assert_eq!(verdict("at the last label"), "failed");
    assert_eq!(verdict("in a library check.le ( 2 1 -- )"), "passed");
    assert_eq!(verdict("copied"), "passed");
    assert_eq!(verdict("not expected"), "failed");
    assert_eq!(named(&json, "not expected")["trap"]["file"], "std@1/check");
    let here = folder(&[("t.prov", text)]);
    let answer = test(here.path(), &["--filter", "not expected"]).status(1);
    assert!(
        answer.stdout.contains("    at std@1/check:"),
        "{}",
        answer.stdout
    );
    let copied = "    copied by `.inline` at t.prov:31\n";
    assert!(answer.stdout.contains(copied), "{}", answer.stdout);
}

#[test]
fn a_trap_is_at_each_routine_that_led_to_it_and_at_no_other() {
    let text = "\
.use \"std@1/check\"
.routine outer ( -- )
    CALL middle
    RET
.routine middle ( -- )
    .inline inner 2
    RET
.routine inner ( -- ) N
    PUSH N
    PUSH 1
    CALL check.le
    RET
.routine other ( -- )
    PUSH 2
    PUSH 1
    CALL check.le
    RET
.test \"outer\" outer ( -- )
    .traps ASSERT at outer
.test \"middle\" outer ( -- )
    .traps ASSERT at middle
.test \"inner\" outer ( -- )
    .traps ASSERT at inner
.test \"library\" outer ( -- )
    .traps ASSERT at check.le
.test \"label\"
    NOP
from:
    CALL outer
    .traps ASSERT at from
.test \"other\" outer ( -- )
    .traps ASSERT at other
.test \"later\"
    CALL outer
later:
    NOP
    .traps ASSERT at later
";
    let json = verdicts(text, &[]);
    for name in ["outer", "middle", "inner", "library"] {
        let one = named(&json, &format!("{name} outer ( -- )"));
        assert_eq!(one["verdict"], "passed", "{one}");
    }
    assert_eq!(named(&json, "label")["verdict"], "passed");
    let way = "in `check.le`, called from `inner`, copied into `middle`, called from `outer`";
    assert_eq!(
        named(&json, "other outer ( -- )")["message"],
        format!("it trapped with ASSERT {way}, but not at `other`")
    );
    assert_eq!(
        named(&json, "later")["message"],
        format!("it trapped with ASSERT {way}, but not at `later`")
    );
}

#[test]
fn the_output_before_an_expected_trap_is_compared() {
    let code = "    PUSH 7\n    WRITE\n    PUSH 0\n    ASSERT\n    .traps ASSERT\n";
    let mut text = String::new();
    for (name, output) in [
        ("right", "7"),
        ("wrong", "99"),
        ("more", "7, 8"),
        ("none", ""),
    ] {
        text += &format!(".test \"{name}\"\n{code}    .output {output}\n");
    }
    text += &format!(".test \"any\"\n{code}");
    let json = verdicts(&text, &[]);
    for name in ["right", "any"] {
        assert_eq!(named(&json, name)["verdict"], "passed");
    }
    for (name, expected) in [
        ("wrong", json!([99])),
        ("more", json!([7, 8])),
        ("none", json!([])),
    ] {
        let one = named(&json, name);
        assert_eq!(one["verdict"], "failed", "{one}");
        assert_eq!(one["message"], "the output before the trap differs");
        assert_eq!(one["difference"]["expected"], expected);
        assert_eq!(one["difference"]["actual"], json!([7]));
    }
}

/// The last label of the main code stands for what follows it up to the first section.
#[test]
fn the_last_label_is_a_place_too() {
    let text = "    READ\n    JZ young\n    HALT\nyoung:\n    PUSH 0\n    ASSERT\n\n.test \"x\"\n    .public 0\n    .traps ASSERT at young\n";
    assert_eq!(verdicts(text, &[])["passed"], 1);
}

/// Variables that nothing but a test names have their addresses all the same.
#[test]
fn a_test_may_be_all_that_uses_an_address() {
    let text = "\
.var _x
    HALT

.routine f ( a -- )
    STORE 5
    RET

.test f ( (_x) -- )
.test \"b\" ( (_x) -- )
    CALL f
    PUSH _x
    POP
";
    assert_eq!(verdicts(text, &[])["passed"], 2);
}

#[test]
fn stack_and_output_are_compared_whole() {
    let text = "\
    READ
    READ
    ADD
    WRITE
    HALT
.test \"right\"
    .public 1, 2
    .output 3
.test \"any output\"
    .public 1, 2
.test \"other output\"
    .public 1, 2
    .output 3, 4
.test \"more than the stack\" ( 1 2 -- 2 )
    NOP
.test \"the stack\" ( 1 2 -- 1 2 )
    NOP
.test \"any stack\"
    PUSH 1
";
    let json = verdicts(text, &[]);
    for name in [
        "right",
        "any output",
        "the stack ( 1 2 -- 1 2 )",
        "any stack",
    ] {
        assert_eq!(named(&json, name)["verdict"], "passed", "{name}");
    }
    let output = &named(&json, "other output")["difference"];
    assert_eq!(
        output,
        &json!({ "what": "output", "expected": [3, 4], "actual": [3] })
    );
    let stack = &named(&json, "more than the stack ( 1 2 -- 2 )")["difference"];
    assert_eq!(
        stack,
        &json!({ "what": "stack", "expected": [2], "actual": [1, 2] })
    );
}

#[test]
fn rows_are_bounded_where_a_test_says_so() {
    let code = "    PUSH 1\n    PUSH 2\n    ADD\n    POP\n";
    let text =
        format!(".test \"few\"\n{code}    .within 4\n.test \"too few\"\n{code}    .within 3\n");
    let json = verdicts(&text, &[]);
    let (few, too_few) = (named(&json, "few"), named(&json, "too few"));
    assert_eq!(
        (&few["verdict"], &few["rows"]),
        (&json!("passed"), &json!(4))
    );
    assert_eq!(too_few["message"], "it took 4 rows; at most 3 are allowed");
}

/// It would pass whatever it says, for there is nothing that could go wrong.
#[test]
fn a_test_of_the_whole_program_needs_a_program() {
    let library = ".routine f ( -- )\n    RET\n.test \"x\"\n    .traps ASSERT\n.test \"y\"\n";
    let here = folder(&[("t.prov", library)]);
    let answer = test(here.path(), &["t.prov"]).status(2);
    answer.says(&["t.prov:3:1", "t.prov:5:1", "no program"]);
}

/// The tape is shown nowhere; words of it are, where the stack or the output holds them and differs.
#[test]
fn no_verdict_shows_the_secret_tape() {
    let text = "\
    SECRET
    SECRET
    ADD
    POP
    PUSH 0
    ASSERT
.test \"trap\"
    .secret 3735928559, 2343432205
.test \"expected\"
    .secret 3735928559, 2343432205
    .traps ASSERT
.test \"output\" ( -- 1 )
    SECRET
    WRITE
    PUSH 1
    .secret 3735928559
    .output 4
";
    let here = folder(&[("t.prov", text)]);
    for filter in ["trap", "expected"] {
        for form in [
            &[][..],
            &["--json"],
            &["-vvvv"],
            &["--junit", "-"],
            &["--coverage", "-"],
        ] {
            let answer = test(
                here.path(),
                &[&["t.prov", "--filter", filter], form].concat(),
            );
            let said = answer.stdout + &answer.stderr;
            for word in ["3735928559", "2343432205", "1784393468", "deadbeef"] {
                assert!(!said.to_lowercase().contains(word), "{said}");
            }
        }
    }
    let output = test(here.path(), &["--filter", "output"]).status(1).stdout;
    assert_eq!(output.matches("3735928559").count(), 1, "{output}");
}
