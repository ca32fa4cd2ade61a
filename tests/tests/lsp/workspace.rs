//! The workspace: several folders, many and large files, files that change on disk, texts and messages as no
//! well-behaved client sends them.

use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::{Value, json};

fn start() -> (tempfile::TempDir, Client) {
    let keys = tempfile::tempdir().unwrap();
    let client = Client::start(keys.path(), &capabilities(), &[]);
    (keys, client)
}

#[test]
fn symbols_are_found_in_every_folder_and_follow_the_files() {
    let [one, two] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    std::fs::write(one.path().join("a.prov"), "first:\nHALT\n").unwrap();
    std::fs::create_dir(two.path().join("deep")).unwrap();
    std::fs::write(two.path().join("deep/b.prov"), "second:\nHALT\n").unwrap();
    // Not UTF-8: passed over, and no trouble to the others.
    std::fs::write(two.path().join("c.prov"), b"third\xff:\n").unwrap();
    let mut client = Client::start(one.path(), &capabilities(), &[one.path(), two.path()]);
    let names = |client: &mut Client| -> Vec<String> {
        let found = client.request("workspace/symbol", json!({ "query": "" }));
        let mut names: Vec<String> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&mut client), ["first", "second"]);
    std::fs::write(one.path().join("d.prov"), "fourth:\nHALT\n").unwrap();
    assert_eq!(names(&mut client), ["first", "fourth", "second"]);
    // What is open counts, not what is on disk.
    client.open(&uri(&one.path().join("a.prov")), "renamed:\nHALT\n");
    assert_eq!(names(&mut client), ["fourth", "renamed", "second"]);
    let removed = json!([{ "uri": uri(two.path()), "name": "folder" }]);
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [], "removed": removed } }),
    );
    assert_eq!(names(&mut client), ["fourth", "renamed"]);
}

#[cfg(unix)]
#[test]
fn an_open_text_counts_by_any_path_to_it() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a+b (c)");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.prov"), "old:\nHALT\n").unwrap();
    let link = root.path().join("link");
    std::os::unix::fs::symlink(&folder, &link).unwrap();
    let escaped = uri(&folder).replace("a+b (c)", "a%2bb%20%28c%29");
    for (opened_in, root) in [(&folder, &link), (&link, &folder), (&folder, &folder)] {
        let mut client = Client::start(&folder, &capabilities(), &[root]);
        client.open(&uri(&opened_in.join("a.prov")), "new:\nHALT\n");
        let found = client.request("workspace/symbol", json!({ "query": "" }));
        assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
        assert_eq!(found[0]["name"], "new", "{found}");
    }
    let mut client = Client::start(&folder, &capabilities(), &[&folder]);
    client.open(&format!("{escaped}/a.prov"), "new:\nHALT\n");
    let found = client.request("workspace/symbol", json!({ "query": "" }));
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    assert_eq!(found[0]["name"], "new", "{found}");
}

/// A folder that takes a while to look through.
fn large_root() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for number in 0..400 {
        let routine = format!("f{number}:\n{}RET\n", "PUSH 1\nPOP\n".repeat(50));
        let text: String = (0..20)
            .map(|copy| routine.replace('f', &format!("f{copy}_")))
            .collect();
        std::fs::write(root.path().join(format!("{number}.prov")), text).unwrap();
    }
    root
}

#[test]
fn symbol_requests_in_a_large_folder_do_not_delay_diagnostics_and_can_be_cancelled() {
    let root = large_root();
    let mut client = Client::start(root.path(), &capabilities(), &[root.path()]);
    let program = "file:///typed.prov";
    let asked: Vec<u64> = ["f", "f1", "f12", "f123", "x", ""]
        .map(|query| client.ask("workspace/symbol", json!({ "query": query })))
        .to_vec();
    client.open(program, "PUSHH 1\nHALT\n");
    client.diagnostics(program, 1);
    // All of them still wait for the walk that the diagnostics did not wait for.
    assert_eq!(client.answered(&asked), Vec::<u64>::new());
    for id in &asked[1..] {
        client.notify("$/cancelRequest", json!({ "id": id }));
        assert_eq!(client.answer(*id).unwrap_err()["code"], -32800);
    }
    let found = client.answer(asked[0]).unwrap();
    assert_eq!(found.as_array().map(Vec::len), Some(500));
    // A walk that nobody waits for is no trouble to the next.
    let id = client.ask("workspace/symbol", json!({ "query": "f" }));
    client.notify("$/cancelRequest", json!({ "id": id }));
    let _ = client.answer(id);
    let found = client.request("workspace/symbol", json!({ "query": "f0_399" }));
    assert_eq!(found[0]["name"], "f0_399", "{found}");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_proof_that_appears_on_disk_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seed.prov");
    let text = std::fs::read_to_string(provable_tests::example("seed.prov")).unwrap();
    std::fs::write(&path, &text).unwrap();
    let keys = folder.path().join("keys");
    let mut client = Client::start(&keys, &capabilities(), &[folder.path()]);
    let program = uri(&path);
    client.open(&program, &text);
    client.wait("workspace/codeLens/refresh", |_| true);
    assert_eq!(client.status(&program)["proof"]["state"], "none");
    provable_tests::provable(["prove", "seed.prov", "--keys", "keys"])
        .in_folder(folder.path())
        .call()
        .status(0);
    client.forget();
    let changed = json!([{ "uri": uri(&folder.path().join("seed.proof.json")), "type": 1 }]);
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": changed }),
    );
    client.refreshed(|client| (client.status(&program)["proof"]["state"] == "fresh").then_some(()));
    // Without the key that made it, it is stale.
    std::fs::remove_dir_all(&keys).unwrap();
    assert_eq!(client.status(&program)["proof"]["state"], "stale");
}

