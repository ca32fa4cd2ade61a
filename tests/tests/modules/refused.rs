//! What is refused: each error names the file, the place and, if there is one, the way out.

use super::{MUL, call, three};
use provable_tests::folder;
use serde_json::json;
use std::fmt::Write;
use std::fs::File;

/// A library with a routine `f`.
const LIBRARY: &str = ".routine f ( -- )\n    RET\n";

#[test]
fn an_error_in_a_library_is_shown_in_its_file() {
    let here = three();
    let path = here.path().join("lib/deep/mul.prov");
    std::fs::write(path, MUL.replace("    MUL\n", "    MULL\n")).unwrap();
    for command in ["run", "prove", "link", "test"] {
        let arguments = [command, "main.prov"];
        let answer = call(here.path(), &arguments).status(2);
        answer.says(&["error[E004]", "lib/deep/mul.prov:9:5", "`MUL`"]);
    }
    let json = call(here.path(), &["run", "main.prov", "--json"]);
    let json = json.status(2).json();
    assert_eq!(json["file"], "lib/deep/mul.prov");
    let finding = &json["diagnostics"][0];
    assert_eq!(
        (&finding["code"], &finding["line"]),
        (&json!("E004"), &json!(9))
    );
    // `check` is asked for the main file alone, and yet it cannot be linked.
    let json = call(here.path(), &["check", "main.prov", "--json"]);
    let json = json.status(1).json();
    assert_eq!(json["files"][0]["file"], "main.prov");
    let named: Vec<&str> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["file"].as_str().unwrap())
        .collect();
    assert!(named.contains(&"lib/deep/mul.prov"), "{named:?}");
    // A file that is named too is there once.
    let both = ["check", "lib/deep/mul.prov", "main.prov", "--json"];
    let json = call(here.path(), &both).status(1).json();
    let files = json["files"].as_array().unwrap();
    let mul = files
        .iter()
        .filter(|file| file["file"] == "lib/deep/mul.prov");
    assert_eq!(mul.count(), 1);
}

