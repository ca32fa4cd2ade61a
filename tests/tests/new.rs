//! `provable new`: a folder with a program or a library, whole or not at all.

use provable_tests::{Answer, provable};
use std::collections::BTreeMap;
use std::path::Path;

fn new(folder: &Path, arguments: &[&str]) -> Answer {
    let call = provable(["new"].iter().chain(arguments));
    call.in_folder(folder).call()
}

/// The files below a folder, hidden ones too, with their texts.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            let name = name.replace('\\', "/");
            files.insert(name, std::fs::read_to_string(path).unwrap());
        }
    }
    files
}

#[test]
fn a_program_has_inputs_an_ignore_file_and_a_check_beside_it() {
    let here = tempfile::tempdir().unwrap();
    let json = new(here.path(), &["adult", "--json"]).status(0).json();
    let names = [
        "adult.prov",
        "adult.inputs.json",
        ".gitignore",
        ".github/workflows/check.yml",
    ];
    assert_eq!(json["status"], "ok");
    assert_eq!(json["folder"], "adult");
    assert_eq!(json["files"], serde_json::json!(names));
    let made = files(here.path());
    let made_names: Vec<&String> = made.keys().collect();
    let mut expected = names.map(|name| format!("adult/{name}"));
    expected.sort();
    assert_eq!(made_names, expected.iter().collect::<Vec<_>>());
    let program = &made["adult/adult.prov"];
    assert_eq!(program.matches("\n.test ").count(), 2, "{program}");
    assert!(program.contains("\n.routine "), "{program}");
    for kept in ["*.opening", "*.inputs.json", "*.pk"] {
        let mut lines = made["adult/.gitignore"].lines();
        assert!(lines.any(|line| line == kept), "{kept}");
    }
    for command in ["check", "test", "fmt --check"] {
        let workflow = &made["adult/.github/workflows/check.yml"];
        assert!(
            workflow.contains(&format!("provable {command}")),
            "{command}"
        );
    }
}

#[test]
fn a_library_has_a_routine_and_two_tests_and_no_inputs() {
    let here = tempfile::tempdir().unwrap();
    new(here.path(), &["words", "--lib"]).status(0);
    let made = files(&here.path().join("words"));
    assert!(!made.contains_key("words.inputs.json"));
    let library = &made["words.prov"];
    assert!(library.contains("CALL words.max"), "{library}");
    assert_eq!(library.matches("\n.test ").count(), 2, "{library}");
    assert!(
        made.values()
            .all(|text| !text.contains('@') || text.contains("actions/checkout@"))
    );
}

#[test]
fn people_are_told_what_was_made_and_what_is_next() {
    let here = tempfile::tempdir().unwrap();
    let answer = new(here.path(), &["shop"]).status(0);
    assert_eq!(
        answer.stdout,
        "made shop\n  shop.prov\n  shop.inputs.json\n  .gitignore\n  .github/workflows/check.yml\n\
         next, in that folder\n  provable test shop.prov\n  provable prove shop.prov\n"
    );
}

#[test]
fn a_name_that_no_program_can_have_is_refused() {
    let here = tempfile::tempdir().unwrap();
    let long = "a".repeat(65);
    for (arguments, told) in [
        (&[".."][..], "does not end with a name"),
        (&["1st"], "no name for a program"),
        (&["a b"], "did you mean a_b?"),
        (&["é"], "no name for a program"),
        (&[&*long], "at most 64 characters"),
        (&["--lib", "my-words"], "did you mean my_words?"),
        (&["add"], "add is the name of an instruction"),
        (&["nowhere/adult"], "the folder nowhere does not exist"),
        (&[""], "a value is required"),
    ] {
        new(here.path(), arguments).status(2).says(&[told]);
    }
    assert_eq!(files(here.path()).len(), 0);
    assert_eq!(std::fs::read_dir(here.path()).unwrap().count(), 0);
    new(here.path(), &["my-proof"]).status(0);
}

#[test]
fn an_empty_folder_is_taken_and_any_other_thing_is_left_as_it_is() {
    let here = tempfile::tempdir().unwrap();
    let path = |name: &str| here.path().join(name);
    std::fs::create_dir(path("empty")).unwrap();
    new(here.path(), &["empty"]).status(0);
    std::fs::create_dir(path("full")).unwrap();
    std::fs::write(path("full/.hidden"), "mine").unwrap();
    std::fs::write(path("file"), "mine").unwrap();
    let before = files(here.path());
    for name in ["empty", "full", "file"] {
        let answer = new(here.path(), &[name, "--json"]).status(2);
        let answer = answer.says(&["is there, and is no empty folder", "nothing was done"]);
        assert_eq!(answer.json()["file"], name);
    }
    assert_eq!(files(here.path()), before);
    assert_eq!(std::fs::read_dir(here.path()).unwrap().count(), 3);
}

#[cfg(unix)]
#[test]
fn a_link_is_left_as_it_is_and_the_mask_says_who_may_read_the_folder() {
    use std::os::unix::fs::PermissionsExt;
    let here = tempfile::tempdir().unwrap();
    let path = |name: &str| here.path().join(name);
    std::fs::create_dir(path("empty")).unwrap();
    std::os::unix::fs::symlink("empty", path("link")).unwrap();
    new(here.path(), &["link"]).status(2).says(&["is there"]);
    assert!(path("link").is_symlink());
    new(here.path(), &["adult"]).status(0);
    let mode = |name: &str| path(name).metadata().unwrap().permissions().mode();
    assert_eq!(mode("adult"), mode("empty"));
}

#[test]
fn what_is_made_has_no_findings_passes_its_tests_and_is_laid_out_the_standard_way() {
    let here = tempfile::tempdir().unwrap();
    new(here.path(), &["adult"]).status(0);
    new(here.path(), &["words", "--lib"]).status(0);
    for program in ["adult/adult.prov", "words/words.prov"] {
        for command in [
            &["check", "--deny", "hints"][..],
            &["fmt", "--check"],
            &["test"],
        ] {
            let call = provable(command).arg(program).in_folder(here.path());
            call.call().status(0);
        }
    }
    let run = provable(["run", "adult/adult.prov", "--json"]).in_folder(here.path());
    assert_eq!(run.call().status(0).json()["status"], "halted");
    // The example of the library's first lines.
    let user = ".use \"./words/words\"\nPUSH 3\nPUSH 5\nCALL words.max\nWRITE\nHALT\n";
    std::fs::write(here.path().join("user.prov"), user).unwrap();
    let run = provable(["run", "user.prov", "--json"]).in_folder(here.path());
    let outputs = &run.call().status(0).json()["public_outputs"];
    assert_eq!(*outputs, serde_json::json!([5]));
}

#[test]
fn a_folder_that_is_missing_on_the_way_is_named() {
    let here = tempfile::tempdir().unwrap();
    std::fs::write(here.path().join("file"), "mine").unwrap();
    for (path, told) in [
        ("a/b", "the folder a does not exist"),
        ("a/b/c", "the folder a/b does not exist"),
        ("file/b", "the folder file is no folder"),
    ] {
        let answer = new(here.path(), &[path]).status(2);
        assert!(!answer.stderr.contains(".b."), "{}", answer.stderr);
        answer.says(&[told, "make it first"]);
    }
    std::fs::create_dir(here.path().join("a")).unwrap();
    new(here.path(), &["a/b"]).status(0);
}
