//! A proof as whoever received it has it: the program, the proof file and the prover's key, and no inputs.

use crate::fixture::Fixture;
use provable_tests::provable;
use provable_tests::{
    SMALLEST,
    lsp::{Client, capabilities},
};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::OnceLock;

const PROGRAM: &str = "READ\nSECRET\nADD\nWRITE\nHALT\n";

/// What the prover hands over: the proof file's text and the verifying key's file.
fn handed_over() -> &'static (String, Vec<u8>) {
    static MADE: OnceLock<(String, Vec<u8>)> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("sum.prov"), PROGRAM).unwrap();
        let inputs = r#"{ "public": [5], "secret": [7] }"#;
        std::fs::write(path("sum.inputs.json"), inputs).unwrap();
        let call = |arguments: &[&str]| {
            let arguments = arguments.iter().chain(&["--keys", "keys"]);
            provable(arguments)
                .in_folder(folder.path())
                .call()
                .status(0)
        };
        call(&["prove", "sum.prov"]);
        call(&["keys", "export", SMALLEST, "key.vk"]);
        let proof = std::fs::read_to_string(path("sum.proof.json")).unwrap();
        (proof, std::fs::read(path("key.vk")).unwrap())
    })
}

fn import(keys: &Path) {
    let file = keys.join("received-key");
    std::fs::create_dir_all(keys).unwrap();
    std::fs::write(&file, &handed_over().1).unwrap();
    provable(["keys", "import"])
        .arg(&file)
        .arg("--keys")
        .arg(keys)
        .call()
        .status(0);
    std::fs::remove_file(file).unwrap();
}

/// A fixture with a proof beside the program. Its keys are in the folder `keys`, which is empty.
fn fixture(proof: &str) -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    std::fs::create_dir(&keys).unwrap();
    let path = folder.path().join("sum.prov");
    std::fs::write(&path, PROGRAM).unwrap();
    std::fs::write(folder.path().join("sum.proof.json"), proof).unwrap();
    let mut client = Client::start(&keys, &capabilities(), &[folder.path()]);
    let uri = provable_tests::lsp::uri(&path);
    client.open(&uri, PROGRAM);
    Fixture {
        folder,
        client,
        uri,
    }
}

#[test]
fn a_received_proof_is_verified_without_inputs_and_shows_its_statement_and_key() {
    let mut fixture = fixture(&handed_over().0);
    import(&fixture.path("keys"));
    fixture.complete("provable.verify");
    let status = fixture.client.status(&fixture.uri);
    let proof = &status["proof"];
    assert_eq!(proof["state"], "fresh", "{status:#}");
    assert_eq!(proof["verified"], true, "{status:#}");
    assert_eq!(proof["public_input"], json!([5]));
    assert_eq!(proof["public_output"], json!([12]));
    assert_eq!(proof["key"]["origin"], "imported");
    assert_eq!(proof["inputs"], "none");
    let shown = fixture.lenses();
    for text in [
        "verified: public input 5, public output 12",
        "commitment",
        "key imported",
        "no inputs are here to compare it with",
    ] {
        assert!(shown.contains(text), "no {text:?} in {shown}");
    }
    assert!(!shown.contains("stale"), "{shown}");
    let told = fixture.client.wait("window/showMessage", |_| true);
    let told = told["message"].as_str().unwrap();
    for text in ["public input 5", "public output 12", "imported"] {
        assert!(told.contains(text), "no {text:?} in {told}");
    }

    // Inputs that are there are compared: with the public one, which is all that the proof says.
    let inputs = fixture.path("sum.inputs.json");
    std::fs::write(&inputs, r#"{ "public": [5] }"#).unwrap();
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["inputs"], "same", "{status:#}");
    assert_eq!(status["proof"]["verified"], true, "{status:#}");
    std::fs::write(&inputs, r#"{ "public": [6] }"#).unwrap();
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["inputs"], "different", "{status:#}");
    assert_eq!(status["proof"]["verified"], false, "{status:#}");
    assert_eq!(status["proof"]["state"], "stale", "{status:#}");
}

