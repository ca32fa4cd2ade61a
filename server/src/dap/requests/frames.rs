//! `threads`, `stackTrace` and `exceptionInfo`: the one thread, a frame for each open call, the trap.

use crate::dap::exceptions::category;
use crate::dap::protocol::inspect::{StackFrame, StackTrace};
use crate::dap::protocol::{Answer, Problem, Request, body};
use crate::dap::session::{Session, THREAD};
use serde_json::json;

/// The most frames in one answer.
const MOST: u64 = 1000;

/// The one thread. Its name shows whether the run was changed, and from which step.
pub fn threads(session: &Session<'_>) -> Answer {
    let name = session.debuggee.name();
    let name = match session.recording.edits().first() {
        None => name,
        Some((position, _)) => format!("{name} (what if, from step {position})"),
    };
    Ok(json!({ "threads": [{ "id": THREAD, "name": name }] }))
}

pub fn stack_trace(session: &Session<'_>, request: &Request) -> Answer {
    session.must_be_stopped()?;
    let wanted: StackTrace = request.arguments()?;
    let total = session.recording.machine().calls().len() as u64 + 1;
    let levels = wanted
        .levels
        .filter(|levels| *levels > 0)
        .unwrap_or(MOST)
        .min(MOST);
    let start = wanted.start_frame.unwrap_or(0);
    let end = start.saturating_add(levels).min(total);
    let frames: Vec<StackFrame> = (start..end)
        .filter_map(|place| frame(session, place))
        .collect();
    Ok(json!({ "stackFrames": body(frames)?, "totalFrames": total }))
}

/// A frame by its place, from 0 for the innermost.
fn frame(session: &Session<'_>, place: u64) -> Option<StackFrame> {
    let machine = session.recording.machine();
    let (debuggee, calls) = (session.debuggee, machine.calls());
    let place = usize::try_from(place).ok()?;
    let depth = calls.len().checked_sub(place)?;
    // A frame that waits for a routine is at its CALL.
    let index = match place {
        0 => machine.pc(),
        _ => calls.get(depth)?.saturating_sub(1),
    };
    let entry = depth
        .checked_sub(1)
        .and_then(|at| debuggee.callee(*calls.get(at)?));
    let name = entry.map_or_else(|| debuggee.name(), |entry| debuggee.routine(entry));
    Some(StackFrame {
        id: place as u64 + 1,
        name,
        source: debuggee.source_descriptor(),
        line: session.settings.line_out(debuggee.line(index)),
        column: session.settings.column_out(debuggee.column(index)),
        instruction_pointer_reference: index.to_string(),
    })
}

/// The trap, if the present position is the one at which the run trapped.
pub fn exception_info(session: &Session<'_>) -> Answer {
    session.must_be_stopped()?;
    match session.recording.machine().ending() {
        Some(Err(trap)) => Ok(json!({
            "exceptionId": category(&trap.reason),
            "description": trap.reason.to_string(),
            "breakMode": "always",
            "details": { "message": trap.to_string(), "typeName": "trap" },
        })),
        _ => Err(Problem::new("the program has not trapped here")),
    }
}
