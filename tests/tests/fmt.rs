//! `provable fmt`.

use provable_tests::{folder, provable};
use serde_json::json;

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

#[cfg(unix)]
#[test]
fn formatting_keeps_permissions() {
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
fn a_text_with_errors_is_not_formatted_and_not_ok() {
    let wrong = "push  1\nPUHS  2\nadd  3 4\n";
    let here = folder(&[
        ("bad.prov", wrong),
        ("ugly.prov", "push  1\n"),
        ("name.prov", "jmp  x\n"),
    ]);
    let fmt = |arguments: &[&str]| {
        let arguments = ["fmt"].iter().chain(arguments);
        provable(arguments).in_folder(here.path()).call()
    };
    let told = ["error[E004]", "bad.prov:2:1", "mend them first"];
    fmt(&["--check", "bad.prov"]).status(2).says(&told);
    let json = fmt(&["--check", "--json", "bad.prov", "ugly.prov"])
        .status(2)
        .json();
    assert_eq!(json["status"], "errors");
    assert_eq!(json["changed"], json!(["ugly.prov"]));
    assert_eq!(json["errors"][0]["file"], "bad.prov");
    assert_eq!(json["errors"][0]["diagnostics"][0]["code"], "E004");
    // Each file has its own answer: the other one is formatted.
    let answer = fmt(&["bad.prov", "ugly.prov"]).status(2).says(&told);
    assert_eq!(answer.stdout, "1 of 2 files changed\n");
    let read = |name: &str| std::fs::read_to_string(here.path().join(name)).unwrap();
    assert_eq!(read("bad.prov"), wrong);
    assert_eq!(read("ugly.prov"), "    PUSH 1\n");
    let stdin = provable(["fmt", "-"]).stdin(wrong).call().status(2);
    assert_eq!(stdin.says(&["error[E004]"]).stdout, "");
    // A name that is defined nowhere is for `check`: the layout does not depend on it.
    fmt(&["name.prov"]).status(0);
    assert_eq!(read("name.prov"), "    JMP x\n");
}

#[test]
fn a_read_only_file_is_not_rewritten() {
    let here = folder(&[("p.prov", "halt\n"), ("neat.prov", "    HALT\n")]);
    for name in ["p.prov", "neat.prov"] {
        let path = here.path().join(name);
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
    }
    let fmt = |name: &str| provable(["fmt", name]).in_folder(here.path()).call();
    fmt("p.prov")
        .status(2)
        .says(&["cannot write p.prov", "read-only"]);
    let text = std::fs::read_to_string(here.path().join("p.prov")).unwrap();
    assert_eq!(text, "halt\n");
    fmt("neat.prov").status(0);
    // Nothing of a call is done that cannot be done whole.
    std::fs::write(here.path().join("other.prov"), "halt\n").unwrap();
    let both = provable(["fmt", "other.prov", "p.prov"]).in_folder(here.path());
    both.call().status(2);
    let other = std::fs::read_to_string(here.path().join("other.prov")).unwrap();
    assert_eq!(other, "halt\n");
    provable(["fmt", "other.prov", "./other.prov"])
        .in_folder(here.path())
        .call()
        .status(0);
    let check = provable(["fmt", "--check", "p.prov"]).in_folder(here.path());
    check.call().status(1);
}

#[test]
fn the_programs_in_a_folder_are_formatted_and_no_others() {
    let ugly = "push   1\nhalt\n";
    let here = folder(&[("a/x.prov", ugly), ("a/b/y.prov", ugly), ("a/z.txt", ugly)]);
    let fmt = |arguments: &[&str]| {
        let arguments = ["fmt"].iter().chain(arguments);
        provable(arguments).in_folder(here.path()).call()
    };
    assert_eq!(
        fmt(&["--check", "."]).status(1).stdout,
        "a/b/y.prov\na/x.prov\n"
    );
    assert_eq!(fmt(&["a"]).status(0).stdout, "2 of 2 files changed\n");
    fmt(&["--check", "a"]).status(0);
    let text = std::fs::read_to_string(here.path().join("a/z.txt")).unwrap();
    assert_eq!(text, ugly);
}
