//! `provable run`: what it prints, what it exits with, what it says when it cannot.

mod cost;
mod profile;

use provable_tests::{example, folder, provable};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn the_seeds_program_leaves_35_on_the_stack() {
    let answer = provable(
        ["run", "--json"]
            .map(PathBuf::from)
            .iter()
            .chain([&example("seed.prov")]),
    )
    .call()
    .status(0);
    let json = answer.json();
    assert_eq!(answer.stderr, "");
    assert_eq!(json["status"], "halted");
    assert_eq!(json["steps"], 8);
    assert_eq!(json["pc"], 7);
    assert_eq!(json["stack"], json!([35]));
    assert_eq!(json["flags"], 0);
    assert_eq!(json["public_outputs"], json!([]));
    assert_eq!(json["trace_digest"].as_str().unwrap().len(), 64);
    let expected = [
        "cost",
        "flags",
        "pc",
        "public_outputs",
        "stack",
        "status",
        "steps",
        "trace_digest",
    ];
    assert_eq!(keys(&json), expected);
}

#[test]
fn people_see_the_same_as_text() {
    let answer = provable([Path::new("run"), &example("seed.prov")])
        .call()
        .status(0);
    assert!(
        answer.stdout.starts_with("halted after 8 steps\n"),
        "{}",
        answer.stdout
    );
    assert!(
        answer.stdout.contains("  stack         35\n"),
        "{}",
        answer.stdout
    );
    assert_eq!(answer.stderr, "");
}

#[test]
fn a_trap_is_a_negative_answer_with_its_reason_and_its_line() {
    let here = folder(&[("div.prov", "# a comment\nPUSH 7\nPUSH 0\nDIV   # here\n")]);
    let answer = provable(["run", "div.prov", "--json"])
        .in_folder(here.path())
        .call()
        .status(1);
    let json = answer.json();
    assert_eq!(json["status"], "trapped");
    assert_eq!(json["reason"], "division by zero");
    assert_eq!(json["line"], 4);
    assert_eq!(json["pc"], 2);
    assert_eq!(json["stack"], json!([7, 0]));
    assert_eq!(json["trace_digest"], Value::Null);

    provable(["run", "div.prov"])
        .in_folder(here.path())
        .call()
        .status(1)
        .says(&[
            "trap: division by zero",
            "div.prov:4:1",
            "DIV   # here",
            "^^^ instruction 2",
        ]);
}

#[test]
fn a_text_that_does_not_assemble_is_shown_where_it_is_wrong() {
    let here = folder(&[("typo.prov", "PUSH 1\nPUHS 2\nHALT\n")]);
    let answer = provable(["run", "typo.prov"])
        .in_folder(here.path())
        .call()
        .status(2);
    assert_eq!(answer.stdout, "");
    let answer = answer.says(&["error[E004]", "typo.prov:2:1", "PUHS 2", "^^^^"]);
    assert!(
        !answer.stderr.contains('\u{1b}'),
        "no colour in a pipe: {:?}",
        answer.stderr
    );

    let json = provable(["--json", "run", "typo.prov"])
        .in_folder(here.path())
        .call()
        .status(2)
        .json();
    assert_eq!(json["status"], "error");
    assert_eq!(json["file"], "typo.prov");
    assert!(
        json["message"]
            .as_str()
            .unwrap()
            .starts_with("typo.prov:2:1: "),
        "{json}"
    );
    assert_eq!(json["diagnostics"][0]["code"], "E004");
    assert_eq!(json["diagnostics"][0]["line"], 2);
}

#[test]
fn a_run_stops_at_its_limit_of_steps() {
    let here = folder(&[("loop.prov", "again: JMP again\n")]);
    let json = provable(["run", "loop.prov", "--max-steps", "1000", "--json"])
        .in_folder(here.path())
        .call()
        .status(1)
        .json();
    assert_eq!(json["status"], "trapped");
    assert_eq!(json["steps"], 1000);
    assert!(
        json["reason"].as_str().unwrap().contains("1000 steps"),
        "{json}"
    );
}

#[test]
fn a_trace_holds_a_state_for_every_step_and_one_more() {
    let here = folder(&[("p.prov", "PUSH 7\nSTORE 1\nHALT\n")]);
    provable(["run", "p.prov", "--trace", "t.json"])
        .in_folder(here.path())
        .call()
        .status(0);
    let trace = std::fs::read_to_string(here.path().join("t.json")).unwrap();
    let trace: Value = serde_json::from_str(&trace).unwrap();
    let pcs: Vec<&Value> = trace["states"]
        .as_array()
        .unwrap()
        .iter()
        .map(|state| &state["pc"])
        .collect();
    assert_eq!(pcs, [0, 1, 2, 2]);
    let left = std::fs::read_dir(here.path()).unwrap().count();
    assert_eq!(
        left, 2,
        "nothing but the program and the trace is left behind"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(here.path().join("t.json"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "a trace holds every secret");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_a_way_out() {
    let here = folder(&[("p.prov", "HALT\n")]);
    provable(["run", "p"])
        .in_folder(here.path())
        .call()
        .status(2)
        .says(&["cannot read p", "did you mean p.prov?"]);
    provable(["run", "."])
        .in_folder(here.path())
        .call()
        .status(2)
        .says(&["cannot read ."]);
    std::fs::write(here.path().join("bytes.prov"), b"PUSH 1\nPUSH \xff\n").unwrap();
    provable(["run", "bytes.prov"])
        .in_folder(here.path())
        .call()
        .status(2)
        .says(&["bytes.prov:2", "UTF-8"]);
    let large = std::fs::File::create(here.path().join("large.prov")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    provable(["run", "large.prov"])
        .in_folder(here.path())
        .call()
        .status(2)
        .says(&["large.prov", "64 MiB"]);
    let large = std::fs::File::create(here.path().join("p.inputs.json")).unwrap();
    large.set_len((16 << 20) + 1).unwrap();
    provable(["run", "p.prov"])
        .in_folder(here.path())
        .call()
        .status(2)
        .says(&["p.inputs.json", "16 MiB"]);
}

#[test]
fn words_are_shown_in_decimal_in_hexadecimal_and_as_text() {
    let here = folder(&[("p.prov", "READ\nWRITE\nREAD\nWRITE\nPUSH -1\n")]);
    let run = |more: &[&str]| {
        let arguments = ["run", "p.prov", "--public", "text:hi"];
        let arguments = arguments.iter().chain(more);
        provable(arguments).in_folder(here.path()).call().status(0)
    };
    for (form, output, stack) in [
        (None, "104 105", "4294967295"),
        (Some("decimal"), "104 105", "4294967295"),
        (Some("hex"), "0x00000068 0x00000069", "0xffffffff"),
        (Some("text"), "\"hi\"", "4294967295"),
    ] {
        let form = form.map(|form| ["--show", form]);
        let text = run(form.as_ref().map_or(&[], |form| form.as_slice())).stdout;
        assert!(
            text.contains(&format!("  output        {output}\n")),
            "{text}"
        );
        assert!(
            text.contains(&format!("  stack         {stack}\n")),
            "{text}"
        );
    }
    let json = run(&["--show", "text", "--json"]).json();
    assert_eq!(json["public_outputs"], json!([104, 105]));
}
