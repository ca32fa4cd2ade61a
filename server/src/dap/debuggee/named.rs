//! From the names of labels and routines to instructions.

use super::{Debuggee, Start};
use crate::dap::scope::level;
use provable::lang::link::Place;
use provable::lang::modules::DefinitionKind;
use provable::lang::program::{RoutineId, SectionKind, SymbolKind};
use provable::lang::quote::shortened;
use provable::lang::suggest::nearest;

/// Most names that are compared with one that is not found.
const MOST_NAMES: usize = 2000;

impl Debuggee {
    /// The instructions at which a label stands, or with which a routine begins: in each of its copies too. A routine has
    /// the name that the main file has for it, or that frames have.
    ///
    /// # Errors
    /// Why there are none.
    pub fn starts_named(&self, name: &str) -> Result<Vec<Start>, String> {
        let found = match self.modules.find(0, name) {
            Ok(found) => match found.definition.kind {
                DefinitionKind::Routine(section) => Some(RoutineId {
                    file: found.file,
                    section,
                }),
                _ => None,
            },
            Err(_) => None,
        };
        let starts = self.starts_of(|id| match found {
            Some(found) => id == found,
            None => self.routine_name(id) == name,
        });
        if !starts.is_empty() {
            return Ok(starts);
        }
        if found.is_some() {
            return Err(format!(
                "the program that runs does not reach {}",
                shortened(name)
            ));
        }
        match self.label(name) {
            Some(index) if index < self.length() => {
                let place = self.linked.place(index).unwrap_or(Place {
                    file: 0,
                    line: 0,
                    copy: None,
                });
                Ok(vec![Start { index, place }])
            }
            Some(_) => Err(format!(
                "no instruction follows the label {}",
                shortened(name)
            )),
            None => {
                let known = self.known_names();
                let near = nearest(name, known.iter().map(String::as_str));
                let help = near.map(|near| format!("; did you mean {near}?"));
                let what = if self.is_plain() {
                    "label"
                } else {
                    "label or routine"
                };
                Err(format!(
                    "there is no {what} {}{}",
                    shortened(name),
                    help.unwrap_or_default()
                ))
            }
        }
    }

    /// The instructions with which a routine begins, in each of its copies too.
    fn starts_of(&self, is_it: impl Fn(RoutineId) -> bool) -> Vec<Start> {
        let parts = self.linked.parts.iter();
        let parts = parts.filter(|part| part.routine.is_some_and(&is_it));
        let mut starts: Vec<(u32, Option<usize>)> =
            parts.map(|part| (part.instructions.start, None)).collect();
        for (copy, one) in self.linked.copies.iter().enumerate() {
            let instructions = self.copy(copy);
            if is_it(one.routine) && !instructions.is_empty() {
                starts.push((instructions.start, Some(copy)));
            }
        }
        starts.sort_unstable();
        let start = |(index, copy)| {
            let place = level(&self.linked, index, copy)?;
            Some(Start { index, place })
        };
        starts.into_iter().filter_map(start).collect()
    }

    /// What a section is called.
    pub(super) fn section_name(&self, id: RoutineId) -> String {
        let assembly = self.linked.assemblies.get(id.file);
        let kind = assembly.and_then(|one| Some((one, &one.sections.get(id.section)?.kind)));
        match kind {
            Some((_, SectionKind::Test { .. })) => "the test".to_owned(),
            Some((_, SectionKind::Main)) | None => "the main code".to_owned(),
            Some((assembly, SectionKind::Routine { name, .. })) => {
                let name = name.map_or("", |name| assembly.tree.slice(name));
                match id.file {
                    0 => name.to_owned(),
                    file => format!("{}.{name}", self.modules.stem(file)),
                }
            }
        }
    }

    /// What a routine is called, also by those that copy it.
    pub fn routine_name(&self, id: RoutineId) -> String {
        self.section_name(id)
    }

    /// The instruction after a label.
    fn label(&self, name: &str) -> Option<u32> {
        let main = self.linked.assemblies.first()?;
        if main.program.is_some() {
            let symbol = main.symbols.get(name)?;
            return symbol.value.filter(|_| symbol.kind == SymbolKind::Label);
        }
        let mut labels = self.linked.labels.iter();
        labels
            .find(|label| label.name == name)
            .map(|label| label.index)
    }

    fn known_names(&self) -> Vec<String> {
        let plain = self.linked.assemblies.first().filter(|_| self.is_plain());
        let symbols = plain.into_iter().flat_map(|main| main.symbols.iter());
        let symbols = symbols.filter(|one| one.kind == SymbolKind::Label);
        let symbols = symbols.map(|symbol| symbol.name.clone());
        let copies = self.linked.copies.iter();
        let copies = copies.map(|copy| self.routine_name(copy.routine));
        let labels = self.linked.labels.iter().map(|label| label.name.clone());
        symbols
            .chain(labels)
            .chain(copies)
            .take(MOST_NAMES)
            .collect()
    }
}
