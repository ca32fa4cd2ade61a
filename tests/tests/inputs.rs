//! Where a program's inputs come from, and what is said when there are too few.

use provable_tests::{folder, provable};
use serde_json::{Value, json};

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
fn a_trap_on_an_exhausted_tape_says_where_the_inputs_came_from() {
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

#[test]
fn inputs_come_from_the_file_beside_the_program() {
    let files = [
        ("add.prov", "READ\nSECRET\nADD\nWRITE\n"),
        ("add.inputs.json", r#"{"public": ["0x10"], "secret": [-1]}"#),
    ];
    let here = folder(&files);
    let json = provable(["run", "add.prov", "--json"])
        .in_folder(here.path())
        .call()
        .status(0)
        .json();
    assert_eq!(json["public_outputs"], json!([15]));
    assert_eq!(json["flags"], 1);
}

#[test]
fn inputs_come_from_lists_and_from_standard_input() {
    let here = folder(&[
        ("add.prov", "READ\nSECRET\nADD\nWRITE\n"),
        (
            "add.inputs.json",
            "this file is not read when lists are given",
        ),
    ]);
    let outputs = |arguments: &[&str], stdin: &str| {
        let arguments = ["run", "add.prov", "--json"].iter().chain(arguments);
        let call = provable(arguments).in_folder(here.path()).stdin(stdin);
        call.call().status(0).json()["public_outputs"].clone()
    };
    assert_eq!(
        outputs(&["--public", "1", "--secret", "-1"], ""),
        json!([0])
    );
    assert_eq!(
        outputs(&["--public", "'a'", "--secret", "-"], " 0b11 \n"),
        json!([100])
    );
    let both = ["run", "add.prov", "--public", "-", "--secret", "-"];
    provable(both)
        .in_folder(here.path())
        .call()
        .status(2)
        .says(&["standard input", "one thing only"]);
}

#[test]
fn wrong_inputs_are_named_by_file_and_place_and_secrets_are_not_repeated() {
    let here = folder(&[
        ("p.prov", "HALT\n"),
        ("p.inputs.json", "{\n \"secret\": [1, \"swordfish\"]}"),
    ]);
    let answer = provable(["run", "p.prov", "--json"])
        .in_folder(here.path())
        .call()
        .status(2);
    let json = answer.json();
    assert_eq!(
        (&json["file"], &json["line"]),
        (&json!("p.inputs.json"), &json!(2))
    );
    assert!(!answer.stdout.contains("swordfish") && !answer.stderr.contains("swordfish"));
    let missing = ["run", "p.prov", "--inputs", "none.json"];
    provable(missing)
        .in_folder(here.path())
        .call()
        .status(2)
        .says(&["none.json"]);
}

#[test]
fn inputs_are_numbers_text_and_bytes() {
    let here = folder(&[
        ("all.prov", &"READ\nWRITE\n".repeat(7)),
        (
            "all.inputs.json",
            r#"{"public": [7, "text:hé", "hex:0000_0100_deadbeef", "bytes:01ff"]}"#,
        ),
    ]);
    let call = provable(["run", "all.prov", "--json"]).in_folder(here.path());
    let json = call.call().status(0).json();
    assert_eq!(
        json["public_outputs"],
        json!([7, 104, 233, 256, 0xdead_beef_u32, 1, 255])
    );
    std::fs::write(
        here.path().join("all.inputs.json"),
        "{\n \"secret\": [\"hex:5w0rdf15h\"]}",
    )
    .unwrap();
    let answer = provable(["run", "all.prov"]).in_folder(here.path()).call();
    let answer = answer.status(2).says(&[
        "all.inputs.json",
        "entry 0: character 2 after `hex:` is no hexadecimal digit",
        "text:hello",
    ]);
    assert!(!answer.stderr.contains("5w0rdf15h"), "{}", answer.stderr);
    let arguments = ["run", "all.prov", "--secret", "1,hex:5w0rdf15h"];
    let answer = provable(arguments).in_folder(here.path()).call();
    let answer = answer.status(2).says(&["--secret: entry 2"]);
    assert!(!answer.stderr.contains("5w0rdf15h"), "{}", answer.stderr);
}
