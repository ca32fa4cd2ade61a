//! True sessions with `provable lsp`, from start to shutdown, by a client that speaks the protocol and nothing else.
//! They share one folder of keys, so that the key of the smallest tier is made once.

use crate::fixture::{Fixture, keys};
use provable_tests::{
    SMALLEST,
    lsp::{Client, capabilities},
};
use serde_json::{Value, json};

const SEED: &str = "#provable 1.0\nPUSH 10\nPUSH 20\nADD\nWRITE\nHALT\n";

/// The steps of this are more than the two smallest tiers hold, so that its key takes a while to make.
const LONG: &str = "PUSH 1200\nagain:\nPUSH 1\nSUB\nDUP\nJNZ again\nHALT\n";

#[test]
fn a_session_starts_and_ends_as_the_protocol_says() {
    let client = Client::start(keys(), &capabilities(), &[]);
    assert_eq!(client.offered["serverInfo"]["name"], "provable");
    assert_eq!(client.offered["capabilities"]["positionEncoding"], "utf-16");
    let commands = &client.offered["capabilities"]["executeCommandProvider"]["commands"];
    for command in [
        "provable.run",
        "provable.prove",
        "provable.verify",
        "provable.cancel",
    ] {
        assert!(
            commands.as_array().unwrap().contains(&json!(command)),
            "{commands}"
        );
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_run_shows_outputs_steps_digest_depths_and_values() {
    let mut fixture = Fixture::new(SEED);
    assert_eq!(
        fixture.client.lenses(&fixture.uri),
        ["Run", "Prove", "Verify"]
    );
    fixture.complete("provable.run");
    let lenses = fixture.lenses();
    assert!(
        lenses.contains("halted after 5 steps, output 30, trace "),
        "{lenses}"
    );
    let cost = format!("tier {SMALLEST}: a proof takes about");
    assert!(lenses.contains(&cost), "{lenses}");
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let hints = fixture.client.request(
        "textDocument/inlayHint",
        json!({ "textDocument": { "uri": fixture.uri }, "range": range }),
    );
    let drawn: Vec<String> = hints
        .as_array()
        .unwrap()
        .iter()
        .map(|hint| {
            format!(
                "{} {}",
                hint["position"]["line"],
                hint["label"].as_str().unwrap()
            )
        })
        .collect();
    for expected in ["1 ⇒ 10", "2 ⇒ 20", "3 ⇒ 30"] {
        assert!(drawn.iter().any(|hint| hint == expected), "{drawn:?}");
    }
    assert!(
        drawn
            .iter()
            .any(|hint| hint.starts_with("5 halted after 5 steps")),
        "{drawn:?}"
    );
}

#[test]
fn a_trap_is_shown_at_its_line_while_the_program_is_unchanged() {
    let mut fixture = Fixture::new("PUSH 1\nPUSH 0\nASSERT\nHALT\n");
    assert_eq!(
        fixture.client.diagnostics(&fixture.uri, 1),
        Vec::<Value>::new()
    );
    fixture.complete("provable.run");
    let found = fixture.client.diagnostics(&fixture.uri, 1);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["range"]["start"]["line"], 2);
    assert!(
        found[0]["message"]
            .as_str()
            .unwrap()
            .contains("assertion failed"),
        "{found:?}"
    );
    fixture
        .client
        .replace(&fixture.uri, 2, "PUSH 1\nPUSH 1\nASSERT\nHALT\n");
    assert_eq!(
        fixture.client.diagnostics(&fixture.uri, 2),
        Vec::<Value>::new()
    );
    // A comment moves it.
    fixture.client.replace(
        &fixture.uri,
        3,
        "; a comment\nPUSH 1\nPUSH 0\nASSERT\nHALT\n",
    );
    let found = fixture.client.diagnostics(&fixture.uri, 3);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["range"]["start"]["line"], 3);
    // A run that was to be proved says as much.
    fixture
        .client
        .replace(&fixture.uri, 4, "PUSH 1\nPUSH 0\nDIV\nHALT\n");
    let before = fixture.client.diagnostics(&fixture.uri, 4).len();
    fixture.complete("provable.prove");
    let found = fixture.client.diagnostics(&fixture.uri, 4);
    assert_eq!(found.len(), before + 1, "{found:?}");
    let trap = found.iter().find(|one| one["code"] == "trap").expect("it");
    assert_eq!(trap["range"]["start"]["line"], 2);
    let lenses = fixture.lenses();
    assert_eq!(lenses.matches("sum.prov").count(), 1, "{lenses}");
}

