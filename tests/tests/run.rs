//! `provable run`: what it prints, what it exits with, what it says when it cannot.

use provable_tests::{example, provable};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

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
fn what_cannot_be_read_is_said_with_a_way_out() {
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
fn a_run_says_which_tier_it_needs_how_full_its_tables_are_and_what_decides() {
    // Turns of 4 steps: 40 are too many for 118 rows, 70 for 247; and 20 words left on the stack are too many for 16.
    let rows = "PUSH 40\nagain: PUSH 1\nSUB\nDUP\nJNZ again\nPOP\n";
    let both = format!("{}{}", rows.replace("40", "70"), "PUSH 1\n".repeat(20));
    let here = folder(&[
        ("rows.prov", rows),
        ("both.prov", &both),
        ("small.prov", "PUSH 6\nPUSH 7\nMUL\nPUSH 3\nAND\nSTORE 5\n"),
    ]);
    let cost = |file: &str| {
        let call = provable(["run", file, "--json"]).in_folder(here.path());
        call.call().status(0).json()["cost"].clone()
    };
    let table = |cost: &Value, list: &str, name: &str| {
        let tables = cost[list].as_array().unwrap();
        let found = tables.iter().find(|one| one["table"] == name);
        found.map(|one| (one["used"].clone(), one["capacity"].clone()))
    };
    let use_of = |used: u64, capacity: u64| Some((json!(used), json!(capacity)));

    let small = cost("small.prov");
    assert_eq!(small["tier"], "118");
    assert_eq!(small["ruled_out"], json!([]));
    assert_eq!(small["decided"], "it fits in the smallest tier");
    for (name, used, capacity) in [
        ("rows", 7, 118),
        ("program", 7, 64),
        ("heap", 1, 16),
        ("stack", 0, 16),
        ("calls", 0, 8),
        ("arithmetic", 1, 14),
        ("bitwise", 1, 14),
        ("compare", 0, 14),
    ] {
        assert_eq!(
            table(&small, "tables", name),
            use_of(used, capacity),
            "{name}"
        );
    }
    assert_eq!(small["tables"].as_array().unwrap().len(), 8);

    let rows = cost("rows.prov");
    assert_eq!(rows["tier"], "247");
    assert_eq!(rows["ruled_out"].as_array().unwrap().len(), 1);
    assert_eq!(table(&rows, "ruled_out", "rows"), use_of(163, 118));
    assert_eq!(table(&rows, "tables", "rows"), use_of(163, 247));

    // Each table that rules a tier out is named, and not the first alone.
    let both = cost("both.prov");
    assert_eq!(table(&both, "ruled_out", "stack"), use_of(20, 16));
    assert_eq!(
        both["decided"],
        "for the one before it, the run needs 303 rows, this tier holds 247; 20 words left on the stack, it holds 16"
    );

    let text = provable(["run", "both.prov"]).in_folder(here.path());
    let text = text.call().status(0).stdout;
    for line in [
        "  proof         tier 494: ",
        "  tables        303 of 494 rows\n",
        "                20 of 30 words left on the stack\n",
        "                0 of 61 distinct comparisons\n",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
}

#[test]
fn a_run_that_fits_in_no_tier_says_so_and_is_done_all_the_same() {
    // 4 steps a turn; and 9,000 words left on the stack, of which the largest tier holds 8,192.
    let long = "PUSH 40000\nagain: PUSH 1\nSUB\nDUP\nJNZ again\n";
    let deep = "PUSH 9000\nagain: DUP\nPUSH 1\nSUB\nDUP\nJNZ again\n";
    let here = folder(&[
        ("long.prov", long),
        ("deep.prov", deep),
        ("trap.prov", "PUSH 1\nADD\n"),
    ]);
    let run = |file: &str, status| {
        let call = provable(["run", file, "--json"]).in_folder(here.path());
        call.call().status(status).json()
    };
    let cost = run("long.prov", 0)["cost"].clone();
    assert_eq!(cost["tier"], Value::Null);
    assert_eq!(cost["tables"], json!([]));
    assert_eq!(
        cost["decided"],
        "the run takes 160001 steps, and the largest tier holds 131072"
    );
    let cost = run("deep.prov", 0)["cost"].clone();
    assert_eq!(cost["tier"], Value::Null);
    assert_eq!(cost["tables"].as_array().unwrap().len(), 8);
    assert_eq!(
        cost["decided"],
        "it fits in no tier: for the largest, the run needs 9001 words left on the stack, this tier holds 8192"
    );
    let text = provable(["run", "long.prov"]).in_folder(here.path());
    let text = text.call().status(0).stdout;
    assert!(
        text.contains("  proof         none: the run takes 160001 steps"),
        "{text}"
    );
    // A run that traps has no proof, and so no cost.
    assert_eq!(run("trap.prov", 1)["cost"], Value::Null);
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
