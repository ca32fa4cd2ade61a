//! Every row of the table of features, driven over the pipe. What each feature says is drawn in the tests of the
//! features themselves; here it is that a client can have it, at the right place.

use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::{Value, json};

/// The text without its `$`, the cursor, and where that was.
fn marked(text: &str) -> (String, Value) {
    let at = text.find('$').expect("a cursor");
    let before = &text[..at];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    (
        text.replacen('$', "", 1),
        json!({ "line": line, "character": column }),
    )
}

struct Fixture {
    // Kept so that the folder lives as long as the client.
    folder: tempfile::TempDir,
    client: Client,
    uri: String,
    at: Value,
}

impl Fixture {
    fn new(text: &str) -> Fixture {
        let (text, at) = marked(text);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sum.prov");
        std::fs::write(&path, &text).unwrap();
        let keys = folder.path().join("keys");
        let mut client = Client::start(&keys, &capabilities(), &[folder.path()]);
        let uri = uri(&path);
        client.open(&uri, &text);
        Fixture {
            folder,
            client,
            uri,
            at,
        }
    }

    /// Asks about the cursor's place.
    fn ask(&mut self, method: &str) -> Value {
        self.ask_with(method, json!({}))
    }

    fn ask_with(&mut self, method: &str, more: Value) -> Value {
        let mut params = json!({ "textDocument": { "uri": self.uri }, "position": self.at });
        for (key, value) in more.as_object().unwrap() {
            params[key] = value.clone();
        }
        self.client.request(method, params)
    }

    fn whole(&self) -> Value {
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } })
    }

    /// The code actions for what is wrong with the text.
    fn actions(&mut self) -> Vec<Value> {
        let diagnostics = self.client.diagnostics(&self.uri.clone(), 1);
        let actions = self.ask_with(
            "textDocument/codeAction",
            json!({ "range": self.whole(), "context": { "diagnostics": diagnostics } }),
        );
        actions.as_array().unwrap().clone()
    }
}

/// `line:column` of where a range starts and ends.
fn place(range: &Value) -> String {
    let one = |at: &Value| format!("{}:{}", at["line"], at["character"]);
    format!("{}-{}", one(&range["start"]), one(&range["end"]))
}

#[test]
fn diagnostics_carry_codes_links_related_places_and_tags() {
    let mut fixture = Fixture::new("again:\nagain:\nJMP 3\nNOP\nHALT$\n");
    let found = fixture.client.diagnostics(&fixture.uri.clone(), 1);
    let twice = found
        .iter()
        .find(|one| one["code"] == "E009")
        .expect("a name defined twice");
    assert_eq!(place(&twice["range"]), "1:0-1:5");
    assert_eq!(
        place(&twice["relatedInformation"][0]["location"]["range"]),
        "0:0-0:5"
    );
    fixture
        .client
        .replace(&fixture.uri.clone(), 2, "JMP 2\nNOP\nHALT\n");
    let found = fixture.client.diagnostics(&fixture.uri.clone(), 2);
    let unreachable = found
        .iter()
        .find(|one| one["code"] == "W105")
        .expect("unreachable code");
    assert_eq!(unreachable["tags"], json!([1]));
    let link = unreachable["codeDescription"]["href"]
        .as_str()
        .expect("a link");
    let (path, _) = link
        .strip_prefix("file://")
        .expect("a file")
        .split_once('#')
        .expect("a line");
    assert!(
        std::fs::read_to_string(path)
            .expect("the reference")
            .contains("W105")
    );
    assert_eq!(place(&unreachable["range"]).split('-').next(), Some("1:0"));
}

#[test]
fn a_join_with_two_depths_names_the_other_path() {
    let mut fixture = Fixture::new("PUSH 1\nJZ meet\nPUSH 2\nmeet:\nHALT$\n");
    let found = fixture.client.diagnostics(&fixture.uri.clone(), 1);
    let mismatch = found
        .iter()
        .find(|one| one["code"] == "W102")
        .expect("a mismatch");
    assert!(
        !mismatch["relatedInformation"]
            .as_array()
            .unwrap()
            .is_empty(),
        "{mismatch}"
    );
}

