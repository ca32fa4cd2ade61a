//! The command line's own manners: help, version, bad usage, colour, completions.

use provable_tests::{SMALLEST, example, provable};

#[test]
fn the_version_and_help_are_answers() {
    let answer = provable(["--version"]).call().status(0);
    assert_eq!(
        answer.stdout,
        format!("provable {}\n", env!("CARGO_PKG_VERSION"))
    );
    let help = provable(["--help"]).call().status(0).stdout;
    for command in [
        "run",
        "profile",
        "prove",
        "verify",
        "audit",
        "check",
        "fmt",
        "new",
        "test",
        "link",
        "setup",
        "keys",
        "export",
        "bench",
        "lsp",
        "dap",
        "completions",
    ] {
        assert!(
            help.contains(&format!("\n  {command} ")),
            "{command} is not in:\n{help}"
        );
    }
}

#[test]
fn bad_usage_has_status_2_and_is_json_when_asked() {
    provable(["fly"]).call().status(2).says(&["fly", "Usage"]);
    provable(["run"]).call().status(2).says(&["<FILE>"]);
    let both = ["run", "p.prov", "--inputs", "i.json", "--public", "1"];
    provable(both)
        .call()
        .status(2)
        .says(&["--inputs", "--public"]);
    let json = provable(["run", "--json", "--fly"]).call().status(2).json();
    assert_eq!(json["status"], "error");
    assert!(
        json["message"].as_str().unwrap().contains("--fly"),
        "{json}"
    );
    let json = provable(["run", "--json", "nowhere.prov"])
        .call()
        .status(2)
        .json();
    assert_eq!(json["status"], "error");
    assert_eq!(json["file"], "nowhere.prov");
}

#[test]
fn colour_is_for_those_who_want_it() {
    let wrong = || provable(["run", "nowhere.prov"]);
    let colour = |call: provable_tests::Command| call.call().status(2).stderr.contains('\u{1b}');
    assert!(!colour(wrong()), "none in a pipe");
    assert!(
        colour(wrong().env("CLICOLOR_FORCE", "1")),
        "unless it is asked for"
    );
    assert!(!colour(wrong().env("NO_COLOR", "1")), "none with NO_COLOR");
}

#[test]
fn there_are_completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = provable(["completions", shell]).call().status(0).stdout;
        assert!(
            script.contains("provable") && script.contains("check"),
            "{shell}"
        );
    }
    let bash = provable(["completions", "bash"]).call().status(0).stdout;
    assert!(bash.contains("--version") && !bash.contains("worker"));
}

#[test]
fn a_program_may_come_from_standard_input() {
    let text = std::fs::read(example("seed.prov")).unwrap();
    let json = provable(["run", "-", "--json"])
        .stdin(text)
        .call()
        .status(0)
        .json();
    assert_eq!(json["stack"], serde_json::json!([35]));
}

#[test]
fn a_missing_argument_is_named_in_json_too() {
    for (arguments, told) in [
        (&["run", "--json"][..], "<FILE>"),
        (&["audit", "p.prov", "--json"], "<PROOF>"),
        (&["keys", "export", SMALLEST, "--json"], "<PATH>"),
    ] {
        let json = provable(arguments).call().status(2).json();
        let message = json["message"].as_str().unwrap();
        assert!(
            message.contains(told) && !message.contains("Usage"),
            "{message}"
        );
    }
}

#[cfg(unix)]
#[test]
fn control_characters_in_a_file_name_are_escaped() {
    let here = tempfile::tempdir().unwrap();
    let name = "a\u{1b}[2J\nb\u{202e}.prov";
    let write = |ending: &str, text: &str| {
        let name = name.replace(".prov", ending);
        std::fs::write(here.path().join(&name), text).unwrap();
        name
    };
    let wrong = write(".wrong.prov", "PUHS\n");
    let json = write(".json.prov", "{}");
    let bytes = write(".bytes.prov", "");
    std::fs::write(here.path().join(&bytes), [0xff]).unwrap();
    let ugly = write(".ugly.prov", "halt\n");
    let short = write(".short.prov", "READ\n");
    let many = write(".many.prov", &"PUHS\n".repeat(30));
    let program = write(".prov", "HALT\n");
    write(".inputs.json", "no inputs");
    let missing = name.replace(".prov", ".missing.prov");
    let good = here.path().join("good.prov");
    std::fs::write(&good, "HALT\n").unwrap();
    let calls = [
        vec!["run", &wrong],
        vec!["run", &json],
        vec!["run", &bytes],
        vec!["run", &missing],
        vec!["run", &short],
        vec!["run", &program],
        vec!["profile", &wrong],
        vec!["profile", &short],
        vec!["profile", "good.prov", "--svg", &program],
        vec!["profile", "good.prov", "--compare", &missing],
        vec!["profile", "good.prov", "--compare", &program],
        vec!["new", name],
        vec!["new", "--lib", &program],
        vec!["check", &many],
        vec!["check", &wrong],
        vec!["fmt", "--check", &ugly],
        vec!["fmt", "--check", &wrong],
        vec!["prove", &short],
        vec!["prove", "good.prov", "-o", &program],
        vec!["prove", "good.prov", "--opening", &missing, "-o", &missing],
        vec!["run", "good.prov", "--trace", &program],
        vec!["verify", "good.prov", &missing],
        vec!["verify", "good.prov", &program],
        vec!["verify", "good.prov", &program, &missing],
        vec!["verify", "good.prov", &program, "--key", &program],
        vec!["keys", "import", &program],
        vec!["keys", "list", "--keys", &program],
        vec!["keys", "list", "--keys", name],
        vec!["keys", "export", name, "x.vk"],
        vec!["setup", "--tier", name],
        vec!["setup", "--keys", &program],
    ];
    for call in calls {
        let call = [&call[..], &["--keys", "none"]].concat();
        let call = if call.iter().filter(|one| **one == "--keys").count() > 1 {
            &call[..call.len() - 2]
        } else {
            &call[..]
        };
        let answer = provable(call).in_folder(here.path()).call();
        let text = answer.stdout + &answer.stderr;
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{call:?}: {text:?}");
        assert!(!text.contains("[2J\n"), "{call:?}: {text:?}");
    }
    let named = write(".named.prov", "PUSH 1\nPOP\n");
    for more in [&[][..], &["--svg", "-"], &["--folded", "-"]] {
        let call = [&["profile", &named][..], more].concat();
        let answer = provable(&call).in_folder(here.path()).call().status(0);
        let text = answer.stdout + &answer.stderr;
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{call:?}: {text:?}");
    }
    // For machines it is the name itself.
    let json = provable(["run", &missing, "--json"])
        .in_folder(here.path())
        .call();
    assert_eq!(json.status(2).json()["file"], missing);
}
