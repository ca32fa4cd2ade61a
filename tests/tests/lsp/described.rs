//! What an editor tells of a name of another file, and what it offers of other files.

use crate::project::{Project, edited, errors};
use serde_json::{Value, json};

const LIB: &str = "\
## A word as many times as is said.
## Never traps.
.routine times ( a -- b ) N
MUL N
RET

## The smaller one.
.routine less ( a b -- c )
.inline both
CALL times 1
RET

.routine both ( a b -- c )
POP
RET

.routine _own ( -- )
RET
";
const MAIN: &str = ".use \"./lib\"\nPUSH 1\nPUSH 2\nCALL lib.less\nCALL lib.times 3\nHALT\n";

fn project() -> Project {
    let mut project = Project::new(&[("main.prov", MAIN), ("lib.prov", LIB)]);
    assert_eq!(errors(&project.open("main.prov")), Vec::<&str>::new());
    project
}

fn hover(project: &mut Project, name: &str, before: &str) -> String {
    let found = project.ask("textDocument/hover", name, before, json!({}));
    found.unwrap()["contents"]["value"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn a_hover_on_a_routine_of_another_file_has_contract_documents_rows_and_entries() {
    let mut project = project();
    let told = hover(&mut project, "main.prov", "lib.less");
    for part in [
        "routine `less`: `( a b -- c )`",
        "- takes 2 words, leaves 1",
        // CALL, POP, CALL, MUL, RET, RET.
        "- rows of a CALL: 6; of an `.inline`: 4",
        "- entries of the program: 3 for all CALLs, 2 for each `.inline`; 2 of what it calls",
        "- used 1 time",
        "- from `./lib`",
        "The smaller one.",
    ] {
        assert!(told.contains(part), "no {part:?} in {told}");
    }
    // With the argument that the line gives.
    let told = hover(&mut project, "main.prov", "lib.times");
    for part in [
        "routine `times`: `( a -- b ) N`",
        "- rows of a CALL: 3; of an `.inline`: 1",
        "A word as many times as is said.\nNever traps.",
    ] {
        assert!(told.contains(part), "no {part:?} in {told}");
    }
    let told = hover(&mut project, "main.prov", "./lib");
    assert!(told.contains("- routine `less ( a b -- c )`"), "{told}");
    assert!(!told.contains("_own"), "{told}");
}

#[test]
fn rows_and_entries_follow_the_text_of_the_file_that_has_the_routine() {
    let mut project = project();
    project.open("lib.prov");
    let library = project.uri("lib.prov");
    let longer = LIB.replace("MUL N\n", "MUL N\nDUP\nPOP\n");
    project.client.replace(&library, 2, &longer);
    let told = hover(&mut project, "main.prov", "lib.less");
    assert!(
        told.contains("- rows of a CALL: 8; of an `.inline`: 6"),
        "{told}"
    );
    // Of a file with errors they are not known.
    project.client.replace(&library, 3, &format!("{LIB}POPP\n"));
    let told = hover(&mut project, "main.prov", "lib.less");
    assert!(
        told.contains("( a b -- c )") && !told.contains("rows of"),
        "{told}"
    );
}

#[test]
fn the_signature_of_a_routine_of_another_file_marks_the_argument() {
    let mut project = project();
    let found = project.ask(
        "textDocument/signatureHelp",
        "main.prov",
        "lib.times ",
        json!({}),
    );
    let signature = found.unwrap()["signatures"][0].take();
    assert_eq!(signature["label"], "CALL lib.times N");
    assert_eq!(signature["parameters"][0]["label"], json!([15, 16]));
    assert_eq!(signature["activeParameter"], 0);
    let told = signature["documentation"]["value"].as_str().unwrap();
    assert!(
        told.contains("( a -- b )") && told.contains("Never traps."),
        "{told}"
    );
}

/// Replaces the program by a text with a cursor, and gives the completions there.
fn completions(project: &mut Project, version: i64, text: &str) -> (String, Vec<Value>) {
    let (before, after) = text.split_once('$').unwrap();
    let whole = format!("{before}{after}");
    std::fs::write(project.path("main.prov"), &whole).unwrap();
    let uri = project.uri("main.prov");
    project.client.replace(&uri, version, &whole);
    let found = project.ask("textDocument/completion", "main.prov", before, json!({}));
    let items = found.unwrap()["items"].as_array().unwrap().clone();
    (whole, items)
}

fn labels(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .map(|one| one["label"].as_str().unwrap())
        .collect()
}

#[test]
fn the_members_of_a_file_are_offered_after_its_name() {
    let mut project = project();
    let (text, items) = completions(&mut project, 2, ".use \"./lib\"\nCALL lib.$\nHALT\n");
    assert_eq!(labels(&items), ["lib.times", "lib.less", "lib.both"]);
    assert_eq!(items[1]["detail"], "( a b -- c )");
    assert!(
        items[1]["documentation"]["value"]
            .as_str()
            .unwrap()
            .contains("The smaller one.")
    );
    assert_eq!(items[1]["additionalTextEdits"], Value::Null);
    let edit = json!([items[1]["textEdit"]]);
    assert_eq!(
        edited(&text, &edit),
        ".use \"./lib\"\nCALL lib.less\nHALT\n"
    );
    // What no CALL reaches is not offered.
    let (_, items) = completions(&mut project, 3, ".use \"./lib\"\nPUSH lib.$\nHALT\n");
    assert_eq!(labels(&items), Vec::<&str>::new());
}

#[test]
fn a_name_of_the_library_brings_the_line_that_uses_its_file() {
    let mut project = project();
    let start = ".use \"./lib\"\nPUSH 1\nPUSH 2\nPUSH 3\n";
    let (text, items) = completions(&mut project, 2, &format!("{start}CALL mulmod$\nHALT\n"));
    let found = items
        .iter()
        .find(|one| one["label"] == "math.mulmod")
        .expect("it is offered");
    let mut edits = found["additionalTextEdits"].as_array().unwrap().clone();
    edits.push(found["textEdit"].clone());
    let text = edited(&text, &json!(edits));
    let rest = "PUSH 1\nPUSH 2\nPUSH 3\nCALL math.mulmod\nHALT\n";
    assert_eq!(text, format!(".use \"./lib\"\n.use \"std@1/math\"\n{rest}"));
    let uri = project.uri("main.prov");
    project.client.replace(&uri, 3, &text);
    assert_eq!(
        errors(&project.client.diagnostics(&uri, 3)),
        Vec::<&str>::new()
    );
}

#[test]
fn the_files_beside_a_program_and_those_of_the_library_are_offered_as_paths() {
    let mut project = project();
    std::fs::create_dir(project.path("deep")).unwrap();
    let (_, items) = completions(&mut project, 2, ".use \"./$\"\n");
    assert_eq!(labels(&items), ["./deep/", "./lib"]);
    let (_, items) = completions(&mut project, 3, ".use \"std@1/ma$\"\n");
    assert_eq!(items[0]["label"], "std@1/math");
}
