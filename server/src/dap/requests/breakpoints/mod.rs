//! Setting places to stop at. Each request replaces all breakpoints of its kind, and each is answered with where it
//! came to stand, or with why it cannot.

mod data;
mod exceptions;
mod resolve;

pub use data::{info, set_data};
pub use exceptions::{category, filters, set_exceptions};

use crate::dap::protocol::breakpoints::*;
use crate::dap::protocol::{Problem, Request, body};
use crate::dap::session::{Session, Settings};
use crate::dap::stops::StopKind;
use resolve::Resolved;
pub use resolve::instruction_of;
use serde_json::{Value, json};
use std::path::Path;

type Answer = Result<Value, Problem>;

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

/// Finds the places of all breakpoints in a program that was read again, and tells of them.
pub fn resolve_again(session: &mut Session<'_>) {
    for kind in [
        StopKind::Line,
        StopKind::Function,
        StopKind::Instruction,
        StopKind::Data,
    ] {
        for breakpoint in resolve_kind(session, kind) {
            if let Ok(breakpoint) = body(breakpoint) {
                let event = json!({ "reason": "changed", "breakpoint": breakpoint });
                session.events.push(("breakpoint", event));
            }
        }
    }
}

/// Finds the places of the breakpoints of one kind.
fn resolve_kind(session: &mut Session<'_>, kind: StopKind) -> Vec<Breakpoint> {
    let settings = &*session.settings;
    let resolver = resolve::Resolver {
        debuggee: session.debuggee,
        settings,
    };
    let resolved: Vec<Resolved> = match kind {
        StopKind::Line => {
            let of = |(id, one): &(u64, SourceBreakpoint)| resolver.line(*id, one);
            settings.lines.iter().map(of).collect()
        }
        StopKind::Function => {
            let of = |(id, one): &(u64, FunctionBreakpoint)| resolver.function(*id, one);
            settings.functions.iter().map(of).collect()
        }
        StopKind::Instruction => {
            let of = |(id, one): &(u64, InstructionBreakpoint)| resolver.instruction(*id, one);
            settings.instructions.iter().map(of).collect()
        }
        StopKind::Data => {
            let of = |(id, one): &(u64, DataBreakpoint)| resolver.data(*id, one);
            settings.data.iter().map(of).collect()
        }
    };
    let (stops, answers): (Vec<_>, Vec<_>) = resolved.into_iter().unzip();
    session
        .stops
        .set(kind, stops.into_iter().flatten().collect());
    answers
}

fn answered(breakpoints: Vec<Breakpoint>) -> Answer {
    Ok(json!({ "breakpoints": body(breakpoints)? }))
}

/// Gives each breakpoint its number.
fn number<T>(settings: &mut Settings, breakpoints: Vec<T>) -> Vec<(u64, T)> {
    let numbered = breakpoints.into_iter().map(|one| {
        settings.last_id += 1;
        (settings.last_id, one)
    });
    numbered.collect()
}

/// Whether two paths are of one file.
fn is_same(one: &str, other: &Path) -> bool {
    let one = Path::new(one);
    let real = |path: &Path| path.canonicalize().ok();
    one == other || real(one).is_some_and(|one| real(other) == Some(one))
}
