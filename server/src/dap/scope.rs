//! What the names of a program mean at a place of it: in the file and the section where the place is, with the arguments of
//! the routine or copy that it belongs to.

use provable::lang::expression::word;
use provable::lang::link::{Linked, Part, Place};
use provable::lang::modules::{
    Addresses, DefinitionKind, Evaluator, Found, Modules, NotFound, Worth,
};
use provable::lang::program::{Assembly, RoutineId, Symbol, SymbolKind};
use provable::lang::quote::shortened;
use std::ops::Range;

/// A place of a program, and what is needed to say what names mean there.
pub struct Scope<'a> {
    modules: &'a Modules,
    linked: &'a Linked,
    addresses: &'a Addresses,
    file: usize,
    section: usize,
    /// The copy that the place belongs to.
    copy: Option<usize>,
    /// The part that the place belongs to; none for the main file as a whole.
    part: Option<&'a Part>,
}

/// The value of a name. Without one: why; or nothing, if nothing has the name.
type Meaning = Result<u32, Option<String>>;

impl<'a> Scope<'a> {
    /// The main file, outside routines.
    pub fn main(modules: &'a Modules, linked: &'a Linked, addresses: &'a Addresses) -> Self {
        Scope {
            modules,
            linked,
            addresses,
            file: 0,
            section: 0,
            copy: None,
            part: linked.parts.first(),
        }
    }

    /// At an instruction. The place is the instruction's, or that of an `.inline` line that copied it.
    pub fn at(self, index: u32, place: Place) -> Self {
        let assembly = self.linked.assemblies.get(place.file);
        Scope {
            file: place.file,
            section: assembly.map_or(0, |assembly| assembly.section_at(place.line)),
            copy: place.copy,
            part: self.linked.part(index),
            ..self
        }
    }

    fn assembly(&self) -> Option<&'a Assembly> {
        self.linked.assemblies.get(self.file).map(|one| &**one)
    }

    fn symbol(&self, name: &str) -> Option<&'a Symbol> {
        self.assembly()?.symbols.get_in(self.section, name)
    }

    /// The value of a name: a number, an address, or the index of an instruction.
    pub fn value(&self, name: &str) -> Meaning {
        let is_plain = self.assembly().is_some_and(|one| one.program.is_some());
        if let Some(symbol) = self.symbol(name) {
            match symbol.kind {
                _ if is_plain => return symbol.value.ok_or(None),
                SymbolKind::Label => return self.label(symbol).ok_or_else(|| Some(nowhere(name))),
                SymbolKind::Parameter => return self.parameter(name),
                SymbolKind::File => {
                    return Err(Some(format!(
                        "{} is a file; the names in it are written {0}.NAME",
                        shortened(name)
                    )));
                }
                _ => {}
            }
        }
        match self.modules.find(self.file, name) {
            Ok(found) => self.definition(name, found),
            Err(NotFound::Private) => Err(Some(format!(
                "only its own file knows {}, since it begins with `_`",
                shortened(name)
            ))),
            Err(_) => {
                let mut labels = self.linked.labels.iter();
                let label = labels.find(|label| label.name == name);
                label.map(|label| label.index).ok_or(None)
            }
        }
    }

    /// The number of words of data or of a variable.
    pub fn length(&self, name: &str) -> Meaning {
        let Ok(found) = self.modules.find(self.file, name) else {
            return match self.symbol(name) {
                Some(_) => Err(Some(no_words(name))),
                None => Err(None),
            };
        };
        match found.definition.kind {
            DefinitionKind::Data(words) => Ok(words),
            DefinitionKind::Variable => {
                let mut evaluator = Evaluator::linked(self.modules, self.addresses);
                number(name, &evaluator.size(found.file, found.definition.line))
            }
            DefinitionKind::Constant | DefinitionKind::Routine(_) => Err(Some(no_words(name))),
        }
    }

    fn definition(&self, name: &str, found: Found) -> Meaning {
        if let DefinitionKind::Routine(section) = found.definition.kind {
            let routine = RoutineId {
                file: found.file,
                section,
            };
            return self
                .part_of(routine)
                .map(|part| part.instructions.start)
                .ok_or_else(|| {
                    Some(format!(
                        "no CALL of the program goes to {}, so it has no place of its own",
                        shortened(name)
                    ))
                });
        }
        let mut evaluator = Evaluator::linked(self.modules, self.addresses);
        number(
            name,
            &evaluator.definition(found.file, found.definition.line),
        )
    }

    fn part_of(&self, routine: RoutineId) -> Option<&'a Part> {
        let mut parts = self.linked.parts.iter();
        parts.find(|part| part.routine == Some(routine))
    }

    fn parameter(&self, name: &str) -> Meaning {
        let values = match self.copy {
            Some(copy) => self.linked.copies.get(copy).map(|copy| &copy.values),
            None => self.part.map(|part| &part.values),
        };
        let value = values.and_then(|values| values.get(name)).copied();
        number(name, &value.map_or(Worth::Later, Worth::Number))
    }

    /// The first instruction after a label, in the routine or copy that the place belongs to.
    fn label(&self, symbol: &Symbol) -> Option<u32> {
        let line = self.assembly()?.line_of(symbol.value? as usize)?;
        let (part, copy) = match symbol.scope == self.section {
            true => (self.part?, self.copy),
            false => {
                let id = RoutineId {
                    file: self.file,
                    section: symbol.scope,
                };
                (self.part_of(id)?, None)
            }
        };
        let section = self.assembly()?.sections.get(symbol.scope)?;
        let lines: Range<usize> = line..section.lines.end;
        part.instructions.clone().find(|&index| {
            let place = level(self.linked, index, copy);
            place.is_some_and(|place| place.file == self.file && lines.contains(&place.line))
        })
    }

    /// The names that mean something here, each with what it is.
    pub fn names(&self) -> impl Iterator<Item = (String, &'static str)> + use<'a> {
        let (modules, file, section) = (self.modules, self.file, self.section);
        let symbols = self
            .assembly()
            .into_iter()
            .flat_map(|one| one.symbols.iter());
        let known = symbols.filter(move |one| one.scope == section || one.scope == 0);
        known.flat_map(move |one| {
            let own = (one.name.clone(), one.kind.word());
            let members = match one.kind {
                SymbolKind::File => members(modules, file, &one.name),
                _ => Vec::new(),
            };
            std::iter::once(own).chain(members)
        })
    }
}

