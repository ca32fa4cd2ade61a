//! Programs of several files: what is wrong is told in the file where it is, and in those that use it.

use crate::fixture::keys;
use crate::project::{BASE, MAIN, MATH, Project, errors, has_error, line, three};
use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::json;

#[test]
fn an_error_in_a_library_appears_in_its_open_dependents_and_goes() {
    let mut project = three();
    assert_eq!(errors(&project.open("main.prov")), Vec::<&str>::new());
    assert_eq!(errors(&project.open("lib/base.prov")), Vec::<&str>::new());
    let base = project.uri("lib/base.prov");
    project
        .client
        .replace(&base, 2, &BASE.replace("DIV", "DIVV"));
    let found = project.until("lib/base.prov", 2, |found| !found.is_empty());
    assert_eq!(line(&found[0]), 2);
    // The main program does not use the file itself; the one that it uses does.
    let found = project.until("main.prov", 1, |found| has_error(found, "has errors"));
    let error = found.iter().find(|one| one["severity"] == 1).unwrap();
    assert_eq!(line(error), 0, "{error}");
    let main = project.uri("main.prov");
    let refused = project.client.execute("provable.run", &main).unwrap_err();
    let message = refused["message"].as_str().unwrap();
    assert!(
        message.contains("a file that main.prov uses has errors"),
        "{message}"
    );
    project.client.replace(&base, 3, BASE);
    project.until("main.prov", 1, |found| errors(found).is_empty());
}

#[test]
fn a_change_of_what_a_routine_takes_is_an_error_where_it_is_called() {
    let mut project = three();
    project.open("lib/math.prov");
    project.open("lib/base.prov");
    let base = project.uri("lib/base.prov");
    let other = BASE.replace("half", "third");
    project.client.replace(&base, 2, &other);
    let found = project.until("lib/math.prov", 1, |found| !errors(found).is_empty());
    let error = found.iter().find(|one| one["severity"] == 1).unwrap();
    assert_eq!(line(error), 2, "{error}");
}

#[test]
fn the_edited_file_is_told_of_before_those_that_use_it() {
    let mut project = three();
    project.open("main.prov");
    project.open("lib/math.prov");
    project.open("lib/base.prov");
    project
        .client
        .request("workspace/symbol", json!({ "query": "" }));
    project.client.forget();
    let base = project.uri("lib/base.prov");
    project.client.replace(&base, 2, "DIVV\n");
    let mut told = Vec::new();
    while told.len() < 3 {
        let one = project
            .client
            .wait("textDocument/publishDiagnostics", |_| true);
        let name = one["uri"].as_str().unwrap().rsplit('/').next().unwrap();
        told.push(name.to_owned());
    }
    assert_eq!(told[0], "base.prov");
    told.sort();
    assert_eq!(told, ["base.prov", "main.prov", "math.prov"]);
}

#[test]
fn files_that_use_each_other_in_a_circle_are_a_program() {
    let mut project = Project::new(&[
        (
            "a.prov",
            ".use \"./b\"\nPUSH 2\nCALL b.one\nHALT\n.routine two ( -- )\nRET\n",
        ),
        (
            "b.prov",
            ".use \"./c\"\n.routine one ( a -- )\nPOP\nCALL c.two\nRET\n.routine three ( -- )\nRET\n",
        ),
        (
            "c.prov",
            ".use \"./b\"\n.routine two ( -- )\nCALL b.three\nRET\n",
        ),
    ]);
    assert_eq!(errors(&project.open("a.prov")), Vec::<&str>::new());
    assert_eq!(errors(&project.open("b.prov")), Vec::<&str>::new());
    project.complete("provable.run", "a.prov");
    let a = project.uri("a.prov");
    assert_eq!(project.client.status(&a)["run"]["state"], "fresh");
}