#[test]
fn hundreds_of_files_can_be_open() {
    let (_keys, mut client) = start();
    for number in 0..300 {
        client.open(&format!("file:///many/{number}.prov"), "PUSHH 1\nHALT\n");
    }
    for number in 0..300 {
        let found = client.diagnostics(&format!("file:///many/{number}.prov"), 1);
        assert_eq!(found.len(), 1);
    }
}

#[test]
fn a_file_of_a_hundred_thousand_lines_can_be_edited() {
    let (_keys, mut client) = start();
    let program = "file:///large.prov";
    client.open(program, &"PUSH 1\nPOP\n".repeat(50_000));
    assert_eq!(client.diagnostics(program, 1), Vec::<Value>::new());
    let at = json!({ "line": 99_999, "character": 0 });
    client.change(
        program,
        2,
        json!([{ "range": { "start": at, "end": at }, "text": "X" }]),
    );
    let found = client.diagnostics(program, 2);
    assert_eq!(found[0]["range"]["start"], at);
    let hover = client.request(
        "textDocument/hover",
        json!({ "textDocument": { "uri": program }, "position": { "line": 50_000, "character": 1 } }),
    );
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("PUSH"),
        "{hover}"
    );
}

#[test]
fn every_kind_of_line_end_counts_and_any_position_is_answered() {
    let (_keys, mut client) = start();
    let program = "file:///ends.prov";
    client.open(program, "PUSH 1\rPUSH 2\r\nADDD\n# 𝄞\u{2028}é\nADD");
    let found = client.diagnostics(program, 1);
    assert_eq!(
        found[0]["range"]["start"],
        json!({ "line": 2, "character": 0 })
    );
    let places = [
        (0, 0),
        (0, 99),
        (3, 3),
        (3, 4),
        (4, 3),
        (9, 0),
        (u32::MAX, u32::MAX),
    ];
    let methods = [
        "textDocument/hover",
        "textDocument/completion",
        "textDocument/signatureHelp",
        "textDocument/definition",
        "textDocument/documentHighlight",
        "textDocument/prepareRename",
        "textDocument/prepareCallHierarchy",
    ];
    for (line, character) in places {
        for method in methods {
            let at = json!({ "line": line, "character": character });
            client.request(
                method,
                json!({ "textDocument": { "uri": program }, "position": at }),
            );
        }
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn malformed_messages_are_answered_with_errors() {
    let (_keys, mut client) = start();
    let id = client.ask("textDocument/hover", json!({ "nonsense": true }));
    assert_eq!(client.answer(id).unwrap_err()["code"], -32602);
    let id = client.ask("no/such/method", json!({}));
    assert_eq!(client.answer(id).unwrap_err()["code"], -32601);
    client.send_bytes(b"Content-Length: 9\r\n\r\n{\"jsonrpc");
    client.change("file:///never/opened.prov", 7, json!([{ "text": "x" }]));
    client.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": "file:///never.prov" } }),
    );
    let hover = client.request(
        "textDocument/hover",
        json!({ "textDocument": { "uri": "file:///never.prov" }, "position": { "line": 0, "character": 0 } }),
    );
    assert_eq!(hover, Value::Null);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn columns_are_bytes_if_the_client_offers_utf_8() {
    let keys = tempfile::tempdir().unwrap();
    let mut able = capabilities();
    able["general"]["positionEncodings"] = json!(["utf-32", "utf-8", "utf-16"]);
    let mut client = Client::start(keys.path(), &able, &[]);
    assert_eq!(client.offered["capabilities"]["positionEncoding"], "utf-8");
    client.open("file:///a.prov", "PUSH 'é' é\n");
    let found = client.diagnostics("file:///a.prov", 1);
    assert_eq!(
        found[0]["range"]["start"],
        json!({ "line": 0, "character": 10 })
    );
}
