//! No word of a secret tape is in any log, in whatever spelling.

use super::{call, desk, events, name};
use provable_tests::lsp::{Client, capabilities, uri};
use serde_json::json;
use std::collections::BTreeSet;

/// Words that occur nowhere by chance.
const WORDS: [u32; 3] = [3_735_928_559, 2_343_432_205, 1_592_594_996];

/// Reads them, keeps one on the stack and one in the heap at another, and writes something that does not give them away.
pub const PROGRAM: &str =
    "SECRET\nSECRET\nADD\nSTORE 7\nLOAD 7\nSECRET\nDUP\nXOR\nWRITE\nPOP\nHALT\n";

/// Traps for a reason that has a secret word in its message.
pub const TRAP: &str = "SECRET\nLOAD\nHALT\n";

pub fn inputs() -> String {
    json!({ "public": [], "secret": WORDS }).to_string()
}

/// Spellings of the words, and of what the program makes of them.
fn spellings() -> Vec<Vec<u8>> {
    let sum = WORDS[0].wrapping_add(WORDS[1]);
    let mut all = Vec::new();
    for word in WORDS.into_iter().chain([sum]) {
        let (little, big) = (word.to_le_bytes(), word.to_be_bytes());
        all.extend([
            word.to_string(),
            (word as i32).to_string(),
            format!("{word:x}"),
            format!("{word:X}"),
            format!("{word:o}"),
            format!("{word:b}"),
        ]);
        for bytes in [little, big] {
            let pairs = |form: fn(&u8) -> String, between: &str| {
                bytes.iter().map(form).collect::<Vec<_>>().join(between)
            };
            all.extend(
                ["", " ", ", ", ":"].map(|between| pairs(|byte| format!("{byte:02x}"), between)),
            );
            all.extend([",", ", ", " "].map(|between| pairs(u8::to_string, between)));
        }
    }
    let texts = all.into_iter().map(String::into_bytes);
    let raw = WORDS
        .iter()
        .flat_map(|word| [word.to_le_bytes(), word.to_be_bytes()]);
    texts.chain(raw.map(Vec::from)).collect()
}

/// The secret word that a log has in it, in the log's spelling.
fn found(log: &[u8]) -> Option<String> {
    let holds = |word: &&Vec<u8>| log.windows(word.len()).any(|part| part == **word);
    let spellings = spellings();
    let word = spellings.iter().find(holds);
    word.map(|word| String::from_utf8_lossy(word).into_owned())
}

#[track_caller]
fn is_clean(log: &str) {
    assert_eq!(found(log.as_bytes()), None);
}

#[test]
fn a_word_is_found_in_every_spelling() {
    for spelling in spellings() {
        let log = [b"{\"fields\":{\"top\":\"", &spelling[..], b"\"}}\n"].concat();
        assert!(found(&log).is_some(), "{spelling:?}");
    }
    assert_eq!(found(b"{\"fields\":{\"steps\":11}}"), None);
}

#[test]
fn the_log_of_every_command_has_no_secret_word() {
    let log = desk().join("commands.jsonl");
    let logged = |arguments: &[&str], status: i32| {
        let log = log.to_str().unwrap();
        let how = [
            "-vvv",
            "--log-format",
            "json",
            "--log",
            log,
            "--keys",
            "keys-secret",
        ];
        // `run` and `check` have no key store.
        let keyed = ["prove", "verify", "audit", "setup", "keys"].contains(&arguments[0]);
        let how = if keyed { &how[..] } else { &how[..5] };
        call(&[arguments, how].concat()).status(status)
    };
    logged(&["check", "secret.prov"], 0);
    logged(&["run", "secret.prov", "--trace", "secret.trace"], 0);
    logged(&["run", "secret.prov"], 0);
    logged(&["run", "trap.prov"], 1);
    let secret = WORDS.map(|word| word.to_string()).join(",");
    logged(&["run", "secret.prov", "--secret", &secret], 0);
    logged(&["prove", "trap.prov"], 1);
    let opening = ["--opening", "secret.opening"];
    logged(&[&["prove", "secret.prov"][..], &opening].concat(), 0);
    logged(&["verify", "secret.prov", "secret.proof.json"], 0);
    logged(
        &[
            "verify",
            "secret.prov",
            "secret.proof.json",
            "secret.proof.json",
        ],
        0,
    );
    logged(
        &[
            "audit",
            "secret.prov",
            "secret.proof.json",
            "secret.opening",
        ],
        0,
    );
    let log = std::fs::read_to_string(log).unwrap();
    let names: BTreeSet<String> = events(&log).iter().map(name).collect();
    for part in [
        "run: run",
        "run: trapped",
        "proof: prove",
        "proof: sum",
        "keys: made",
    ] {
        assert!(names.contains(part), "{part}: {names:?}");
    }
    is_clean(&log);
}

#[test]
fn the_log_of_a_server_and_its_worker_and_what_their_client_is_told_have_no_secret_word() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let keys = desk().join("keys-server");
    let mut command = Client::command(&keys);
    // Everything, of the framework too.
    command.env("PROVABLE_LOG", "trace").arg("--log").arg(&log);
    command.args(["--log-format", "json"]);
    let mut client = Client::of(&mut command);
    let start = json!({ "processId": null, "rootUri": null, "capabilities": capabilities(), "trace": "verbose" });
    client.request("initialize", start);
    client.notify("initialized", json!({}));
    for (name, program) in [("secret", PROGRAM), ("trap", TRAP)] {
        let path = folder.path().join(format!("{name}.prov"));
        std::fs::write(&path, program).unwrap();
        let beside = path.with_extension("inputs.json");
        std::fs::write(&beside, inputs()).unwrap();
        client.open(&uri(&path), program);
        // An editor that has the inputs open sends them.
        client.open(&uri(&beside), &inputs());
        client.replace(&uri(&beside), 2, &format!("{}\n", inputs()));
        for command in ["provable.run", "provable.prove", "provable.verify"] {
            // There is no proof of a run that traps.
            if let Ok(job) = client.execute(command, &uri(&path)) {
                client.progress(&format!("provable/{}", job["job"]));
            }
        }
        assert!(client.lenses(&uri(&path)).len() >= 3);
    }
    // What was said before this has come then.
    client.wait("$/logTrace", |params| {
        let message = params["message"].as_str().unwrap_or_default();
        message.starts_with("textDocument/codeLens")
    });
    let told = [client.told("window/logMessage"), client.told("$/logTrace")].concat();
    assert_eq!(client.shut_down(), 0);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    let told = told.join("\n");
    assert!(
        told.contains("textDocument/didChange") && told.contains("provable::jobs"),
        "{told}"
    );
    is_clean(&told);
    let log = std::fs::read_to_string(log).unwrap();
    let names: BTreeSet<String> = events(&log).iter().map(name).collect();
    for part in [
        "run: trapped",
        "proof: prove",
        "worker: sent",
        "worker: asked",
        "lsp: request",
    ] {
        assert!(names.contains(part), "{part}: {names:?}");
    }
    is_clean(&log);
}