#[test]
fn a_job_that_ends_at_once_is_reported() {
    let mut fixture = Fixture::new("PUSH 1\nPUSH 0\nASSERT\nHALT\n");
    for _ in 0..100 {
        fixture.complete("provable.prove");
        let status = fixture.client.status(&fixture.uri);
        assert_eq!(status["activity"], Value::Null, "{status}");
        assert_eq!(status["proof"]["state"], "failed", "{status}");
    }
}

#[test]
fn a_proof_is_fresh_exactly_while_program_inputs_and_key_are_unchanged() {
    let mut fixture = Fixture::new(SEED);
    let progress = fixture.complete("provable.prove");
    let percentages: Vec<u64> = progress
        .iter()
        .filter_map(|value| value["percentage"].as_u64())
        .collect();
    assert!(percentages.is_sorted(), "{percentages:?}");
    let messages: Vec<&str> = progress
        .iter()
        .filter_map(|value| value["message"].as_str())
        .collect();
    assert!(
        messages
            .iter()
            .any(|message| message.contains("multiplication")),
        "{messages:?}"
    );
    assert!(
        messages
            .last()
            .unwrap()
            .contains("proved and verified, 240 bytes"),
        "{messages:?}"
    );

    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["verified"], true, "{status:#}");
    let commitment = status["proof"]["trace_commitment"]
        .as_str()
        .unwrap()
        .to_owned();
    let told = fixture.client.wait("window/showMessage", |_| true);
    assert!(
        told["message"].as_str().unwrap().contains(&commitment),
        "{told}"
    );
    let lenses = fixture.lenses();
    assert!(
        lenses.contains(&format!("verified, commitment {}…", &commitment[..12])),
        "{lenses}"
    );

    // An edit makes it stale, undoing the edit fresh again.
    fixture
        .client
        .replace(&fixture.uri, 2, &SEED.replace("20", "21"));
    assert_eq!(fixture.states().1, "stale");
    assert!(!fixture.lenses().contains("verified"));
    fixture.client.replace(&fixture.uri, 3, SEED);
    assert_eq!(fixture.states().1, "fresh");
    // Comments and spacing change nothing.
    fixture
        .client
        .replace(&fixture.uri, 4, &SEED.replace("ADD", "   add ; the sum"));
    assert_eq!(fixture.states().1, "fresh");
    // Never "verified" over a file with an error in it.
    fixture
        .client
        .replace(&fixture.uri, 5, &SEED.replace("ADD", "ADDD"));
    assert_eq!(fixture.states().1, "stale");
    assert!(!fixture.lenses().contains("verified"));
    fixture.client.replace(&fixture.uri, 6, SEED);
    // The secret input is part of what was proved here, though the proof does not say so.
    std::fs::write(fixture.path("sum.inputs.json"), r#"{"secret": [1]}"#).unwrap();
    assert_eq!(fixture.states().1, "stale");
    std::fs::remove_file(fixture.path("sum.inputs.json")).unwrap();
    assert_eq!(fixture.states().1, "fresh");

    fixture.complete("provable.verify");
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["verified"], true, "{status:#}");
}

