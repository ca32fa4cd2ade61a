//! The inputs file beside a program: one state of it, from the disk and from open texts together.

use crate::fixture::Fixture;
use provable_tests::lsp::uri;
use serde_json::{Value, json};

const ECHO: &str = "READ\nWRITE\nHALT\n";

/// Waits until something, or nothing, is wrong with a file.
fn told(fixture: &mut Fixture, file: &str, is_wrong: bool) -> Value {
    fixture
        .client
        .wait("textDocument/publishDiagnostics", |params| {
            params["uri"] == file && (params["diagnostics"] != json!([])) == is_wrong
        })
}

fn close(fixture: &mut Fixture, file: &str) {
    let document = json!({ "textDocument": { "uri": file } });
    fixture.client.notify("textDocument/didClose", document);
}

#[test]
fn a_problem_on_disk_stays_reported_after_the_inputs_are_closed() {
    let mut fixture = Fixture::new(ECHO);
    let path = fixture.path("sum.inputs.json");
    std::fs::write(&path, "?").unwrap();
    let inputs = uri(&path);
    fixture.changed(&["sum.inputs.json"]);
    told(&mut fixture, &inputs, true);
    fixture.client.open(&inputs, r#"{ "public": [7] }"#);
    told(&mut fixture, &inputs, false);
    // Another mistake than before, so that what is told is not what was.
    std::fs::write(&path, "\n\n?").unwrap();
    close(&mut fixture, &inputs);
    fixture
        .client
        .wait("textDocument/publishDiagnostics", |params| {
            let line = &params["diagnostics"][0]["range"]["start"]["line"];
            params["uri"] == inputs.as_str() && *line == 2
        });
    // It is told while it can be seen whom it concerns.
    fixture.close();
    told(&mut fixture, &inputs, false);
}

#[test]
fn the_problem_of_an_inputs_file_is_withdrawn_when_it_is_renamed() {
    let mut fixture = Fixture::new(ECHO);
    let [old, new] = ["sum.inputs.json", "other.inputs.json"].map(|name| fixture.path(name));
    std::fs::write(&old, "?").unwrap();
    fixture.changed(&["sum.inputs.json"]);
    told(&mut fixture, &uri(&old), true);
    std::fs::rename(&old, &new).unwrap();
    fixture.changed(&["sum.inputs.json", "other.inputs.json"]);
    told(&mut fixture, &uri(&old), false);
}

#[test]
fn an_unsaved_edit_of_inputs_counts_until_they_are_closed() {
    let mut fixture = Fixture::new(ECHO);
    let path = fixture.path("sum.inputs.json");
    std::fs::write(&path, r#"{ "public": [1] }"#).unwrap();
    let inputs = uri(&path);
    fixture.complete("provable.run");
    assert_eq!(fixture.states().0, "fresh");
    fixture.client.open(&inputs, r#"{ "public": [1] }"#);
    fixture.client.replace(&inputs, 2, r#"{ "public": [2] }"#);
    assert_eq!(fixture.states().0, "stale");
    fixture.client.status(&fixture.uri);
    fixture.client.forget();
    close(&mut fixture, &inputs);
    let uri = fixture.uri.clone();
    fixture.client.refreshed(|client| {
        let state = client.status(&uri)["run"]["state"].clone();
        (state == "fresh").then_some(())
    });
}

#[test]
fn an_inputs_text_without_a_file_counts() {
    let mut fixture = Fixture::new(ECHO);
    let wait = |fixture: &mut Fixture, is_missed: bool| {
        let uri = fixture.uri.clone();
        fixture
            .client
            .wait("textDocument/publishDiagnostics", |params| {
                let found = params["diagnostics"].as_array().unwrap();
                let misses = found.iter().any(|one| one["code"] == "inputs");
                params["uri"] == uri.as_str() && misses == is_missed
            });
    };
    wait(&mut fixture, true);
    let inputs = uri(&fixture.path("sum.inputs.json"));
    fixture.client.open(&inputs, r#"{ "public": [7] }"#);
    wait(&mut fixture, false);
    fixture.complete("provable.run");
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["run"]["answer"]["outputs"], json!([7]), "{status:#}");
    close(&mut fixture, &inputs);
    wait(&mut fixture, true);
}

#[test]
fn lines_that_end_in_a_carriage_return_have_the_right_positions() {
    let mut fixture = Fixture::new(ECHO);
    let inputs = uri(&fixture.path("sum.inputs.json"));
    fixture
        .client
        .open(&inputs, "{\r  \"public\": [1,\r  ?]\r}");
    let found = fixture.client.diagnostics(&inputs, 1);
    let range =
        json!({ "start": { "line": 2, "character": 2 }, "end": { "line": 2, "character": 4 } });
    assert_eq!(found[0]["range"], range, "{found:?}");
}
