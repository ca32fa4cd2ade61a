//! `textDocument/codeLens`: Run, Prove, Verify and Debug over the program, and what came of them. A lens that only tells
//! something still has a command, since clients leave out those without: it shows the whole of it.

use crate::lsp::commands;
use crate::lsp::documents::View;
use crate::lsp::inputs::beside;
use crate::lsp::session::Session;
use crate::lsp::status;
use serde_json::{Value, json};
use tower_lsp_server::ls_types::{CodeLens, Command, Position, Range};

/// The lenses of a program.
pub fn answer(session: &Session, view: &View) -> Vec<CodeLens> {
    let config = session.config();
    let (program_state, now) = session.known(view);
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
    // A proof lies beside a file, and the debugger reads one.
    let is_file = beside(&view.uri, "proof.json").is_some();
    let starts = [
        (config.lens.run, "Run", commands::RUN),
        (config.lens.prove && is_file, "Prove", commands::PROVE),
        (config.lens.verify && is_file, "Verify", commands::VERIFY),
    ];
    for (wanted, title, command) in starts {
        if wanted {
            lenses.push(lens(title.to_owned(), command));
        }
    }
    if config.lens.debug && is_file && session.client_capabilities().debugs {
        let mut debug = lens("Debug".into(), commands::DEBUG);
        if let Some(command) = &mut debug.command {
            command.arguments = Some(vec![json!({ "uri": view.uri.as_str() })]);
        }
        lenses.push(debug);
    }
    if let Some(activity) = &program_state.activity {
        lenses.push(lens(
            // Without the phase: nobody asks for lenses anew when it changes.
            format!("{}… (cancel)", activity.kind.doing()),
            commands::CANCEL,
        ));
    }
    if config.lens.result {
        if let Some(failure) = program_state.failure(&now) {
            lenses.push(lens(format!("failed: {}", failure.message), commands::SHOW));
        }
        // What was proved first: on a narrow screen it is the end that is cut off.
        let told = [
            status::proof(&program_state, &now),
            status::run(&program_state, &now),
        ];
        for text in told.into_iter().flatten() {
            lenses.push(lens(text, commands::SHOW));
        }
    }
    if config.lens.cost {
        if let Some(text) = status::cost(&program_state, &now) {
            lenses.push(lens(text, commands::SHOW));
        }
    }
    lenses
}