#[test]
fn a_proof_of_an_earlier_session_is_called_verified_only_after_a_verification() {
    let mut fixture = Fixture::new(SEED);
    fixture.complete("provable.prove");
    let Fixture {
        folder,
        client,
        uri,
    } = fixture;
    assert_eq!(client.shut_down(), 0);
    let mut client = Client::start(keys(), &capabilities(), &[]);
    client.open(&uri, SEED);
    client.wait("workspace/codeLens/refresh", |_| true);
    let mut fixture = Fixture {
        folder,
        client,
        uri,
    };
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["state"], "fresh", "{status:#}");
    assert_eq!(status["proof"]["verified"], false);
    fixture.complete("provable.verify");
    assert_eq!(
        fixture.client.status(&fixture.uri)["proof"]["verified"],
        true
    );

    // A proof that was tampered with is another proof, and not a valid one.
    let path = fixture.path("sum.proof.json");
    let mut proof: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    proof["public_output"] = json!([31]);
    std::fs::write(&path, proof.to_string()).unwrap();
    fixture.complete("provable.verify");
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["state"], "failed", "{status:#}");
    assert_eq!(status["proof"]["verified"], false);
    assert!(fixture.lenses().contains("NOT valid"));
}

/// Nobody has to press Verify to learn that what lies there proves nothing here.
#[test]
fn a_proof_of_another_version_is_reported_as_such() {
    let mut fixture = Fixture::new(SEED);
    fixture.complete("provable.prove");
    let path = fixture.path("sum.proof.json");
    let mut proof: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    for digest in ["circuit_id", "verifying_key_digest"] {
        proof[digest] = json!("0".repeat(64));
    }
    let Fixture {
        folder,
        client,
        uri,
    } = fixture;
    assert_eq!(client.shut_down(), 0);
    std::fs::write(&path, proof.to_string()).unwrap();
    let mut client = Client::start(keys(), &capabilities(), &[]);
    client.open(&uri, SEED);
    client.wait("workspace/codeLens/refresh", |_| true);
    let mut fixture = Fixture {
        folder,
        client,
        uri,
    };
    let told = |fixture: &mut Fixture| {
        let status = fixture.client.status(&fixture.uri);
        assert_eq!(status["proof"]["state"], "failed", "{status:#}");
        assert_eq!(status["proof"]["verified"], false);
        let lenses = fixture.lenses();
        assert!(lenses.contains("NOT valid"), "{lenses}");
        assert!(lenses.contains("another version"), "{lenses}");
        assert!(!lenses.contains("at hand"), "{lenses}");
    };
    told(&mut fixture);
    fixture.complete("provable.verify");
    told(&mut fixture);
}

#[test]
fn a_proof_can_be_cancelled_in_the_middle_and_made_afterwards() {
    let keys = tempfile::tempdir().unwrap();
    let mut fixture = Fixture::with(LONG, keys.path(), &capabilities());
    let token = fixture.client.begin_proof(&fixture.uri);
    assert_eq!(fixture.states().1, "running");
    fixture
        .client
        .notify("window/workDoneProgress/cancel", json!({ "token": token }));
    let progress = fixture.client.progress(&token);
    assert!(
        progress.last().unwrap()["message"]
            .as_str()
            .unwrap()
            .contains("cancelled")
    );
    assert_eq!(fixture.states().1, "none");
    assert!(!fixture.path("sum.proof.json").exists());
    fixture.client.replace(&fixture.uri, 2, SEED);
    fixture.complete("provable.prove");
    assert_eq!(fixture.states().1, "fresh");
}

#[test]
fn editing_goes_on_while_a_proof_is_made() {
    let keys = tempfile::tempdir().unwrap();
    let mut fixture = Fixture::with(LONG, keys.path(), &capabilities());
    let token = fixture.client.begin_proof(&fixture.uri);
    for version in 2..20 {
        let text = format!("{LONG}{}", "POPP\n".repeat(version as usize));
        fixture.client.replace(&fixture.uri, version, &text);
        let found = fixture.client.diagnostics(&fixture.uri, version);
        let unknown = found.iter().filter(|one| one["code"] == "E004").count();
        assert_eq!(unknown, version as usize);
    }
    assert_eq!(fixture.states().1, "running");
    fixture
        .client
        .execute("provable.cancel", &fixture.uri)
        .unwrap();
    fixture.client.progress(&token);
}

