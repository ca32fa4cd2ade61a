//! Breakpoints on lines, labels and instructions.

use super::set::{answered, number, resolve_kind};
use crate::dap::protocol::breakpoints::*;
use crate::dap::protocol::{Answer, Request, body};
use crate::dap::session::Session;
use crate::dap::stops::StopKind;
use serde_json::{Value, json};
use std::path::Path;

/// `setBreakpoints`.
pub fn set_lines(session: &mut Session<'_>, request: &Request) -> Answer {
    let wanted: SetBreakpoints = request.arguments()?;
    let numbered = number(session.settings, wanted.breakpoints);
    let path = wanted.source.path.as_deref();
    if !path.is_some_and(|path| is_same(path, &session.debuggee.path)) {
        let message = format!("only {} is debugged", session.debuggee.path.display());
        let refused = |(id, _)| Breakpoint {
            id,
            message: Some(message.clone()),
            ..Breakpoint::default()
        };
        let refused: Vec<Breakpoint> = numbered.into_iter().map(refused).collect();
        return Ok(json!({ "breakpoints": body(refused)? }));
    }
    session.settings.lines = numbered;
    answered(resolve_kind(session, StopKind::Line))
}

/// `setFunctionBreakpoints`: on labels.
pub fn set_functions(session: &mut Session<'_>, request: &Request) -> Answer {
    let wanted: SetFunctionBreakpoints = request.arguments()?;
    session.settings.functions = number(session.settings, wanted.breakpoints);
    answered(resolve_kind(session, StopKind::Function))
}

/// `setInstructionBreakpoints`.
pub fn set_instructions(session: &mut Session<'_>, request: &Request) -> Answer {
    let wanted: SetInstructionBreakpoints = request.arguments()?;
    session.settings.instructions = number(session.settings, wanted.breakpoints);
    answered(resolve_kind(session, StopKind::Instruction))
}

/// `breakpointLocations`: the lines with instructions.
pub fn locations(session: &Session<'_>, request: &Request) -> Answer {
    let wanted: BreakpointLocations = request.arguments()?;
    let first = session.settings.line_in(wanted.line);
    let last = session
        .settings
        .line_in(wanted.end_line.unwrap_or(wanted.line));
    let start = session.debuggee.instruction_from(first);
    let start = start.unwrap_or(session.debuggee.length());
    let lines = (start..session.debuggee.length()).map(|index| session.debuggee.line(index));
    let found: Vec<Value> = lines
        .take_while(|line| *line <= last)
        .map(|line| json!({ "line": session.settings.line_out(line) }))
        .collect();
    Ok(json!({ "breakpoints": found }))
}

/// Whether two paths are of one file.
fn is_same(one: &str, other: &Path) -> bool {
    let one = Path::new(one);
    let real = |path: &Path| path.canonicalize().ok();
    one == other || real(one).is_some_and(|one| real(other) == Some(one))
}