#[test]
fn a_proof_is_verified_beside_an_invalid_inputs_file() {
    let mut fixture = fixture(&handed_over().0);
    import(&fixture.path("keys"));
    std::fs::write(fixture.path("sum.inputs.json"), "{").unwrap();
    fixture.complete("provable.verify");
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["verified"], true, "{status:#}");
    assert_eq!(status["proof"]["inputs"], "unreadable", "{status:#}");
    let shown = fixture.lenses();
    assert!(shown.contains("the inputs here cannot be read"), "{shown}");
}

#[test]
fn a_received_proof_is_never_called_verified_of_another_program_or_another_statement() {
    let mut fixture = fixture(&handed_over().0);
    import(&fixture.path("keys"));
    fixture.complete("provable.verify");
    fixture
        .client
        .replace(&fixture.uri, 2, &PROGRAM.replace("ADD", "MUL"));
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["verified"], false, "{status:#}");
    fixture.complete("provable.verify");
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["state"], "failed", "{status:#}");
    assert!(fixture.lenses().contains("NOT valid"));

    fixture.client.replace(&fixture.uri, 3, PROGRAM);
    for field in ["public_input", "public_output"] {
        let mut proof: Value = serde_json::from_str(&handed_over().0).unwrap();
        proof[field] = json!([13]);
        std::fs::write(fixture.path("sum.proof.json"), proof.to_string()).unwrap();
        fixture.complete("provable.verify");
        let status = fixture.client.status(&fixture.uri);
        assert_eq!(status["proof"]["verified"], false, "{field}: {status:#}");
        assert_eq!(status["proof"]["state"], "failed", "{field}: {status:#}");
        // Not even the status of what was verified before stands once the file is another.
        std::fs::write(fixture.path("sum.proof.json"), &handed_over().0).unwrap();
        fixture.complete("provable.verify");
        assert_eq!(
            fixture.client.status(&fixture.uri)["proof"]["verified"],
            true
        );
        std::fs::write(fixture.path("sum.proof.json"), proof.to_string()).unwrap();
        let status = fixture.client.status(&fixture.uri);
        assert_eq!(status["proof"]["verified"], false, "{field}: {status:#}");
    }
}

#[test]
fn a_missing_key_is_reported_until_it_is_imported() {
    let mut fixture = fixture(&handed_over().0);
    fixture.complete("provable.verify");
    let shown = fixture.lenses();
    assert!(shown.contains("failed: sum.prov: no key"), "{shown}");
    import(&fixture.path("keys"));
    let shown = fixture.lenses();
    assert!(!shown.contains("failed"), "{shown}");
    assert!(shown.contains("not verified yet"), "{shown}");
    fixture.complete("provable.verify");
    assert_eq!(
        fixture.client.status(&fixture.uri)["proof"]["verified"],
        true
    );
}

#[test]
fn a_proof_file_without_a_proof_is_reported() {
    let proof = &handed_over().0;
    let conflict = format!("<<<<<<< ours\n{proof}=======\n{proof}>>>>>>> theirs\n");
    for text in [conflict.as_str(), "", "{}", "[1, 2]"] {
        let mut fixture = fixture(text);
        let error = fixture
            .client
            .execute("provable.verify", &fixture.uri)
            .unwrap_err();
        let message = error["message"].as_str().unwrap();
        assert!(
            message.contains("sum.proof.json is no proof: "),
            "{message}"
        );
        let status = fixture.client.status(&fixture.uri);
        assert_eq!(status["proof"]["state"], "failed", "{text:?}: {status:#}");
        let shown = fixture.lenses();
        assert!(
            shown.contains("the file beside the program is no proof: "),
            "{shown}"
        );
        assert!(
            !shown.contains("stale") && !shown.contains("NOT valid"),
            "{shown}"
        );
        // Once it is a proof, that is seen.
        import(&fixture.path("keys"));
        std::fs::write(fixture.path("sum.proof.json"), proof).unwrap();
        fixture.complete("provable.verify");
        assert_eq!(
            fixture.client.status(&fixture.uri)["proof"]["verified"],
            true
        );
    }
}

