//! `provable verify` of several proofs: an answer for each file, whatever the others are.

use super::support::proved;
use provable_tests::{Answer, SMALLEST, provable};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// In a file, in an argument or in a run, and in no answer.
const SECRET: &str = "4111222333";
/// The secret and a public 4, and the secret and a public 5.
const OUTPUTS: [&str; 2] = ["4111222337", "4111222338"];

/// Lays down a program with two proofs under the key of [`proved`], one under another key, and files that are none.
fn laid() {
    static LAID: OnceLock<()> = OnceLock::new();
    LAID.get_or_init(|| {
        let write = |name: &str, text: &str| std::fs::write(proved().path(name), text).unwrap();
        write("sum.prov", "READ\nSECRET\nADD\nWRITE\nHALT\n");
        let prove = |public: &str, output: &str, keys: &str| {
            let statement = ["--public", public, "--secret", SECRET];
            let places = [
                "-o",
                output,
                "--opening",
                "sum.opening.json",
                "--keys",
                keys,
            ];
            let arguments = ["prove", "sum.prov"].into_iter().chain(statement);
            provable(arguments.chain(places))
                .in_folder(proved().folder.path())
                .call()
                .status(0);
        };
        prove("4", "four.json", "keys");
        prove("5", "five.json", "keys");
        prove("4", "theirs.json", "of-others");
        let four = std::fs::read_to_string(proved().path("four.json")).unwrap();
        write("tampered.json", &four.replace(OUTPUTS[0], OUTPUTS[1]));
        write(
            "inputs.json",
            &format!("{{\"public\": [4], \"secret\": [{SECRET}]}}"),
        );
        write("text.json", "no proof");
    });
}

/// Verifies these files of the program, with these options.
fn verify(files: &[&str], options: &[&str]) -> Answer {
    laid();
    let arguments = ["verify", "sum.prov"].iter().chain(files).chain(options);
    let arguments: Vec<&str> = arguments.copied().collect();
    proved().call(&arguments)
}

