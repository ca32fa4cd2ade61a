//! From what the client asks for to an instruction or a heap cell, or to why there is none.

use super::data::cell_of;
use crate::dap::debuggee::Debuggee;
use crate::dap::expression::{HitCondition, Template, parse};
use crate::dap::protocol::breakpoints::*;
use crate::dap::requests::frames::source;
use crate::dap::session::Settings;
use crate::dap::stops::{Looked, Rule, Stop, StopKind};
use provable::lang::program::SymbolKind;
use provable::lang::quote::shortened;
use provable::lang::suggest::nearest;

/// A breakpoint, if there can be one, and what the client is told of it.
pub type Resolved = (Option<Stop>, Breakpoint);

/// What places are looked for in.
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
        let index = instruction_of(&wanted.instruction_reference)
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
        let cell = cell_of(&wanted.data_id).ok_or_else(none);
        match (cell, self.rule(&wanted.rules)) {
            (Ok(at), Ok(rule)) => {
                let looked = match wanted.access_type {
                    AccessType::Read => Looked::Read,
                    AccessType::Write => Looked::Write,
                    AccessType::ReadWrite => Looked::ReadWrite,
                };
                let kind = StopKind::Data;
                let stop = Stop {
                    id,
                    kind,
                    at,
                    looked,
                    rule,
                };
                (Some(stop), verified(id))
            }
            (Err(why), _) | (_, Err(why)) => (None, refused(id, why)),
        }
    }

    fn at(&self, id: u64, kind: StopKind, place: Result<u32, String>, rules: &Rules) -> Resolved {
        let at = match place {
            Ok(at) => at,
            Err(why) => return (None, refused(id, why)),
        };
        let placed = |breakpoint: Breakpoint| Breakpoint {
            source: Some(source(self.debuggee)),
            line: Some(self.settings.line_out(self.debuggee.line(at))),
            instruction_reference: Some(at.to_string()),
            ..breakpoint
        };
        match self.rule(rules) {
            Ok(rule) => {
                let looked = Looked::ReadWrite;
                let stop = Stop {
                    id,
                    kind,
                    at,
                    looked,
                    rule,
                };
                (Some(stop), placed(verified(id)))
            }
            Err(why) => (None, placed(refused(id, why))),
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

/// What a client sends for a field that was left empty is as good as none.
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

/// The instruction that a reference stands for: its index, as disassemblies give it, in either base.
pub fn instruction_of(reference: &str) -> Option<i64> {
    match reference.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None => reference.parse().ok(),
    }
}
