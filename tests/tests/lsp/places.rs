//! From a name to where it stands, in whichever file: links, definitions, and references.

use crate::project::{Project, errors, line, three};
use provable_tests::lsp::capabilities;
use serde_json::{Value, json};
use std::path::PathBuf;

pub const USER: &str =
    ".use \"std@1/math\"\n.use \"./lib\"\nPUSH 1\nPUSH 2\nCALL math.min\nCALL lib.f\nHALT\n";
pub const LIB: &str = "# a library\n.routine f ( a -- )\nPOP\nRET\n";

fn path_of(uri: &Value) -> PathBuf {
    PathBuf::from(uri.as_str().unwrap().strip_prefix("file://").unwrap())
}

/// The file and the line of a place.
fn place(location: &Value) -> String {
    let uri = location["uri"].as_str().unwrap();
    let name = uri.rsplit('/').next().unwrap();
    format!("{name}:{}", line(location))
}

fn places(found: &Value) -> Vec<String> {
    let mut all: Vec<String> = found.as_array().unwrap().iter().map(place).collect();
    all.sort();
    all
}

fn std_text(name: &str) -> &'static str {
    provable::lang::std_library::text(name).unwrap()
}

#[test]
fn paths_and_names_lead_to_the_files_and_the_library_lies_in_the_cache_for_reading() {
    let keys = tempfile::tempdir().unwrap();
    let files = [("main.prov", USER), ("lib.prov", LIB)];
    let mut project = Project::with(&files, keys.path(), &capabilities());
    assert_eq!(errors(&project.open("main.prov")), Vec::<&str>::new());
    let params = json!({ "textDocument": { "uri": project.uri("main.prov") } });
    let links = project.client.request("textDocument/documentLink", params);
    assert_eq!(links[1]["target"], project.uri("lib.prov"));
    assert_eq!(
        links[1]["range"]["start"],
        json!({ "line": 1, "character": 6 })
    );
    assert_eq!(
        links[1]["range"]["end"],
        json!({ "line": 1, "character": 11 })
    );
    let library = path_of(&links[0]["target"]);
    assert!(
        library.starts_with(keys.path().canonicalize().unwrap()),
        "{library:?}"
    );
    assert_eq!(
        std::fs::read_to_string(&library).unwrap(),
        std_text("std@1/math")
    );
    assert!(
        std::fs::metadata(&library)
            .unwrap()
            .permissions()
            .readonly()
    );

    let mut definition = |before: &str| {
        let found = project.ask("textDocument/definition", "main.prov", before, json!({}));
        found.unwrap()
    };
    assert_eq!(place(&definition("lib.f")), "lib.prov:1");
    assert_eq!(place(&definition("./lib")), "lib.prov:0");
    let found = definition("math.min");
    assert_eq!(path_of(&found["uri"]), library);
    let there = std_text("std@1/math")
        .lines()
        .nth(line(&found) as usize)
        .unwrap();
    assert!(there.starts_with(".routine min "), "{there}");
}

#[cfg(unix)]
#[test]
fn the_server_reads_its_own_text_of_the_library_and_puts_it_back() {
    use std::os::unix::fs::PermissionsExt;
    let keys = tempfile::tempdir().unwrap();
    let files = [("main.prov", USER), ("lib.prov", LIB)];
    let mut project = Project::with(&files, keys.path(), &capabilities());
    project.open("main.prov");
    let definition = |project: &mut Project| {
        let found = project.ask(
            "textDocument/definition",
            "main.prov",
            "math.min",
            json!({}),
        );
        found.unwrap()
    };
    let first = definition(&mut project);
    let library = path_of(&first["uri"]);
    std::fs::set_permissions(&library, PermissionsExt::from_mode(0o644)).unwrap();
    std::fs::write(&library, ".routine other ( -- )\nRET\n").unwrap();
    let changes = json!({ "changes": [{ "uri": first["uri"], "type": 2 }] });
    project
        .client
        .notify("workspace/didChangeWatchedFiles", changes);
    let hover = project.ask("textDocument/hover", "main.prov", "math.min", json!({}));
    let hover = hover.unwrap()["contents"]["value"].take();
    assert!(
        hover.as_str().unwrap().contains("( a b -- smaller )"),
        "{hover}"
    );
    let main = project.uri("main.prov");
    project.client.replace(&main, 2, &format!("{USER}\n"));
    let found = project.client.diagnostics(&main, 2);
    assert_eq!(errors(&found), Vec::<&str>::new());
    assert_eq!(definition(&mut project), first);
    assert_eq!(
        std::fs::read_to_string(&library).unwrap(),
        std_text("std@1/math")
    );
}

#[test]
fn references_are_found_in_the_files_that_are_not_open() {
    let mut project = three();
    project.open("main.prov");
    let mut of = |before: &str, with_definition: bool| {
        let more = json!({ "context": { "includeDeclaration": with_definition } });
        let found = project.ask("textDocument/references", "main.prov", before, more);
        places(&found.unwrap())
    };
    assert_eq!(of("math.twice", true), ["main.prov:2", "math.prov:1"]);
    assert_eq!(of("math.twice", false), ["main.prov:2"]);
    // From the file that defines it, which is the only one open then.
    project.open("lib/base.prov");
    let document = json!({ "textDocument": { "uri": project.uri("main.prov") } });
    project.client.notify("textDocument/didClose", document);
    let more = json!({ "context": { "includeDeclaration": true } });
    let found = project.ask(
        "textDocument/references",
        "lib/base.prov",
        ".routine half",
        more,
    );
    assert_eq!(places(&found.unwrap()), ["base.prov:0", "math.prov:2"]);
}

#[test]
fn references_to_the_library_are_found_in_every_program_of_the_workspace() {
    let other = ".use \"std@1/math\" as m\n.routine g ( a b -- c )\nCALL m.min\nRET\n";
    let files = [
        ("main.prov", USER),
        ("lib.prov", LIB),
        ("other.prov", other),
    ];
    let mut project = Project::new(&files);
    project.open("main.prov");
    let more = json!({ "context": { "includeDeclaration": false } });
    let found = project.ask("textDocument/references", "main.prov", "math.min", more);
    assert_eq!(places(&found.unwrap()), ["main.prov:4", "other.prov:2"]);
}

#[test]
fn the_library_opened_from_the_cache_has_references_and_no_edits() {
    let mut project = Project::new(&[("main.prov", USER), ("lib.prov", LIB)]);
    project.open("main.prov");
    let found = project.ask(
        "textDocument/definition",
        "main.prov",
        "math.min",
        json!({}),
    );
    let found = found.unwrap();
    let library = found["uri"].as_str().unwrap().to_owned();
    project.client.open(&library, std_text("std@1/math"));
    let at = &found["range"]["start"];
    let params = json!({
        "textDocument": { "uri": library },
        "position": at,
        "context": { "includeDeclaration": false },
    });
    let used = project.client.request("textDocument/references", params);
    let used = places(&used);
    assert!(used.contains(&"main.prov:4".to_owned()), "{used:?}");
    let params = json!({ "textDocument": { "uri": library }, "position": at });
    let prepared = project.client.request("textDocument/prepareRename", params);
    assert_eq!(prepared, Value::Null);
    let params = json!({
        "textDocument": { "uri": library },
        "range": found["range"],
        "context": { "diagnostics": [] },
    });
    let actions = project.client.request("textDocument/codeAction", params);
    assert_eq!(actions, json!([]));
}
