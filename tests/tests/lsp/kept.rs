//! What is shown holds of what is there, and nothing that was made is lost: failures and traps are forgotten when they no
//! longer hold, and a tab that closes takes neither its job nor its results along.

use crate::fixture::{Fixture, keys};
use provable_tests::{SMALLEST, lsp::capabilities};
use serde_json::{Value, json};

const ECHO: &str = "READ\nWRITE\nHALT\n";
const SEED: &str = "#provable 1.0\nPUSH 10\nPUSH 20\nADD\nWRITE\nHALT\n";

fn traps(found: &[Value]) -> usize {
    found.iter().filter(|one| one["code"] == "trap").count()
}

#[test]
fn a_failure_is_shown_while_its_program_and_inputs_are_present() {
    for command in ["provable.prove", "provable.run"] {
        let mut fixture = Fixture::new(ECHO);
        fixture.client.diagnostics(&fixture.uri, 1);
        fixture.complete(command);
        assert_eq!(
            traps(&fixture.client.diagnostics(&fixture.uri, 1)),
            1,
            "{command}"
        );
        let shown = |fixture: &mut Fixture| fixture.lenses();
        assert!(shown(&mut fixture).contains("no public input"), "{command}");

        // Another text: nothing is known of it.
        fixture.client.replace(&fixture.uri, 2, SEED);
        assert_eq!(
            traps(&fixture.client.diagnostics(&fixture.uri, 2)),
            0,
            "{command}"
        );
        assert!(!shown(&mut fixture).contains("failed"), "{command}");
        fixture.client.replace(&fixture.uri, 3, ECHO);
        assert_eq!(
            traps(&fixture.client.diagnostics(&fixture.uri, 3)),
            1,
            "{command}"
        );
        assert!(shown(&mut fixture).contains("no public input"), "{command}");

        // Inputs: it would no longer trap.
        std::fs::write(fixture.path("sum.inputs.json"), r#"{ "public": [7] }"#).unwrap();
        fixture.changed(&["sum.inputs.json"]);
        assert_eq!(
            traps(&fixture.client.diagnostics(&fixture.uri, 3)),
            0,
            "{command}"
        );
        let lenses = shown(&mut fixture);
        assert!(!lenses.contains("failed"), "{command}: {lenses}");
        let status = fixture.client.status(&fixture.uri);
        assert_eq!(status["failure"], Value::Null, "{command}: {status:#}");
        assert_ne!(status["proof"]["state"], "failed", "{command}: {status:#}");
        assert_ne!(status["run"]["state"], "failed", "{command}: {status:#}");
    }
}

#[test]
fn a_failure_is_forgotten_when_the_settings_change() {
    let mut fixture = Fixture::new("again:\nJMP again\n");
    fixture.limit(100, "Verify");
    fixture.complete("provable.prove");
    assert_eq!(fixture.states().1, "failed");
    fixture.limit(200, "Prove");
    assert_eq!(fixture.states().1, "none");
}

#[test]
fn one_step_is_written_in_the_singular() {
    let mut fixture = Fixture::new("POP\nHALT\n");
    fixture.complete("provable.run");
    let told = fixture.client.wait("window/showMessage", |_| true);
    let shown = fixture.lenses();
    for text in [told["message"].as_str().unwrap(), &shown] {
        assert!(!text.contains("1 steps"), "{text}");
    }
    fixture.client.replace(&fixture.uri, 2, "HALT\n");
    fixture.complete("provable.run");
    let shown = fixture.lenses();
    assert!(shown.contains("halted after 1 step,"), "{shown}");
    assert!(
        shown.contains(&format!("1 step, tier {SMALLEST}")),
        "{shown}"
    );
}

#[test]
fn a_proof_goes_on_after_its_program_is_closed_and_is_shown_when_it_is_opened_again() {
    let mut fixture = Fixture::with(SEED, keys(), &capabilities());
    fixture.complete("provable.run");
    let job = fixture
        .client
        .execute("provable.prove", &fixture.uri)
        .unwrap();
    fixture.close();
    let progress = fixture.client.progress(&format!("provable/{}", job["job"]));
    let last = progress.last().unwrap()["message"].as_str().unwrap();
    assert!(last.contains("proved and verified"), "{last}");
    let told = fixture.client.wait("window/showMessage", |_| true);
    let told = told["message"].as_str().unwrap();
    assert!(told.contains("sum.prov: proved and verified"), "{told}");

    fixture.client.open(&fixture.uri, SEED);
    let status = fixture.client.status(&fixture.uri);
    assert_eq!(status["proof"]["verified"], true, "{status:#}");
    assert_eq!(status["run"]["state"], "fresh", "{status:#}");
    assert_eq!(
        status["run"]["answer"]["outputs"],
        json!([30]),
        "{status:#}"
    );
}

#[test]
fn settings_that_cannot_be_used_are_reported_once() {
    let mut fixture = Fixture::new(SEED);
    fixture.client.settings = json!({ "lens": { "run": "off" }, "tier": "2021" });
    for _ in 0..2 {
        let changed = json!({ "settings": null });
        fixture
            .client
            .notify("workspace/didChangeConfiguration", changed);
        fixture.client.wait("workspace/configuration", |_| true);
    }
    let told = fixture.client.wait("window/showMessage", |_| true);
    let told = told["message"].as_str().unwrap();
    for text in [
        "provable.lens.run is \"off\"",
        "true or false",
        "provable.tier is \"2021\"",
        SMALLEST,
    ] {
        assert!(told.contains(text), "no {text:?} in {told}");
    }
    // The next message is of something else.
    fixture.complete("provable.prove");
    let told = fixture.client.wait("window/showMessage", |_| true);
    assert!(
        told["message"].as_str().unwrap().contains("proved"),
        "{told}"
    );
}

#[test]
fn an_output_is_shown_in_hexadecimal_and_as_text() {
    let mut fixture = Fixture::new("PUSH 'H'\nWRITE\nPUSH 'i'\nWRITE\nHALT\n");
    fixture.complete("provable.run");
    let status = fixture.client.status(&fixture.uri);
    let text = status["text"].as_str().unwrap();
    for form in ["0x00000048 0x00000069", "as text \"Hi\""] {
        assert!(text.contains(form), "no {form} in {text}");
    }
}