#[test]
#[cfg(target_os = "linux")]
fn the_death_of_the_worker_is_reported_and_the_next_job_runs() {
    let keys = tempfile::tempdir().unwrap();
    let mut fixture = Fixture::with(LONG, keys.path(), &capabilities());
    fixture.client.begin_proof(&fixture.uri);
    let server = fixture.client.process().id();
    let mut workers = Vec::new();
    for thread in std::fs::read_dir(format!("/proc/{server}/task")).unwrap() {
        let children = std::fs::read_to_string(thread.unwrap().path().join("children")).unwrap();
        workers.extend(children.split_whitespace().map(str::to_owned));
    }
    assert_eq!(workers.len(), 1, "{workers:?}");
    let killed = std::process::Command::new("kill")
        .args(["-9", &workers[0]])
        .status()
        .unwrap();
    assert!(killed.success());
    let told = fixture
        .client
        .wait("window/showMessage", |params| params["type"] == 1);
    assert!(
        told["message"].as_str().unwrap().contains("signal 9"),
        "{told}"
    );
    assert_eq!(fixture.states().1, "failed");
    fixture.client.replace(&fixture.uri, 2, SEED);
    fixture.complete("provable.prove");
    assert_eq!(fixture.states().1, "fresh");
}

#[test]
fn a_newer_job_of_a_file_supersedes_the_older() {
    let keys = tempfile::tempdir().unwrap();
    let mut fixture = Fixture::with(LONG, keys.path(), &capabilities());
    let first = fixture
        .client
        .execute("provable.prove", &fixture.uri)
        .unwrap();
    fixture.client.replace(&fixture.uri, 2, SEED);
    let second = fixture
        .client
        .execute("provable.prove", &fixture.uri)
        .unwrap();
    let ended = fixture
        .client
        .progress(&format!("provable/{}", first["job"]));
    let last = ended.last().unwrap()["message"].as_str().unwrap();
    assert!(last.contains("superseded"), "{last}");
    fixture
        .client
        .progress(&format!("provable/{}", second["job"]));
    assert_eq!(
        fixture.client.status(&fixture.uri)["proof"]["answer"]["steps"],
        5
    );
}

/// Asks for a command without waiting for its answer.
fn ask(client: &mut Client, command: &str, uri: &str) -> u64 {
    let params = json!({ "command": command, "arguments": [uri] });
    client.ask("workspace/executeCommand", params)
}

#[test]
fn commands_take_effect_in_the_order_in_which_they_are_given() {
    // A text that takes long to read, so that what is asked about the short one is ready before.
    let long = format!("{}PUSH 1\nHALT\n", "NOP\n".repeat(20_000));
    let mut fixture = Fixture::with(&long, keys(), &capabilities());
    let (client, uri) = (&mut fixture.client, &fixture.uri);
    let first = ask(client, "provable.run", uri);
    client.replace(uri, 2, SEED);
    let second = ask(client, "provable.run", uri);
    let first = client.answer(first).unwrap()["job"].as_u64();
    let second = client.answer(second).unwrap()["job"].as_u64();
    assert!(first < second, "{first:?}, {second:?}");
    client.progress(&format!("provable/{}", second.unwrap()));
    assert_eq!(client.status(uri)["run"]["answer"]["steps"], 5);

    // So does the one that cancels.
    client.replace(uri, 3, &long);
    let run = ask(client, "provable.run", uri);
    let cancel = ask(client, "provable.cancel", uri);
    let job = client.answer(run).unwrap()["job"].as_u64().unwrap();
    client.answer(cancel).unwrap();
    let ended = client.progress(&format!("provable/{job}"));
    let last = ended.last().unwrap()["message"].as_str().unwrap();
    assert!(last.contains("cancelled"), "{last}");
}