#[test]
fn a_warning_that_is_allowed_is_not_shown() {
    let text = "again: PUSH 1\nJMP again\n";
    let mut fixture = Fixture::new(&format!("{text}$"));
    let actions = fixture.actions();
    let fix = actions
        .iter()
        .find(|one| one["title"] == "Say that W103 is meant here")
        .expect("a fix");
    assert_eq!(fix["diagnostics"][0]["code"], "W103");
    let edit = &fix["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(place(&edit["range"]), "0:13-0:13");
    let mut meant = text.to_owned();
    meant.insert_str(13, edit["newText"].as_str().unwrap());
    fixture.client.replace(&fixture.uri.clone(), 2, &meant);
    assert!(
        fixture
            .client
            .diagnostics(&fixture.uri.clone(), 2)
            .is_empty()
    );
    // What is said of a line that is no such loop is of no use.
    fixture.client.replace(
        &fixture.uri.clone(),
        3,
        &meant.replace("JMP again", "JZ again"),
    );
    let found = fixture.client.diagnostics(&fixture.uri.clone(), 3);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["code"], "H112");
    assert_eq!(found[0]["tags"], json!([1]));
}

#[test]
fn a_label_with_the_name_of_an_instruction_is_renamed_with_its_uses() {
    let mut fixture = Fixture::new("add: NOP\nJMP ad$d\n");
    let changes = fixture.ask_with("textDocument/rename", json!({ "newName": "sum" }));
    let edits = changes["documentChanges"][0]["edits"].as_array().unwrap();
    let places: Vec<String> = edits.iter().map(|edit| place(&edit["range"])).collect();
    assert_eq!(places, ["0:0-0:3", "1:4-1:7"]);
    let fix = fixture.actions();
    let fix = fix
        .iter()
        .find(|one| one["title"] == "Rename the label `add` to `add_`")
        .expect("a fix");
    assert_eq!(
        fix["edit"]["documentChanges"][0]["edits"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_client_that_pulls_diagnostics_is_answered_and_gets_none_published() {
    let folder = tempfile::tempdir().unwrap();
    let mut able = capabilities();
    able["textDocument"]["diagnostic"] = json!({});
    able["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let mut client = Client::start(folder.path(), &able, &[]);
    assert!(client.offered["capabilities"]["diagnosticProvider"].is_object());
    client.open("file:///a.prov", "PUSHH 1\n");
    let report = client.request(
        "textDocument/diagnostic",
        json!({ "textDocument": { "uri": "file:///a.prov" } }),
    );
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"][0]["code"], "E004");
}

#[test]
fn quick_fixes_are_offered_for_the_diagnostics_they_fix() {
    let mut fixture = Fixture::new("PUSHH 1$\nHALT\n");
    let actions = fixture.actions();
    let fix = actions
        .iter()
        .find(|one| one["kind"] == "quickfix")
        .expect("a quick fix");
    assert_eq!(fix["diagnostics"][0]["code"], "E004");
    let edit = &fix["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"]["version"], 1);
    assert_eq!(edit["edits"][0]["newText"], "PUSH");
    let titles: Vec<&str> = actions
        .iter()
        .filter_map(|one| one["title"].as_str())
        .collect();
    for title in [
        "Run this program",
        "Prove this program",
        "Verify this program's proof",
    ] {
        assert!(titles.contains(&title), "{titles:?}");
    }
}

#[test]
fn a_missing_inputs_file_is_offered_and_an_invalid_one_is_reported() {
    let mut fixture = Fixture::new("READ$\nWRITE\nHALT\n");
    let actions = fixture.actions();
    let create = actions
        .iter()
        .find(|one| one["title"] == "Create sum.inputs.json")
        .expect("an action that creates it");
    assert_eq!(create["edit"]["documentChanges"][0]["kind"], "create");
    let uri = fixture.uri.clone();
    fixture
        .client
        .execute("provable.createInputs", &uri)
        .unwrap();
    let path = fixture.folder.path().join("sum.inputs.json");
    assert!(path.exists());
    assert!(fixture.client.diagnostics(&uri, 1).is_empty());

    std::fs::write(&path, "{\n  \"public\": [1, \"x\"]\n}").unwrap();
    let error = fixture.client.execute("provable.run", &uri).unwrap_err();
    assert!(
        error["message"].as_str().unwrap().contains("entry 1"),
        "{error}"
    );
    let inputs = provable_tests::lsp::uri(&path);
    let told = fixture
        .client
        .wait("textDocument/publishDiagnostics", |params| {
            params["uri"] == inputs && params["diagnostics"] != json!([])
        });
    assert_eq!(
        told["diagnostics"][0]["range"]["start"]["line"], 1,
        "{told}"
    );
    // The file open in the editor counts, not the one on disk.
    fixture.client.open(&inputs, "{ \"public\": [7] }");
    let job = fixture.client.execute("provable.run", &uri).unwrap();
    fixture.client.progress(&format!("provable/{}", job["job"]));
    assert_eq!(
        fixture.client.status(&uri)["run"]["answer"]["outputs"],
        json!([7])
    );
}

#[test]
fn completion_hover_and_signature_help_answer_at_the_cursor() {
    let found = Fixture::new("PU$\n").ask("textDocument/completion");
    assert_eq!(
        found["isIncomplete"], true,
        "less typing may bring in others"
    );
    let push = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["label"] == "PUSH")
        .expect("PUSH");
    assert_eq!(place(&push["textEdit"]["range"]), "0:0-0:2");
    let many: String = (0..300).map(|n| format!("label{n}: NOP\n")).collect();
    let found = Fixture::new(&format!("{many}JMP la$")).ask("textDocument/completion");
    assert_eq!(
        found["isIncomplete"], true,
        "more typing may bring in others"
    );
    let hover = Fixture::new("PUSH 1\nDU$P\nHALT\n").ask("textDocument/hover");
    assert_eq!(place(&hover["range"]), "1:0-1:3");
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("( -- copy )"),
        "{hover}"
    );
    let help = Fixture::new("PUSH 1\nDUP $\n").ask("textDocument/signatureHelp");
    assert!(
        help["signatures"][0]["label"]
            .as_str()
            .unwrap()
            .starts_with("DUP"),
        "{help}"
    );
}

#[test]
fn names_are_found_highlighted_and_renamed() {
    let text = "again:\nPUSH 1\nJNZ ag$ain\nJMP again\n";
    let target = Fixture::new(text).ask("textDocument/definition");
    assert_eq!(place(&target["range"]), "0:0-0:5");
    let mut fixture = Fixture::new(text);
    let used = fixture.ask_with(
        "textDocument/references",
        json!({ "context": { "includeDeclaration": true } }),
    );
    assert_eq!(used.as_array().unwrap().len(), 3);
    let marked = fixture.ask("textDocument/documentHighlight");
    let kinds: Vec<&Value> = marked
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["kind"])
        .collect();
    assert_eq!(kinds, [3, 2, 2]);
    let prepared = fixture.ask("textDocument/prepareRename");
    assert_eq!(prepared["placeholder"], "again");
    let edit = fixture.ask_with("textDocument/rename", json!({ "newName": "loop" }));
    assert_eq!(
        edit["documentChanges"][0]["edits"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let id = fixture.client.ask(
        "textDocument/rename",
        json!({ "textDocument": { "uri": fixture.uri }, "position": fixture.at, "newName": "PUSH" }),
    );
    let refused = fixture.client.answer(id).unwrap_err();
    assert!(
        refused["message"].as_str().unwrap().contains("PUSH"),
        "{refused}"
    );
}

#[test]
fn symbols_calls_folds_and_selections_are_answered() {
    let mut fixture = Fixture::new(".const n 3\nCALL do$uble\nHALT\ndouble:\nPUSH n\nADD\nRET\n");
    let symbols = fixture.ask("textDocument/documentSymbol");
    let names: Vec<&str> = symbols
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["n", "double"]);
    let found = fixture
        .client
        .request("workspace/symbol", json!({ "query": "dbl" }));
    assert_eq!(found[0]["name"], "double");
    let item = fixture.ask("textDocument/prepareCallHierarchy")[0].clone();
    let callers = fixture
        .client
        .request("callHierarchy/incomingCalls", json!({ "item": item }));
    let routine = if item["name"] == "double" {
        callers
    } else {
        fixture
            .client
            .request("callHierarchy/outgoingCalls", json!({ "item": item }))
    };
    assert_eq!(routine.as_array().unwrap().len(), 1, "{routine}");
    assert!(
        !fixture
            .ask("textDocument/foldingRange")
            .as_array()
            .unwrap()
            .is_empty()
    );
    let at = fixture.at.clone();
    let chosen = fixture.ask_with("textDocument/selectionRange", json!({ "positions": [at] }));
    assert!(chosen[0]["parent"]["parent"].is_object(), "{chosen}");
}

#[test]
fn semantic_tokens_come_whole_for_a_range_and_as_a_delta() {
    let mut fixture = Fixture::new("PUSH 1\nADD$\nHALT\n");
    let whole = fixture.ask("textDocument/semanticTokens/full");
    assert_eq!(whole["data"].as_array().unwrap().len(), 4 * 5, "{whole}");
    let line =
        json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 3 } });
    let part = fixture.ask_with(
        "textDocument/semanticTokens/range",
        json!({ "range": line }),
    );
    assert_eq!(part["data"].as_array().unwrap().len(), 5, "{part}");
    fixture
        .client
        .replace(&fixture.uri.clone(), 2, "PUSH 1\nPUSH 2\nADD\nHALT\n");
    let changed = fixture.ask_with(
        "textDocument/semanticTokens/full/delta",
        json!({ "previousResultId": whole["resultId"] }),
    );
    let edits = changed["edits"].as_array().expect("edits");
    assert_eq!(edits.len(), 1, "{changed}");
    assert_eq!(
        edits[0]["data"].as_array().unwrap().len(),
        2 * 5,
        "{changed}"
    );
}

