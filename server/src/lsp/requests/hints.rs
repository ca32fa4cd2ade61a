//! `textDocument/inlayHint`: the stack depth after each line, the values each line left on top in the last run, and
//! at the line where that run ended what came of it and of its proof.

use crate::lsp::documents::View;
use crate::lsp::identity::Role;
use crate::lsp::results::{Now, ProgramState, State};
use crate::lsp::session::Session;
use crate::lsp::status;
use provable_ide::depths::depth_hints;
use tower_lsp_server::ls_types::{
    InlayHint, InlayHintKind, InlayHintLabel, InlayHintTooltip, Position, Range,
};

/// Values of a line that are shown.
const VALUES: usize = 5;

/// The hints of a range, in its order.
pub fn answer(session: &Session, view: &View, range: Range) -> Vec<InlayHint> {
    let config = session.config();
    let places = view.places();
    let mut hints = Vec::new();
    if config.hints.depth {
        for hint in depth_hints(view.snapshot(), places.span(range)) {
            let at = places.position(hint.offset);
            hints.push(one(at, hint.label, hint.tooltip, Some(InlayHintKind::TYPE)));
        }
    }
    let has_results = view.role == Role::Program;
    if has_results && (config.hints.values || config.hints.result) {
        let (program_state, now) = session.known(view);
        if config.hints.values {
            hints.extend(values(view, &program_state, &now, range));
        }
        if config.hints.result {
            hints.extend(result(view, &program_state, &now, range));
        }
    }
    hints.sort_by_key(|hint| (hint.position.line, hint.position.character));
    hints
}

fn one(at: Position, label: String, tooltip: String, kind: Option<InlayHintKind>) -> InlayHint {
    InlayHint {
        position: at,
        label: InlayHintLabel::String(label),
        kind,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}

/// The last run's values, while it is of the program that stands here.
fn values(view: &View, program_state: &ProgramState, now: &Now, range: Range) -> Vec<InlayHint> {
    let is_of_this = matches!(program_state.run_state(now).0, State::Fresh | State::Failed);
    let Some(run) = program_state
        .run
        .as_ref()
        .filter(|_| is_of_this && now.program.is_some())
    else {
        return Vec::new();
    };
    if Some(run.binding.program) != now.program {
        return Vec::new();
    }
    let places = view.places();
    let assembly = &view.snapshot().assembly;
    let hint = |history: &crate::worker::protocol::ValueHistory| {
        let at = places.position(assembly.span_of(history.pc as usize).end);
        let is_within = at.line >= range.start.line && at.line <= range.end.line;
        let shown = history.values.get(..VALUES).unwrap_or(&history.values);
        let mut label = format!("⇒ {}", status::words(shown, VALUES));
        if history.count > shown.len() as u64 {
            label.push_str(" …");
        }
        let times = match history.count {
            1 => "once".to_owned(),
            count => format!("{count} times"),
        };
        let tooltip =
            format!("the value on top after this line, which the last run came to {times}");
        is_within.then(|| one(at, label, tooltip, None))
    };
    run.answer.value_histories.iter().filter_map(hint).collect()
}

/// What the last run and its proof came to, behind the instruction where the run ended.
fn result(view: &View, program_state: &ProgramState, now: &Now, range: Range) -> Option<InlayHint> {
    let run =
        status::run(program_state, now).filter(|_| program_state.run_state(now).0 == State::Fresh);
    let proof = status::proof(program_state, now)
        .filter(|_| program_state.proof_state(now).0 == State::Fresh);
    let label: Vec<String> = run.into_iter().chain(proof).collect();
    if label.is_empty() {
        return None;
    }
    let snapshot = view.snapshot();
    let count = snapshot.assembly.program.as_ref()?.instructions().len();
    let last = count.checked_sub(1)?;
    // Without a run, or at the end of the program, behind the last instruction.
    let end = program_state.run.as_ref().map(|run| run.answer.pc);
    let index = end.map_or(last, |pc| (pc as usize).min(last));
    let at = view.places().position(snapshot.assembly.span_of(index).end);
    let is_within = at.line >= range.start.line && at.line <= range.end.line;
    let mut details = vec!["of the last run".to_owned()];
    details.extend(status::output(program_state, now));
    let commitment = program_state.proof.as_ref().map(|proof| &proof.commitment);
    details.extend(commitment.map(|one| format!("trace commitment {one}")));
    let tooltip = details.join("\n");
    is_within.then(|| one(at, label.join(" · "), tooltip, None))
}
