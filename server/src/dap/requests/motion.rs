//! Moving, in both directions of time.

use crate::dap::motion::{Goal, Motion};
use crate::dap::protocol::motion::{Granularity, Step};
use crate::dap::protocol::{Problem, Request};
use crate::dap::session::Session;
use serde_json::{json, Value};

type Answer = Result<Value, Problem>;

/// `continue`. From the end there is nowhere to go on to, so the session ends.
pub fn go_on(session: &mut Session<'_>) -> Answer {
    session.must_be_stopped()?;
    if session.recording.machine().has_ended() {
        session.terminate();
    } else {
        session.go(Motion::Forward(Goal::Stop), "pause");
    }
    Ok(json!({ "allThreadsContinued": true }))
}

/// `reverseContinue`.
pub fn go_back(session: &mut Session<'_>) -> Answer {
    back(session, Goal::Stop, "pause")
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

/// `stepOut`: to where the routine returns to.
pub fn step_out(session: &mut Session<'_>) -> Answer {
    match session.recording.machine().calls().len().checked_sub(1) {
        Some(depth) => forward(session, Goal::Depth(depth)),
        None => forward(session, Goal::Stop),
    }
}

/// `stepBack`: what `next` does, the other way: over a routine that was called. By instructions, one step.
pub fn step_back(session: &mut Session<'_>, request: &Request) -> Answer {
    let step: Step = request.arguments()?;
    let depth = session.recording.machine().calls().len();
    let goal = match step.granularity {
        Granularity::Instruction => Goal::Depth(usize::MAX),
        Granularity::Statement | Granularity::Line => Goal::Depth(depth),
    };
    back(session, goal, "step")
}

/// `pause`.
pub fn pause(session: &mut Session<'_>) -> Answer {
    if session.underway.take().is_some() {
        session.stopped("pause", Vec::new());
    }
    Ok(Value::Null)
}

fn forward(session: &mut Session<'_>, goal: Goal) -> Answer {
    session.must_be_stopped()?;
    session.go(Motion::Forward(goal), "step");
    Ok(Value::Null)
}

fn back(session: &mut Session<'_>, goal: Goal, reason: &'static str) -> Answer {
    session.must_be_stopped()?;
    let end = session.recording.position().saturating_sub(1);
    session.go(Motion::Back { goal, end }, reason);
    Ok(Value::Null)
}
