//! Files that shells and other users put in a command's way: none is written over, and none is waited for.

#![cfg(target_os = "linux")]

use super::support::{names, proved};
use provable_tests::{SMALLEST, binary};
use std::path::Path;
use std::process::{Command, Output};

const PROGRAM: &str = "READ\nSECRET\nADD\nWRITE\nHALT\n";

/// Runs a script in a folder, with the command as `p` and the key store that has a key as `$K`. Whatever waits is
/// ended.
fn shell(here: &Path, script: &str) -> Output {
    let script = format!("p() {{ timeout 60 \"$0\" \"$@\"; }}; {script}");
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).arg(binary());
    shell
        .env("K", proved().path("keys"))
        .env_remove("PROVABLE_HOME")
        .current_dir(here);
    shell.output().unwrap()
}

/// Runs a script that must be refused so.
fn refused(here: &Path, script: &str, told: &str) {
    let output = shell(here, script);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{script}: {said}");
    assert!(said.contains(told), "{script}: {said}");
}

fn place() -> tempfile::TempDir {
    let here = tempfile::tempdir().unwrap();
    std::fs::write(here.path().join("p.prov"), PROGRAM).unwrap();
    std::fs::write(here.path().join("seven"), "7\n").unwrap();
    let inputs = r#"{"public": [35], "secret": [7]}"#;
    std::fs::write(here.path().join("in.txt"), inputs).unwrap();
    std::fs::write(here.path().join("one.txt"), "PUSH 1\nWRITE\nHALT\n").unwrap();
    here
}

#[test]
fn the_file_behind_standard_input_is_never_written_over() {
    let here = place();
    let read = || ["seven", "in.txt", "one.txt"].map(|name| std::fs::read(here.path().join(name)));
    let before = read().map(Result::unwrap);
    for script in [
        "p prove - -o one.txt --keys $K < one.txt",
        "p run - --trace one.txt < one.txt",
        "p run p.prov --inputs - --trace in.txt < in.txt",
        "p run p.prov --public 1 --secret - --trace seven < seven",
        "p prove p.prov --secret 1 --public - -o seven --keys $K < seven",
        "p prove one.txt -o - --keys $K >> one.txt",
    ] {
        refused(here.path(), script, "would be written over");
        assert_eq!(read().map(Result::unwrap), before, "{script}");
    }
}

#[test]
fn a_file_that_is_open_under_a_number_is_written_to_and_not_replaced() {
    let here = place();
    let run = "p run p.prov --inputs in.txt --trace";
    for (to, how) in [
        ("/dev/fd/3", "3>> kept"),
        ("/proc/self/fd/3", "3>> kept"),
        ("/dev/stderr", "2>> kept"),
        ("kept", "2>> kept"),
    ] {
        std::fs::write(here.path().join("kept"), "before\n").unwrap();
        let output = shell(here.path(), &format!("{run} {to} {how}"));
        assert!(output.status.success(), "{to}: {output:?}");
        let text = std::fs::read_to_string(here.path().join("kept")).unwrap();
        let is_whole = text.starts_with("before\n") && text.contains("\"states\"");
        assert!(is_whole, "{to}: {text}");
    }
    shell(here.path(), "ln -s /dev/fd/3 link");
    std::fs::write(here.path().join("kept"), "before\n").unwrap();
    shell(here.path(), &format!("{run} link 3>> kept"));
    let text = std::fs::read_to_string(here.path().join("kept")).unwrap();
    assert!(text.starts_with("before\n"), "{text}");
}

#[test]
fn a_text_in_no_regular_file_is_not_formatted_in_place() {
    let here = place();
    let text = "push 1\n  halt\n";
    let path = here.path().join("u.prov");
    std::fs::write(&path, text).unwrap();
    for (script, told) in [
        ("cat u.prov | p fmt /dev/stdin", "no regular file"),
        ("p fmt <(cat u.prov)", "no regular file"),
        ("mkfifo pipe; p fmt pipe", "no regular file"),
        ("p fmt /dev/fd/3 3<> u.prov", "no regular file"),
        ("p fmt u.prov >> u.prov", "standard output goes to"),
        ("p fmt - < u.prov >> u.prov", "standard output goes to"),
    ] {
        refused(here.path(), script, told);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{script}");
    }
}