#[test]
fn a_path_without_a_file_is_refused_where_it_stands() {
    let here = folder(&[("lib.prov", LIBRARY), ("sub.prov/x.prov", LIBRARY)]);
    std::fs::write(here.path().join("bytes.prov"), b"HALT\n\xff\n").unwrap();
    let file = File::create(here.path().join("large.prov")).unwrap();
    file.set_len(65 << 20).unwrap();
    for (path, told) in [
        ("./libs", "did you mean `\"./lib\"`?"),
        ("./nowhere/lib", "there is no folder"),
        ("./sub", "./sub.prov is a folder"),
        (
            "./Lib",
            "what is there is called lib.prov, and letter case counts",
        ),
        (
            "./bytes",
            "bytes.prov is not UTF-8 text (byte 5 of the file)",
        ),
        ("./large", "large.prov is larger than 64 MiB"),
        ("./lib.prov/x", "cannot be read"),
        ("lib", "a path begins with"),
        ("/lib", "a path begins with"),
        ("std@1/maths", "did you mean `\"std@1/math\"`?"),
        ("std@9/math", "the newest is `std@1`"),
    ] {
        let text = format!("# A comment.\n.use \"{path}\" as x\nCALL x.f\nHALT\n");
        std::fs::write(here.path().join("main.prov"), text).unwrap();
        for command in ["run", "link"] {
            let answer = call(here.path(), &[command, "main.prov"]).status(2);
            answer.says(&["main.prov:2:6", told]);
        }
        let check = call(here.path(), &["check", "main.prov"]).status(1);
        check.says(&["main.prov:2:6", told]);
        let json = call(here.path(), &["run", "main.prov", "--json"]);
        let json = json.status(2).json();
        assert_eq!(json["diagnostics"][0]["line"], 2, "{json}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_not_waited_for() {
    use std::os::unix::net::UnixListener;
    let here = folder(&[("main.prov", ".use \"./socket\"\nHALT\n")]);
    let _socket = UnixListener::bind(here.path().join("socket.prov")).unwrap();
    let answer = call(here.path(), &["run", "main.prov"]).status(2);
    answer.says(&["main.prov:1:6", "./socket.prov is no regular file"]);
}

#[test]
fn a_program_is_no_library_and_two_files_do_not_share_a_name() {
    let here = folder(&[
        ("program.prov", "\nHALT\n"),
        ("a/lib.prov", LIBRARY),
        ("b/lib.prov", LIBRARY),
        ("uses.prov", ".use \"./program\"\nHALT\n"),
        ("both.prov", ".use \"./a/lib\"\n.use \"./b/lib\"\nHALT\n"),
        (
            "right.prov",
            ".use \"./a/lib\"\n.use \"./b/lib\" as other\nCALL lib.f\nCALL other.f\nHALT\n",
        ),
    ]);
    let uses = call(here.path(), &["run", "uses.prov"]).status(2);
    uses.says(&[
        "uses.prov:1:6",
        "is a program and no library",
        "from line 2 on",
    ]);
    let both = call(here.path(), &["run", "both.prov"]).status(2);
    both.says(&["both.prov:2:11", "`lib` is already defined"]);
    call(here.path(), &["run", "right.prov"]).status(0);
}

#[test]
fn files_may_use_each_other_in_a_circle_and_constants_may_not() {
    let constant = |other: &str| {
        format!(
            ".use \"./{other}\"\n.const N {other}.N + 1\n.routine f ( -- )\n    CALL {other}.f\n    RET\n"
        )
    };
    let (a, b) = (constant("b"), constant("a"));
    let a_fine = a.replace("b.N + 1", "7");
    let uses = |name: &str| format!(".use \"./{name}\"\nPUSH {name}.N\nWRITE\nHALT\n");
    let here = folder(&[
        ("a.prov", &a),
        ("b.prov", &b),
        ("main.prov", &uses("a")),
        (
            "pop.prov",
            ".use \"./a\"\nPUSH 1\nPUSH 2\nADD a.N\nWRITE\nHALT\n",
        ),
        (
            "data.prov",
            ".use \"./a\"\n.data D a.N\nLOAD D\nWRITE\nHALT\n",
        ),
        (
            "size.prov",
            ".use \"./a\"\n.var V a.N\nPUSH V\nWRITE\nHALT\n",
        ),
        ("fine/a.prov", &a_fine),
        ("fine/b.prov", &b),
        ("fine/main.prov", &uses("b")),
    ]);
    for main in ["main.prov", "pop.prov", "data.prov", "size.prov"] {
        for command in ["run", "link"] {
            let answer = call(here.path(), &[command, main]).status(2);
            answer.says(&["error[E019]", ".prov:2:10", "defined through itself"]);
        }
    }
    for file in ["a.prov", "b.prov"] {
        let check = call(here.path(), &["check", file]).status(1);
        check.says(&[&format!("{file}:2:10"), "defined through itself"]);
    }
    let fine = call(&here.path().join("fine"), &["run", "main.prov", "--json"]);
    assert_eq!(fine.status(0).json()["public_outputs"], json!([8]));
}

#[test]
fn too_many_files_are_refused_at_the_first_that_is_one_too_many() {
    let names: Vec<String> = (0..1100).map(|at| format!("lib/f{at}.prov")).collect();
    let mut main = String::new();
    for at in 0..1100 {
        writeln!(main, ".use \"./lib/f{at}\"").unwrap();
    }
    main += "HALT\n";
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), LIBRARY)).collect();
    files.push(("main.prov", &main));
    let here = folder(&files);
    let answer = call(here.path(), &["run", "main.prov"]).status(2);
    // The main file is one of them.
    answer.says(&["main.prov:1000:6", "a program has at most 1000 files"]);
}

#[test]
fn copies_without_end_are_refused() {
    let mut deep = String::from(".inline f0\nHALT\n");
    for at in 0..60 {
        let next = at + 1;
        write!(
            deep,
            ".routine f{at} ( -- )\n    .inline f{next}\n    .inline f{next}\n    RET\n"
        )
        .unwrap();
    }
    // Many copies, and not one instruction.
    let nothing = format!("{deep}.routine f60 ( -- )\n    RET\n");
    let itself = format!("{deep}.routine f60 ( -- )\n    .inline f0\n    RET\n");
    let here = folder(&[
        ("nothing.prov", &nothing),
        ("itself.prov", &itself),
        (
            "lib.prov",
            ".routine g ( -- )\n    .inline h\n    RET\n.routine h ( -- )\n    .inline g\n    RET\n",
        ),
        ("main.prov", ".use \"./lib\"\nCALL lib.g\nHALT\n"),
        (
            "arguments.prov",
            ".inline f 0\nHALT\n.routine f ( -- ) N\n    .inline f N + 1\n    RET\n",
        ),
        (
            "called.prov",
            "CALL f 0\nHALT\n.routine f ( -- ) N\n    CALL f N + 1\n    RET\n",
        ),
    ]);
    for (file, told) in [
        ("nothing.prov", &["error[E022]", "copies of routines"][..]),
        ("itself.prov", &["error[E025]", "copied into itself"]),
        (
            "main.prov",
            &["error[E025]", "lib.prov:2:5", "copied into itself"],
        ),
        ("arguments.prov", &["error[E025]", "arguments.prov:4:5"]),
        ("called.prov", &["called.prov:4:"]),
    ] {
        for command in ["run", "link"] {
            let answer = call(here.path(), &[command, file]).status(2);
            assert!(answer.stderr.len() < 5000, "{}", answer.stderr.len());
            answer.says(told);
        }
        call(here.path(), &["check", file]).status(1).says(told);
    }
}