#[test]
fn texts_are_formatted_whole_for_a_range_and_while_typing() {
    let options = json!({ "options": { "tabSize": 4, "insertSpaces": true } });
    let mut fixture = Fixture::new("push 1\nadd$\nhalt\n");
    let whole = fixture.ask_with("textDocument/formatting", options.clone());
    assert_eq!(whole.as_array().unwrap().len(), 3, "{whole}");
    let mut part = options.clone();
    part["range"] =
        json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 1 } });
    let part = fixture.ask_with("textDocument/rangeFormatting", part);
    assert_eq!(part.as_array().unwrap().len(), 1, "{part}");
    let mut typed = options;
    typed["ch"] = json!("\n");
    typed["position"] = json!({ "line": 1, "character": 0 });
    let typed = fixture.ask_with("textDocument/onTypeFormatting", typed);
    assert_eq!(
        place(&typed[0]["range"]).split(':').next(),
        Some("0"),
        "{typed}"
    );
}

#[test]
fn every_lens_and_hint_can_be_turned_off_while_the_server_runs() {
    let mut fixture = Fixture::new("PUSH 1\nWRITE$\nHALT\n");
    let uri = fixture.uri.clone();
    let job = fixture.client.execute("provable.run", &uri).unwrap();
    fixture.client.progress(&format!("provable/{}", job["job"]));
    let range = fixture.whole();
    let shown = |client: &mut Client| {
        let of = json!({ "textDocument": { "uri": uri }, "range": range });
        let hints = client.request("textDocument/inlayHint", of);
        (client.lenses(&uri), hints)
    };
    let count =
        |(lenses, hints): &(Vec<String>, Value)| (lenses.len(), hints.as_array().unwrap().len());
    let mut before = shown(&mut fixture.client);
    let all = count(&before);
    assert!(all.0 == 5 && all.1 >= 4, "{all:?}");
    let mut turn_off = |fixture: &mut Fixture, group: &str, name: &str| {
        fixture.client.forget();
        let mut settings = json!({});
        settings[group] = json!({});
        settings[group][name] = json!(false);
        fixture.client.settings = settings;
        fixture.client.notify(
            "workspace/didChangeConfiguration",
            json!({ "settings": null }),
        );
        let changed = |client: &mut Client| Some(shown(client)).filter(|now| *now != before);
        before = fixture.client.refreshed(changed);
        count(&before)
    };
    for name in ["run", "prove", "verify", "result", "cost"] {
        assert_eq!(
            turn_off(&mut fixture, "lens", name),
            (all.0 - 1, all.1),
            "{name}"
        );
    }
    for name in ["depth", "values", "result"] {
        let (lenses, hints) = turn_off(&mut fixture, "hints", name);
        assert!(lenses == all.0 && hints < all.1, "{name}");
    }
}

