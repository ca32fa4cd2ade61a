//! Breakpoints of one kind: each gets a number, and a place in the program.

use super::resolve::{Resolved, Resolver};
use crate::dap::protocol::breakpoints::*;
use crate::dap::protocol::{Answer, body};
use crate::dap::session::{LineBreakpoint, Session, Settings};
use crate::dap::stops::StopKind;
use serde_json::json;

/// Finds the places of all breakpoints in a program that was read again, and reports them by events.
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
pub fn resolve_kind(session: &mut Session<'_>, kind: StopKind) -> Vec<Breakpoint> {
    let settings = &*session.settings;
    let resolver = Resolver {
        debuggee: session.debuggee,
        settings,
    };
    let resolved: Vec<Resolved> = match kind {
        StopKind::Line => {
            let of = |(id, one): &(u64, LineBreakpoint)| resolver.line(*id, one);
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

pub fn answered(breakpoints: Vec<Breakpoint>) -> Answer {
    Ok(json!({ "breakpoints": body(breakpoints)? }))
}

/// Gives each breakpoint its number.
pub fn number<T>(settings: &mut Settings, breakpoints: Vec<T>) -> Vec<(u64, T)> {
    let numbered = breakpoints.into_iter().map(|one| {
        settings.last_id += 1;
        (settings.last_id, one)
    });
    numbered.collect()
}
