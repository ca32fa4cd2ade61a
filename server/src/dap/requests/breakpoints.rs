//! Setting places to stop at.

use super::frames::source;
use crate::dap::protocol::breakpoints::{Breakpoint, SetBreakpoints};
use crate::dap::protocol::{body, Problem, Request};
use crate::dap::session::Session;
use crate::dap::stops::Place;
use serde_json::{json, Value};
use std::path::Path;

/// `setBreakpoints`.
pub fn set_lines(session: &mut Session<'_>, request: &Request) -> Result<Value, Problem> {
    let wanted: SetBreakpoints = request.arguments()?;
    let is_program = wanted
        .source
        .path
        .as_deref()
        .is_some_and(|path| is_same(path, &session.debuggee.path));
    if !is_program {
        let message = format!("only {} is debugged", session.debuggee.path.display());
        let none: Vec<Breakpoint> = wanted
            .breakpoints
            .iter()
            .map(|_| Breakpoint {
                id: new_id(session),
                message: Some(message.clone()),
                ..Breakpoint::default()
            })
            .collect();
        return Ok(json!({ "breakpoints": body(none)? }));
    }
    session.settings.lines = Some(wanted);
    let breakpoints = resolve_lines(session);
    Ok(json!({ "breakpoints": body(breakpoints)? }))
}

/// Finds the instructions of the breakpoints in a program that was read again.
pub fn resolve_again(session: &mut Session<'_>) {
    let breakpoints = resolve_lines(session);
    for breakpoint in breakpoints {
        if let Ok(breakpoint) = body(breakpoint) {
            let event = json!({ "reason": "changed", "breakpoint": breakpoint });
            session.events.push(("breakpoint", event));
        }
    }
}

fn resolve_lines(session: &mut Session<'_>) -> Vec<Breakpoint> {
    let wanted = session
        .settings
        .lines
        .clone()
        .map(|set| set.breakpoints)
        .unwrap_or_default();
    let mut places = Vec::new();
    let mut answers = Vec::new();
    for one in wanted {
        let id = new_id(session);
        let line = session.settings.line_in(one.line);
        answers.push(match session.debuggee.instruction_from(line) {
            Some(index) => {
                places.push(Place { id, index });
                Breakpoint {
                    id,
                    verified: true,
                    source: Some(source(session)),
                    line: Some(session.settings.line_out(session.debuggee.line(index))),
                    ..Breakpoint::default()
                }
            }
            None => Breakpoint {
                id,
                message: Some("there is no instruction on this line or after it".into()),
                ..Breakpoint::default()
            },
        });
    }
    session.stops.set_lines(places);
    answers
}

fn new_id(session: &mut Session<'_>) -> u64 {
    session.settings.next_id += 1;
    session.settings.next_id
}

/// Whether two paths are of one file.
fn is_same(one: &str, other: &Path) -> bool {
    let one = Path::new(one);
    one == other
        || one
            .canonicalize()
            .ok()
            .is_some_and(|one| other.canonicalize().ok() == Some(one))
}
