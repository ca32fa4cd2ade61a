//! What the flags and the environment have a command log.

use super::{call, desk, events, name, text};
use provable_tests::{SMALLEST, provable, root};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn without_flags_nothing_is_logged() {
    let plain = call(&["run", "sum.prov"]).status(0);
    assert_eq!(plain.stderr, "");
    // How it would be written says nothing about whether.
    assert_eq!(
        call(&["run", "sum.prov", "--log-format", "json"]).stderr,
        ""
    );
    let empty = provable(["run", "sum.prov"]).in_folder(desk());
    assert_eq!(empty.env("PROVABLE_LOG", "").call().stderr, "");
}

#[test]
fn each_v_logs_more_and_the_answer_stays_alone_on_standard_output() {
    let plain = call(&["run", "sum.prov", "--json"]).status(0);
    let lines: Vec<usize> = ["-v", "-vv", "-vvvv"]
        .into_iter()
        .map(|flag| {
            let logged = call(&["run", "sum.prov", "--json", flag]).status(0);
            assert_eq!(logged.json(), plain.json());
            assert!(!logged.stderr.contains('\u{1b}'), "{}", logged.stderr);
            assert!(logged.stderr.contains("provable::run: halted steps=5"));
            logged.stderr.lines().count()
        })
        .collect();
    assert!(
        0 < lines[0] && lines[0] < lines[1] && lines[1] <= lines[2],
        "{lines:?}"
    );
}

#[test]
fn a_filter_chooses_by_target_and_refines_the_flags() {
    let filtered = |filter: &str, flags: &[&str]| {
        let arguments = [&["run", "sum.prov", "--log-format", "json"], flags].concat();
        let call = provable(arguments).in_folder(desk());
        let log = call.env("PROVABLE_LOG", filter).call().status(0).stderr;
        let events = events(&log);
        let targets = events.iter().map(|event| text(event, "/target").to_owned());
        targets.collect::<BTreeSet<_>>()
    };
    let set = |names: &[&str]| names.iter().map(|name| name.to_string()).collect();
    assert_eq!(
        filtered("provable::run=debug", &[]),
        set(&["provable::run"])
    );
    let both = filtered("provable::load=debug", &["-v"]);
    assert_eq!(
        both,
        set(&["provable::command", "provable::load", "provable::run"])
    );
    assert_eq!(filtered("off", &["-vv"]), set(&[]));
}

#[test]
fn a_bad_filter_is_refused_and_its_place_is_named() {
    let call = provable(["run", "sum.prov", "--json"]).in_folder(desk());
    let answer = call
        .env("PROVABLE_LOG", "info,provable=loud")
        .call()
        .status(2);
    let message = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(
        message.starts_with("PROVABLE_LOG: entry 2, \"provable=loud\""),
        "{message}"
    );
    assert!(answer.json()["help"].as_str().unwrap().contains("jobs"));
}

#[test]
fn a_log_file_is_appended_to() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let path = log.to_str().unwrap();
    for runs in 1..3 {
        let answer = call(&["run", "sum.prov", "--log", path]).status(0);
        assert_eq!(answer.stderr, "");
        let text = std::fs::read_to_string(&log).unwrap();
        assert_eq!(
            text.matches("provable::run: halted").count(),
            runs,
            "{text}"
        );
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&log).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_log_that_cannot_be_written_is_refused_before_any_work() {
    let refused = |log: &str, told: &str| {
        let arguments = ["prove", "sum.prov", "--keys", "no-keys", "--log", log];
        let answer = call(&arguments).status(2);
        assert!(answer.stderr.contains(log), "{}", answer.stderr);
        assert!(answer.stderr.contains(told), "{}", answer.stderr);
        assert!(!desk().join("no-keys").exists());
    };
    refused("nowhere/log", "cannot write the log");
    refused(".", "not a file");
    refused("-", "never goes to standard output");
    refused("sum.prov", "another argument");
    refused("secret.prov", "no log");
    refused("secret.inputs.json", "no log");
    refused("sum.proof.json", "another argument");
    assert!(!desk().join("sum.proof.json").exists());
    assert!(
        std::fs::read_to_string(desk().join("sum.prov"))
            .unwrap()
            .starts_with("PUSH")
    );
}

