//! The command line's own manners: help, version, bad usage, colour, completions.

use provable_tests::{example, provable};

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
        "prove",
        "verify",
        "audit",
        "check",
        "fmt",
        "setup",
        "keys",
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
