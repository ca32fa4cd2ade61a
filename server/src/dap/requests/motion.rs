//! Moving, in both directions of time. Each request is answered at once; an event tells where it led.

use crate::dap::motion::Goal;
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

/// `next`: over a CALL.
pub fn next(session: &mut Session<'_>) -> Answer {
    let depth = session.recording.machine().calls().len();
    forward(session, Goal::Depth(depth))
}

/// `stepIn`: one step, also into a routine.
pub fn step_in(session: &mut Session<'_>) -> Answer {
    forward(session, Goal::Depth(usize::MAX))
}

/// `stepOut`: to where the routine returns to; outside of any, to the end.
pub fn step_out(session: &mut Session<'_>) -> Answer {
    let depth = session.recording.machine().calls().len();
    let goal = depth.checked_sub(1).map_or(Goal::Stop, Goal::Depth);
    forward(session, goal)
}

fn forward(session: &mut Session<'_>, goal: Goal) -> Answer {
    session.must_be_stopped()?;
    session.forward(goal, "step");
    Ok(Value::Null)
}

/// `stepBack`: what `next` does, the other way: over a routine that was called. By instructions, one step.
pub fn step_back(session: &mut Session<'_>, request: &Request) -> Answer {
    session.must_be_stopped()?;
    let step: Step = request.arguments()?;
    let depth = session.recording.machine().calls().len();
    let goal = match step.granularity {
        Granularity::Instruction => Goal::Depth(usize::MAX),
        Granularity::Statement | Granularity::Line => Goal::Depth(depth),
    };
    session.back(goal, "step");
    Ok(Value::Null)
}

/// `pause`.
pub fn pause(session: &mut Session<'_>) -> Answer {
    session.pause();
    Ok(Value::Null)
}

/// `gotoTargets`: a line has two targets, the next position at which it runs and the previous one.
pub fn goto_targets(session: &Session<'_>, request: &Request) -> Answer {
    let wanted: GotoTargets = request.arguments()?;
    let line = session.settings.line_in(wanted.line);
    let is_line = wanted.line >= session.settings.line_out(1);
    let place = session.debuggee.instruction_from(line);
    let Some(index) = place.filter(|_| is_line) else {
        return Ok(json!({ "targets": [] }));
    };
    let line = session.settings.line_out(session.debuggee.line(index));
    let target = |ahead: bool, label: &str| {
        json!({
            "id": i64::from(index) * 2 + i64::from(ahead),
            "label": label,
            "line": line,
            "instructionPointerReference": index.to_string(),
        })
    };
    let targets = [
        target(true, "the next time that it runs"),
        target(false, "the last time that it ran"),
    ];
    Ok(json!({ "targets": targets }))
}

/// `goto`: to such a target.
pub fn goto(session: &mut Session<'_>, request: &Request) -> Answer {
    session.must_be_stopped()?;
    let wanted: Goto = request.arguments()?;
    let index = u32::try_from(wanted.target_id >> 1).ok();
    let index = index.filter(|index| *index < session.debuggee.length());
    let Some(index) = index else {
        return Err(Problem::new(format!(
            "there is no target {}",
            wanted.target_id
        )));
    };
    match wanted.target_id & 1 {
        0 => session.back(Goal::Instruction(index), "goto"),
        _ => session.forward(Goal::Instruction(index), "goto"),
    }
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
