//! One document, however a client spells its URI and by whatever link it is reached; and what is no program.

use crate::fixture::{Fixture, keys};
use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::{Value, json};

const ECHO: &str = "READ\nWRITE\nHALT\n";

/// Opens a program and its inputs under the URIs that two parts of a client use, runs it and gives the output.
fn output(client: &mut Client, program: &str, inputs: &str) -> Value {
    client.open(program, ECHO);
    client.open(inputs, r#"{ "public": [7] }"#);
    let job = client.execute("provable.run", program).unwrap();
    client.progress(&format!("provable/{}", job["job"]));
    client.status(program)["run"]["answer"]["outputs"].clone()
}

#[test]
fn unsaved_inputs_count_in_any_spelling_of_the_folder() {
    for (name, spelling, other) in [
        ("a+b", "a+b", "a%2Bb"),
        ("(c)", "(c)", "%28c%29"),
        ("d,e=f", "d,e=f", "d%2ce%3df"),
        ("g@h'i", "g@h'i", "g%40h%27i"),
        ("[slug]", "%5Bslug%5D", "%5bslug%5d"),
        ("jé", "j%C3%A9", "j%c3%a9"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(name)).unwrap();
        let path = folder.path().join(name).join("x.prov");
        std::fs::write(&path, ECHO).unwrap();
        let on_disk = path.with_extension("inputs.json");
        std::fs::write(on_disk, r#"{ "public": [1] }"#).unwrap();
        let mut client = Client::start(keys(), &capabilities(), &[]);
        let at = |spelling: &str, file: &str| format!("{}/{spelling}/{file}", uri(folder.path()));
        let inputs = at(other, "x.inputs.json");
        let found = output(&mut client, &at(spelling, "x.prov"), &inputs);
        assert_eq!(found, json!([7]), "{name}");
        // An edit under a third spelling is one of the same text.
        client.replace(&at(spelling, "x.inputs.json"), 2, r#"{ "public": [8] }"#);
        let status = client.status(&at(other, "x.prov"));
        assert_eq!(status["run"]["state"], "stale", "{name}: {status:#}");
    }
}

#[test]
fn diagnostics_are_published_in_the_spelling_of_the_client() {
    let mut client = Client::start(keys(), &capabilities(), &[]);
    let program = "file:///w/a+b/(c)/x.prov";
    client.open(program, "PUSHH 1\n");
    assert_eq!(client.diagnostics(program, 1).len(), 1);
    let inputs = "file:///w/a%2bb/(c)/x.inputs.json";
    client.open(inputs, "?");
    assert_eq!(client.diagnostics(inputs, 1).len(), 1);
}

#[test]
fn symbols_of_an_open_text_replace_those_of_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("a+b");
    std::fs::create_dir(&root).unwrap();
    std::fs::write(root.join("x.prov"), "old:\nHALT\n").unwrap();
    let mut client = Client::start(keys(), &capabilities(), &[&root]);
    client.open(&uri(&root.join("x.prov")), "new:\nHALT\n");
    let found = client.request("workspace/symbol", json!({ "query": "" }));
    let names: Vec<&Value> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["new"]);
}

#[cfg(unix)]
#[test]
fn a_change_at_the_real_path_is_noticed_through_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let [real, link] = ["real", "link"].map(|name| folder.path().join(name));
    std::fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    std::fs::write(real.join("x.prov"), ECHO).unwrap();
    let mut client = Client::start(keys(), &capabilities(), &[]);
    let program = uri(&link.join("x.prov"));
    client.open(&program, ECHO);
    let hints = |found: Vec<Value>| found.iter().filter(|one| one["code"] == "inputs").count();
    assert_eq!(hints(client.diagnostics(&program, 1)), 1);
    std::fs::write(real.join("x.inputs.json"), r#"{ "public": [1] }"#).unwrap();
    let changed = json!([{ "uri": uri(&real.join("x.inputs.json")), "type": 1 }]);
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": changed }),
    );
    assert_eq!(hints(client.diagnostics(&program, 1)), 0);
    // The inputs as they are open by their real path count too.
    client.open(&uri(&real.join("x.inputs.json")), r#"{ "public": [7] }"#);
    let job = client.execute("provable.run", &program).unwrap();
    client.progress(&format!("provable/{}", job["job"]));
    let status = client.status(&uri(&real.join("x.prov")));
    assert_eq!(status["run"]["answer"]["outputs"], json!([7]), "{status:#}");
}

/// A version in a repository's history is read, as in a view of what changed, and nothing is done with it.
#[test]
fn a_copy_of_a_program_gets_neither_lenses_nor_diagnostics_nor_commands() {
    let mut client = Client::start(keys(), &capabilities(), &[]);
    let copy = "git:/w/x.prov?%7B%22ref%22%3A%22HEAD%22%7D";
    client.open(copy, "start:\nPUSHH 1\nJMP start\n");
    assert_eq!(client.lenses(copy), Vec::<String>::new());
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let actions = client.request(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": copy }, "range": range, "context": { "diagnostics": [] } }),
    );
    assert_eq!(actions, json!([]));
    for command in ["provable.run", "provable.prove", "provable.verify"] {
        let error = client.execute(command, copy).unwrap_err();
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("is a copy"), "{command}: {message}");
    }
    let hover = client.request(
        "textDocument/hover",
        json!({ "textDocument": { "uri": copy }, "position": { "line": 2, "character": 5 } }),
    );
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("start"),
        "{hover}"
    );
    // Nothing was published of it: the first that is heard is of the program that is opened now.
    client.open("file:///w/y.prov", "HALT\n");
    let first = client.wait("textDocument/publishDiagnostics", |_| true);
    assert_eq!(first["uri"], "file:///w/y.prov");
}

