//! Clients that do not write quite what the protocol says: whatever they send is read as they mean it, or they are told
//! that it cannot be.

use provable_tests::lsp::{Client, capabilities};
use serde_json::{Value, json};

fn start() -> (tempfile::TempDir, Client) {
    let keys = tempfile::tempdir().unwrap();
    let client = Client::start(keys.path(), &capabilities(), &[]);
    (keys, client)
}

/// Spellings that clients are known to use, or that a path on some system has.
const SPELLINGS: [&str; 9] = [
    "file:///w/[slug]/x.prov",
    "file:///w/a b/x.prov",
    "file:///w/a|b^c/x.prov",
    "file:///w/é𝄞/x.prov",
    "file:///w/50%/x.prov",
    "file:///w/{a}`<b>\"c\"/x.prov",
    r"file:///C:\w\x.prov",
    "C:/w/x.prov",
    "/w/x.prov",
];

#[test]
fn any_spelling_of_a_uri_is_accepted_and_sent_back() {
    for uri in SPELLINGS {
        let (_keys, mut client) = start();
        client.open(uri, "again: PUSHH 1\nJMP again\n");
        let found = client.diagnostics(uri, 1);
        assert_eq!(found[0]["code"], "E004", "{uri}: {found:?}");
        let document = json!({ "uri": uri });
        let at = json!({ "line": 1, "character": 5 });
        let defined = client.request(
            "textDocument/definition",
            json!({ "textDocument": document, "position": at }),
        );
        assert!(
            defined.to_string().contains(&json!(uri).to_string()),
            "{defined}"
        );
        let renamed = client.request(
            "textDocument/rename",
            json!({ "textDocument": document, "position": at, "newName": "once" }),
        );
        assert_eq!(
            renamed["documentChanges"][0]["textDocument"]["uri"], uri,
            "{renamed}"
        );
        assert_eq!(renamed["documentChanges"][0]["textDocument"]["version"], 1);
        let lenses = client.request("textDocument/codeLens", json!({ "textDocument": document }));
        assert_eq!(lenses[0]["command"]["arguments"], json!([uri]), "{lenses}");
        client.change(uri, 2, json!([{ "text": "HALT\n" }]));
        assert_eq!(client.diagnostics(uri, 2), Vec::<Value>::new());
        assert_eq!(client.status(uri)["activity"], Value::Null);
        client.notify("textDocument/didClose", json!({ "textDocument": document }));
        client.wait("textDocument/publishDiagnostics", |params| {
            params["uri"] == uri
                && params["diagnostics"] == json!([])
                && params.get("version").is_none()
        });
        assert_eq!(client.shut_down(), 0);
    }
}

#[test]
fn an_edit_names_its_document_in_the_spelling_of_the_client() {
    let keys = tempfile::tempdir().unwrap();
    let mut plain = capabilities();
    plain["workspace"]["workspaceEdit"] = json!({});
    let mut client = Client::start(keys.path(), &plain, &[]);
    let uri = SPELLINGS[0];
    client.open(uri, "again: JMP again\n");
    let at = json!({ "line": 0, "character": 2 });
    let renamed = client.request(
        "textDocument/rename",
        json!({ "textDocument": { "uri": uri }, "position": at, "newName": "once" }),
    );
    assert_eq!(
        renamed["changes"][uri].as_array().map(Vec::len),
        Some(2),
        "{renamed}"
    );
}

#[test]
fn folders_with_brackets_in_their_names_are_searched() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("[slug] é");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.prov"), "inside:\nHALT\n").unwrap();
    // As it is, without any encoding.
    let mut client = Client::start(root.path(), &capabilities(), &[&folder]);
    let found = client.request("workspace/symbol", json!({ "query": "" }));
    assert_eq!(found[0]["name"], "inside", "{found}");
}

#[test]
fn a_text_stays_in_sync_with_columns_and_versions_of_any_type() {
    let uri = "file:///a.prov";
    let versions = [
        json!(null),
        json!(3_000_000_000_u64),
        json!(1.0e18),
        json!(7.0),
        json!(-1),
        json!("8"),
    ];
    for version in versions {
        let (_keys, mut client) = start();
        client.open(uri, "PUSH 1\nPOP\nHALT\n");
        client.diagnostics(uri, 1);
        let place = |line: Value, character: Value| json!({ "line": line, "character": character });
        let changes = json!([
            // To the end of the line, wherever that is.
            { "range": { "start": place(json!(0.0), json!(1.7976931348623157e308)), "end": place(json!(0), json!(1e300)) }, "text": " # é" },
            { "range": { "start": place(json!(1), json!(-5)), "end": place(json!(1), json!(3.0)) }, "rangeLength": -1, "text": "POPP" },
        ]);
        client.notify(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes }),
        );
        let told = client.wait("textDocument/publishDiagnostics", |params| {
            params["diagnostics"] != json!([]) && params["uri"] == uri
        });
        assert_eq!(told["version"].as_f64(), version.as_f64(), "{told}");
        assert_eq!(
            told["diagnostics"][0]["range"],
            json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 4 } })
        );
        let formatted = client.request(
            "textDocument/hover",
            json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 1.0 } }),
        );
        assert!(formatted.to_string().contains("PUSH"), "{formatted}");
        // Without any version at all.
        client.notify(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri }, "contentChanges": [{ "text": "HALT\n" }] }),
        );
        let told = client.wait("textDocument/publishDiagnostics", |params| {
            params["uri"] == uri
        });
        assert_eq!(told, json!({ "uri": uri, "diagnostics": [] }));
    }
}

