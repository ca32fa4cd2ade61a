//! `textDocument/inlayHint`: the stack depth after each line, the values that each line left on top in the last run, and
//! at the line where that run ended the results of the run and of its proof.

use crate::lsp::document_role::Role;
use crate::lsp::state::{Session, View};
use crate::program_state::{Current, ProgramState, ResultState, status};
use crate::worker::protocol::ValueHistory;
use provable_ide::depths::depth_hints;
use tower_lsp_server::ls_types::{
    InlayHint, InlayHintKind, InlayHintLabel, InlayHintTooltip, Position, Range,
};

/// The most values of a line that are shown.
const MAX_VALUES: usize = 5;

/// The hints of a range, in its order.
pub fn answer(session: &Session, view: &View, range: Range) -> Vec<InlayHint> {
    let config = session.config();
    let positions = view.positions();
    let mut hints = Vec::new();
    if config.hints.depth {
        for hint in depth_hints(view.snapshot(), positions.span(range)) {
            let at = positions.position(hint.offset);
            hints.push(one(at, hint.label, hint.tooltip, Some(InlayHintKind::TYPE)));
        }
    }
    let has_results = view.role == Role::Program;
    if has_results && (config.hints.values || config.hints.result) {
        let (program_state, current) = session.program_state(view);
        if config.hints.values {
            hints.extend(values(view, &program_state, &current, range));
        }
        if config.hints.result {
            hints.extend(result(view, &program_state, &current, range));
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

/// The values of the last run, while it is a run of the present program and inputs.
fn values(
    view: &View,
    program_state: &ProgramState,
    current: &Current,
    range: Range,
) -> Vec<InlayHint> {
    let is_current = matches!(
        program_state.run_state(current).0,
        ResultState::Fresh | ResultState::Failed
    );
    let Some(run) = program_state
        .run
        .as_ref()
        .filter(|_| is_current && current.program.is_some())
    else {
        return Vec::new();
    };
    if Some(run.binding.program) != current.program {
        return Vec::new();
    }
    let positions = view.positions();
    let assembly = &view.snapshot().assembly;
    let hint = |history: &ValueHistory| {
        let at = positions.position(assembly.span_of(history.pc as usize).end);
        let is_within = at.line >= range.start.line && at.line <= range.end.line;
        let shown = history.values.get(..MAX_VALUES).unwrap_or(&history.values);
        let mut label = format!("⇒ {}", status::words(shown, MAX_VALUES));
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

/// The results of the last run and its proof, after the instruction where the run ended.
fn result(
    view: &View,
    program_state: &ProgramState,
    current: &Current,
    range: Range,
) -> Option<InlayHint> {
    let run = status::run(program_state, current)
        .filter(|_| program_state.run_state(current).0 == ResultState::Fresh);
    let proof = status::proof(program_state, current)
        .filter(|_| program_state.proof_state(current).0 == ResultState::Fresh);
    let label: Vec<String> = run.into_iter().chain(proof).collect();
    if label.is_empty() {
        return None;
    }
    let snapshot = view.snapshot();
    let count = snapshot.assembly.program.as_ref()?.instructions().len();
    let last = count.checked_sub(1)?;
    // Without a run, or if it ended at the end of the program, after the last instruction.
    let end = program_state.run.as_ref().map(|run| run.answer.pc);
    let index = end.map_or(last, |pc| (pc as usize).min(last));
    let at = view
        .positions()
        .position(snapshot.assembly.span_of(index).end);
    let is_within = at.line >= range.start.line && at.line <= range.end.line;
    let mut details = vec!["of the last run".to_owned()];
    details.extend(status::output(program_state, current));
    let commitment = program_state.proof.as_ref().map(|proof| &proof.commitment);
    details.extend(commitment.map(|one| format!("trace commitment {one}")));
    let tooltip = details.join("\n");
    is_within.then(|| one(at, label.join(" · "), tooltip, None))
}
