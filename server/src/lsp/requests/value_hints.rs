//! Hints with the values that each line left on top in the last run: of the program in the text, or else of an open
//! program that uses it.

use super::hint::one;
use crate::lsp::document_uri::name_of;
use crate::lsp::state::{Session, View};
use crate::program_state::{ResultState, RunResult, status};
use crate::worker::protocol::ValueHistory;
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_lsp_server::ls_types::{InlayHint, Range};

/// The most values of a line that are shown.
const MAX_VALUES: usize = 5;

/// What the first copy of a line left, and how many copies of the line were executed.
struct LineValues<'a> {
    /// The copy that came last.
    copy: (u32, Option<usize>),
    history: &'a ValueHistory,
    copies: usize,
}

/// The values of the last run, while it is a run of the present program and inputs.
pub fn values(session: &Session, view: &View, range: Range) -> Vec<InlayHint> {
    match runs_of(session, view) {
        None => Vec::new(),
        Some((None, file, run)) => hints(view, file, &run, range, None),
        Some((Some(user), file, run)) => {
            let name = name_of(&user.uri);
            hints(&user, file, &run, range, Some(name))
        }
    }
}

/// The last present run of the program in a text, or else of an open program that uses it: that program if it is another
/// one, the text's place among its files, and the run.
pub fn runs_of(session: &Session, view: &View) -> Option<(Option<Arc<View>>, usize, RunResult)> {
    if let Some(run) = present_run(session, view) {
        return Some((None, 0, run));
    }
    let mut users = session.documents.users_of(view).into_iter();
    users.find_map(|(user, file)| {
        let run = present_run(session, &user)?;
        Some((Some(user), file, run))
    })
}

/// The last run of a program, while it is one of the present program and inputs.
fn present_run(session: &Session, view: &View) -> Option<RunResult> {
    let has_run = session
        .program_states
        .change(&view.place, |program_state| program_state.run.is_some());
    if !has_run {
        return None;
    }
    let (program_state, current) = session.program_state(view);
    let is_current = matches!(
        program_state.run_state(&current).0,
        ResultState::Fresh | ResultState::Failed
    );
    let is_present = |run: &RunResult| Some(run.binding.program) == current.program;
    program_state
        .run
        .filter(|run| is_current && is_present(run))
}

/// The hints in a file of a program. Another file is told whose run it was.
fn hints(
    program: &View,
    file: usize,
    run: &RunResult,
    range: Range,
    of: Option<String>,
) -> Vec<InlayHint> {
    let Some(positions) = program.positions_of(file) else {
        return Vec::new();
    };
    let lines = by_line(program, file, &run.answer.value_histories, range);
    let hint = |(line, values): (usize, LineValues<'_>)| {
        let history = values.history;
        let at = positions.position(program.span_of_line(file, line).end);
        let shown = history.values.get(..MAX_VALUES).unwrap_or(&history.values);
        let mut label = format!("⇒ {}", status::words(shown, MAX_VALUES));
        if history.count > shown.len() as u64 {
            label.push_str(" …");
        }
        let times = match history.count {
            1 => "once".to_owned(),
            count => format!("{count} times"),
        };
        let run = of.as_ref().map_or("the last run".to_owned(), |name| {
            format!("the last run of {name}")
        });
        let mut tooltip = format!("the value on top after this line, which {run} came to {times}");
        if values.copies > 1 {
            label.push_str(&format!(" (of {} copies)", values.copies));
            tooltip.push_str(&format!(
                "\nthis is the first of {} copies of the line that the run came to",
                values.copies
            ));
        }
        one(at, label, tooltip, None)
    };
    lines.into_iter().map(hint).collect()
}

/// The histories of a range by the lines of a file. A line may stand for several instructions, of which the last counts,
/// and for several copies, of which the first one is shown.
fn by_line<'a>(
    program: &View,
    file: usize,
    histories: &'a [ValueHistory],
    range: Range,
) -> BTreeMap<usize, LineValues<'a>> {
    let mut lines: BTreeMap<usize, LineValues<'a>> = BTreeMap::new();
    let within = range.start.line as usize..=range.end.line as usize;
    for history in histories {
        let Some(place) = program.place(history.pc) else {
            continue;
        };
        if place.file != file || !within.contains(&place.line) {
            continue;
        }
        let copy = (program.part_of(history.pc), place.copy);
        let line = lines.entry(place.line).or_insert(LineValues {
            copy,
            history,
            copies: 0,
        });
        if line.copies == 0 || line.copy != copy {
            line.copies += 1;
            line.copy = copy;
        }
        if line.copies == 1 {
            line.history = history;
        }
    }
    lines
}