#[test]
fn a_code_action_with_an_invalid_diagnostic_is_answered() {
    let (_keys, mut client) = start();
    let uri = "file:///a.prov";
    client.open(uri, "PUSHH 1\nHALT\n");
    let mut diagnostic = client.diagnostics(uri, 1)[0].clone();
    let range = diagnostic["range"].clone();
    for column in [
        json!(1.7976931348623157e308),
        json!(1.0),
        json!(-1),
        json!(null),
        json!("x"),
    ] {
        diagnostic["range"]["end"]["character"] = column;
        let actions = client.request(
            "textDocument/codeAction",
            json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [diagnostic] } }),
        );
        assert!(actions.to_string().contains("PUSH"), "{actions}");
    }
}

#[test]
fn a_lone_surrogate_is_replaced_and_the_edit_is_applied() {
    let (_keys, mut client) = start();
    let uri = "file:///a.prov";
    client.open(uri, "HALT\n");
    client.diagnostics(uri, 1);
    // The client's text has one unit there; so has what stands for it.
    let change = |version: u32, column: u32, text: &str| {
        let at = format!(r#"{{"line":0,"character":{column}}}"#);
        let body = format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{uri}","version":{version}}},"contentChanges":[{{"range":{{"start":{at},"end":{at}}},"text":"{text}"}}]}}}}"#
        );
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    };
    client.send_bytes(&change(2, 0, r"# \ud834x\n"));
    assert_eq!(client.diagnostics(uri, 2), Vec::<Value>::new());
    client.send_bytes(&change(3, 3, r"\n"));
    let found = client.diagnostics(uri, 3);
    assert_eq!(
        found[0]["range"],
        json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 1 } }),
        "{found:?}"
    );
    // A byte that is no UTF-8, in place of one character.
    let mut bytes = change(4, 0, "?");
    let place = bytes.iter().rposition(|byte| *byte == b'?').unwrap();
    bytes[place] = 0xff;
    client.send_bytes(&bytes);
    let found = client.diagnostics(uri, 4);
    assert_eq!(found[0]["range"]["start"]["line"], 0, "{found:?}");
}

#[test]
fn a_change_that_cannot_be_applied_is_reported_and_the_text_is_out_of_sync() {
    for is_pulled in [false, true] {
        let keys = tempfile::tempdir().unwrap();
        let mut able = capabilities();
        if is_pulled {
            able["textDocument"]["diagnostic"] = json!({});
            able["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
        }
        let mut client = Client::start(keys.path(), &able, &[]);
        let uri = "file:///[a].prov";
        let document = json!({ "uri": uri });
        let place = json!({ "textDocument": document, "position": { "line": 0, "character": 1 } });
        let found = |client: &mut Client, version: Option<i64>| match is_pulled {
            true => {
                let report = client.request(
                    "textDocument/diagnostic",
                    json!({ "textDocument": document }),
                );
                report["items"].as_array().unwrap().clone()
            }
            false => {
                let told = client.wait("textDocument/publishDiagnostics", |params| {
                    params["uri"] == uri && params["version"].as_i64() == version
                });
                told["diagnostics"].as_array().unwrap().clone()
            }
        };
        client.open(uri, "HALT\n");
        assert_eq!(found(&mut client, Some(1)), Vec::<Value>::new());
        client.change(
            uri,
            2,
            json!([{ "range": { "start": {}, "end": {} }, "text": "x" }]),
        );
        let message = client.wait("window/showMessage", |_| true);
        let message = message["message"].as_str().unwrap();
        assert!(
            message.contains("[a].prov") && message.contains("close it and open it again"),
            "{message}"
        );
        let lost = found(&mut client, None);
        assert_eq!(lost[0]["code"], "out-of-sync", "{lost:?}");
        assert_eq!(
            client.request("textDocument/hover", place.clone()),
            Value::Null
        );
        // A part of what is not known says nothing; the whole does.
        client.change(uri, 3, json!([{ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "x" }]));
        client.change(uri, 4, json!([{ "text": "PUSH 1\nHALT\n" }]));
        assert_eq!(found(&mut client, Some(4)), Vec::<Value>::new());
        assert_ne!(client.request("textDocument/hover", place), Value::Null);
        assert_eq!(client.shut_down(), 0);
    }
}

#[test]
fn a_change_in_a_message_that_is_no_json_is_reported() {
    let (_keys, mut client) = start();
    let uri = "file:///a.prov";
    client.open(uri, "HALT\n");
    client.diagnostics(uri, 1);
    let body = format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{uri}","version":2}},"contentChanges":[{{"text":"#
    );
    client.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    client.wait("window/showMessage", |_| true);
    let told = client.wait("textDocument/publishDiagnostics", |params| {
        params["uri"] == uri
    });
    assert_eq!(told["diagnostics"][0]["code"], "out-of-sync");
    client.open(uri, "HALT\n");
    assert_eq!(client.diagnostics(uri, 1), Vec::<Value>::new());
}

#[test]
fn a_session_starts_with_an_unknown_capability() {
    let keys = tempfile::tempdir().unwrap();
    let mut odd = capabilities();
    odd["workspace"]["symbol"] = json!("yes");
    odd["textDocument"]["completion"]["contextSupport"] = json!({});
    let mut client = Client::start(keys.path(), &odd, &[]);
    assert_eq!(client.offered["serverInfo"]["name"], "provable");
    client.open("file:///a.prov", "PUSHH 1\nHALT\n");
    assert_eq!(client.diagnostics("file:///a.prov", 1).len(), 1);
}
