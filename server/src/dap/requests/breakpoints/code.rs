//! Breakpoints on lines, labels and instructions.

use super::set::{answered, number, resolve_kind};
use crate::dap::protocol::breakpoints::*;
use crate::dap::protocol::{Answer, Request};
use crate::dap::session::{LineBreakpoint, Session};
use crate::dap::stops::StopKind;
use serde_json::{Value, json};

/// `setBreakpoints`: all of a file. Those of a file that is not part of the program wait for a restart.
pub fn set_lines(session: &mut Session<'_>, request: &Request) -> Answer {
    let wanted: SetBreakpoints = request.arguments()?;
    let (debuggee, source) = (session.debuggee, wanted.source);
    let file = debuggee.file_of(&source);
    let is_same = |other: &Source| match file {
        Some(file) => debuggee.file_of(other) == Some(file),
        None => *other == source,
    };
    let mut lines = std::mem::take(&mut session.settings.lines);
    lines.retain(|(_, one)| !is_same(&one.source));
    let new = wanted.breakpoints.into_iter().map(|wanted| LineBreakpoint {
        source: source.clone(),
        wanted,
    });
    let new = number(session.settings, new.collect());
    let ids: Vec<u64> = new.iter().map(|(id, _)| *id).collect();
    lines.extend(new);
    session.settings.lines = lines;
    let mut resolved = resolve_kind(session, StopKind::Line);
    resolved.retain(|one| ids.contains(&one.id));
    answered(resolved)
}

/// `setFunctionBreakpoints`: on labels and routines.
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
    let debuggee = session.debuggee;
    let file = match &wanted.source {
        Some(source) => debuggee.file_of(source),
        None => Some(0),
    };
    let lines = file.map_or(Vec::new(), |file| debuggee.lines_between(file, first, last));
    let found = lines.into_iter();
    let found = found.map(|line| json!({ "line": session.settings.line_out(line) }));
    Ok(json!({ "breakpoints": found.collect::<Vec<Value>>() }))
}