/// No client tells of anything here, and some never do.
#[test]
fn the_status_is_of_the_present_proof_file() {
    let proof = &handed_over().0;
    let mut other: Value = serde_json::from_str(proof).unwrap();
    other["public_output"] = json!([13]);
    let mut fixture = fixture(proof);
    import(&fixture.path("keys"));
    fixture.complete("provable.verify");
    let path = fixture.path("sum.proof.json");
    assert!(fixture.lenses().contains("verified: "));

    std::fs::write(&path, other.to_string()).unwrap();
    let shown = fixture.lenses();
    assert!(!shown.contains("verified: "), "{shown}");
    assert!(shown.contains("not verified yet"), "{shown}");
    std::fs::remove_file(&path).unwrap();
    let shown = fixture.lenses();
    assert!(!shown.contains("commitment"), "{shown}");
    // One that comes back is the one that was verified.
    std::fs::write(&path, proof).unwrap();
    assert!(fixture.lenses().contains("verified: "));

    // Closed, replaced and opened again.
    fixture.close();
    std::fs::write(&path, other.to_string()).unwrap();
    fixture.client.open(&fixture.uri, PROGRAM);
    let shown = fixture.lenses();
    assert!(!shown.contains("verified: "), "{shown}");
}

#[test]
fn a_proof_that_was_replaced_while_it_was_verified_is_not_called_verified() {
    let proof = &handed_over().0;
    let mut other: Value = serde_json::from_str(proof).unwrap();
    other["public_output"] = json!([13]);
    let mut fixture = fixture(proof);
    import(&fixture.path("keys"));
    // Something that never ends, for which the verification waits.
    let endless = provable_tests::lsp::uri(&fixture.path("endless.prov"));
    fixture.client.open(&endless, "again:\nJMP again\n");
    fixture.limit(u64::MAX, "Verify");
    fixture.client.execute("provable.run", &endless).unwrap();
    let job = fixture
        .client
        .execute("provable.verify", &fixture.uri)
        .unwrap();
    std::fs::write(fixture.path("sum.proof.json"), other.to_string()).unwrap();
    fixture.client.execute("provable.cancel", &endless).unwrap();
    let progress = fixture.client.progress(&format!("provable/{}", job["job"]));
    let last = progress.last().unwrap()["message"].as_str().unwrap();
    assert!(last.contains("the proof file was replaced since"), "{last}");
    let shown = fixture.lenses();
    assert!(!shown.contains("verified: "), "{shown}");
    assert_eq!(
        fixture.client.status(&fixture.uri)["proof"]["verified"],
        false
    );
}

#[test]
fn a_verdict_about_another_text_is_not_shown() {
    let mut fixture = fixture(&handed_over().0);
    import(&fixture.path("keys"));
    fixture.complete("provable.verify");
    fixture
        .client
        .replace(&fixture.uri, 2, &PROGRAM.replace("ADD", "MUL"));
    fixture.complete("provable.verify");
    assert_eq!(fixture.states().1, "failed");
    // Undone: it is the program that was verified.
    fixture.client.replace(&fixture.uri, 3, PROGRAM);
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["verified"], true, "{status:#}");
    assert_eq!(status["failure"], Value::Null, "{status:#}");
}

#[test]
fn a_key_that_was_replaced_or_written_in_two_parts_is_read_again() {
    let mut fixture = fixture(&handed_over().0);
    let keys = fixture.path("keys");
    import(&keys);
    fixture.complete("provable.verify");
    let key = std::fs::read_dir(&keys)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|ending| ending == "vk"))
        .unwrap();
    let bytes = std::fs::read(&key).unwrap();
    let changed = std::fs::metadata(&key).unwrap().modified().unwrap();
    // Another one in its place: as long, and with the same time.
    std::fs::write(&key, vec![0; bytes.len()]).unwrap();
    let file = std::fs::File::options().write(true).open(&key).unwrap();
    file.set_modified(changed).unwrap();
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["verified"], false, "{status:#}");
    fixture.complete("provable.verify");
    assert!(fixture.lenses().contains("no key"));

    std::fs::write(&key, &bytes[..500]).unwrap();
    assert_eq!(fixture.states().1, "failed");
    std::fs::write(&key, &bytes).unwrap();
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["verified"], true, "{status:#}");
}

