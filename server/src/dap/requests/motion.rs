//! Moving, in both directions of time. Each request is answered at once; an event tells where it led.

use crate::dap::goal::Goal;
use crate::dap::protocol::motion::{Goto, GotoStep, GotoTargets, Granularity, Step};
use crate::dap::protocol::{Answer, Problem, Request};
use crate::dap::session::Session;
use serde_json::{Value, json};

/// `continue`. At the end of the run, the session ends.
pub fn go_on(session: &mut Session<'_>) -> Answer {
    session.must_be_stopped()?;
    if session.recording.machine().has_ended() {
        session.terminate();
    } else {
        session.forward(Goal::Stop, "pause");
    }
    Ok(json!({ "allThreadsContinued": true }))
}

/// `reverseContinue`.
pub fn go_back(session: &mut Session<'_>) -> Answer {
    session.must_be_stopped()?;
    session.back(Goal::Stop, "pause");
    Ok(Value::Null)
}

/// `next`: over a CALL or a copy.
pub fn next(session: &mut Session<'_>, request: &Request) -> Answer {
    let by_instructions = by_instructions(session, request)?;
    session.step_over(by_instructions);
    Ok(Value::Null)
}

/// `stepIn`: one step, also into a routine or a copy.
pub fn step_in(session: &mut Session<'_>, request: &Request) -> Answer {
    let by_instructions = by_instructions(session, request)?;
    session.step_in(by_instructions);
    Ok(Value::Null)
}

/// `stepOut`: to the end of the copy, or to where the routine returns to; outside of any, to the end.
pub fn step_out(session: &mut Session<'_>) -> Answer {
    session.must_be_stopped()?;
    session.step_out();
    Ok(Value::Null)
}

/// Whether a step goes by instructions. The program must be stopped.
fn by_instructions(session: &Session<'_>, request: &Request) -> Result<bool, Problem> {
    session.must_be_stopped()?;
    let step: Step = request.arguments()?;
    Ok(step.granularity == Granularity::Instruction)
}

/// `stepBack`: what `next` does, the other way: over a routine that was called. By instructions, one step.
pub fn step_back(session: &mut Session<'_>, request: &Request) -> Answer {
    let by_instructions = by_instructions(session, request)?;
    session.step_back(by_instructions);
    Ok(Value::Null)
}

/// `pause`.
pub fn pause(session: &mut Session<'_>) -> Answer {
    session.pause();
    Ok(Value::Null)
}

/// The bit of a target's number above which its level stands: below are the index of the instruction and one bit for the
/// direction.
const LEVEL: u32 = 33;

/// Most copies of a line that are offered.
const MOST_COPIES: usize = 20;

/// `gotoTargets`: a line has two targets, the next position at which it runs and the previous one. If there are several
/// copies of it, each has.
pub fn goto_targets(session: &Session<'_>, request: &Request) -> Answer {
    let wanted: GotoTargets = request.arguments()?;
    let (debuggee, settings) = (session.debuggee, &session.settings);
    let is_line = wanted.line >= settings.line_out(1);
    let file = match &wanted.source {
        Some(source) => debuggee.file_of(source),
        None => Some(0),
    };
    let starts = file.filter(|_| is_line).and_then(|file| {
        let starts = debuggee.starts_from(file, settings.line_in(wanted.line));
        starts.ok()
    });
    let starts = starts.unwrap_or_default();
    let are_several = starts.len() > 1;
    let targets = starts.into_iter().take(MOST_COPIES).flat_map(|start| {
        // The line may be one that made the copy that the instruction is in.
        let levels = debuggee.levels(start.index);
        let level = levels.iter().position(|place| *place == start.place);
        let level = i64::try_from(level.unwrap_or(0)).unwrap_or(0);
        let line = settings.line_out(debuggee.line_column(start.place).0);
        let copy = match are_several {
            true => format!(" ({})", debuggee.copy_text(start)),
            false => String::new(),
        };
        [
            (true, "the next time that it runs"),
            (false, "the last time that it ran"),
        ]
        .map(|(ahead, label)| {
            json!({
                "id": level << LEVEL | i64::from(start.index) << 1 | i64::from(ahead),
                "label": format!("{label}{copy}"),
                "line": line,
                "instructionPointerReference": start.index.to_string(),
            })
        })
    });
    Ok(json!({ "targets": targets.collect::<Vec<Value>>() }))
}

/// `goto`: to such a target.
pub fn goto(session: &mut Session<'_>, request: &Request) -> Answer {
    session.must_be_stopped()?;
    let wanted: Goto = request.arguments()?;
    let (id, above) = (wanted.target_id, wanted.target_id >> LEVEL);
    let index = u32::try_from(id >> 1 & i64::from(u32::MAX)).ok();
    let index = index.filter(|index| *index < session.debuggee.length() && above >= 0);
    let Some(index) = index else {
        return Err(Problem::new(format!(
            "there is no target {}",
            wanted.target_id
        )));
    };
    let levels = session.debuggee.levels(index);
    let level = usize::try_from(above)
        .ok()
        .and_then(|above| levels.get(above));
    session.seek(index, id & 1 == 1, level.map(|place| place.copy));
    Ok(Value::Null)
}

/// `provable/goto`: to the position after this many steps, or to the end if that comes before.
pub fn goto_step(session: &mut Session<'_>, request: &Request) -> Answer {
    session.must_be_stopped()?;
    let wanted: GotoStep = request.arguments()?;
    session.announce_continued();
    session.go_to(wanted.step, "goto");
    Ok(Value::Null)
}
