//! Hints with the values that each line left on top in the last run: of the program in the text or of a test of it that
//! failed, or else of an open program that uses it.

use super::hint::one;
use crate::lsp::document_uri::name_of;
use crate::lsp::state::{Session, View};
use crate::program_state::{ProgramState, ResultState, RunResult, status};
use crate::worker::protocol::{FailingRun, ValueHistory};
use provable::lang::link::{Linked, Place};
use provable::lang::program::Node;
use provable::lang::quote::shortened;
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

/// The values of what ran last, while that is as it was then.
pub fn values(session: &Session, view: &View, range: Range) -> Vec<InlayHint> {
    if let Some(hints) = of_program(session, view, 0, range, None) {
        return hints;
    }
    let mut users = session.documents.users_of(view).into_iter();
    let found = users.find_map(|(user, file)| {
        let name = name_of(&user.uri);
        of_program(session, &user, file, range, Some(&name))
    });
    found.unwrap_or_default()
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

/// The run of a test that failed, with the program of the test, if nothing ran after it and its result is fresh.
fn failing_run(session: &Session, view: &View) -> Option<(Arc<FailingRun>, Arc<Linked>)> {
    let failing = |program_state: &mut ProgramState| {
        let failing = program_state.tests.failing.clone()?;
        let result = program_state.tests.get(&failing.name)?.clone();
        Some((failing, result))
    };
    let (failing, result) = session.program_states.change(&view.place, failing)?;
    let mut tests = view.tests().iter();
    let one = tests.find(|one| one.test.name == failing.name)?;
    let is_fresh = result.is_fresh(view.test_digest(one));
    let linked = view.test_program(one).filter(|_| is_fresh)?;
    Some((failing, linked))
}

/// The hints in a file of a program, by what ran last. Another file is told of which program that was: `name`.
fn of_program(
    session: &Session,
    program: &View,
    file: usize,
    range: Range,
    name: Option<&str>,
) -> Option<Vec<InlayHint>> {
    let of_file = name.map_or(String::new(), |name| format!(" of {name}"));
    let within = range.start.line as usize..=range.end.line as usize;
    let is_shown = |place: &Place| place.file == file && within.contains(&place.line);
    if let Some((run, linked)) = failing_run(session, program) {
        let place_of = |pc: u32| {
            let place = linked.places.get(pc as usize).copied().filter(is_shown)?;
            if leaves_nothing(&linked, &place) {
                return None;
            }
            let part = linked.part(pc).map_or(0, |part| part.instructions.start);
            Some((place, part))
        };
        let lines = by_line(&run.value_histories, place_of);
        let test = shortened(&run.name);
        let of = format!("the failing run of the test {test}{of_file}");
        return Some(hints(program, file, lines, &of));
    }
    let run = present_run(session, program)?;
    let linked = program.linked();
    let place_of = |pc: u32| {
        let place = program.place(pc).filter(is_shown)?;
        if leaves_nothing(&linked, &place) {
            return None;
        }
        Some((place, program.part_of(pc)))
    };
    let lines = by_line(&run.answer.value_histories, place_of);
    let of = format!("the last run{of_file}");
    Some(hints(program, file, lines, &of))
}

fn hints(
    program: &View,
    file: usize,
    lines: BTreeMap<usize, LineValues<'_>>,
    of: &str,
) -> Vec<InlayHint> {
    let Some(positions) = program.positions_of(file) else {
        return Vec::new();
    };
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
        let mut tooltip = format!("the value on top after this line, which {of} came to {times}");
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

/// Whether a line is the CALL of a routine without outputs: what is on top after it was there before.
fn leaves_nothing(linked: &Linked, place: &Place) -> bool {
    let assembly = linked.assemblies.get(place.file);
    let node = assembly.and_then(|one| Some(one.node(one.instruction_on(place.line)?)));
    matches!(node, Some(Node::Call(called)) if called.contract.outputs == Some(0))
}

/// The histories of a run by line. `place_of` says where an instruction stands, and where the part of the program begins that
/// it belongs to; none for what is not shown. A line may stand for several instructions, of which the last counts, and for
/// several copies, of which the first one is shown.
fn by_line(
    histories: &[ValueHistory],
    place_of: impl Fn(u32) -> Option<(Place, u32)>,
) -> BTreeMap<usize, LineValues<'_>> {
    let mut lines: BTreeMap<usize, LineValues<'_>> = BTreeMap::new();
    for history in histories {
        let Some((place, part)) = place_of(history.pc) else {
            continue;
        };
        let copy = (part, place.copy);
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
