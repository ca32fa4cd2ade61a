//! Where a program's inputs come from, and what is said when there are too few.

use provable_tests::provable;
use serde_json::{Value, json};

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_not_taken_for_no_inputs() {
    let here = folder(&[("p.prov", "HALT\n")]);
    std::os::unix::fs::symlink("gone.json", here.path().join("p.inputs.json")).unwrap();
    let call = || provable(["run", "p.prov"]).in_folder(here.path()).call();
    call()
        .status(2)
        .says(&["cannot read p.inputs.json", "a link to gone.json"]);
    std::fs::write(here.path().join("gone.json"), "{}").unwrap();
    call().status(0);
    std::fs::remove_file(here.path().join("p.inputs.json")).unwrap();
    std::fs::create_dir(here.path().join("p.inputs.json")).unwrap();
    call().status(2).says(&["cannot read p.inputs.json"]);
}

#[test]
fn a_trap_for_want_of_input_says_where_the_inputs_came_from() {
    let here = folder(&[
        ("p.prov", "READ\nSECRET\nADD\nWRITE\n"),
        ("q.prov", "READ\nSECRET\nADD\nWRITE\n"),
        ("q.inputs.json", r#"{"public": [1]}"#),
        ("alone.prov", "HALT\n"),
    ]);
    let told = |arguments: &[&str], help: &str| {
        let call = |arguments: &[&str]| {
            let call = provable(arguments).in_folder(here.path());
            call.stdin("READ\nHALT\n").call().status(1)
        };
        for command in ["run", "prove"] {
            let arguments = [&[command], arguments].concat();
            let arguments = match command {
                "prove" => [&arguments[..], &["-o", "x.json"]].concat(),
                _ => arguments,
            };
            call(&arguments).says(&[&format!("help: {help}")]);
            let json = call(&[&arguments[..], &["--json"]].concat()).json();
            assert_eq!(json["help"], help, "{arguments:?}");
        }
    };
    told(
        &["p.prov"],
        "there is no p.inputs.json, and so no input: write one, or give --inputs, --public or --secret",
    );
    told(&["q.prov"], "the inputs are those of q.inputs.json");
    told(
        &["p.prov", "--inputs", "q.inputs.json"],
        "the inputs are those of q.inputs.json",
    );
    told(
        &["q.prov", "--public", "1"],
        "the inputs are those of --public alone; q.inputs.json is not read then; give --secret for the secret input",
    );
    told(
        &["p.prov", "--public", "", "--secret", "1"],
        "the inputs are those of --public and --secret alone",
    );
    told(
        &["-"],
        "a program from standard input has no inputs file: give --inputs, --public or --secret",
    );
    // Another trap has other reasons.
    let trap = folder(&[("div.prov", "PUSH 1\nPUSH 0\nDIV\n")]);
    let call = provable(["run", "div.prov", "--json"]).in_folder(trap.path());
    assert_eq!(call.call().status(1).json()["help"], Value::Null);
}

#[test]
fn an_entry_that_is_left_out_of_a_list_is_refused() {
    let here = folder(&[("p.prov", "READ\nREAD\nADD\nWRITE\n")]);
    for (list, entry) in [("1,,2", 2), ("1,2,", 3), (",1,2", 1), ("1, ,2", 2)] {
        let told = format!("--public: entry {entry} is empty");
        let call = provable(["run", "p.prov", "--public", list]).in_folder(here.path());
        call.call().status(2).says(&[&told]);
        let call = provable(["run", "p.prov", "--public", "-"]).in_folder(here.path());
        call.stdin(list).call().status(2).says(&[&told]);
    }
    let read = |list: &str| {
        let call = provable(["run", "p.prov", "--json", "--public", "-"]).in_folder(here.path());
        call.stdin(list).call().status(0).json()["public_outputs"].clone()
    };
    for list in ["1,2", "1, 2\n", "\u{feff}1 2", "1\n2\n", " 1 ,\n2 "] {
        assert_eq!(read(list), json!([3]), "{list:?}");
    }
    assert_eq!(read("',', ' '"), json!([76]), "a comma and a space");
}
