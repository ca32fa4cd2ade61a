//! `provable check` and `provable fmt`.

use provable_tests::provable;
use serde_json::json;

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

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
fn an_unreadable_file_among_others_is_the_whole_answer() {
    let here = folder(&[("good.prov", "HALT\n")]);
    let call = provable(["check", "good.prov", "none.prov"]).in_folder(here.path());
    let answer = call.call().status(2).says(&["none.prov"]);
    assert_eq!(answer.stdout, "");
}

#[test]
fn a_file_is_formatted_in_place_and_once_is_enough() {
    let here = folder(&[("ugly.prov", "push   1\n  write;done\nhalt\n")]);
    let path = here.path().join("ugly.prov");
    let check = |status| {
        provable(["fmt", "--check", "ugly.prov"])
            .in_folder(here.path())
            .call()
            .status(status)
    };
    assert_eq!(check(1).stdout, "ugly.prov\n");
    let before = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        before, "push   1\n  write;done\nhalt\n",
        "--check changes nothing"
    );
    provable(["fmt", "ugly.prov"])
        .in_folder(here.path())
        .call()
        .status(0);
    let after = std::fs::read_to_string(&path).unwrap();
    assert!(
        after.contains("PUSH 1\n") && after.contains("done"),
        "{after}"
    );
    assert_eq!(check(0).stdout, "");
}

#[test]
fn standard_input_is_formatted_to_standard_output() {
    let answer = provable(["fmt", "-"]).stdin("halt\n").call().status(0);
    assert!(answer.stdout.trim_start().starts_with("HALT"), "{answer:?}");
    let json = provable(["fmt", "-", "--json"])
        .stdin("halt\n")
        .call()
        .status(0)
        .json();
    assert_eq!(json["text"], answer.stdout);
    provable(["fmt", "-", "other.prov"])
        .call()
        .status(2)
        .says(&["standard input"]);
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

#[cfg(unix)]
#[test]
fn formatting_keeps_who_may_read_a_file() {
    use std::os::unix::fs::PermissionsExt;
    let here = folder(&[("p.prov", "halt\n")]);
    let path = here.path().join("p.prov");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    provable(["fmt", "p.prov"])
        .in_folder(here.path())
        .call()
        .status(0);
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn a_line_that_is_too_long_to_show_floods_no_terminal() {
    let here = folder(&[("long.prov", &format!("{} 1\n", "A".repeat(1 << 20)))]);
    let answer = provable(["check", "long.prov"])
        .in_folder(here.path())
        .call()
        .status(1)
        .says(&["long.prov:1:1"]);
    assert!(answer.stderr.len() < 1000, "{} bytes", answer.stderr.len());
}
