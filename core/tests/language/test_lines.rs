//! The lines of tests: how they are written, and where they stand.

use crate::several::{check, passes, refused};
use expect_test::expect;

const ROUTINE: &str = "HALT\nx: HALT ; allow W105, H106\n.const N 3\n.routine f ( a b -- c ) P\nPUSH P\nADD\nADD\nl: RET\n.routine g ( a -- never )\nPOP\nHALT\n";

fn lines(line: &str) -> String {
    format!("{ROUTINE}{line}\n")
}

#[test]
fn every_kind_of_test_is_written_so() {
    for line in [
        ".test f ( 1 2 -- 6 ) 3",
        ".test f ( -1 'a' -- (N * 32) ) N - 1",
        ".test \"title\" f ( a b -- (a + b + 1) ) 1",
        ".test f ( a N -- (a) ) 3",
        ".test f ( 1 2 -- 6 ) 3\n.within 100\n.output 1\n",
        ".test g ( 1 -- )",
        ".test \"all\"",
        ".test \"all\"\n.public 1, N, \"text\", -1\n.secret 2\n.output\n.within N * 10",
        ".test \"all\"\n.traps ASSERT",
        ".test \"all\"\n.traps assert at x",
        ".test \"all\"\n.traps DIVISION at f",
        ".test \"body\"\nPUSH 1\nPUSH 2\nCALL f 3\n.inline f 1\nm: NOP\n.traps STEPS at m",
        ".test \"body\" ( 1 2 -- 6 )\n.inline f 3",
        ".test \"body\" ( 1 2 -- 6 )\nCALL f 3\nHALT",
    ] {
        let line = line.replace(".inline f 1", "PUSH 1\n.inline f 1");
        passes(&[&lines(&line)]);
    }
}

#[test]
fn a_line_of_a_test_that_is_not_written_as_they_are_is_refused() {
    for line in [
        ".test",
        ".test g",
        ".test \"t\" g",
        ".test f ( 1 2 3 ) 1",
        ".test f ( 1 2 -- 3 -- 4 ) 1",
        ".test f ( 1 + 1 -- 3 ) 1",
        ".test f ( 1 -- 2 ) 3",
        ".test f ( 1 2 -- ) 3",
        ".test f ( 1 2 -- 3 4 ) 3",
        ".test \"t\"\n.traps",
        ".test \"t\"\n.traps NOTHING",
        ".test \"t\"\n.traps ASSERT at 3",
        ".test \"t\"\n.within",
        ".test \"t\"\n.const M 1",
        ".test \"t\"\n.var v",
        ".test \"t\"\n.data T 1",
        ".test \"t\"\n.use \"std@1/math\"",
    ] {
        refused("E027", &[&lines(line)]);
    }
    for line in [
        ".public 1",
        ".secret 1",
        ".output 1",
        ".traps ASSERT",
        ".within 3",
    ] {
        refused(
            "E027",
            &[
                &format!("{line}\nHALT"),
                &format!("HALT\n.routine f ( -- )\n{line}\nRET"),
            ],
        );
    }
    refused(
        "E024",
        &[
            &lines(".test f ( 1 2 -- 3 )"),
            &lines(".test f ( 1 2 -- 3 ) 1, 2"),
            &lines(".test g ( 1 -- ) 2"),
        ],
    );
    refused(
        "E010",
        &[
            &lines(".test h ( -- )"),
            &lines(".test \"t\"\n.traps ASSERT at nothing"),
            &lines(".test \"t\"\n.public M"),
            &lines(".test f ( 1 2 -- m ) 1"),
        ],
    );
    refused(
        "E007",
        &[
            &lines(".test x ( -- )"),
            &lines(".test N ( -- )"),
            &lines(".test \"t\"\n.public x"),
        ],
    );
    refused(
        "E018",
        &[
            &lines(".test \"t"),
            &lines(".test g ( 1 -- 3"),
            &lines(".test g ( 1 (2 -- 3 )"),
        ],
    );
    refused(
        "E016",
        &[
            &lines(".test \"t\"\n.public 1 2"),
            &lines(".test \"t\"\n.secret 1,"),
        ],
    );
    refused(
        "E006",
        &[
            &lines(".test \"t\"\n.within 1 2"),
            &lines(".test \"t\"\n.traps ASSERT x"),
        ],
    );
    refused("E019", &[&lines(".test \"t\"\n.within 1 / 0")]);
}

#[test]
fn the_findings_say_what_to_write() {
    check(
        &[(
            "main.prov",
            &lines(
                ".test f ( 1 -- 2 ) 3\n.traps NOTHING\n.traps ASERT\n.const M 1\n.test\n.within",
            ),
        )],
        expect![[r#"
            main.prov
            12 .test f ( 1 -- 2 ) 3
                       ^^^^^^^^^^ error[E027]: the routine takes 2 and leaves 1; here are 1 and 1 values
            13 .traps NOTHING
                      ^^^^^^^ error[E027]: there is no kind of trap `NOTHING`
               = the kinds are UNDERFLOW, DIVISION, SHIFT, ADDRESS, SHA256, TARGET, RETURN, PUBLIC, SECRET, UNREAD, ASSERT, STEPS, MEMORY
            14 .traps ASERT
                      ^^^^^ error[E027]: there is no kind of trap `ASERT`
               = did you mean `ASSERT`?
            15 .const M 1
               ^^^^^^ error[E027]: this belongs to the file, and stands in a test
               = write it above, or behind a `.routine`
            16 .test
               ^^^^^ error[E027]: the test has neither a title nor a routine
               = write `.test ROUTINE ( before -- after )`
            17 .within
               ^^^^^^^ error[E027]: the number of rows is missing
               = write `.within rows`
        "#]],
    );
}

#[test]
fn the_instructions_of_a_test_are_analysed_by_themselves() {
    refused(
        "E101",
        &[
            &lines(".test \"t\"\nPOP"),
            &lines(".test \"t\" ( 1 -- )\nPOP\nPOP"),
        ],
    );
    refused("E104", &[&lines(".test \"t\"\nRET")]);
    refused("W105", &[&lines(".test \"t\"\nHALT\nNOP")]);
    passes(&[&lines(
        ".test \"t\" ( 1 -- )\nPOP\n.test \"u\" ( 1 2 -- 3 )\nADD",
    )]);
}