#[test]
fn a_proof_is_not_written_to_the_log_file() {
    let here = place();
    refused(
        here.path(),
        "p prove one.txt --keys $K -vvoout2 --log out2",
        "over the log",
    );
    for log in ["one.proof.json", "one.inputs.json", "$K/118-0.pk", "X.VK"] {
        let script = format!("p run one.txt --log {log}");
        refused(here.path(), &script, "a file of this name is");
    }
}

#[test]
fn an_opening_is_only_replaced_by_one() {
    let here = place();
    let prove = "p prove one.txt --keys $K -o one.proof.json --opening one.op";
    assert!(shell(here.path(), prove).status.success());
    let opening = || std::fs::read(here.path().join("one.op")).unwrap();
    let before = opening();
    let told = "is the opening of a proof";
    refused(here.path(), "p run one.txt --trace one.op", told);
    refused(here.path(), "p prove one.txt --keys $K -o one.op", told);
    assert_eq!(opening(), before);
    assert!(shell(here.path(), prove).status.success());
    assert_ne!(opening(), before);
}

#[test]
fn a_proof_is_not_written_where_it_would_be_lost() {
    let here = place();
    let before = names(here.path());
    let closed = "p prove one.txt --keys $K -o - >&-";
    refused(here.path(), closed, "closed");
    let swept = "p prove one.txt --keys $K -o .provable-mine.partial";
    refused(here.path(), swept, "would be removed");
    assert_eq!(names(here.path()), before);
    let to_null = shell(here.path(), "p prove one.txt --keys $K -o - > /dev/null");
    assert!(to_null.status.success(), "{to_null:?}");
}

#[test]
fn a_key_is_not_exported_into_its_own_store() {
    let here = place();
    std::fs::create_dir(here.path().join("keys")).unwrap();
    let export =
        format!("cp $K/*.pk keys; : > keys/aa.vk; p keys export {SMALLEST} keys/aa.vk --keys keys");
    refused(here.path(), &export, "in the key store itself");
    assert_eq!(std::fs::read(here.path().join("keys/aa.vk")).unwrap(), b"");
}

#[test]
fn a_pipe_in_a_folder_or_a_key_store_stops_no_command() {
    let here = place();
    let script = "mkfifo .provable-x.partial && p run one.txt --trace t.json";
    assert!(shell(here.path(), script).status.success());
    let script = "mkdir keys && mkfifo keys/x.vk && p keys list --keys keys";
    assert!(shell(here.path(), script).status.success());
}

#[test]
fn another_file_in_place_of_a_proof_is_named() {
    let answer = proved().call(&["audit", "seed.prov", "seed.opening.json", "seed.proof.json"]);
    assert!(
        answer.stdout.contains("PROGRAM PROOF OPENING"),
        "{answer:?}"
    );
    let answer = proved().verify("mistaken.json", r#"{"public": [1]}"#);
    assert!(answer.stdout.contains("it looks like inputs"), "{answer:?}");
}

#[test]
fn a_key_that_cannot_be_written_is_refused_before_it_is_announced() {
    let here = place();
    let output = shell(here.path(), "p prove one.txt -o x --keys seven/keys");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(!said.contains("making the key"), "{said}");
    refused(here.path(), "p setup --steps 99999999999", "no tier has");
}

#[test]
fn a_control_character_of_eight_bits_is_not_shown_as_it_is() {
    let here = place();
    std::fs::write(here.path().join("c1.prov"), "PUSH \u{9b}31m\n").unwrap();
    let output = shell(here.path(), "p run c1.prov; p check c1.prov");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("31m") && !said.contains('\u{9b}'), "{said:?}");
}

#[test]
fn an_argument_beside_a_secret_list_is_not_repeated() {
    let here = place();
    for script in [
        "p run p.prov --public 1 --secret 1, 31337",
        "p run p.prov --public 1 --secret=1, 31337 --json",
        "p run p.prov --public 1 --secret 1, -31337",
        "p run p.prov --inputs '{\"secret\":[31337]}'",
        "p run p.prov --json --inputs ' {\"secret\":[31337]}'",
    ] {
        let output = shell(here.path(), script);
        assert_eq!(output.status.code(), Some(2), "{script}");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert!(!said.contains("31337"), "{script}: {said}");
        assert!(
            said.contains("quotes") || said.contains("--inputs takes"),
            "{said}"
        );
    }
}
