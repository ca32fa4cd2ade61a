//! A program that is renamed takes its inputs and its proof along, and what is known of it.

use crate::fixture::{Fixture, keys};
use crate::project::{MAIN, MATH, edited, line, three};
use provable_tests::lsp::{capabilities, uri};
use serde_json::{Value, json};

const SEED: &str = "#provable 1.0\nPUSH 10\nPUSH 20\nADD\nWRITE\nHALT\n";

fn able() -> Value {
    let mut able = capabilities();
    able["workspace"]["workspaceEdit"]["resourceOperations"] = json!(["create", "rename"]);
    able
}

fn ask(fixture: &mut Fixture, pairs: &[(&str, &str)]) -> Value {
    let files: Vec<Value> = pairs
        .iter()
        .map(|(old, new)| json!({ "oldUri": uri(&fixture.path(old)), "newUri": uri(&fixture.path(new)) }))
        .collect();
    let params = json!({ "files": files });
    fixture.client.request("workspace/willRenameFiles", params)
}

/// The renames of an answer, by file names.
fn names(edit: &Value) -> Vec<(String, String)> {
    let changes = edit["documentChanges"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let name = |uri: &Value| uri.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    changes
        .iter()
        .map(|one| {
            assert_eq!(one["kind"], "rename", "{edit:#}");
            assert_eq!(one["options"]["overwrite"], false, "{edit:#}");
            (name(&one["oldUri"]), name(&one["newUri"]))
        })
        .collect()
}

#[test]
fn companion_files_are_renamed_with_their_program() {
    let mut fixture = Fixture::with(SEED, keys(), &able());
    let offered = &fixture.client.offered["capabilities"]["workspace"]["fileOperations"];
    assert_eq!(
        offered["willRename"]["filters"][0]["pattern"]["glob"],
        "**/*.prov"
    );
    assert_eq!(ask(&mut fixture, &[("sum.prov", "b.prov")]), Value::Null);
    for name in ["sum.inputs.json", "sum.proof.json"] {
        std::fs::write(fixture.path(name), "{}").unwrap();
    }
    let edit = ask(&mut fixture, &[("sum.prov", "b.prov")]);
    let pair = |old: &str, new: &str| (old.to_owned(), new.to_owned());
    assert_eq!(
        names(&edit),
        [
            pair("sum.inputs.json", "b.inputs.json"),
            pair("sum.proof.json", "b.proof.json")
        ]
    );
    // Never over a file that is there, nor a second time.
    std::fs::write(fixture.path("b.proof.json"), "{}").unwrap();
    let both = [("sum.prov", "b.prov"), ("sum.inputs.json", "c.inputs.json")];
    assert_eq!(names(&ask(&mut fixture, &both)), []);
    // What is no program any more keeps its files.
    assert_eq!(ask(&mut fixture, &[("sum.prov", "sum.txt")]), Value::Null);
}

#[test]
fn the_results_of_a_program_follow_it_to_its_new_name() {
    let mut fixture = Fixture::with(SEED, keys(), &able());
    fixture.complete("provable.run");
    let [old, new] = ["sum.prov", "b.prov"].map(|name| uri(&fixture.path(name)));
    fixture.close();
    std::fs::rename(fixture.path("sum.prov"), fixture.path("b.prov")).unwrap();
    let files = json!({ "files": [{ "oldUri": old, "newUri": new }] });
    fixture.client.notify("workspace/didRenameFiles", files);
    fixture.client.open(&new, SEED);
    fixture.uri = new;
    assert_eq!(fixture.states().0, "fresh");
}

#[test]
fn a_proof_whose_program_is_renamed_is_cancelled_and_the_user_is_told() {
    let long = "PUSH 1200\nagain:\nPUSH 1\nSUB\nDUP\nJNZ again\nHALT\n";
    let keys = tempfile::tempdir().unwrap();
    let mut fixture = Fixture::with(long, keys.path(), &able());
    let token = fixture.client.begin_proof(&fixture.uri);
    let [old, new] = ["sum.prov", "b.prov"].map(|name| uri(&fixture.path(name)));
    std::fs::rename(fixture.path("sum.prov"), fixture.path("b.prov")).unwrap();
    let files = json!({ "files": [{ "oldUri": old, "newUri": new }] });
    fixture.client.notify("workspace/didRenameFiles", files);
    let told = fixture.client.wait("window/showMessage", |_| true);
    let told = told["message"].as_str().unwrap();
    assert!(
        told.contains("sum.prov was renamed while it was proved"),
        "{told}"
    );
    fixture.client.progress(&token);
    assert!(!fixture.path("sum.proof.json").exists());
}

#[test]
fn a_job_of_a_new_program_under_the_old_name_replaces_no_job() {
    let mut fixture = Fixture::with(SEED, keys(), &able());
    // Something that never ends, for which the others wait.
    let endless = uri(&fixture.path("endless.prov"));
    fixture.limit(u64::MAX, "Verify");
    fixture.client.open(&endless, "again:\nJMP again\n");
    fixture.client.execute("provable.run", &endless).unwrap();
    let [old, new] = ["sum.prov", "b.prov"].map(|name| uri(&fixture.path(name)));
    let first = fixture.client.execute("provable.run", &old).unwrap();
    fixture.close();
    std::fs::rename(fixture.path("sum.prov"), fixture.path("b.prov")).unwrap();
    let files = json!({ "files": [{ "oldUri": old, "newUri": new }] });
    fixture.client.notify("workspace/didRenameFiles", files);
    fixture.client.open(&new, SEED);
    fixture.client.open(&old, "HALT\n");
    let second = fixture.client.execute("provable.run", &old).unwrap();
    fixture.client.execute("provable.cancel", &endless).unwrap();
    for (job, steps) in [(first, "5 steps"), (second, "1 step")] {
        let progress = fixture.client.progress(&format!("provable/{}", job["job"]));
        let last = progress.last().unwrap()["message"].as_str().unwrap();
        assert!(last.contains(steps), "{last}");
    }
    for (uri, steps) in [(new, 5), (old, 1)] {
        let status = fixture.client.status(&uri);
        assert_eq!(status["run"]["answer"]["steps"], steps, "{status:#}");
        assert_eq!(status["activity"], Value::Null, "{status:#}");
    }
}

#[test]
fn the_job_of_a_program_that_was_replaced_is_cancelled() {
    let mut fixture = Fixture::with(SEED, keys(), &able());
    let [old, new] = ["sum.prov", "b.prov"].map(|name| uri(&fixture.path(name)));
    fixture.limit(u64::MAX, "Verify");
    let endless = "again:\nJMP again\n";
    std::fs::write(fixture.path("b.prov"), endless).unwrap();
    fixture.client.open(&new, endless);
    let job = fixture.client.execute("provable.run", &new).unwrap();
    fixture.client.status(&old);
    std::fs::rename(fixture.path("sum.prov"), fixture.path("b.prov")).unwrap();
    let files = json!({ "files": [{ "oldUri": old, "newUri": new }] });
    fixture.client.notify("workspace/didRenameFiles", files);
    let progress = fixture.client.progress(&format!("provable/{}", job["job"]));
    let last = progress.last().unwrap()["message"].as_str().unwrap();
    assert!(last.contains("cancelled"), "{last}");
}

#[test]
fn the_lines_that_use_a_renamed_file_are_mended() {
    let mut project = three();
    project.open("main.prov");
    let mut ask = |old: &str, new: &str| {
        let files = json!([{ "oldUri": project.uri(old), "newUri": project.uri(new) }]);
        let params = json!({ "files": files });
        let edit = project.client.request("workspace/willRenameFiles", params);
        let changes = edit["documentChanges"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let mut told: Vec<String> = changes
            .iter()
            .map(|one| {
                let file = one["textDocument"]["uri"]
                    .as_str()
                    .unwrap()
                    .rsplit('/')
                    .next()
                    .unwrap();
                let edit = &one["edits"][0];
                format!(
                    "{file}:{} {}",
                    line(edit),
                    edit["newText"].as_str().unwrap()
                )
            })
            .collect();
        told.sort();
        told
    };
    // The name that the text has for the file stays.
    assert_eq!(
        ask("lib/math.prov", "lib/numbers.prov"),
        ["main.prov:0 \"./lib/numbers\" as math"]
    );
    // Its own paths change with its folder.
    assert_eq!(
        ask("lib/math.prov", "math.prov"),
        ["main.prov:0 \"./math\"", "math.prov:0 \"./lib/base\""]
    );
    assert_eq!(ask("lib", "code"), ["main.prov:0 \"./code/math\""]);
    assert_eq!(
        ask("main.prov", "lib/main.prov"),
        ["main.prov:0 \"./math\""]
    );
    assert_eq!(ask("main.prov", "other.prov"), Vec::<String>::new());
}

#[test]
fn mended_lines_are_those_of_the_open_text_and_name_its_version() {
    let mut project = three();
    project.open("main.prov");
    let main = project.uri("main.prov");
    let text = format!("# not saved\n{MAIN}");
    project.client.replace(&main, 5, &text);
    let files = json!([{ "oldUri": project.uri("lib"), "newUri": project.uri("deep/er") }]);
    let params = json!({ "files": files });
    let edit = project.client.request("workspace/willRenameFiles", params);
    let [change] = edit["documentChanges"].as_array().unwrap().as_slice() else {
        panic!("{edit:#}")
    };
    assert_eq!(change["textDocument"], json!({ "uri": main, "version": 5 }));
    assert_eq!(
        edited(&text, &change["edits"]),
        text.replace("./lib/math", "./deep/er/math")
    );
    // Of a file that is not open there is no version.
    let files =
        json!([{ "oldUri": project.uri("lib/base.prov"), "newUri": project.uri("lib/b.prov") }]);
    let params = json!({ "files": files });
    let edit = project.client.request("workspace/willRenameFiles", params);
    let change = &edit["documentChanges"][0];
    assert_eq!(
        change["textDocument"],
        json!({ "uri": project.uri("lib/math.prov"), "version": null })
    );
    assert_eq!(
        edited(MATH, &change["edits"]),
        MATH.replace("./base\"", "./b\" as base")
    );
}
