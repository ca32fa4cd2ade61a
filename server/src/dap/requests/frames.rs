//! `threads` and `stackTrace`: the one thread, and a frame for each open call.

use crate::dap::protocol::breakpoints::Source;
use crate::dap::protocol::inspect::{StackFrame, StackTrace};
use crate::dap::protocol::{body, Problem, Request};
use crate::dap::session::{Session, THREAD};
use serde_json::{json, Value};

/// Frames that are given at a time, unless fewer are wanted.
const MOST: u64 = 1000;

pub fn threads(session: &Session<'_>) -> Result<Value, Problem> {
    let name = session.debuggee.name();
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
    let end = wanted.start_frame.saturating_add(levels).min(total);
    let frames: Vec<StackFrame> = (wanted.start_frame..end)
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
    let index = match place.checked_sub(1) {
        None => machine.pc(),
        Some(_) => calls.get(depth)?.saturating_sub(1),
    };
    let name = match depth.checked_sub(1).and_then(|at| calls.get(at)) {
        None => debuggee.name(),
        Some(back) => debuggee
            .callee(*back)
            .map_or_else(|| "?".into(), |entry| debuggee.routine(entry)),
    };
    Some(StackFrame {
        id: place as u64 + 1,
        name,
        source: source(session),
        line: session.settings.line_out(debuggee.line(index)),
        column: session.settings.column_out(1),
        end_column: session.settings.column_out(1),
        instruction_pointer_reference: index.to_string(),
    })
}

/// The program's file.
pub fn source(session: &Session<'_>) -> Source {
    let path = &session.debuggee.path;
    Source {
        name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned()),
        path: Some(path.display().to_string()),
    }
}
