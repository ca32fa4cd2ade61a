//! `threads`, `stackTrace` and `exceptionInfo`: the one thread, a frame for each open call, what went wrong.

use super::breakpoints::category;
use crate::dap::Debuggee;
use crate::dap::protocol::breakpoints::Source;
use crate::dap::protocol::inspect::{StackFrame, StackTrace};
use crate::dap::protocol::{Problem, Request, body};
use crate::dap::session::{Session, THREAD};
use serde_json::{Value, json};

/// Frames that are given at a time, unless fewer are wanted.
const MOST: u64 = 1000;

/// The thread's name says when the run is not the program's own.
pub fn threads(session: &Session<'_>) -> Result<Value, Problem> {
    let name = session.debuggee.name();
    let name = match session.recording.edits().first() {
        None => name,
        Some((position, _)) => format!("{name} (what if, from step {position})"),
    };
    Ok(json!({ "threads": [{ "id": THREAD, "name": name }] }))
}

pub fn stack_trace(session: &Session<'_>, request: &Request) -> Result<Value, Problem> {
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
    // A frame that waits is at its CALL.
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
        source: source(debuggee),
        line: session.settings.line_out(debuggee.line(index)),
        column: session.settings.column_out(debuggee.column(index)),
        instruction_pointer_reference: index.to_string(),
    })
}

/// The program's file.
pub fn source(debuggee: &Debuggee) -> Source {
    let name = debuggee.path.file_name();
    Source {
        name: name.map(|name| name.to_string_lossy().into_owned()),
        path: Some(debuggee.path.display().to_string()),
    }
}

/// The trap that the run ended in, if it is there that one looks.
pub fn exception_info(session: &Session<'_>) -> Result<Value, Problem> {
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
