//! The log of the language server: for its client, and together with its worker's.

use super::command::is_documented;
use super::{desk, events, name, text};
use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Read;
use std::process::Stdio;

const PROGRAM: &str = "PUSH 10\nWRITE\nHALT\n";

/// Opens a program and runs it.
fn run(client: &mut Client) {
    let uri = uri(&desk().join("opened.prov"));
    client.open(&uri, PROGRAM);
    let job = client.execute("provable.run", &uri).unwrap();
    client.progress(&format!("provable/{}", job["job"]));
}

fn initialize(client: &mut Client, trace: Option<&str>) {
    let mut start = json!({ "processId": null, "rootUri": null, "capabilities": capabilities() });
    if let Some(trace) = trace {
        start["trace"] = json!(trace);
    }
    client.request("initialize", start);
    client.notify("initialized", json!({}));
}

fn set_trace(client: &mut Client, value: Value) {
    client.notify("$/setTrace", json!({ "value": value }));
}

#[test]
fn a_client_that_asks_for_no_trace_is_sent_none() {
    for trace in [None, Some("off")] {
        let mut client = Client::of(&mut Client::command(desk()));
        initialize(&mut client, trace);
        run(&mut client);
        assert_eq!(client.told("$/logTrace"), [] as [Value; 0]);
        let logged = client.told("window/logMessage");
        let of_the_log = |params: &&Value| text(params, "/message").contains("provable::");
        assert_eq!(logged.iter().find(of_the_log), None);
        assert_eq!(client.shut_down(), 0);
    }
}

#[test]
fn a_client_is_sent_the_log_at_the_level_it_sets_and_a_trace_of_each_message() {
    let mut client = Client::of(&mut Client::command(desk()));
    initialize(&mut client, Some("messages"));
    run(&mut client);
    let ended = client.wait("window/logMessage", |params| {
        text(params, "/message").contains("provable::jobs: ended")
    });
    assert_eq!(ended["type"], 3, "{ended}");
    let traced = client.wait("$/logTrace", |params| {
        text(params, "/message").starts_with("workspace/executeCommand: ")
    });
    assert_eq!(traced.get("verbose"), None);
    let debug = |told: &[Value]| {
        let message = |params: &Value| text(params, "/message").contains("provable::analysis");
        told.iter().any(message)
    };
    assert!(!debug(&client.told("window/logMessage")));

    set_trace(&mut client, json!("verbose"));
    client.replace(&uri(&desk().join("opened.prov")), 2, "PUSH 1\nHALT\n");
    let lenses = client.lenses(&uri(&desk().join("opened.prov")));
    assert!(!lenses.is_empty());
    let traced = client.wait("$/logTrace", |params| {
        text(params, "/message").starts_with("textDocument/codeLens: ")
    });
    let verbose = text(&traced, "/verbose");
    assert!(
        verbose.starts_with("request ") && verbose.ends_with(", answered"),
        "{traced}"
    );
    client.wait("window/logMessage", |params| {
        text(params, "/message").contains("provable::analysis: analysed")
    });

    // What is no value changes nothing.
    set_trace(&mut client, json!("loud"));
    client.request("shutdown", Value::Null);
    client.wait("$/logTrace", |params| {
        text(params, "/message").starts_with("shutdown: ")
    });
}

#[test]
fn a_trace_ends_when_the_client_turns_it_off() {
    let mut client = Client::of(&mut Client::command(desk()));
    initialize(&mut client, Some("verbose"));
    client.wait("$/logTrace", |params| {
        text(params, "/message").starts_with("initialized: ")
    });
    set_trace(&mut client, json!("off"));
    run(&mut client);
    let told = client.told("$/logTrace");
    let of_a_run = |params: &&Value| text(params, "/message").starts_with("workspace/execute");
    assert_eq!(told.iter().find(of_a_run), None);
    assert_eq!(client.shut_down(), 0);
}

/// Each line is whole, and lines of both processes are there.
#[track_caller]
fn is_of_both(log: &str) {
    let events = events(log);
    let of_worker = |event: &&Value| {
        let spans = event["spans"].as_array();
        spans.is_some_and(|spans| spans.iter().any(|span| span["what"] == "worker"))
    };
    let names = |of_the_worker: bool| -> BTreeSet<String> {
        let chosen = events
            .iter()
            .filter(|event| of_worker(event) == of_the_worker);
        chosen.map(name).collect()
    };
    let (server, worker) = (names(false), names(true));
    for part in [
        "jobs: queued",
        "jobs: started",
        "jobs: ended",
        "worker: sent",
        "worker: heard",
        "lsp: request",
    ] {
        assert!(server.contains(part), "{part}: {server:#?}");
    }
    for part in ["run: halted", "worker: job", "worker: answered"] {
        assert!(worker.contains(part), "{part}: {worker:#?}");
    }
    is_documented(&server);
    is_documented(&worker);
}

#[test]
fn a_server_and_its_worker_log_to_one_file_in_whole_lines() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut command = Client::command(desk());
    command
        .args(["-vvv", "--log-format", "json", "--log"])
        .arg(&log);
    let mut client = Client::of(&mut command);
    initialize(&mut client, None);
    for _ in 0..5 {
        run(&mut client);
    }
    assert_eq!(client.shut_down(), 0);
    is_of_both(&std::fs::read_to_string(log).unwrap());
}

#[test]
fn a_worker_logs_to_the_servers_standard_error_in_whole_lines() {
    let mut command = Client::command(desk());
    command
        .args(["-vvv", "--log-format", "json"])
        .stderr(Stdio::piped());
    let mut client = Client::of(&mut command);
    let mut stderr = client.process().stderr.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut log = String::new();
        stderr.read_to_string(&mut log).map(|_| log)
    });
    initialize(&mut client, None);
    for _ in 0..5 {
        run(&mut client);
    }
    assert_eq!(client.shut_down(), 0);
    is_of_both(&reader.join().unwrap().unwrap());
}

#[test]
fn a_worker_that_cannot_open_the_log_works_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut command = Client::command(desk());
    command.args(["-vv", "--log"]).arg(&log);
    let mut client = Client::of(&mut command);
    initialize(&mut client, None);
    // The server has opened it; nobody else can any more.
    drop(folder);
    run(&mut client);
    let status = client.status(&uri(&desk().join("opened.prov")));
    assert_eq!(status["run"]["state"], "fresh", "{status}");
    assert_eq!(client.shut_down(), 0);
}
