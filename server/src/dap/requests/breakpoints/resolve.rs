//! From a breakpoint as the client asks for it to instructions or a heap cell, or to the reason why there is none.

use super::data_id::cell_of;
use crate::dap::debuggee::{Debuggee, Start, instruction_reference};
use crate::dap::expression::{HitCondition, Template, parse};
use crate::dap::protocol::breakpoints::*;
use crate::dap::scope::Scope;
use crate::dap::session::{LineBreakpoint, Settings};
use crate::dap::stops::{Level, Rule, Stop, StopKind, WatchedAccess};
use provable::lang::quote::shortened;

/// A breakpoint at each of its places, and the answer to the client.
pub type Resolved = (Vec<Stop>, Breakpoint);

/// An instruction of a breakpoint, and the copy in which the program is then, if that is said.
type Spot = (Start, Option<Level>);

/// Finds the places of breakpoints.
pub struct Resolver<'a> {
    /// The program.
    pub debuggee: &'a Debuggee,
    /// What the client has set.
    pub settings: &'a Settings,
}

impl Resolver<'_> {
    /// On a line, or on the next one with an instruction; in every copy of it.
    pub fn line(&self, id: u64, breakpoint: &LineBreakpoint) -> Resolved {
        let (source, wanted) = (&breakpoint.source, &breakpoint.wanted);
        let first = self.settings.line_out(1);
        let starts = match self.debuggee.file_of(source) {
            None => Err(self.other_file(source)),
            Some(_) if wanted.line < first => Err(format!(
                "there is no line {}; the first is {first}",
                wanted.line
            )),
            Some(file) => {
                let line = self.settings.line_in(wanted.line);
                self.debuggee.starts_from(file, line)
            }
        };
        self.at((id, StopKind::Line), starts.map(shown), &wanted.rules)
    }

    fn other_file(&self, source: &Source) -> String {
        let name = source.path.as_deref().or(source.name.as_deref());
        format!(
            "{} is not part of the program {}",
            shortened(name.unwrap_or("the file")),
            self.debuggee.file_name(0)
        )
    }

    /// On a label, or on a routine and every copy of it.
    pub fn function(&self, id: u64, wanted: &FunctionBreakpoint) -> Resolved {
        let starts = self.debuggee.starts_named(wanted.name.trim());
        self.at((id, StopKind::Function), starts.map(shown), &wanted.rules)
    }

    /// On an instruction.
    pub fn instruction(&self, id: u64, wanted: &InstructionBreakpoint) -> Resolved {
        let index = instruction_reference(&wanted.instruction_reference)
            .and_then(|index| index.checked_add(wanted.offset))
            .and_then(|index| u32::try_from(index).ok())
            .filter(|index| *index < self.debuggee.length());
        let none = || {
            format!(
                "there is no instruction {}; the last is {}",
                shortened(&wanted.instruction_reference),
                i64::from(self.debuggee.length()) - 1
            )
        };
        let spot = index.and_then(|index| {
            let place = self.debuggee.levels(index).first().copied()?;
            Some(vec![(Start { index, place }, None)])
        });
        self.at(
            (id, StopKind::Instruction),
            spot.ok_or_else(none),
            &wanted.rules,
        )
    }

    /// On a heap cell.
    pub fn data(&self, id: u64, wanted: &DataBreakpoint) -> Resolved {
        let none = || format!("{} is no heap cell", shortened(&wanted.data_id));
        let stop = cell_of(&wanted.data_id).ok_or_else(none).and_then(|at| {
            Ok(Stop {
                id,
                kind: StopKind::Data,
                at,
                level: None,
                access: match wanted.access_type {
                    AccessType::Read => WatchedAccess::Read,
                    AccessType::Write => WatchedAccess::Write,
                    AccessType::ReadWrite => WatchedAccess::ReadWrite,
                },
                rule: rule(&wanted.rules, &self.debuggee.main_scope())?,
            })
        });
        match stop {
            Ok(stop) => (vec![stop], verified(id)),
            Err(why) => (Vec::new(), refused(id, why)),
        }
    }

    /// At instructions, if there are any and the rules can be understood there.
    fn at(
        &self,
        (id, kind): (u64, StopKind),
        spots: Result<Vec<Spot>, String>,
        rules: &Rules,
    ) -> Resolved {
        let stop = |(start, level): Spot| {
            Ok(Stop {
                id,
                kind,
                at: start.index,
                level,
                access: WatchedAccess::ReadWrite,
                rule: rule(rules, &self.debuggee.scope(start))?,
            })
        };
        let first = spots.as_ref().ok().and_then(|spots| spots.first().copied());
        let stops = spots.and_then(|spots| spots.into_iter().map(stop).collect());
        let (stops, answer) = match stops {
            Ok(stops) => (stops, verified(id)),
            Err(why) => (Vec::new(), refused(id, why)),
        };
        let placed = first.map(|(start, _)| {
            let (line, _) = self.debuggee.line_column(start.place);
            Breakpoint {
                source: Some(self.debuggee.source(start.place.file)),
                line: Some(self.settings.line_out(line)),
                instruction_reference: Some(start.index.to_string()),
                ..answer.clone()
            }
        });
        (stops, placed.unwrap_or(answer))
    }
}

/// The places where lines begin, each in the copy that the line belongs to.
fn shown(starts: Vec<Start>) -> Vec<Spot> {
    let spot = |start: Start| (start, Some(start.place.copy));
    starts.into_iter().map(spot).collect()
}

fn rule(rules: &Rules, scope: &Scope<'_>) -> Result<Rule, String> {
    let condition = given(&rules.condition)
        .map(|text| parse(text, scope).map_err(|error| format!("the condition: {error}")));
    let hits = given(&rules.hit_condition)
        .map(|text| HitCondition::parse(text).map_err(|error| error.to_string()));
    let log = given(&rules.log_message)
        .map(|text| Template::parse(text, scope).map_err(|error| format!("the message: {error}")));
    Ok(Rule {
        condition: condition.transpose()?,
        hits: hits.transpose()?,
        log: log.transpose()?,
    })
}

/// A field, unless it is blank: some clients send an empty text for a field that was not filled in.
fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.trim().is_empty())
}

fn verified(id: u64) -> Breakpoint {
    Breakpoint {
        id,
        verified: true,
        ..Breakpoint::default()
    }
}

fn refused(id: u64, why: String) -> Breakpoint {
    Breakpoint {
        id,
        message: Some(why),
        ..Breakpoint::default()
    }
}
