//! `threads`, `stackTrace` and `exceptionInfo`: the one thread, a frame for each open call and copy, the trap.

use crate::dap::exceptions::category;
use crate::dap::protocol::inspect::{StackFrame, StackTrace};
use crate::dap::protocol::{Answer, Problem, Request, body};
use crate::dap::session::{Session, THREAD};
use crate::dap::stack::Frame;
use serde_json::json;

/// The most frames in one answer.
const MOST: u64 = 1000;

/// The one thread. Its name shows whether the run was changed, and from which step.
pub fn threads(session: &Session<'_>) -> Answer {
    let name = session.debuggee.name.clone();
    let name = match session.recording.edits().first() {
        None => name,
        Some((position, _)) => format!("{name} (what if, from step {position})"),
    };
    Ok(json!({ "threads": [{ "id": THREAD, "name": name }] }))
}

pub fn stack_trace(session: &Session<'_>, request: &Request) -> Answer {
    session.must_be_stopped()?;
    let wanted: StackTrace = request.arguments()?;
    let stack = session.stack();
    let levels = wanted
        .levels
        .filter(|levels| *levels > 0)
        .unwrap_or(MOST)
        .min(MOST);
    let start = wanted.start_frame.unwrap_or(0);
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let frames = stack.frames(size(start), size(levels));
    let frames: Vec<StackFrame> = (start..)
        .zip(frames)
        .map(|(place, frame)| described(session, place, frame))
        .collect();
    Ok(json!({ "stackFrames": body(frames)?, "totalFrames": stack.len() }))
}

/// A frame by its place, from 0 for the innermost.
fn described(session: &Session<'_>, place: u64, frame: Frame) -> StackFrame {
    let (debuggee, settings) = (session.debuggee, &session.settings);
    let (line, _) = debuggee.line_column(frame.place);
    let column = debuggee.frame_column(frame.index, frame.place);
    StackFrame {
        id: place.saturating_add(1),
        name: frame.name,
        source: debuggee.source(frame.place.file),
        line: settings.line_out(line),
        column: settings.column_out(column),
        instruction_pointer_reference: frame.index.to_string(),
    }
}

/// The trap, if the present position is the one at which the run trapped.
pub fn exception_info(session: &Session<'_>) -> Answer {
    session.must_be_stopped()?;
    match session.recording.machine().ending() {
        Some(Err(trap)) => Ok(json!({
            "exceptionId": category(&trap.reason),
            "description": trap.reason.to_string(),
            "breakMode": "always",
            "details": { "message": session.debuggee.trap_text(trap), "typeName": "trap" },
        })),
        _ => Err(Problem::new("the program has not trapped here")),
    }
}