#[cfg(unix)]
#[test]
fn two_links_to_one_program_have_a_proof_each() {
    let mut fixture = fixture(&handed_over().0);
    import(&fixture.path("keys"));
    let other = fixture.path("other.prov");
    std::os::unix::fs::symlink(fixture.path("sum.prov"), &other).unwrap();
    let mut tampered: Value = serde_json::from_str(&handed_over().0).unwrap();
    tampered["public_output"] = json!([13]);
    std::fs::write(fixture.path("other.proof.json"), tampered.to_string()).unwrap();
    let other = provable_tests::lsp::uri(&other);
    fixture.client.open(&other, PROGRAM);
    fixture.complete("provable.verify");
    assert_eq!(
        fixture.client.status(&fixture.uri)["proof"]["verified"],
        true
    );
    assert_eq!(fixture.client.status(&other)["proof"]["verified"], false);
    let shown = fixture.client.lenses(&other).join("\n");
    assert!(!shown.contains("verified: "), "{shown}");
    // Neither's jobs take the place of the other's.
    let jobs = [fixture.uri.clone(), other].map(|uri| {
        let job = fixture.client.execute("provable.verify", &uri).unwrap();
        format!("provable/{}", job["job"])
    });
    let ends = jobs.map(|token| fixture.client.progress(&token).pop().unwrap());
    for (end, verdict) in ends.iter().zip(["is valid", "is NOT valid"]) {
        let end = end["message"].as_str().unwrap();
        assert!(end.contains(verdict), "{end}");
    }
}

#[test]
fn a_text_that_is_out_of_sync_has_no_status() {
    let mut fixture = fixture(&handed_over().0);
    import(&fixture.path("keys"));
    fixture.complete("provable.verify");
    fixture
        .client
        .replace(&fixture.uri, 2, &PROGRAM.replace("ADD", "MUL"));
    // A range without an end: what the text is now is not known.
    let start = json!({ "line": 0, "character": 0 });
    let changes = json!([{ "range": { "start": start }, "text": "x" }]);
    fixture.client.change(&fixture.uri, 3, changes);
    for command in [
        "provable.status",
        "provable.show",
        "provable.run",
        "provable.verify",
    ] {
        let error = fixture.client.execute(command, &fixture.uri).unwrap_err();
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("no longer knows"), "{command}: {message}");
    }
    // A job that was begun before can still be stopped.
    fixture
        .client
        .execute("provable.cancel", &fixture.uri)
        .unwrap();
    fixture.client.replace(&fixture.uri, 4, PROGRAM);
    assert_eq!(
        fixture.client.status(&fixture.uri)["proof"]["verified"],
        true
    );
}

#[test]
fn inputs_that_are_out_of_sync_are_not_read_from_disk() {
    let mut fixture = fixture(&handed_over().0);
    import(&fixture.path("keys"));
    fixture.complete("provable.verify");
    let inputs = fixture.path("sum.inputs.json");
    std::fs::write(&inputs, r#"{ "public": [5], "secret": [7] }"#).unwrap();
    let inputs = provable_tests::lsp::uri(&inputs);
    fixture
        .client
        .open_as(&inputs, "json", r#"{ "public": [6], "secret": [7] }"#);
    assert_eq!(fixture.states().1, "stale");
    fixture.client.change(&inputs, 2, json!([{ "text": 7 }]));
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["inputs"], "unreadable", "{status:#}");
    let error = fixture
        .client
        .execute("provable.run", &fixture.uri)
        .unwrap_err();
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("no longer knows"), "{message}");
}

/// As some clients might send it: the change counts, and is no question.
#[test]
fn a_change_that_is_sent_as_a_request_is_applied() {
    let mut fixture = fixture(&handed_over().0);
    import(&fixture.path("keys"));
    fixture.complete("provable.verify");
    let document = json!({ "uri": fixture.uri, "version": 2 });
    let changes = json!([{ "text": PROGRAM.replace("ADD", "MUL") }]);
    fixture.client.ask(
        "textDocument/didChange",
        json!({ "textDocument": document, "contentChanges": changes }),
    );
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["verified"], false, "{status:#}");
    assert_eq!(status["proof"]["state"], "stale", "{status:#}");
}
