//! `textDocument/inlayHint`: the stack depth after each line, the values that each line left on top in the last run, and
//! at the line where that run ended the results of the run and of its proof.

use super::heat_hints::shares;
use super::hint::one;
use super::test_hints::verdicts;
use super::value_hints::values;
use crate::lsp::document_role::Role;
use crate::lsp::state::{Session, View};
use crate::program_state::{Current, ProgramState, ResultState, status};
use provable_ide::depths::depth_hints;
use tower_lsp_server::ls_types::{InlayHint, InlayHintKind, Range};

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
    if has_results && config.hints.values {
        hints.extend(values(session, view, range));
    }
    if has_results && config.hints.cost {
        hints.extend(shares(session, view, range));
    }
    if has_results && config.hints.result {
        hints.extend(verdicts(session, view, range));
    }
    if has_results && config.hints.result && !view.is_library() {
        let (program_state, current) = session.program_state(view);
        hints.extend(result(view, &program_state, &current, range));
    }
    hints.sort_by_key(|hint| (hint.position.line, hint.position.character));
    hints
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
    // Without a run, or if it ended at the end of the program, after the last instruction of the main code.
    let last = view.last_of_main()?;
    let end = program_state.run.as_ref().map(|run| &run.answer);
    let end = end.filter(|run| view.place(run.pc).is_some());
    let index = end.map_or(last, |run| run.pc);
    let calls = end
        .and_then(|run| run.trap.as_ref())
        .map(|trap| &trap.calls);
    let span = view.shown_in_text(index, calls.map_or(&[], Vec::as_slice));
    let at = view.positions().position(span.end);
    let is_within = at.line >= range.start.line && at.line <= range.end.line;
    let mut details = vec!["of the last run".to_owned()];
    details.extend(status::output(program_state, current));
    let commitment = program_state.proof.as_ref().map(|proof| &proof.commitment);
    details.extend(commitment.map(|one| format!("trace commitment {one}")));
    let tooltip = details.join("\n");
    is_within.then(|| one(at, label.join(" · "), tooltip, None))
}
