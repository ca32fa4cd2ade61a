//! The diagnostics of traps. A trap is told where it happened, in whichever file that is.

use crate::lsp::document_role::Role;
use crate::lsp::document_uri::name_of;
use crate::lsp::state::{Session, View};
use crate::lsp::to_proto::SOURCE;
use crate::program_state::ProgramState;
use crate::worker::protocol::TrapAnswer;
use std::ops::Range;
use std::sync::Arc;
use tower_lsp_server::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
};

/// The code of the diagnostic at a trap.
pub const TRAP: &str = "trap";

/// The traps that are told in a text: of the last run of the text itself, and of the programs that use it.
pub fn traps(session: &Session, view: &View, users: &[(Arc<View>, usize)]) -> Vec<Diagnostic> {
    let of_users = users
        .iter()
        .filter_map(|(user, file)| in_file(user, *file, &last_trap(session, user)?));
    let own = last_trap(session, view).and_then(|trap| own(session, view, &trap));
    own.into_iter().chain(of_users).collect()
}

/// The trap of the last run of a program, while the run is fresh.
fn last_trap(session: &Session, view: &View) -> Option<TrapAnswer> {
    // Quick checks before any file is linked or read: few runs trap.
    let may_have_trapped = |program_state: &mut ProgramState| program_state.may_have_trapped();
    if !session.program_states.change(&view.place, may_have_trapped) {
        return None;
    }
    let digest = view.digest()?;
    let has_trapped = |program_state: &mut ProgramState| program_state.has_trapped(&digest);
    if !session.program_states.change(&view.place, has_trapped) {
        return None;
    }
    let (program_state, current) = session.program_state(view);
    program_state.trap(&current).cloned()
}

/// The trap of a program in its own text: where it happened, or how the run came there if that file is not open.
fn own(session: &Session, view: &View, trap: &TrapAnswer) -> Option<Diagnostic> {
    let shown = view.shown(trap.pc);
    if shown.file == 0 {
        let message = format!("the last run trapped here: {}", trap.message);
        return Some(diagnostic(view, 0, shown.span, message, way(view, trap)));
    }
    let id = &view.snapshot().modules.files().get(shown.file)?.id;
    let open = session.documents.with_id(id);
    if open.is_some_and(|open| open.role == Role::Program) {
        return None;
    }
    let positions = view.positions_of(shown.file)?;
    let message = format!(
        "the last run trapped in {}, line {}: {}",
        view.name_of_file(shown.file),
        positions.position(shown.span.start).line + 1,
        trap.message
    );
    let there = related(view, shown.file, shown.span, "it trapped here");
    let way = there.into_iter().chain(way(view, trap)).collect();
    let span = view.shown_in_text(trap.pc, &trap.calls);
    Some(diagnostic(view, 0, span, message, way))
}

/// The trap of a program in another file of it, if it happened there.
fn in_file(program: &View, file: usize, trap: &TrapAnswer) -> Option<Diagnostic> {
    let shown = program.shown(trap.pc);
    let name = name_of(&program.uri);
    let message = format!("the last run of {name} trapped here: {}", trap.message);
    let is_here = shown.file == file;
    is_here.then(|| diagnostic(program, file, shown.span, message, way(program, trap)))
}

fn diagnostic(
    program: &View,
    file: usize,
    span: Range<usize>,
    message: String,
    way: Vec<DiagnosticRelatedInformation>,
) -> Diagnostic {
    let positions = program.positions_of(file);
    Diagnostic {
        range: positions.map(|one| one.range(span)).unwrap_or_default(),
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String(TRAP.into())),
        source: Some(SOURCE.into()),
        message,
        related_information: Some(way).filter(|way| !way.is_empty()),
        ..Diagnostic::default()
    }
}

/// How a run came to a trap: the lines that copied its instruction, the CALLs that were open, and the lines that copied
/// those. A plain text says that by itself.
pub fn way(program: &View, trap: &TrapAnswer) -> Vec<DiagnosticRelatedInformation> {
    if program.is_plain() {
        return Vec::new();
    }
    let mut way = Vec::new();
    let copied = |index: u32| program.shown(index).copied;
    for (file, span) in copied(trap.pc) {
        way.extend(related(program, file, span, "copied here"));
    }
    for &call in &trap.calls {
        let shown = program.shown(call);
        way.extend(related(program, shown.file, shown.span, "called here"));
        for (file, span) in shown.copied {
            way.extend(related(program, file, span, "copied here"));
        }
    }
    way
}

fn related(
    program: &View,
    file: usize,
    span: Range<usize>,
    message: &str,
) -> Option<DiagnosticRelatedInformation> {
    Some(DiagnosticRelatedInformation {
        location: Location {
            uri: program.uri_of(file)?,
            range: program.positions_of(file)?.range(span),
        },
        message: message.to_owned(),
    })
}