/// Where an instruction stands in a copy, or outside of all: its own place, or the `.inline` line there that copied it.
pub fn level(linked: &Linked, index: u32, copy: Option<usize>) -> Option<Place> {
    let mut place = linked.places.get(index as usize).copied()?;
    while place.copy != copy {
        place = linked.copies.get(place.copy?)?.place;
    }
    Some(place)
}

/// The names that a file has of another one.
fn members(modules: &Modules, file: usize, alias: &str) -> Vec<(String, &'static str)> {
    let used = modules.alias(file, alias).and_then(|at| {
        let used = modules.files().get(file)?.uses.get(at)?;
        used.file.as_ref().ok().copied()
    });
    let Some(other) = used.and_then(|other| modules.files().get(other)) else {
        return Vec::new();
    };
    let definitions = other.parsed.interface().definitions.iter();
    let public = definitions.filter(|(name, _)| !name.starts_with('_'));
    let mut members: Vec<_> = public
        .map(|(name, definition)| {
            let kind = match definition.kind {
                DefinitionKind::Constant => SymbolKind::Constant,
                DefinitionKind::Variable => SymbolKind::Variable,
                DefinitionKind::Data(_) => SymbolKind::Data,
                DefinitionKind::Routine(_) => SymbolKind::Routine,
            };
            (format!("{alias}.{name}"), kind.word())
        })
        .collect();
    members.sort();
    members
}

fn number(name: &str, worth: &Worth) -> Meaning {
    let name = shortened(name);
    match worth {
        Worth::Number(number) => {
            word(*number).ok_or_else(|| Some(format!("{name} is {number}, which is no word")))
        }
        Worth::Later => Err(Some(format!(
            "the program does not use {name}, so it has no address"
        ))),
        Worth::Nothing { .. } => Err(Some(format!("{name} has no value"))),
    }
}

fn no_words(name: &str) -> String {
    format!(
        "{} is neither data nor a variable, so it has no number of words",
        shortened(name)
    )
}

fn nowhere(name: &str) -> String {
    format!("no instruction follows the label {}", shortened(name))
}
