//! `provable check`.

use provable_tests::{folder, provable};
use serde_json::json;

#[test]
fn a_program_without_mistakes_has_no_findings() {
    let here = folder(&[("good.prov", "PUSH 1\nWRITE\nHALT\n")]);
    let answer = provable(["check", "good.prov"])
        .in_folder(here.path())
        .call()
        .status(0);
    assert_eq!(answer.stdout, "1 file: no findings\n");
    assert_eq!(answer.stderr, "");
}

#[test]
fn every_bad_line_is_found_and_shown() {
    let here = folder(&[("bad.prov", "PUHS 1\nPUSH 99999999999\nJMP nowhere\nHALT\n")]);
    let call = provable(["check", "bad.prov"]).in_folder(here.path());
    let answer =
        call.call()
            .status(1)
            .says(&["bad.prov:1:1", "bad.prov:2:6", "bad.prov:3:5", "^^^^^^^"]);
    assert!(
        answer.stdout.starts_with("1 file: 3 errors"),
        "{}",
        answer.stdout
    );
}

#[test]
fn what_only_the_analysis_sees_is_found_too() {
    let here = folder(&[("depth.prov", "PUSH 1\nADD\nHALT\n")]);
    let json = provable(["check", "depth.prov", "--json"])
        .in_folder(here.path())
        .call()
        .status(1)
        .json();
    assert_eq!(
        (&json["status"], &json["errors"]),
        (&json!("errors"), &json!(1))
    );
    let finding = &json["files"][0]["diagnostics"][0];
    assert_eq!(
        (&finding["severity"], &finding["code"]),
        (&json!("error"), &json!("E101"))
    );
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&json!(2), &json!(1))
    );
    // It stops neither a run nor a proof: the run itself says what happens.
    provable(["run", "depth.prov"])
        .in_folder(here.path())
        .call()
        .status(1)
        .says(&["trap"]);
}

#[test]
fn warnings_and_hints_are_no_errors() {
    let here = folder(&[("dead.prov", "unused: HALT\nNOP\n")]);
    let json = provable(["check", "dead.prov", "--json"])
        .in_folder(here.path())
        .call()
        .status(0)
        .json();
    assert_eq!(
        (&json["status"], &json["errors"]),
        (&json!("ok"), &json!(0))
    );
    assert_eq!((&json["warnings"], &json["hints"]), (&json!(1), &json!(1)));
}

#[test]
fn a_file_that_cannot_be_read_hides_nothing_of_the_others() {
    let here = folder(&[("good.prov", "HALT\n"), ("bad.prov", "PUHS 1\n")]);
    std::fs::write(here.path().join("bytes.prov"), b"HALT\n\xff\n").unwrap();
    let files = ["good.prov", "none.prov", "bad.prov", "bytes.prov"];
    let check = |more: &[&str]| {
        let arguments = ["check"].iter().chain(&files).chain(more);
        provable(arguments).in_folder(here.path()).call().status(2)
    };
    let answer = check(&[]).says(&[
        "cannot read none.prov",
        "help: check the path",
        "error[E004]",
        "bad.prov:1:1",
        "bytes.prov:2",
        "UTF-8",
    ]);
    assert_eq!(answer.stdout, "4 files: 1 error; 2 files not read\n");

    let json = check(&["--json"]).json();
    assert_eq!(json["status"], "error");
    assert_eq!(json["file"], "none.prov");
    assert!(json["message"].as_str().unwrap().contains("none.prov"));
    assert_eq!((&json["errors"], &json["unread"]), (&json!(1), &json!(2)));
    let named: Vec<&str> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["file"].as_str().unwrap())
        .collect();
    assert_eq!(named, files);
    assert_eq!(json["files"][0]["diagnostics"], json!([]));
    assert_eq!(json["files"][1]["status"], "error");
    assert!(json["files"][1]["help"].is_string(), "{json}");
    assert_eq!(json["files"][2]["diagnostics"][0]["code"], "E004");
    assert_eq!(json["files"][3]["line"], 2);

    let alone = provable(["check", "none.prov"]).in_folder(here.path());
    let answer = alone.call().status(2).says(&["none.prov"]);
    assert_eq!(answer.stdout, "1 file: not read\n");
}

#[test]
fn warnings_and_hints_are_denied_where_that_is_asked_for() {
    let here = folder(&[
        ("warning.prov", "HALT\nNOP\n"),
        ("hint.prov", "unused: HALT\n"),
        ("error.prov", "ADD\n"),
    ]);
    let check = |file: &str, deny: &[&str], status| {
        let arguments = ["check", file, "--json"];
        let arguments = arguments.iter().chain(deny);
        let call = provable(arguments).in_folder(here.path()).call();
        call.status(status).json()["status"].clone()
    };
    let (warnings, hints) = (["--deny", "warnings"], ["--deny", "hints"]);
    for (file, deny, status, said) in [
        ("warning.prov", &[] as &[&str], 0, "ok"),
        ("warning.prov", &warnings, 1, "denied"),
        ("warning.prov", &hints, 1, "denied"),
        ("hint.prov", &warnings, 0, "ok"),
        ("hint.prov", &hints, 1, "denied"),
        ("error.prov", &warnings, 1, "errors"),
    ] {
        assert_eq!(check(file, deny, status), said, "{file} {deny:?}");
    }
    let arguments = ["check", "warning.prov", "--deny", "warnings"];
    let answer = provable(arguments).in_folder(here.path()).call().status(1);
    assert_eq!(answer.stdout, "1 file: 1 warning; warnings are denied\n");
    provable(["check", "hint.prov", "--deny", "errors"])
        .in_folder(here.path())
        .call()
        .status(2)
        .says(&["--deny", "warnings", "hints"]);
}