#[cfg(unix)]
#[test]
fn a_log_on_standard_output_or_a_pipe_is_refused() {
    let shell = |script: &str| {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", script, provable_tests::binary().to_str().unwrap()]);
        let output = shell.current_dir(desk()).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (status, told) = shell("\"$0\" run sum.prov --log both >both");
    assert!(
        status == Some(2) && told.contains("standard output"),
        "{told}"
    );
    let (status, told) = shell("mkfifo pipe && \"$0\" run sum.prov --log pipe");
    assert!(status == Some(2) && told.contains("not a file"), "{told}");
    let (status, told) = shell("\"$0\" run sum.prov --log /dev/null >/dev/null");
    assert_eq!((status, told.as_str()), (Some(0), ""));
}

/// Every span and event of a proof from the text to the verified file, with its time and its sizes.
#[test]
fn a_proof_is_logged_part_by_part() {
    let log = desk().join("proof.jsonl");
    for arguments in [
        &["prove", "sum.prov"][..],
        &["verify", "sum.prov", "sum.proof.json"],
        &["keys", "export", SMALLEST, "118.vk"],
        &["keys", "import", "118.vk", "--keys", "others"],
        &["keys", "list"],
        &["keys", "remove", SMALLEST, "--keys", "others"],
    ] {
        let how = [
            "-vvv",
            "--log-format",
            "json",
            "--log",
            log.to_str().unwrap(),
        ];
        let keys: &[&str] = match arguments.contains(&"--keys") {
            true => &[],
            false => &["--keys", "keys-proof"],
        };
        call(&[arguments, &how, keys].concat()).status(0);
    }
    let log = std::fs::read_to_string(log).unwrap();
    let events = events(&log);
    let closed = |name: &str| -> Vec<&Value> {
        let is_it = |event: &&Value| {
            text(event, "/fields/message") == "close" && text(event, "/span/name") == name
        };
        events.iter().filter(is_it).collect()
    };
    let what = |name: &str| -> Vec<&str> {
        let mut all: Vec<&str> = closed(name)
            .iter()
            .map(|event| text(event, "/span/what"))
            .collect();
        all.sort_unstable();
        all
    };
    assert_eq!(
        what("sum"),
        [
            "commitment",
            "multiplication A",
            "multiplication B in G1",
            "multiplication B in G2",
            "multiplication C"
        ]
    );
    assert_eq!(what("transform"), ["A", "B"]);
    for (span, size) in [
        ("sum", "terms"),
        ("transform", "points"),
        ("multiples", "count"),
        ("prove", "constraints"),
        ("link", "files"),
        ("run", "instructions"),
    ] {
        let all = closed(span);
        assert!(!all.is_empty(), "{span}");
        for event in all {
            let size = event["span"][size].as_u64();
            assert!(size.is_some_and(|size| size > 0), "{event}");
            assert!(text(event, "/fields/time.busy").ends_with('s'), "{event}");
        }
    }
    let names: BTreeSet<String> = events.iter().map(name).collect();
    for part in [
        "load: read",
        "run: record",
        "run: recorded",
        "run: halted",
        "proof: setup",
        "proof: witness",
        "proof: commitment",
        "proof: constraints",
        "proof: transforms",
        "proof: multiply",
        "proof: self-check",
        "proof: proved",
        "proof: verified",
        "keys: opened",
        "keys: read",
        "keys: made",
        "keys: imported",
        "keys: removed",
        "keys: listed",
        "command: started",
        "command: ended",
    ] {
        assert!(names.contains(part), "{part}: {names:#?}");
    }
    is_documented(&names);
}

#[test]
fn the_debug_adapter_logs_its_requests_by_name_alone() {
    let request = |seq: u64, command: &str, arguments: Value| {
        let message =
            json!({ "seq": seq, "type": "request", "command": command, "arguments": arguments });
        let body = message.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let said = [
        request(1, "initialize", json!({ "adapterID": "provable" })),
        request(
            2,
            "launch",
            json!({ "program": "sum.prov", "inputs": { "secret": [] } }),
        ),
        request(
            3,
            "evaluate",
            json!({ "expression": "top + 31337", "context": "watch" }),
        ),
        request(4, "disconnect", Value::Null),
    ];
    let arguments = ["dap", "-vvv", "--log-format", "json"];
    let call = provable(arguments).in_folder(desk()).stdin(said.concat());
    let log = call.call().status(0).stderr;
    let events = events(&log);
    let asked = |event: &&Value| name(event) == "dap: request";
    let asked = events.iter().filter(asked);
    let asked: Vec<&str> = asked.map(|event| text(event, "/span/command")).collect();
    assert_eq!(asked, ["evaluate", "disconnect"]);
    assert!(!log.contains("31337"), "{log}");
    is_documented(&events.iter().map(name).collect());
}

/// Checks that the reference lists what was logged.
#[track_caller]
pub fn is_documented(names: &BTreeSet<String>) {
    let page = std::fs::read_to_string(Path::new(root()).join("docs/logging.md")).unwrap();
    for name in names {
        let (target, message) = name.split_once(": ").unwrap();
        let row = format!("| `{target}` | `{message}` |");
        assert!(page.contains(&row), "no row {row}");
    }
}