/// Nobody writes to the pipes: whoever opened one would wait for ever.
#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_file_is_refused_and_blocks_nothing() {
    let mut fixture = Fixture::new(SEED);
    let folder = fixture.folder.path().to_owned();
    let pipe = |name: &str| {
        let mut mkfifo = std::process::Command::new("mkfifo");
        assert!(mkfifo.arg(folder.join(name)).status().unwrap().success());
    };
    pipe("sum.proof.json");
    let refused = |fixture: &mut Fixture, command: &str, name: &str| {
        let error = fixture.client.execute(command, &fixture.uri).unwrap_err();
        let message = error["message"].as_str().unwrap();
        assert!(
            message.contains(name) && message.contains("no regular file"),
            "{message}"
        );
    };
    refused(&mut fixture, "provable.verify", "sum.proof.json");
    fixture.complete("provable.run");
    assert_eq!(fixture.states().0, "fresh");

    pipe("sum.inputs.json");
    refused(&mut fixture, "provable.run", "sum.inputs.json");
    let told = fixture
        .client
        .wait("textDocument/publishDiagnostics", |params| {
            params["uri"].as_str().unwrap().ends_with("sum.inputs.json")
                && params["diagnostics"]
                    .as_array()
                    .is_some_and(|list| !list.is_empty())
        });
    let message = told["diagnostics"][0]["message"].as_str().unwrap();
    assert!(message.contains("no regular file"), "{message}");
}

#[test]
fn a_client_without_capabilities_runs_proves_verifies_and_sees_the_commitment() {
    let mut fixture = Fixture::with(SEED, keys(), &json!({}));
    fixture
        .client
        .execute("provable.run", &fixture.uri)
        .unwrap();
    let told = fixture.client.wait("window/logMessage", |params| {
        params["message"]
            .as_str()
            .unwrap()
            .contains("halted after 5 steps")
    });
    assert!(told.is_object());
    fixture
        .client
        .execute("provable.prove", &fixture.uri)
        .unwrap();
    let proved = fixture.client.wait("window/showMessage", |_| true);
    let proved = proved["message"].as_str().unwrap();
    assert!(
        proved.contains("240 bytes") && proved.contains("trace commitment"),
        "{proved}"
    );
    fixture
        .client
        .execute("provable.verify", &fixture.uri)
        .unwrap();
    let verified = fixture.client.wait("window/showMessage", |_| true);
    assert!(
        verified["message"]
            .as_str()
            .unwrap()
            .contains("the proof is valid"),
        "{verified}"
    );
    fixture
        .client
        .execute("provable.show", &fixture.uri)
        .unwrap();
    let shown = fixture.client.wait("window/showMessage", |_| true);
    assert!(
        shown["message"]
            .as_str()
            .unwrap()
            .contains("verified, commitment"),
        "{shown}"
    );
}

#[test]
fn a_command_that_cannot_be_done_is_refused_with_the_way_out() {
    let mut fixture = Fixture::new("PUSHH 1\n");
    let uri = fixture.uri.clone();
    let mut refused = |command: &str, uri: &str| {
        let error = fixture.client.execute(command, uri).unwrap_err();
        error["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        refused("provable.run", &uri),
        "sum.prov has errors: mend them first"
    );
    assert!(refused("provable.run", "file:///nowhere/none.prov").contains("there is no file"));
    assert!(refused("provable.run", "not a uri").contains("the program's URI"));
    assert!(refused("provable.fly", &uri).contains("there is no command provable.fly"));
    fixture.client.replace(&uri, 2, SEED);
    let error = fixture.client.execute("provable.verify", &uri).unwrap_err();
    assert!(
        error["message"].as_str().unwrap().contains("prove first"),
        "{error}"
    );
}

#[test]
fn a_proof_that_is_being_made_cannot_be_verified_yet_and_the_refusal_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut fixture = Fixture::with(LONG, folder.path(), &capabilities());
    let uri = fixture.uri.clone();
    fixture.client.execute("provable.prove", &uri).unwrap();
    let error = fixture.client.execute("provable.verify", &uri).unwrap_err();
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("there is no proof"), "{message}");
    assert!(message.contains("it is being made"), "{message}");
    fixture.client.execute("provable.cancel", &uri).unwrap();
}
