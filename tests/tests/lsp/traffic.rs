//! How much is sent, how often, and when the server ends.

use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::{Value, json};

fn pulling() -> Value {
    let mut able = capabilities();
    able["textDocument"]["diagnostic"] = json!({});
    able["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    able
}

/// A program with this many labels that nobody jumps to.
fn unused(labels: usize) -> String {
    let lines: String = (0..labels)
        .map(|number| format!("label_{number}:\n    PUSH 1\n    POP\n\n"))
        .collect();
    lines + "HALT\n"
}

#[test]
fn of_many_diagnostics_some_are_sent_and_the_rest_is_counted() {
    let keys = tempfile::tempdir().unwrap();
    let program = "file:///a.prov";
    let mut pushed = Client::start(keys.path(), &capabilities(), &[]);
    pushed.open(program, &unused(2_500));
    let found = pushed.diagnostics(program, 1);
    assert_eq!(found.len(), 201);
    assert_eq!(found[200]["message"], "and 2,300 more like this");
    // At the first of those that are not shown, as every other one.
    assert_eq!(
        found[200]["range"]["start"],
        json!({ "line": 800, "character": 0 })
    );
    assert_eq!(found[200]["code"], found[0]["code"]);
    let links = found
        .iter()
        .filter(|one| one.get("codeDescription").is_some());
    assert_eq!(links.count(), 1);
    let bytes = json!(found).to_string().len();
    assert!(bytes < 80_000, "{bytes}");
    // Of another kind all are shown, if they are few.
    pushed.replace(program, 2, &("ADDD\n".repeat(7_500) + "PUSH\n"));
    let found = pushed.diagnostics(program, 2);
    assert_eq!(found.len(), 202);
    assert!(found.iter().all(|one| one.get("codeDescription").is_some()));

    let mut pulled = Client::start(keys.path(), &pulling(), &[]);
    pulled.open(program, &"ADDD\n".repeat(7_500));
    let document = json!({ "uri": program });
    let report = pulled.request(
        "textDocument/diagnostic",
        json!({ "textDocument": document }),
    );
    let items = report["items"].as_array().unwrap();
    assert_eq!(items.last().unwrap()["message"], "and 7,300 more like this");
}

#[test]
fn unchanged_diagnostics_are_not_sent_again() {
    let keys = tempfile::tempdir().unwrap();
    let program = "file:///a.prov";
    let mut client = Client::start(keys.path(), &pulling(), &[]);
    client.open(program, "PUSHH 1\nHALT\n");
    let document = json!({ "uri": program });
    let pull = |client: &mut Client, previous: &Value| {
        client.request(
            "textDocument/diagnostic",
            json!({ "textDocument": document, "previousResultId": previous }),
        )
    };
    let first = pull(&mut client, &Value::Null);
    assert_eq!(first["kind"], "full");
    let id = first["resultId"].clone();
    assert!(id.is_string(), "{first}");
    assert_eq!(
        pull(&mut client, &id),
        json!({ "kind": "unchanged", "resultId": id })
    );
    // A comment after everything changes no diagnostic.
    client.replace(program, 2, "PUSHH 1\nHALT\n# the end\n");
    assert_eq!(pull(&mut client, &id)["kind"], "unchanged");
    client.replace(program, 3, "\nPUSHH 1\nHALT\n");
    let moved = pull(&mut client, &id);
    assert_eq!(moved["kind"], "full");
    assert_ne!(moved["resultId"], id);
    client.replace(program, 4, "PUSHH 1\nHALT\n");
    assert_eq!(pull(&mut client, &moved["resultId"])["resultId"], id);
    assert_eq!(pull(&mut client, &json!("something else"))["kind"], "full");
}

#[test]
fn a_hundred_edits_of_inputs_cause_few_refreshes() {
    const KEYS: i64 = 100;
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(folder.path(), &pulling(), &[]);
    let inputs = uri(&folder.path().join("a.inputs.json"));
    client.open(&inputs, "{}");
    client.answers_late = true;
    for key in 0..KEYS {
        client.replace(&inputs, 2 + key, &format!("{{\"public\": [{key}]}}"));
    }
    // One of each kind is under way until it is answered, whatever else happens.
    client.diagnostics(&inputs, 1 + KEYS);
    client.request(
        "textDocument/codeLens",
        json!({ "textDocument": { "uri": inputs } }),
    );
    let kinds = [
        "workspace/codeLens/refresh",
        "workspace/inlayHint/refresh",
        "workspace/diagnostic/refresh",
    ];
    for kind in kinds {
        client.wait(kind, |_| true);
        assert_eq!(client.count(kind), 0, "{kind}");
    }
    // Then one more of each follows, and no other.
    client.answer_late();
    for kind in kinds {
        client.wait(kind, |_| true);
    }
    client.answer_late();
    client.request(
        "textDocument/codeLens",
        json!({ "textDocument": { "uri": inputs } }),
    );
    for kind in kinds {
        assert_eq!(client.count(kind), 0, "{kind}");
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_completion_inserts_or_replaces_as_the_client_supports() {
    let keys = tempfile::tempdir().unwrap();
    let mut able = capabilities();
    able["textDocument"]["completion"]["completionItem"]["insertReplaceSupport"] = json!(true);
    let program = "file:///a.prov";
    let at = json!({ "line": 0, "character": 2 });
    let range = |end: u32| json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": end } });
    for (able, expected) in [
        (
            able,
            json!({ "newText": "PUSH ${1:value}", "insert": range(2), "replace": range(4) }),
        ),
        (
            capabilities(),
            json!({ "newText": "PUSH ${1:value}", "range": range(4) }),
        ),
    ] {
        let mut client = Client::start(keys.path(), &able, &[]);
        client.open(program, "PUXX 1\n");
        let found = client.request(
            "textDocument/completion",
            json!({ "textDocument": { "uri": program }, "position": at }),
        );
        let items = found["items"].as_array().unwrap();
        let push = items
            .iter()
            .find(|item| item["label"] == "PUSH")
            .expect("it");
        let mut edit = push["textEdit"].clone();
        edit["newText"] = json!("PUSH ${1:value}");
        assert_eq!(edit, expected, "{push}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_server_ends_when_the_process_of_the_client_ends() {
    use std::process::{Command, Stdio};
    let keys = tempfile::tempdir().unwrap();
    let mut editor = Command::new("cat")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut client = Client::spawn(keys.path());
    client.request(
        "initialize",
        json!({ "processId": editor.id(), "capabilities": capabilities() }),
    );
    client.notify("initialized", json!({}));
    // With a worker that is busy: it ends too, or the pipe to it would stay open.
    let program = uri(&keys.path().join("long.prov"));
    client.open(&program, "again: JMP again\n");
    let job = client.execute("provable.run", &program).unwrap();
    let token = format!("provable/{}", job["job"]);
    client.wait("$/progress", |params| {
        params["token"] == token.as_str() && params["value"]["message"] == "starting"
    });
    let worker = client.children();
    assert!(!worker.is_empty());
    editor.kill().unwrap();
    editor.wait().unwrap();
    client.wait_for_the_end();
    for id in worker {
        assert!(
            !std::path::Path::new(&format!("/proc/{id}/exe")).exists(),
            "the worker is there"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_process_that_does_not_exist_is_not_watched() {
    let keys = tempfile::tempdir().unwrap();
    for id in [json!(i32::MAX), json!(-1), json!(1e300), json!(0)] {
        let mut client = Client::spawn(keys.path());
        client.request(
            "initialize",
            json!({ "processId": id, "capabilities": capabilities() }),
        );
        client.notify("initialized", json!({}));
        client.open("file:///a.prov", "HALT\n");
        client.diagnostics("file:///a.prov", 1);
        assert_eq!(client.shut_down(), 0);
    }
}
