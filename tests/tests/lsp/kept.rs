//! What is shown holds of what is there, and nothing that was made is lost: failures and traps are forgotten when they no
//! longer hold, and a tab that closes takes neither its job nor its results along.

use crate::desk::{Desk, keys};
use provable_tests::lsp::capabilities;
use serde_json::{Value, json};

const ECHO: &str = "READ\nWRITE\nHALT\n";
const SEED: &str = "#provable 1.0\nPUSH 10\nPUSH 20\nADD\nWRITE\nHALT\n";

fn traps(found: &[Value]) -> usize {
    found.iter().filter(|one| one["code"] == "trap").count()
}

#[test]
fn a_failure_is_shown_while_its_program_and_inputs_are_present() {
    for command in ["provable.prove", "provable.run"] {
        let mut desk = Desk::new(ECHO);
        desk.client.diagnostics(&desk.uri, 1);
        desk.complete(command);
        assert_eq!(
            traps(&desk.client.diagnostics(&desk.uri, 1)),
            1,
            "{command}"
        );
        let shown = |desk: &mut Desk| desk.client.lenses(&desk.uri).join("\n");
        assert!(shown(&mut desk).contains("no public input"), "{command}");

        // Another text: nothing is known of it.
        desk.client.replace(&desk.uri, 2, SEED);
        assert_eq!(
            traps(&desk.client.diagnostics(&desk.uri, 2)),
            0,
            "{command}"
        );
        assert!(!shown(&mut desk).contains("failed"), "{command}");
        desk.client.replace(&desk.uri, 3, ECHO);
        assert_eq!(
            traps(&desk.client.diagnostics(&desk.uri, 3)),
            1,
            "{command}"
        );
        assert!(shown(&mut desk).contains("no public input"), "{command}");

        // Inputs: it would no longer trap.
        std::fs::write(desk.path("sum.inputs.json"), r#"{ "public": [7] }"#).unwrap();
        desk.changed(&["sum.inputs.json"]);
        assert_eq!(
            traps(&desk.client.diagnostics(&desk.uri, 3)),
            0,
            "{command}"
        );
        let lenses = shown(&mut desk);
        assert!(!lenses.contains("failed"), "{command}: {lenses}");
        let status = desk.client.status(&desk.uri);
        assert_eq!(status["failure"], Value::Null, "{command}: {status:#}");
        assert_ne!(status["proof"]["state"], "failed", "{command}: {status:#}");
        assert_ne!(status["run"]["state"], "failed", "{command}: {status:#}");
    }
}

#[test]
fn a_failure_is_forgotten_when_the_settings_change() {
    let mut desk = Desk::new("again:\nJMP again\n");
    desk.limit(100, "Verify");
    desk.complete("provable.prove");
    assert_eq!(desk.states().1, "failed");
    desk.limit(200, "Prove");
    assert_eq!(desk.states().1, "none");
}

#[test]
fn one_step_is_written_in_the_singular() {
    let mut desk = Desk::new("POP\nHALT\n");
    desk.complete("provable.run");
    let told = desk.client.wait("window/showMessage", |_| true);
    let shown = desk.client.lenses(&desk.uri).join("\n");
    for text in [told["message"].as_str().unwrap(), &shown] {
        assert!(!text.contains("1 steps"), "{text}");
    }
    desk.client.replace(&desk.uri, 2, "HALT\n");
    desk.complete("provable.run");
    let shown = desk.client.lenses(&desk.uri).join("\n");
    assert!(shown.contains("halted after 1 step,"), "{shown}");
    assert!(shown.contains("1 step, tier 118"), "{shown}");
}

#[test]
fn a_proof_goes_on_after_its_program_is_closed_and_is_shown_when_it_is_opened_again() {
    let mut desk = Desk::with(SEED, keys(), &capabilities());
    desk.complete("provable.run");
    let job = desk.client.execute("provable.prove", &desk.uri).unwrap();
    desk.close();
    let progress = desk.client.progress(&format!("provable/{}", job["job"]));
    let last = progress.last().unwrap()["message"].as_str().unwrap();
    assert!(last.contains("proved and verified"), "{last}");
    let told = desk.client.wait("window/showMessage", |_| true);
    let told = told["message"].as_str().unwrap();
    assert!(told.contains("sum.prov: proved and verified"), "{told}");

    desk.client.open(&desk.uri, SEED);
    let status = desk.client.status(&desk.uri);
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
    let mut desk = Desk::new(SEED);
    desk.client.settings = json!({ "lens": { "run": "off" }, "tier": "2021" });
    for _ in 0..2 {
        let changed = json!({ "settings": null });
        desk.client
            .notify("workspace/didChangeConfiguration", changed);
        desk.client.wait("workspace/configuration", |_| true);
    }
    let told = desk.client.wait("window/showMessage", |_| true);
    let told = told["message"].as_str().unwrap();
    for text in [
        "provable.lens.run is \"off\"",
        "true or false",
        "provable.tier is \"2021\"",
        "2020",
    ] {
        assert!(told.contains(text), "no {text:?} in {told}");
    }
    // The next message is of something else.
    desk.complete("provable.prove");
    let told = desk.client.wait("window/showMessage", |_| true);
    assert!(
        told["message"].as_str().unwrap().contains("proved"),
        "{told}"
    );
}

#[test]
fn an_output_is_shown_in_hexadecimal_and_as_text() {
    let mut desk = Desk::new("PUSH 'H'\nWRITE\nPUSH 'i'\nWRITE\nHALT\n");
    desk.complete("provable.run");
    let status = desk.client.status(&desk.uri);
    let text = status["text"].as_str().unwrap();
    for form in ["0x00000048 0x00000069", "as text \"Hi\""] {
        assert!(text.contains(form), "no {form} in {text}");
    }
}