#[test]
fn the_debugger_is_offered_to_clients_that_have_one() {
    let offers = |capabilities: &Value| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sum.prov");
        let keys = folder.path().join("keys");
        let mut client = Client::start(&keys, capabilities, &[folder.path()]);
        let uri = uri(&path);
        client.open(&uri, "PUSH 0\nASSERT\n");
        client.diagnostics(&uri, 1);
        let job = client.execute("provable.run", &uri).unwrap();
        client.progress(&format!("provable/{}", job["job"]));
        let diagnostics = client.wait("textDocument/publishDiagnostics", |params| {
            let found = params["diagnostics"].as_array();
            found.is_some_and(|found| found.iter().any(|one| one["code"] == "trap"))
        });
        let place = json!({ "line": 1, "character": 0 });
        let actions = client.request(
            "textDocument/codeAction",
            json!({
                "textDocument": { "uri": uri },
                "range": { "start": place, "end": place },
                "context": { "diagnostics": diagnostics["diagnostics"] },
            }),
        );
        let actions = actions.as_array().unwrap();
        let here = actions.iter().find(|one| one["title"] == "Debug here");
        let step = here.map(|one| one["command"]["arguments"][0]["step"].clone());
        (client.lenses(&uri).contains(&"Debug".to_owned()), step)
    };
    assert_eq!(offers(&capabilities()), (false, None));
    let mut debugging = capabilities();
    debugging["experimental"] = json!({ "commands": { "commands": ["provable.debug"] } });
    assert_eq!(offers(&debugging), (true, Some(json!("end"))));
}
