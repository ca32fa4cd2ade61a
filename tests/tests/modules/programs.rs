//! What is right: run, link, prove, verify, check, fmt.

use super::{ALL, MUL, call, three};
use provable_tests::folder;
use serde_json::json;

#[test]
fn the_program_runs_and_its_linked_text_is_the_same_program() {
    let here = three();
    let run = |file| call(here.path(), &["run", file, "--public", "3,4", "--json"]);
    let whole = run("main.prov").status(0).json();
    assert_eq!(whole["public_outputs"], json!([25]));

    let link = ["link", "main.prov", "-o", "flat.prov", "--json"];
    let linked = call(here.path(), &link).status(0).json();
    assert_eq!(
        (&linked["files"], &linked["file"]),
        (&json!(4), &json!("flat.prov"))
    );
    let text = std::fs::read_to_string(here.path().join("flat.prov")).unwrap();
    for part in [
        "## The sum of the squares.\n# from area.prov, line 5\narea.square_sum:\n",
        "check.le:",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let path = here.path().to_str().unwrap();
    assert!(!text.contains(path) && !text.contains(".use"), "{text}");
    // Without -o it is the answer, and with --json a part of it.
    assert_eq!(
        call(here.path(), &["link", "main.prov"]).status(0).stdout,
        text
    );
    let json = call(here.path(), &["link", "main.prov", "--json"])
        .status(0)
        .json();
    assert_eq!(json["text"], json!(text));

    // Alone in another folder.
    let there = folder(&[("flat.prov", &text)]);
    let flat = call(
        there.path(),
        &["run", "flat.prov", "--public", "3,4", "--json"],
    );
    assert_eq!(flat.status(0).json(), whole);
    let again = call(there.path(), &["link", "flat.prov", "--json"])
        .status(0)
        .json();
    assert_eq!(again["program_digest"], linked["program_digest"]);
    assert_eq!(again["text"], json!(text));
}

#[test]
fn a_proof_of_the_files_is_one_of_the_linked_text_and_of_no_changed_file() {
    let here = three();
    let keys = ["--keys", "keys", "--json"];
    let with_keys = |arguments: &[&str]| call(here.path(), &[arguments, &keys].concat());
    with_keys(&["prove", "main.prov", "--public", "3,4"]).status(0);
    call(here.path(), &["link", "main.prov", "-o", "flat.prov"]).status(0);
    let verify = |file: &str| with_keys(&["verify", file, "main.proof.json"]);
    for file in ["main.prov", "flat.prov"] {
        let json = verify(file).status(0).json();
        assert_eq!(
            (&json["valid"], &json["public_output"]),
            (&json!(true), &json!([25]))
        );
    }
    // The text alone is enough.
    for file in ALL.into_iter().skip(1) {
        std::fs::remove_file(here.path().join(file)).unwrap();
    }
    verify("flat.prov").status(0);
    verify("main.prov")
        .status(2)
        .says(&["main.prov:1:6", "area.prov"]);

    // Another limit makes another program, though no run of it that halts differs.
    let again = three();
    for file in ALL {
        let text = std::fs::read_to_string(again.path().join(file)).unwrap();
        let text = text.replace("LIMIT 100", "LIMIT 101");
        std::fs::write(here.path().join(file), text).unwrap();
    }
    let json = verify("main.prov").status(1).json();
    assert_eq!(json["valid"], false);
    let run = call(
        here.path(),
        &["run", "main.prov", "--public", "3,4", "--json"],
    );
    assert_eq!(run.status(0).json()["public_outputs"], json!([25]));
}

#[test]
fn a_trap_is_shown_in_its_file_with_the_lines_that_copied_it() {
    let here = three();
    let run = |more: &[&str]| {
        let arguments = [&["run", "main.prov", "--public", "300,4"], more].concat();
        call(here.path(), &arguments).status(1)
    };
    run(&[]).says(&[
        "lib/deep/mul.prov:7:5",
        "ASSERT",
        "copied by `.inline` at lib/area.prov:8",
    ]);
    let json = run(&["--json"]).json();
    assert_eq!(json["status"], "trapped");
    assert_eq!(
        (&json["file"], &json["line"]),
        (&json!("lib/deep/mul.prov"), &json!(7))
    );
}

#[test]
fn the_files_are_checked_and_formatted_each_by_itself() {
    let here = three();
    let check = call(here.path(), &[&["check"], &ALL[..]].concat()).status(0);
    assert_eq!(check.stdout, "3 files: no findings\n");
    let json = call(here.path(), &[&["check", "--json"], &ALL[..]].concat());
    let json = json.status(0).json();
    assert_eq!(json["files"].as_array().unwrap().len(), 3);
    call(here.path(), &[&["fmt", "--check"], &ALL[..]].concat()).status(0);
    let ugly = MUL.replace("    DUP\n", " dup\n");
    std::fs::write(here.path().join(ALL[2]), ugly).unwrap();
    let fmt = call(here.path(), &[&["fmt"], &ALL[..]].concat()).status(0);
    assert_eq!(fmt.stdout, "1 of 3 files changed\n");
    let text = std::fs::read_to_string(here.path().join(ALL[2])).unwrap();
    assert_eq!(text, MUL);
}

#[test]
fn a_link_is_not_written_over_a_file_that_is_read() {
    let here = three();
    let link = |to| call(here.path(), &["link", "main.prov", "-o", to]);
    link("main.prov")
        .status(2)
        .says(&["main.prov", "nothing was done"]);
    link("main.inputs.json").status(0);
    // Inputs are not a program's to replace; now that they are there, they stay.
    link("main.inputs.json").status(2).says(&["inputs"]);
    let text = std::fs::read_to_string(here.path().join("main.prov")).unwrap();
    assert!(text.starts_with(".use"), "{text}");
}
