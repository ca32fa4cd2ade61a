//! Renames of names that several files have.

use crate::places::{LIB, USER};
use crate::project::{BASE, MAIN, MATH, Project, edited, errors, three};
use serde_json::{Value, json};

#[test]
fn a_rename_reaches_the_files_that_are_not_open_and_names_the_versions_of_those_that_are() {
    let mut project = three();
    project.open("main.prov");
    project.open("lib/math.prov");
    let math = project.uri("lib/math.prov");
    project.client.replace(&math, 7, MATH);
    let more = json!({ "newName": "halved" });
    let edit = project.ask("textDocument/rename", "lib/math.prov", "CALL base.ha", more);
    let edit = edit.unwrap();
    let mut changes: Vec<(String, &Value, String)> = edit["documentChanges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let document = &one["textDocument"];
            let name = document["uri"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap();
            let text = match name {
                "math.prov" => MATH,
                "base.prov" => BASE,
                _ => MAIN,
            };
            (
                name.to_owned(),
                &document["version"],
                edited(text, &one["edits"]),
            )
        })
        .collect();
    changes.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(
        changes,
        [
            (
                "base.prov".to_owned(),
                &Value::Null,
                BASE.replace("half", "halved")
            ),
            (
                "math.prov".to_owned(),
                &json!(7),
                MATH.replace("half", "halved")
            ),
        ]
    );
}

#[test]
fn a_rename_to_a_name_that_another_file_could_not_say_is_refused() {
    let mut project = three();
    project.open("lib/base.prov");
    let more = json!({ "newName": "_half" });
    let refused = project.ask(
        "textDocument/rename",
        "lib/base.prov",
        ".routine half",
        more,
    );
    let refused = refused.unwrap_err();
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("known only in its own file"),
        "{refused}"
    );
}

#[test]
fn a_name_of_the_library_is_not_renamed() {
    let mut project = Project::new(&[("main.prov", USER), ("lib.prov", LIB)]);
    project.open("main.prov");
    let prepared = project.ask(
        "textDocument/prepareRename",
        "main.prov",
        "math.min",
        json!({}),
    );
    assert_eq!(prepared.unwrap(), Value::Null);
    let more = json!({ "newName": "least" });
    let refused = project
        .ask("textDocument/rename", "main.prov", "math.min", more)
        .unwrap_err();
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("standard library"),
        "{refused}"
    );
}

#[test]
fn a_rename_reaches_every_place_where_a_name_may_stand() {
    let main = "\
.use \"./lib\" as l
PUSH 1
CALL l.f
PUSH 2 * l.K
HALT
.test \"whole\"
.traps ASSERT at l.f
.test l.f ( l.K -- )
";
    let lib = ".const K 5\n.routine f ( a -- )\nADD K\nPOP\nRET\n";
    let third =
        ".use \"./lib\"\n.const M lib.K + 1\n.routine g ( -- )\nPUSH -1\n.inline lib.f\nRET\n";
    let files = [
        ("main.prov", main),
        ("lib.prov", lib),
        ("third.prov", third),
    ];
    let mut project = Project::new(&files);
    assert_eq!(errors(&project.open("main.prov")), Vec::<&str>::new());
    let mut renamed = |before: &str, new: &str| {
        let more = json!({ "newName": new });
        let edit = project
            .ask("textDocument/rename", "main.prov", before, more)
            .unwrap();
        let changes = edit["documentChanges"].as_array().unwrap();
        files.map(|(name, text)| {
            let uri = project.uri(name);
            let change = changes.iter().find(|one| one["textDocument"]["uri"] == uri);
            change.map_or(text.to_owned(), |change| edited(text, &change["edits"]))
        })
    };
    assert_eq!(
        renamed("CALL l.f", "drop"),
        [
            main.replace("l.f", "l.drop"),
            lib.replace(" f ", " drop "),
            third.replace("lib.f", "lib.drop"),
        ]
    );
    assert_eq!(
        renamed("2 * l.K", "FIVE"),
        [main, lib, third].map(|text| text.replace('K', "FIVE"))
    );
    // The name that this text has for the file is its own.
    assert_eq!(
        renamed("CALL l", "x"),
        [
            main.replace("as l", "as x").replace("l.", "x."),
            lib.into(),
            third.into()
        ]
    );
}
