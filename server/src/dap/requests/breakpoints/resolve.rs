//! From a breakpoint as the client asks for it to an instruction or a heap cell, or to the reason why there is none.

use super::data_id::cell_of;
use crate::dap::debuggee::{Debuggee, instruction_reference};
use crate::dap::expression::{HitCondition, Template, parse};
use crate::dap::protocol::breakpoints::*;
use crate::dap::session::Settings;
use crate::dap::stops::{Rule, Stop, StopKind, WatchedAccess};
use provable::lang::program::SymbolKind;
use provable::lang::quote::shortened;
use provable::lang::suggest::nearest;

/// A breakpoint, if it can be set, and the answer to the client.
pub type Resolved = (Option<Stop>, Breakpoint);

/// Finds the places of breakpoints.
pub struct Resolver<'a> {
    /// The program.
    pub debuggee: &'a Debuggee,
    /// What the client has set.
    pub settings: &'a Settings,
}

impl Resolver<'_> {
    /// On a line, or on the next one with an instruction.
    pub fn line(&self, id: u64, wanted: &SourceBreakpoint) -> Resolved {
        let first = self.settings.line_out(1);
        let place = match wanted.line < first {
            true => Err(format!(
                "there is no line {}; the first is {first}",
                wanted.line
            )),
            false => {
                let line = self.settings.line_in(wanted.line);
                let none = || "there is no instruction on this line or after it".to_owned();
                self.debuggee.instruction_from(line).ok_or_else(none)
            }
        };
        self.at(id, StopKind::Line, place, &wanted.rules)
    }

    /// On a label.
    pub fn function(&self, id: u64, wanted: &FunctionBreakpoint) -> Resolved {
        let symbols = &self.debuggee.assembly.symbols;
        let name = wanted.name.trim();
        let symbol = symbols
            .get(name)
            .filter(|one| one.kind == SymbolKind::Label);
        let place = match symbol.and_then(|symbol| symbol.value) {
            Some(index) if index < self.debuggee.length() => Ok(index),
            Some(_) => Err(format!(
                "no instruction follows the label {}",
                shortened(name)
            )),
            None => {
                let labels = symbols.iter().filter(|one| one.kind == SymbolKind::Label);
                let near = nearest(name, labels.take(2000).map(|one| one.name.as_str()));
                let help = near.map(|near| format!("; did you mean {near}?"));
                Err(format!(
                    "there is no label {}{}",
                    shortened(name),
                    help.unwrap_or_default()
                ))
            }
        };
        self.at(id, StopKind::Function, place, &wanted.rules)
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
        self.at(
            id,
            StopKind::Instruction,
            index.ok_or_else(none),
            &wanted.rules,
        )
    }

    /// On a heap cell.
    pub fn data(&self, id: u64, wanted: &DataBreakpoint) -> Resolved {
        let none = || format!("{} is no heap cell", shortened(&wanted.data_id));
        match cell_of(&wanted.data_id).ok_or_else(none) {
            Ok(cell) => {
                let access = match wanted.access_type {
                    AccessType::Read => WatchedAccess::Read,
                    AccessType::Write => WatchedAccess::Write,
                    AccessType::ReadWrite => WatchedAccess::ReadWrite,
                };
                self.stop((id, StopKind::Data), cell, access, &wanted.rules)
            }
            Err(why) => (None, refused(id, why)),
        }
    }

    /// At an instruction, if there is one.
    fn at(&self, id: u64, kind: StopKind, place: Result<u32, String>, rules: &Rules) -> Resolved {
        let at = match place {
            Ok(at) => at,
            Err(why) => return (None, refused(id, why)),
        };
        let (stop, answer) = self.stop((id, kind), at, WatchedAccess::ReadWrite, rules);
        let placed = Breakpoint {
            source: Some(self.debuggee.source_descriptor()),
            line: Some(self.settings.line_out(self.debuggee.line(at))),
            instruction_reference: Some(at.to_string()),
            ..answer
        };
        (stop, placed)
    }

    /// At an instruction or a heap cell, if the rules can be understood.
    fn stop(
        &self,
        (id, kind): (u64, StopKind),
        at: u32,
        access: WatchedAccess,
        rules: &Rules,
    ) -> Resolved {
        match self.rule(rules) {
            Ok(rule) => {
                let stop = Stop {
                    id,
                    kind,
                    at,
                    access,
                    rule,
                };
                (Some(stop), verified(id))
            }
            Err(why) => (None, refused(id, why)),
        }
    }

    fn rule(&self, rules: &Rules) -> Result<Rule, String> {
        let symbols = &self.debuggee.assembly.symbols;
        let condition = given(&rules.condition)
            .map(|text| parse(text, symbols).map_err(|error| format!("the condition: {error}")));
        let hits = given(&rules.hit_condition)
            .map(|text| HitCondition::parse(text).map_err(|error| error.to_string()));
        let log = given(&rules.log_message).map(|text| {
            Template::parse(text, symbols).map_err(|error| format!("the message: {error}"))
        });
        Ok(Rule {
            condition: condition.transpose()?,
            hits: hits.transpose()?,
            log: log.transpose()?,
        })
    }
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