#[test]
fn an_own_file_is_offered_to_be_used_and_a_mistyped_path_is_mended() {
    let rates = ".routine due ( a -- b )\nRET\n";
    let mut project = Project::new(&[
        ("main.prov", "PUSH 1\nCALL rates.due\nHALT\n"),
        (
            "typo.prov",
            ".use \"./ratse\"\nPUSH 1\nCALL rates.due\nHALT\n",
        ),
        ("rates.prov", rates),
        ("lib/fees.prov", rates),
    ]);
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let offered = |project: &mut Project, name: &str| {
        let diagnostics = project.open(name);
        let params = json!({
            "textDocument": { "uri": project.uri(name) },
            "range": whole,
            "context": { "diagnostics": diagnostics, "only": ["quickfix"] },
        });
        let actions = project.client.request("textDocument/codeAction", params);
        let actions = actions.as_array().unwrap().iter();
        actions
            .map(|action| action["title"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(offered(&mut project, "main.prov"), ["Use `./rates`"]);
    assert_eq!(
        offered(&mut project, "typo.prov"),
        ["Change to `\"./rates\"`"]
    );
    let main = project.uri("main.prov");
    project.client.replace(&main, 2, "CALL fees.d\nHALT\n");
    let params = json!({
        "textDocument": { "uri": main },
        "position": { "line": 0, "character": 11 },
    });
    let found = project.client.request("textDocument/completion", params);
    let items = found["items"].as_array().unwrap();
    let item = items
        .iter()
        .find(|item| item["label"] == "fees.due")
        .unwrap();
    assert_eq!(
        item["additionalTextEdits"][0]["newText"],
        ".use \"./lib/fees\"\n"
    );
}

#[test]
fn a_file_that_is_missing_or_spelled_otherwise_is_an_error_until_it_is_there() {
    let mut project = Project::new(&[
        ("main.prov", ".use \"./lib\"\nCALL lib.f\nHALT\n"),
        ("case.prov", ".use \"./Lower\"\nCALL Lower.f\nHALT\n"),
        ("lower.prov", ".routine f ( -- )\nRET\n"),
    ]);
    let found = project.open("main.prov");
    assert!(has_error(&found, "there is no file"), "{found:?}");
    let found = project.open("case.prov");
    assert!(has_error(&found, "is called lower.prov"), "{found:?}");
    // It is open before it is on disk.
    let library = project.uri("lib.prov");
    project.client.open(&library, ".routine f ( -- )\nRET\n");
    project.until("main.prov", 1, |found| errors(found).is_empty());
    let document = json!({ "textDocument": { "uri": library } });
    project.client.notify("textDocument/didClose", document);
    project.until("main.prov", 1, |found| has_error(found, "there is no file"));
    std::fs::write(project.path("lib.prov"), ".routine f ( -- )\nRET\n").unwrap();
    let changes = json!({ "changes": [{ "uri": library, "type": 1 }] });
    project
        .client
        .notify("workspace/didChangeWatchedFiles", changes);
    project.until("main.prov", 1, |found| errors(found).is_empty());
}

#[test]
fn a_file_that_changes_on_disk_counts_unless_it_is_open() {
    let mut project = three();
    project.open("main.prov");
    let change = |project: &mut Project, text: &str| {
        std::fs::write(project.path("lib/base.prov"), text).unwrap();
        let changes = json!({ "changes": [{ "uri": project.uri("lib/base.prov"), "type": 2 }] });
        project
            .client
            .notify("workspace/didChangeWatchedFiles", changes);
    };
    change(&mut project, "DIVV\n");
    project.until("main.prov", 1, |found| has_error(found, "has errors"));
    let base = project.uri("lib/base.prov");
    project.client.open(&base, BASE);
    project.until("main.prov", 1, |found| errors(found).is_empty());
    project.client.forget();
    change(&mut project, "DIVVV\n");
    let found = project.until("main.prov", 1, |_| true);
    assert_eq!(errors(&found), Vec::<&str>::new());
}

#[test]
fn a_file_of_the_standard_library_can_be_read_and_not_edited() {
    let program = ".use \"std@1/math\"\nPUSH 6\nPUSH 7\nPUSH 10\nCALL math.mulmod\nWRITE\nHALT\n";
    let mut project = Project::new(&[("main.prov", program)]);
    assert_eq!(errors(&project.open("main.prov")), Vec::<&str>::new());
    let main = project.uri("main.prov");
    // Written when a place in it is asked for.
    let cache = keys().join("provable/std/1");
    std::fs::create_dir_all(&cache).unwrap();
    let path = cache.canonicalize().unwrap().join("math.prov");
    let library = uri(&path);
    // The text that the client has open is not the library's.
    project
        .client
        .open(&library, ".routine other ( -- )\nRET\n");
    project.client.replace(&main, 2, &format!("{program}\n"));
    assert_eq!(
        errors(&project.client.diagnostics(&main, 2)),
        Vec::<&str>::new()
    );
    let at = json!({ "line": 0, "character": 10 });
    let params = json!({ "textDocument": { "uri": library }, "position": at, "newName": "other" });
    let id = project.client.ask("textDocument/rename", params);
    let refused = project.client.answer(id).unwrap_err();
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("standard library"),
        "{refused}"
    );
    let params = json!({ "textDocument": { "uri": library } });
    let lenses = project.client.request("textDocument/codeLens", params);
    assert_eq!(lenses, json!([]));
}

#[test]
fn a_client_that_asks_for_the_whole_workspace_is_told_of_open_programs() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("base.prov"), "DIVV\n").unwrap();
    let mut able = capabilities();
    able["textDocument"]["diagnostic"] = json!({});
    able["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let mut client = Client::start(keys(), &able, &[&folder]);
    let provider = &client.offered["capabilities"]["diagnosticProvider"];
    assert_eq!(provider["interFileDependencies"], true);
    // Neovim 0.12 would not show the traps of open programs.
    assert_eq!(provider["workspaceDiagnostics"], false);
    let main = uri(&folder.join("main.prov"));
    client.open(&main, ".use \"./base\"\nHALT\n");
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let one = &report["items"][0];
    assert_eq!((&one["uri"], &one["kind"]), (&json!(main), &json!("full")));
    assert!(
        has_error(one["items"].as_array().unwrap(), "has errors"),
        "{one}"
    );
    let known = json!([{ "uri": main, "value": one["resultId"] }]);
    let report = client.request(
        "workspace/diagnostic",
        json!({ "previousResultIds": known }),
    );
    assert_eq!(report["items"][0]["kind"], "unchanged");
}

#[test]
fn a_client_that_asks_is_told_to_ask_again_when_a_used_file_changes() {
    let mut able = capabilities();
    able["textDocument"]["diagnostic"] = json!({});
    able["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let files = [
        ("main.prov", MAIN),
        ("lib/math.prov", MATH),
        ("lib/base.prov", BASE),
    ];
    let mut project = Project::with(&files, keys(), &able);
    project.begin("main.prov");
    project.begin("lib/base.prov");
    let main = json!({ "textDocument": { "uri": project.uri("main.prov") } });
    let ask = |project: &mut Project| {
        let report = project
            .client
            .request("textDocument/diagnostic", main.clone());
        report["items"].as_array().unwrap().clone()
    };
    assert_eq!(errors(&ask(&mut project)), Vec::<&str>::new());
    project.client.forget();
    let base = project.uri("lib/base.prov");
    project.client.replace(&base, 2, "DIVV\n");
    loop {
        project
            .client
            .wait("workspace/diagnostic/refresh", |_| true);
        if has_error(&ask(&mut project), "has errors") {
            break;
        }
    }
}

#[test]
fn what_linking_finds_follows_the_rest_and_stays_while_one_types() {
    let text = |body: &str| format!("CALL f\nHALT\n.routine f ( -- )\n{body}\nRET\n");
    let mut project = Project::new(&[("main.prov", &text("PUSH 1\nPOP"))]);
    assert_eq!(errors(&project.open("main.prov")), Vec::<&str>::new());
    let main = project.uri("main.prov");
    // A routine that copies itself: nothing in a line is wrong, and no program can be made of it.
    project.client.replace(&main, 2, &text(".inline f"));
    project.until("main.prov", 2, |found| !errors(found).is_empty());
    project.client.replace(&main, 3, &text(".inline f # again"));
    let first = project.client.diagnostics(&main, 3);
    assert!(
        !errors(&first).is_empty(),
        "it went while a comment was typed"
    );
    project.client.replace(&main, 4, &text("PUSH 1\nPOP"));
    project.until("main.prov", 4, |found| errors(found).is_empty());
}