#[test]
fn allowed_findings_are_not_denied() {
    let text = "again: PUSH 1 ; allow W103: a stack of ones\nJMP again\n";
    let here = folder(&[("loop.prov", text), ("late.prov", "HALT ; allow W103\n")]);
    let check = |file: &str, status| {
        let arguments = ["check", file, "--deny", "hints"];
        let call = provable(arguments).in_folder(here.path());
        call.call().status(status)
    };
    assert_eq!(
        check("loop.prov", 0).stdout,
        "1 file: no findings (1 allowed)\n"
    );
    check("late.prov", 1).says(&["hint[H112]", "late.prov:1:14"]);
    let json = provable(["check", "loop.prov", "--json"])
        .in_folder(here.path())
        .call()
        .status(0)
        .json();
    assert_eq!(
        (&json["warnings"], &json["allowed"]),
        (&json!(0), &json!(1))
    );
    // Formatting moves the label, and the comment still speaks of both.
    provable(["fmt", "loop.prov"])
        .in_folder(here.path())
        .call()
        .status(0);
    check("loop.prov", 0);
}

#[test]
fn standard_input_is_checked_once() {
    let check = |files: &[&str]| {
        let arguments = ["check"].iter().chain(files);
        provable(arguments).stdin("HALT\n").call()
    };
    check(&["-"]).status(0);
    check(&["-", "-"])
        .status(2)
        .says(&["standard input", "one thing only"]);
}

#[test]
fn a_line_that_is_too_long_is_not_shown() {
    let here = folder(&[("long.prov", &format!("{} 1\n", "A".repeat(1 << 20)))]);
    let answer = provable(["check", "long.prov"])
        .in_folder(here.path())
        .call()
        .status(1)
        .says(&["long.prov:1:1"]);
    assert!(answer.stderr.len() < 1000, "{} bytes", answer.stderr.len());
}

#[test]
fn what_is_no_program_is_refused() {
    let proof = r#"{"version": 1, "verifying_key_digest": "00"}"#;
    let here = folder(&[
        ("x.json", "{\"a\": 1}"),
        ("list.prov", " \n[1, 2]"),
        ("p.proof.json", proof),
        ("p.inputs.json", "{\"public\": [1]}"),
        ("p.opening.json", "{\"secret\": [1], \"blind\": \"00\"}"),
        ("notes.txt", "Milk, bread.\n"),
    ]);
    for (name, told) in [
        ("x.json", ".prov"),
        ("list.prov", "an instruction a line"),
        ("p.proof.json", "it is a proof: the program comes first"),
        ("p.inputs.json", "looks like the inputs"),
        ("p.opening.json", "it is an opening"),
    ] {
        let before = std::fs::read(here.path().join(name)).unwrap();
        for arguments in [
            &["fmt", "--check", name][..],
            &["fmt", name],
            &["check", name],
            &["run", name],
        ] {
            let call = provable(arguments).in_folder(here.path());
            call.call()
                .status(2)
                .says(&[name, "JSON, and no program", told]);
        }
        assert_eq!(std::fs::read(here.path().join(name)).unwrap(), before);
    }
    let call = provable(["fmt", "--check", "notes.txt"]).in_folder(here.path());
    call.call().status(2).says(&["notes.txt:1:1"]);
}

#[test]
fn a_long_word_is_cut_in_messages() {
    let word = "w".repeat(3 << 20);
    let texts = [
        format!("{word}\n"),
        format!("{word} 1\n"),
        format!("{word}:\n{word}:\n"),
        format!("JMP {word}\n"),
        format!("PUSH {word}\n"),
        format!(".const {word} {word}\n"),
        format!(".{word}\n"),
        format!("HALT {word}\n"),
        format!("PUSH '{word}\n"),
        format!("1{word}\n"),
        format!("{word}: HALT\nPUSH {word}\n"),
    ];
    for text in texts {
        for form in [
            &["check", "-"][..],
            &["check", "-", "--json"],
            &["run", "-", "--json"],
        ] {
            let answer = provable(form).stdin(text.as_bytes()).call();
            let length = answer.stdout.len() + answer.stderr.len();
            assert!(length < 8_000, "{length} bytes about {}", &text[..9]);
        }
    }
}

#[test]
fn the_programs_in_a_folder_are_checked_and_no_others() {
    let here = folder(&[
        ("a/good.prov", "HALT\n"),
        ("a/b/bad.prov", "PUHS 1\n"),
        ("a/notes.txt", "PUHS 1\n"),
        ("a/target/bad.prov", "PUHS 1\n"),
        ("empty/notes.txt", ""),
    ]);
    let check = |arguments: &[&str]| {
        let arguments = ["check"].iter().chain(arguments);
        provable(arguments).in_folder(here.path()).call()
    };
    let answer = check(&["."]).status(1).says(&["a/b/bad.prov:1:1"]);
    assert_eq!(answer.stdout, "2 files: 1 error\n");
    // Each file once, however it is named.
    let json = check(&["a", "a/good.prov", "--json"]).status(1).json();
    let names: Vec<_> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["file"])
        .collect();
    assert_eq!(names, [&json!("a/b/bad.prov"), &json!("a/good.prov")]);
    check(&["empty"])
        .status(2)
        .says(&["there are no programs in empty", ".prov"]);
}
