//! What a client sends is repaired, or the error says why it cannot be used.

use super::params::repair;
use super::spelling::Spelling;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower_lsp_server::jsonrpc::{Id, Request, Response};
use tower_lsp_server::ls_types::*;

fn repaired(method: &str, mut params: Value) -> Value {
    repair(method, &mut params, &Spelling::default()).unwrap();
    params
}

#[test]
fn a_version_of_any_type_is_accepted_and_sent_back_as_the_client_wrote_it() {
    for version in [
        json!(null),
        json!(4e9),
        json!(4_294_967_296_u64),
        json!("7"),
        json!(1.5),
    ] {
        let spelling = Spelling::default();
        let mut params = json!({
            "textDocument": { "uri": "file:///a.prov", "version": version }, "contentChanges": [{ "text": "" }],
        });
        repair("textDocument/didChange", &mut params, &spelling).unwrap();
        let taken = params["textDocument"]["version"].as_i64().unwrap();
        assert!(taken < 0, "{taken}");
        let told = json!({ "uri": "file:///a.prov", "version": taken, "diagnostics": [] });
        let request = Request::build("textDocument/publishDiagnostics")
            .params(told)
            .finish();
        let told = spelling.respelled_request(request).into_parts().2.unwrap();
        match version.is_null() {
            true => assert!(told.get("version").is_none(), "{told}"),
            false => assert_eq!(told["version"].as_f64(), version.as_f64(), "{told}"),
        }
    }
    let whole = repaired(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": "file:///a.prov", "version": 3.0 }, "contentChanges": [] }),
    );
    assert_eq!(whole["textDocument"]["version"], 3);
}

#[test]
fn each_repaired_version_is_another_one() {
    let spelling = Spelling::default();
    let versions: Vec<i32> = (0..3).map(|_| spelling.version(Value::Null)).collect();
    assert!(versions.is_sorted_by(|a, b| a < b), "{versions:?}");
}

#[test]
fn a_change_without_a_position_is_reported_and_not_guessed() {
    for change in [
        json!({ "range": { "start": { "line": 0 }, "end": { "line": 0, "character": 1 } }, "text": "" }),
        json!({ "range": { "start": { "line": 0, "character": null }, "end": { "line": 0, "character": 1 } }, "text": "" }),
        json!({ "text": null }),
        json!(7),
    ] {
        let mut params = json!({ "textDocument": { "uri": "file:///[a].prov", "version": 2 }, "contentChanges": [change] });
        let lost = repair("textDocument/didChange", &mut params, &Spelling::default()).unwrap_err();
        assert_eq!(lost.uri.as_deref(), Some("file:///%5Ba%5D.prov"));
        assert!(
            lost.message
                .contains("a change that the client sent cannot be read"),
            "{}",
            lost.message
        );
    }
}

#[test]
fn an_invalid_diagnostic_is_removed_and_the_others_are_kept() {
    let range = |character: Value| json!({ "start": { "line": 0, "character": character }, "end": { "line": 0, "character": 1 } });
    let params = repaired(
        "textDocument/codeAction",
        json!({
            "textDocument": { "uri": "file:///a.prov" },
            "range": range(json!(f64::MAX)),
            "context": { "diagnostics": [
                { "range": range(json!(1.0)), "message": "one" },
                { "range": range(json!(f64::MAX)), "message": "two", "codeDescription": { "href": "file:///a b" } },
                { "range": range(json!("x")), "message": "three" },
                { "message": "four" },
            ] },
        }),
    );
    let params: CodeActionParams = serde_json::from_value(params).unwrap();
    let messages: Vec<_> = params
        .context
        .diagnostics
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(messages, ["one", "two"]);
    assert_eq!(params.context.diagnostics[0].range.start.character, 1);
}

#[test]
fn what_the_server_sends_has_the_spelling_of_the_client() {
    let spelling = Spelling::default();
    let uri = "file:///w/[slug]/x.prov";
    let mut params = json!({ "textDocument": { "uri": uri, "version": 1, "languageId": "provable", "text": uri } });
    repair("textDocument/didOpen", &mut params, &spelling).unwrap();
    let ours = params["textDocument"]["uri"].clone();
    assert_eq!(ours, "file:///w/%5Bslug%5D/x.prov");
    assert_eq!(params["textDocument"]["text"], uri);
    let told = json!([{ "uri": ours, "changes": { ours.as_str().unwrap(): [1] }, "arguments": [ours], "newText": ours }]);
    let response = spelling.respelled(Response::from_ok(Id::Number(1), told));
    let expected =
        json!([{ "uri": uri, "changes": { uri: [1] }, "arguments": [uri], "newText": ours }]);
    assert_eq!(response.result(), Some(&expected));
    // A client that opens it again as the protocol says is told so.
    let mut params = json!({ "textDocument": { "uri": ours, "version": 1, "languageId": "provable", "text": "" } });
    repair("textDocument/didOpen", &mut params, &spelling).unwrap();
    let response = spelling.respelled(Response::from_ok(Id::Number(1), ours.clone()));
    assert_eq!(response.result(), Some(&ours));
}

