//! `textDocument/codeLens`: Run, Prove, Verify and Debug above the program, and their results. A lens that shows a result
//! has a command too, since clients do not show lenses without one: the command shows the whole status.

use super::test_hints;
use crate::lsp::command_names;
use crate::lsp::companion_files::{PROOF, companion_path};
use crate::lsp::state::{Session, View};
use crate::program_state::status;
use serde_json::{Value, json};
use tower_lsp_server::ls_types::{CodeLens, Command, Position, Range};

/// The lenses of a program.
pub fn answer(session: &Session, view: &View) -> Vec<CodeLens> {
    let config = session.config();
    let (program_state, current) = session.program_state(view);
    let start = Position::new(0, 0);
    let lens = |title: String, command: &str| CodeLens {
        range: Range::new(start, start),
        command: Some(Command {
            title,
            command: command.into(),
            arguments: Some(vec![Value::String(view.uri.as_str().to_owned())]),
        }),
        data: None,
    };
    let mut lenses = Vec::new();
    // Proofs and the debugger need a file.
    let is_file = companion_path(&view.uri, PROOF).is_some();
    // A library has nothing to run but its tests.
    let runs = !view.is_library();
    let proves = cfg!(feature = "prover") && is_file && runs;
    let starts = [
        (config.lens.run && runs, "Run", command_names::RUN),
        (config.lens.prove && proves, "Prove", command_names::PROVE),
        (
            config.lens.verify && proves,
            "Verify",
            command_names::VERIFY,
        ),
    ];
    for (wanted, title, command) in starts {
        if wanted {
            lenses.push(lens(title.to_owned(), command));
        }
    }
    if config.lens.debug && is_file && runs && session.client_capabilities().debugs {
        let mut debug = lens("Debug".into(), command_names::DEBUG);
        if let Some(command) = &mut debug.command {
            command.arguments = Some(vec![json!({ "uri": view.uri.as_str() })]);
        }
        lenses.push(debug);
    }
    lenses.extend(test_hints::lenses(session, view));
    if let Some(activity) = &program_state.activity {
        lenses.push(lens(
            // Without the phase: lenses are not refreshed when it changes.
            format!("{}… (cancel)", activity.kind.participle()),
            command_names::CANCEL,
        ));
    }
    if config.lens.result {
        if let Some(failure) = program_state.failure(&current) {
            lenses.push(lens(
                format!("failed: {}", failure.message),
                command_names::SHOW,
            ));
        }
        // The proof comes first: a narrow window cuts off the end.
        let told = [
            status::proof(&program_state, &current),
            status::run(&program_state, &current),
        ];
        for text in told.into_iter().flatten() {
            lenses.push(lens(text, command_names::SHOW));
        }
    }
    if config.lens.cost
        && let Some(text) = status::cost(&program_state, &current)
    {
        lenses.push(lens(text, command_names::SHOW));
    }
    lenses
}
