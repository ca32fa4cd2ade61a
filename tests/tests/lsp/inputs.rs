//! The inputs file beside a program: one state of it, from the disk and from open texts together.

use crate::desk::Desk;
use provable_tests::lsp::uri;
use serde_json::{Value, json};

const ECHO: &str = "READ\nWRITE\nHALT\n";

/// Waits until something, or nothing, is wrong with a file.
fn told(desk: &mut Desk, file: &str, is_wrong: bool) -> Value {
    desk.client
        .wait("textDocument/publishDiagnostics", |params| {
            params["uri"] == file && (params["diagnostics"] != json!([])) == is_wrong
        })
}

fn close(desk: &mut Desk, file: &str) {
    let document = json!({ "textDocument": { "uri": file } });
    desk.client.notify("textDocument/didClose", document);
}

#[test]
fn a_problem_on_disk_stays_reported_after_the_inputs_are_closed() {
    let mut desk = Desk::new(ECHO);
    let path = desk.path("sum.inputs.json");
    std::fs::write(&path, "?").unwrap();
    let inputs = uri(&path);
    desk.changed(&["sum.inputs.json"]);
    told(&mut desk, &inputs, true);
    desk.client.open(&inputs, r#"{ "public": [7] }"#);
    told(&mut desk, &inputs, false);
    // Another mistake than before, so that what is told is not what was.
    std::fs::write(&path, "\n\n?").unwrap();
    close(&mut desk, &inputs);
    desk.client
        .wait("textDocument/publishDiagnostics", |params| {
            let line = &params["diagnostics"][0]["range"]["start"]["line"];
            params["uri"] == inputs.as_str() && *line == 2
        });
    // It is told while it can be seen whom it concerns.
    desk.close();
    told(&mut desk, &inputs, false);
}

#[test]
fn the_problem_of_an_inputs_file_is_withdrawn_when_it_is_renamed() {
    let mut desk = Desk::new(ECHO);
    let [old, new] = ["sum.inputs.json", "other.inputs.json"].map(|name| desk.path(name));
    std::fs::write(&old, "?").unwrap();
    desk.changed(&["sum.inputs.json"]);
    told(&mut desk, &uri(&old), true);
    std::fs::rename(&old, &new).unwrap();
    desk.changed(&["sum.inputs.json", "other.inputs.json"]);
    told(&mut desk, &uri(&old), false);
}

#[test]
fn an_unsaved_edit_of_inputs_counts_until_they_are_closed() {
    let mut desk = Desk::new(ECHO);
    let path = desk.path("sum.inputs.json");
    std::fs::write(&path, r#"{ "public": [1] }"#).unwrap();
    let inputs = uri(&path);
    desk.complete("provable.run");
    assert_eq!(desk.states().0, "fresh");
    desk.client.open(&inputs, r#"{ "public": [1] }"#);
    desk.client.replace(&inputs, 2, r#"{ "public": [2] }"#);
    assert_eq!(desk.states().0, "stale");
    desk.client.status(&desk.uri);
    desk.client.forget();
    close(&mut desk, &inputs);
    let uri = desk.uri.clone();
    desk.client.refreshed(|client| {
        let state = client.status(&uri)["run"]["state"].clone();
        (state == "fresh").then_some(())
    });
}

#[test]
fn an_inputs_text_without_a_file_counts() {
    let mut desk = Desk::new(ECHO);
    let wait = |desk: &mut Desk, is_missed: bool| {
        let uri = desk.uri.clone();
        desk.client
            .wait("textDocument/publishDiagnostics", |params| {
                let found = params["diagnostics"].as_array().unwrap();
                let misses = found.iter().any(|one| one["code"] == "inputs");
                params["uri"] == uri.as_str() && misses == is_missed
            });
    };
    wait(&mut desk, true);
    let inputs = uri(&desk.path("sum.inputs.json"));
    desk.client.open(&inputs, r#"{ "public": [7] }"#);
    wait(&mut desk, false);
    desk.complete("provable.run");
    let status = desk.client.status(&desk.uri);
    assert_eq!(status["run"]["answer"]["outputs"], json!([7]), "{status:#}");
    close(&mut desk, &inputs);
    wait(&mut desk, true);
}

#[test]
fn lines_that_end_in_a_carriage_return_have_the_right_positions() {
    let mut desk = Desk::new(ECHO);
    let inputs = uri(&desk.path("sum.inputs.json"));
    desk.client.open(&inputs, "{\r  \"public\": [1,\r  ?]\r}");
    let found = desk.client.diagnostics(&inputs, 1);
    let range =
        json!({ "start": { "line": 2, "character": 2 }, "end": { "line": 2, "character": 4 } });
    assert_eq!(found[0]["range"], range, "{found:?}");
}