#[test]
fn valid_params_are_unchanged() {
    let document = json!({ "uri": "file:///w/a%20b.prov", "version": 7 });
    let place = json!({ "line": 3, "character": 4_294_967_295_u32 });
    let range = json!({ "start": place, "end": place });
    for (method, params) in [
        (
            "textDocument/hover",
            json!({ "textDocument": document, "position": place }),
        ),
        (
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "range": range, "rangeLength": 3, "text": "1.0" }] }),
        ),
        (
            "textDocument/codeAction",
            json!({ "textDocument": document, "range": range, "context": { "diagnostics": [{ "range": range, "message": "m", "data": 1.0 }] } }),
        ),
        (
            "initialize",
            json!({ "processId": 7, "capabilities": {}, "initializationOptions": { "uri": "[", "x": 1.0 } }),
        ),
        (
            "workspace/didChangeConfiguration",
            json!({ "settings": { "provable": { "line": -1, "x": 2.0 } } }),
        ),
        (
            "textDocument/formatting",
            json!({ "textDocument": document, "options": { "tabSize": 8, "insertSpaces": false } }),
        ),
    ] {
        assert_eq!(repaired(method, params.clone()), params, "{method}");
    }
}

/// Any JSON, with the protocol's spelling in it.
fn value() -> impl Strategy<Value = Value> {
    let key = prop::sample::select(vec![
        "textDocument",
        "uri",
        "version",
        "text",
        "position",
        "range",
        "start",
        "end",
        "line",
        "character",
        "context",
        "diagnostics",
        "message",
        "contentChanges",
        "changes",
        "options",
        "capabilities",
        "workspaceFolders",
        "trace",
        "processId",
        "arguments",
        "command",
        "languageId",
        "rangeLength",
        "item",
        "name",
        "other",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-3.0..3.0f64).prop_map(Value::from),
        "(file:///)?[a-c\\[\\] %é]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key.clone().prop_map(str::to_owned), inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Parameters as they should be, with other values at some places.
fn nearly() -> impl Strategy<Value = Value> {
    let number = || prop_oneof![Just(json!(3)), value()];
    let place = move || {
        (number(), number())
            .prop_map(|(line, character)| json!({ "line": line, "character": character }))
    };
    let document = (prop_oneof![Just(json!("file:///[a].prov")), value()], number())
        .prop_map(|(uri, version)| json!({ "uri": uri, "version": version, "languageId": "x", "text": "t" }));
    (document, place(), place(), number(), value(), any::<bool>()).prop_map(|(document, start, end, number, any, is_whole)| {
        let range = json!({ "start": start, "end": end });
        let change = match is_whole {
            true => json!({ "text": "x" }),
            false => json!({ "range": range, "rangeLength": number, "text": "x" }),
        };
        json!({
            "textDocument": document, "position": start, "range": range, "contentChanges": [change],
            "context": { "diagnostics": [{ "range": range, "message": "m", "severity": number, "tags": any }, any] },
            "changes": [{ "uri": document["uri"], "type": number }, any], "options": any, "capabilities": any,
            "processId": number, "trace": any, "command": "provable.run", "arguments": [document["uri"], any],
        })
    })
}

/// Whether a type takes the parameters; a refusal must say why.
fn takes<T: DeserializeOwned>(params: &Value) -> bool {
    match serde_json::from_value::<T>(params.clone()) {
        Ok(_) => true,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

proptest! {
    #[test]
    fn any_params_are_repaired_or_the_error_says_why(params in prop_oneof![value(), nearly()]) {
        type Taken = fn(&Value) -> bool;
        let methods: [(&str, Taken); 8] = [
            ("textDocument/didOpen", takes::<DidOpenTextDocumentParams>),
            ("textDocument/didChange", takes::<DidChangeTextDocumentParams>),
            ("textDocument/codeAction", takes::<CodeActionParams>),
            ("textDocument/hover", takes::<HoverParams>),
            ("initialize", takes::<InitializeParams>),
            ("workspace/didChangeWatchedFiles", takes::<DidChangeWatchedFilesParams>),
            ("workspace/executeCommand", takes::<ExecuteCommandParams>),
            ("textDocument/formatting", takes::<DocumentFormattingParams>),
        ];
        for (method, takes) in methods {
            let spelling = Spelling::default();
            let mut repaired = params.clone();
            let verdict = repair(method, &mut repaired, &spelling);
            let is_taken = takes(&repaired);
            match method {
                "textDocument/didOpen" | "textDocument/didChange" => prop_assert_eq!(verdict.is_ok(), is_taken, "{}", repaired),
                "initialize" => prop_assert!(is_taken || !repaired.is_object(), "{}", repaired),
                _ => {}
            }
            let mut again = repaired.clone();
            let _ = repair(method, &mut again, &Spelling::default());
            prop_assert_eq!(again, repaired, "{}", method);
        }
    }

    #[test]
    fn params_that_differ_in_numbers_and_spelling_alone_are_accepted(
        line in prop_oneof![any::<f64>().prop_map(Value::from), any::<i64>().prop_map(Value::from), any::<u64>().prop_map(Value::from)],
        version in prop_oneof![Just(Value::Null), any::<f64>().prop_map(Value::from), any::<i64>().prop_map(Value::from)],
        uri in any::<String>(),
    ) {
        prop_assume!(!line.is_null());
        let place = json!({ "line": line, "character": line });
        let range = json!({ "start": place, "end": place });
        let document = json!({ "uri": uri, "version": version });
        let change = json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": "" }] });
        prop_assert!(takes::<DidChangeTextDocumentParams>(&repaired("textDocument/didChange", change)));
        let asked = json!({ "textDocument": document, "position": place });
        prop_assert!(takes::<HoverParams>(&repaired("textDocument/hover", asked)));
    }
}
