//! The lines of tests: how they are written, and where they stand.

use crate::several::{check, codes, outcome, passes, refused};
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
            4  .routine f ( a b -- c ) P
                        - what it takes and leaves is declared here
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
fn a_test_without_what_it_could_run_is_refused() {
    let library = ".routine f ( a -- b )\nRET\n";
    for line in [
        ".test ( 1 2 -- 3 )",
        ".test ( 1 2 -- 3 )\nADD",
        ".test \"t\"",
        ".test \"t\" ( 1 2 -- 3 )",
    ] {
        refused("E027", &[&format!("{library}{line}\n")]);
    }
    // The main code takes no values.
    refused("E027", &["PUSH 1\n.test \"t\" ( 1 -- 1 )\n"]);
    passes(&["PUSH 1\n.test \"t\"\n"]);
}

#[test]
fn a_sign_that_touches_words_is_told_as_such() {
    check(
        &[(
            "main.prov",
            "HALT\n.routine f(a--b)\nRET\n.routine g ( a --b )\nRET\n.routine h ( a )\nRET\n.test f (1--1)\n.test f ( a--b )\n.test f ( 1 + 1 -- 2 )\n.test f ( 1 -- -- 1 )\n",
        )],
        expect![[r#"
            main.prov
            2  .routine f(a--b)
                         ^^^^^^ error[E023]: a space stands on both sides of `--`
               = write `.routine NAME ( before -- after )`
            4  .routine g ( a --b )
                          ^^^^^^^^^ error[E023]: a space stands on both sides of `--`
               = write `.routine NAME ( before -- after )`
            6  .routine h ( a )
                          ^^^^^ error[E023]: the effect has no `--` between what is before and what is after
               = write `.routine NAME ( before -- after )`
            8  .test f (1--1)
                       ^^^^^^ error[E027]: a space stands on both sides of `--`
               = write `.test ROUTINE ( before -- after )`
            9  .test f ( a--b )
                       ^^^^^^^^ error[E027]: a space stands on both sides of `--`
               = write `.test ROUTINE ( before -- after )`
            10 .test f ( 1 + 1 -- 2 )
                           ^ error[E027]: an expression stands in brackets here
               = write `.test ROUTINE ( before -- after )`
            11 .test f ( 1 -- -- 1 )
                       ^^^^^^^^^^^^^ error[E027]: the values have no single `--` between what is before and what is after
               = write `.test ROUTINE ( before -- after )`
        "#]],
    );
}

#[test]
fn values_that_are_not_written_as_they_are_have_one_finding() {
    check(
        &[(
            "main.prov",
            "HALT\n.routine excess ( a b -- c )\nADD\nRET\n.test excess ( 1 2 )\n",
        )],
        expect![[r#"
            main.prov
            5  .test excess ( 1 2 )
                            ^^^^^^^ error[E027]: the values have no single `--` between what is before and what is after
               = write `.test ROUTINE ( before -- after )`
        "#]],
    );
}

#[test]
fn a_wrong_contract_is_found_beside_the_tests_that_follow_it() {
    check(
        &[(
            "main.prov",
            ".const N 1\n.routine f ( a -- b c )\nADD 1\nRET\n.test f ( 1 -- 2 )\n.test \"t\"\nPUSH N\nPOP\nPOP\nx: NOP\n.within\n",
        )],
        expect![[r#"
            main.prov
            5  .test f ( 1 -- 2 )
                       ^^^^^^^^^^ error[E027]: the routine takes 1 and leaves 2; here are 1 and 1 values
            2  .routine f ( a -- b c )
                        - what it takes and leaves is declared here
            11 .within
               ^^^^^^^ error[E027]: the number of rows is missing
               = write `.within rows`
            4  RET
               ^^^ error[E113]: the routine says that it leaves 2 words; here it leaves 1
        "#]],
    );
}

#[test]
fn a_program_runs_with_a_library_of_which_a_test_is_wrong() {
    let main = ".use \"./lib\"\nPUSH 1\nCALL lib.f\nHALT\n";
    let library = ".routine f ( a -- b )\nADD 1\nRET\n";
    for test in [
        ".test f ( 1 -- 2 3 )",
        ".test \"t\"\nPUSH nothing\nADDD\n.within",
        ".test",
    ] {
        let library = format!("{library}{test}\n");
        let files = [("main.prov", main), ("lib.prov", &*library)];
        assert_eq!(outcome(&files).stack, [2], "{test}");
        // In its own file it is an error.
        assert!(!codes(&[("lib.prov", &library)]).is_empty());
    }
    // What belongs to the file is wrong everywhere.
    for test in [
        ".test \"t\"\nNOP\n.const N 1 / 0",
        ".test \"t\"\nNOP\n.data T at 3 1",
        ".test \"t\"\nNOP\n.use \"./none\"",
    ] {
        let library = format!("{library}{test}\n");
        let found = codes(&[("main.prov", main), ("lib.prov", &library)]);
        assert!(found.contains(&"E021"), "{found:?}: {test}");
    }
}

#[test]
fn a_text_that_is_written_as_an_entry_of_an_inputs_file_is_told() {
    check(
        &[(
            "main.prov",
            "HALT\n.test \"hex:00\"\n.public \"hex:00ff\", \"a hex:\"\n.secret \"text:hi\"\n.output \"bytes:\"\n.public \"hex:\" ; allow W117\n.routine f ( -- )\n.data T \"hex:00\"\nRET\n",
        )],
        expect![[r#"
            main.prov
            3  .public "hex:00ff", "a hex:"
                       ^^^^^^^^^^ warning[W117]: this is the characters of the text, `hex:` among them: only inputs files have such entries
               = write the words as numbers, such as `0x68656c6c`
            4  .secret "text:hi"
                       ^^^^^^^^^ warning[W117]: this is the characters of the text, `text:` among them: only inputs files have such entries
               = write the characters alone
            5  .output "bytes:"
                       ^^^^^^^^ warning[W117]: this is the characters of the text, `bytes:` among them: only inputs files have such entries
               = write each byte as a number, such as `0xff`
            7  .routine f ( -- )
                        ^ hint[H106]: the routine `f` is never used
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
