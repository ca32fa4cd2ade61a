//! Where files may lie: standard input, links, names that terminals would obey, files that change.

use super::{AREA, MAIN, call, three};
use provable_tests::{folder, provable};
use serde_json::json;

#[test]
fn standard_input_lies_in_the_folder_that_one_is_in() {
    let here = three();
    let run = |folder: &std::path::Path| {
        let arguments = ["run", "-", "--public", "3,4", "--json"];
        let call = provable(arguments).in_folder(folder).stdin(MAIN);
        call.call()
    };
    let json = run(here.path()).status(0).json();
    assert_eq!(json["public_outputs"], json!([25]));
    let wrong = run(&here.path().join("lib")).status(2);
    let wrong = wrong.says(&["<standard input>:1:6", "there is no file ./lib/area.prov"]);
    assert!(!wrong.stderr.contains("/./"), "{}", wrong.stderr);
}

#[cfg(unix)]
#[test]
fn a_file_that_links_lead_to_is_one_file() {
    let here = three();
    std::os::unix::fs::symlink(".", here.path().join("again")).unwrap();
    std::os::unix::fs::symlink("lib/area.prov", here.path().join("short.prov")).unwrap();
    let whole = call(here.path(), &["link", "main.prov", "--json"]).json();
    for path in ["./again/again/lib/area", "./short"] {
        let text = MAIN.replace("\"./lib/area\"", &format!("\"{path}\" as area"));
        std::fs::write(here.path().join("other.prov"), text).unwrap();
        let linked = call(here.path(), &["link", "other.prov", "--json"]);
        let linked = linked.status(0).json();
        assert_eq!(linked["files"], whole["files"], "{path}");
        assert_eq!(linked["program_digest"], whole["program_digest"], "{path}");
    }
    let arguments = ["run", "again/main.prov", "--public", "3,4"];
    call(here.path(), &arguments).status(0);

    std::os::unix::fs::symlink("nowhere.prov", here.path().join("dangling.prov")).unwrap();
    let text = ".use \"./dangling\"\nHALT\n";
    std::fs::write(here.path().join("other.prov"), text).unwrap();
    let answer = call(here.path(), &["run", "other.prov"]).status(2);
    answer.says(&[
        "other.prov:1:6",
        "it is a link to nowhere.prov, which is not there",
    ]);
}

#[test]
fn a_file_that_changed_is_read_anew() {
    let here = three();
    let run = || {
        call(
            here.path(),
            &["run", "main.prov", "--public", "3,4", "--json"],
        )
    };
    assert_eq!(run().status(0).json()["public_outputs"], json!([25]));
    let area = here.path().join("lib/area.prov");
    std::fs::write(&area, AREA.replace("    ADD\n", "    SUB\n")).unwrap();
    assert_ne!(run().status(0).json()["public_outputs"], json!([25]));
    std::fs::write(&area, AREA.replace("    ADD\n", "    ADDD\n")).unwrap();
    let json = run().status(2).json();
    assert_eq!(json["file"], "lib/area.prov");
    std::fs::remove_file(&area).unwrap();
    run().status(2).says(&["main.prov:1:6"]);
}

#[cfg(unix)]
#[test]
fn control_characters_in_names_of_files_are_escaped() {
    // The text of a path has none, but the folder that all lies in may.
    let here = folder(&[
        (
            "a\u{1b}[2Jb/main.prov",
            ".use \"./lib\"\n.use \"./gone\"\nCALL lib.f\n",
        ),
        (
            "a\u{1b}[2Jb/lib.prov",
            ".routine f ( -- )\n    PUSH 0\n    ASSERT\n    RET\n",
        ),
        ("a\u{1b}[2Jb/trap.prov", ".use \"./lib\"\n.inline lib.f\n"),
        ("a\u{1b}[2Jb/bad.prov", ".use \"./wrong\"\n.test \"x\"\n"),
        (
            "a\u{1b}[2Jb/wrong.prov",
            ".routine f ( -- )\n    PSH 0\n    RET\n",
        ),
        ("escape.prov", ".use \"./a\\x1b[2Jb/lib\" as lib\n"),
    ]);
    let at = |name: &str| format!("a\u{1b}[2Jb/{name}.prov");
    for (command, file, status) in [
        ("run", at("main"), 2),
        ("run", at("trap"), 1),
        ("run", at("bad"), 2),
        ("run", "escape.prov".to_owned(), 2),
        ("check", at("main"), 1),
        ("check", at("bad"), 1),
        ("test", at("bad"), 2),
        ("link", at("trap"), 0),
    ] {
        let answer = call(here.path(), &[command, &file]).status(status);
        let text = answer.stdout + &answer.stderr;
        assert!(!text.contains('\u{1b}'), "{command} {file:?}: {text:?}");
    }
}