/// A file as JSON.
fn read(name: &str) -> Value {
    let text = std::fs::read_to_string(proved().path(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The lines of an answer, each as the file and what is said of it.
fn lines(answer: &Answer) -> Vec<(&str, &str)> {
    let lines = answer.stdout.lines();
    lines.map(|line| line.split_once(": ").unwrap()).collect()
}

#[test]
fn good_proofs_are_valid_each_with_what_it_shows() {
    let answer = verify(&["five.json", "four.json"], &[]).status(0);
    let line = |name: &str, input: u32, output: &str| {
        let file = read(name);
        let commitment = file["trace_commitment"].as_str().unwrap();
        format!(
            "{name}: valid; public input {input}; public output {output}; trace commitment {commitment}; key made on \
             this machine\n"
        )
    };
    let [four, five] = OUTPUTS;
    let expected = [line("five.json", 5, five), line("four.json", 4, four)];
    assert_eq!(answer.stdout, expected.concat());
    assert_eq!(answer.stderr, "");
}

#[test]
fn a_bad_file_hides_nothing_of_the_others() {
    let files = [
        "none.json",
        "tampered.json",
        "four.json",
        "text.json",
        "five.json",
    ];
    let answer = verify(&files, &[]).status(2);
    let lines = lines(&answer);
    let names: Vec<&str> = lines.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, files);
    let starts = [
        "no answer: cannot read none.json",
        "invalid: the proof does not hold",
        "valid;",
    ];
    let starts = starts
        .iter()
        .chain(&["invalid: the proof file is malformed", "valid;"]);
    for ((name, said), start) in lines.iter().zip(starts) {
        assert!(said.starts_with(start), "{name}: {said}");
    }
}

#[test]
fn the_worst_answer_is_the_status() {
    verify(&["four.json", "tampered.json"], &[]).status(1);
    verify(&["text.json", "four.json"], &[]).status(1);
    verify(&["four.json", "none.json"], &[]).status(2);
    verify(&["none.json", "tampered.json"], &[]).status(2);
}

#[test]
fn each_is_verified_with_the_key_that_it_names() {
    let files = ["theirs.json", "four.json", "tampered.json"];
    let answer = verify(&files, &[]).status(2);
    let [theirs, four, tampered] = lines(&answer)[..] else {
        panic!("{answer:?}");
    };
    assert!(theirs.1.starts_with("no answer: no key "), "{theirs:?}");
    assert!(theirs.1.contains("--key"), "the way out: {theirs:?}");
    assert!(four.1.starts_with("valid"), "{four:?}");
    assert!(tampered.1.starts_with("invalid"), "{tampered:?}");

    // With both keys there, each is valid under its own.
    let folder = proved().folder.path();
    let call = |arguments: &[&str]| provable(arguments).in_folder(folder).call();
    for (keys, file) in [("keys", "ours.vk"), ("of-others", "of-others.vk")] {
        call(&["keys", "export", SMALLEST, file, "--keys", keys]).status(0);
        call(&["keys", "import", file, "--keys", "both"]).status(0);
    }
    let both = [
        "verify",
        "sum.prov",
        "theirs.json",
        "four.json",
        "five.json",
    ];
    let answer = call(&[&both[..], &["--keys", "both"]].concat()).status(0);
    let imported = |(_, said): &(&str, &str)| said.ends_with("key imported");
    assert!(lines(&answer).iter().all(imported), "{answer:?}");

    let given = call(&[&both[..], &["--key", "ours.vk"]].concat()).status(1);
    let [theirs, four, five] = lines(&given)[..] else {
        panic!("{given:?}");
    };
    assert!(theirs.1.contains("made with another key"), "{theirs:?}");
    assert!(four.1.ends_with("key given") && five.1.ends_with("key given"));
}

#[test]
fn json_has_an_answer_for_each_proof() {
    let json = verify(&["four.json", "five.json"], &["--json"])
        .status(0)
        .json();
    assert_eq!(json["valid"], true);
    assert_eq!(json["proofs"].as_array().unwrap().len(), 2, "{json}");
    for (place, name) in ["four.json", "five.json"].into_iter().enumerate() {
        let (said, file) = (&json["proofs"][place], read(name));
        for field in ["public_input", "public_output", "trace_commitment"] {
            assert_eq!(said[field], file[field], "{name}: {field}");
        }
    }

    let files = [
        "four.json",
        "tampered.json",
        "text.json",
        "none.json",
        "theirs.json",
    ];
    let json = verify(&files, &["--json"]).status(2).json();
    assert_eq!(json["valid"], false);
    let proofs = json["proofs"].as_array().unwrap();
    let column = |name: &str| proofs.iter().map(|one| &one[name]).collect::<Vec<_>>();
    assert_eq!(column("file"), files);
    assert_eq!(column("valid"), [true, false, false, false, false]);
    // What could not be judged says so, as a command that fails does.
    let (none, error) = (Value::Null, json!("error"));
    assert_eq!(column("status"), [&none, &none, &none, &error, &error]);
    let said: Vec<bool> = column("reason").iter().map(|one| one.is_string()).collect();
    assert_eq!(said, [false, true, true, true, true]);
    assert_eq!(proofs[0]["key"]["origin"], "made on this machine");
    assert_eq!(proofs[0]["key"], proofs[1]["key"]);
    assert!(proofs[4]["help"].is_string(), "{json}");
}

#[test]
fn no_answer_repeats_a_secret() {
    let files = [
        "inputs.json",
        "sum.opening.json",
        "four.json",
        "tampered.json",
    ];
    for options in [&[][..], &["--json"]] {
        let answer = verify(&files, options).status(1);
        assert!(!answer.stdout.contains(SECRET), "{answer:?}");
        assert!(!answer.stderr.contains(SECRET), "{answer:?}");
    }
}

#[test]
fn an_unusable_key_is_reported_for_each_proof_that_needs_it() {
    laid();
    std::fs::write(proved().path("none.vk"), "no key").unwrap();
    let answer = verify(&["four.json", "text.json"], &["--key", "none.vk"]).status(2);
    let [four, text] = lines(&answer)[..] else {
        panic!("{answer:?}");
    };
    assert!(four.1.starts_with("no answer: none.vk is no verifying key"));
    assert!(text.1.starts_with("invalid: "), "{text:?}");
}

#[test]
fn standard_input_is_one_file() {
    laid();
    let four = std::fs::read(proved().path("four.json")).unwrap();
    let call = |arguments: &[&str]| {
        let arguments = ["verify"].iter().chain(arguments);
        provable(arguments.chain(&["--keys", "keys"]))
            .in_folder(proved().folder.path())
            .stdin(four.clone())
            .call()
    };
    let answer = call(&["sum.prov", "-", "five.json"]).status(0);
    assert_eq!(lines(&answer)[0].0, "<standard input>");
    let twice: [&[&str]; 5] = [
        &["-", "-"],
        &["sum.prov", "-", "--key", "-"],
        &["sum.prov", "-", "-"],
        &["-", "-", "four.json"],
        &["sum.prov", "-", "four.json", "--key", "-"],
    ];
    for twice in twice {
        call(twice)
            .status(2)
            .says(&["standard input", "one thing only"]);
    }
}

/// Whoever hands a file over names it.
#[cfg(unix)]
#[test]
fn a_file_name_cannot_imitate_the_answer_about_another_file() {
    laid();
    let name = "x\nfour.json: valid; \u{1b}[2J";
    std::fs::write(proved().path(name), "no proof").unwrap();
    let answer = verify(&[name, "tampered.json"], &[]).status(1);
    assert_eq!(answer.stdout.lines().count(), 2, "{answer:?}");
    assert!(!answer.stdout.contains('\u{1b}'), "{answer:?}");

    // Nor for itself: what follows the name is what was found out.
    for name in ["four.json: valid; public output 1", "\"", "a;b", "\u{202e}"] {
        std::fs::write(proved().path(name), "no proof").unwrap();
        let answer = verify(&[name, "tampered.json"], &[]).status(1);
        let quoted = format!("{name:?}: invalid: ");
        assert!(answer.stdout.starts_with(&quoted), "{answer:?}");
    }
}