#[test]
fn a_program_without_a_file_is_offered_only_what_needs_no_file() {
    let mut able = capabilities();
    able["experimental"] = json!({ "commands": { "commands": ["provable.debug"] } });
    let mut client = Client::start(keys(), &able, &[]);
    let program = "untitled:Untitled-1";
    client.open(program, "PUSH 30\nWRITE\nHALT\n");
    assert_eq!(client.lenses(program), ["Run"]);
    let job = client.execute("provable.run", program).unwrap();
    client.progress(&format!("provable/{}", job["job"]));
    let shown = client.lenses(program).join("\n");
    assert!(shown.contains("output 30"), "{shown}");
    for command in ["provable.prove", "provable.verify"] {
        let error = client.execute(command, program).unwrap_err();
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("save it first"), "{command}: {message}");
    }
}

#[test]
fn a_json_file_is_no_program() {
    let mut fixture = Fixture::new("HALT\n");
    for name in ["sum.proof.json", "package.json", "sum.inputs.json"] {
        let document = uri(&fixture.path(name));
        fixture
            .client
            .open_as(&document, "json", "{ \"public\": [] }");
        for (method, more) in [
            ("textDocument/documentSymbol", json!({})),
            ("textDocument/semanticTokens/full", json!({})),
            ("textDocument/codeLens", json!({})),
            (
                "textDocument/formatting",
                json!({ "options": { "tabSize": 4, "insertSpaces": true } }),
            ),
            (
                "textDocument/hover",
                json!({ "position": { "line": 0, "character": 3 } }),
            ),
        ] {
            let mut params = more;
            params["textDocument"] = json!({ "uri": document });
            assert_eq!(
                fixture.client.request(method, params),
                Value::Null,
                "{name}: {method}"
            );
        }
        let error = fixture
            .client
            .execute("provable.run", &document)
            .unwrap_err();
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("is no program"), "{message}");
    }
}

/// A client may tell texts apart by spelling alone: what one of them is says nothing of the other.
#[test]
fn two_open_spellings_of_a_path_are_two_texts() {
    let mut fixture = Fixture::new("PUSH 1\nWRITE\nHALT\n");
    fixture.complete("provable.prove");
    let one = fixture.uri.clone();
    let others = [
        one.replace("/sum.prov", "//sum.prov"),
        one.replace("/sum.prov", "/%73um.prov"),
        one.replace("/sum.prov", "/./sum.prov"),
        one.replace("file://", "file://localhost"),
        format!("{one}/"),
        format!("{one}?ref=HEAD"),
        format!("{one}#L1"),
    ];
    fixture.client.replace(&one, 2, "PUSH 2\nWRITE\nHALT\n");
    for other in others {
        fixture.client.open(&other, "PUSH 1\nWRITE\nHALT\n");
        for is_open in [true, false] {
            let shown = fixture.client.lenses(&one).join("\n");
            assert!(!shown.contains("verified"), "{other}: {shown}");
            let status = fixture.client.status(&one);
            assert_eq!(status["proof"]["verified"], false, "{other}: {status:#}");
            if is_open {
                let document = json!({ "textDocument": { "uri": other } });
                fixture.client.notify("textDocument/didClose", document);
            }
        }
        // What is left is still followed.
        fixture.client.replace(&one, 3, "PUSHH 3\n");
        let lenses = fixture.client.lenses(&one).join("\n");
        assert!(lenses.contains("the text has errors"), "{other}: {lenses}");
        fixture.client.replace(&one, 4, "PUSH 2\nWRITE\nHALT\n");
    }
}

#[cfg(unix)]
#[test]
fn an_unsaved_text_counts_for_commands_through_a_link_too() {
    let mut fixture = Fixture::new("PUSH 1\nWRITE\nHALT\n");
    fixture.complete("provable.prove");
    let elsewhere = tempfile::tempdir().unwrap();
    let link = elsewhere.path().join("link");
    std::os::unix::fs::symlink(fixture.folder.path(), &link).unwrap();
    let uri_of_link = uri(&link.join("sum.prov"));
    assert_eq!(
        fixture.client.status(&uri_of_link)["proof"]["verified"],
        true
    );
    fixture
        .client
        .replace(&fixture.uri, 2, "PUSH 2\nWRITE\nHALT\n");
    let status = fixture.client.status(&uri_of_link);
    assert_eq!(status["proof"]["verified"], false, "{status:#}");
}

/// The file of that path on this machine is another one.
#[cfg(unix)]
#[test]
fn a_file_on_another_host_is_another_file() {
    let mut fixture = Fixture::new("HALT\n");
    let there = fixture.uri.replace("file://", "file://elsewhere.example");
    let error = fixture.client.execute("provable.run", &there).unwrap_err();
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("is no file"), "{message}");
}

#[cfg(unix)]
#[test]
fn a_pipe_that_replaces_a_file_blocks_nothing() {
    let mut fixture = Fixture::new("HALT\n");
    let path = fixture.path("sum.proof.json");
    for _ in 0..20 {
        std::fs::write(&path, "{}").unwrap();
        fixture
            .client
            .execute("provable.verify", &fixture.uri)
            .unwrap_err();
        std::fs::remove_file(&path).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        let error = fixture
            .client
            .execute("provable.verify", &fixture.uri)
            .unwrap_err();
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("no regular file"), "{message}");
        std::fs::remove_file(&path).unwrap();
    }
}
