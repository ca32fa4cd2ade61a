//! What a file makes known to others: the names that it defines outside routines, and the files that it uses.

use super::path::default_alias;
use crate::lang::isa::Effect;
use crate::lang::syntax::{Body, Line, Span, TextPart, Tree, Value, has_signs_of_names, is_alias};
use hashbrown::HashMap;

/// What a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefinitionKind {
    /// A constant.
    Constant,
    /// A variable.
    Variable,
    /// Data of so many words.
    Data(u32),
    /// A routine, with the number of its section. Sections are counted from 0, the main code.
    Routine(usize),
}

/// A name that a file defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What it is.
    pub kind: DefinitionKind,
    /// Where the name stands.
    pub name: Span,
    /// The line, from 0.
    pub line: usize,
}

/// A `.use` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseLine {
    /// The path, without quotes.
    pub path: String,
    /// Where the path stands, with its quotes.
    pub span: Span,
    /// The name that the file has here; none if the path gives none and the line neither.
    pub alias: Option<(String, Span)>,
    /// The line, from 0.
    pub line: usize,
}

/// What a file makes known. If a name is defined twice, the first definition counts.
#[derive(Debug, Default)]
pub struct Interface {
    /// The well-formed `.use` lines.
    pub uses: Vec<UseLine>,
    /// The names.
    pub definitions: HashMap<String, Definition>,
    /// What each section takes and leaves, as far as its line says so, in the order of the sections.
    pub contracts: Vec<Option<Contract>>,
    /// The line of the first instruction before the first section. A library has none.
    pub main: Option<usize>,
}

/// What a routine takes and leaves, as its line declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Words that it takes.
    pub inputs: u32,
    /// Words that it leaves; none if it never comes back.
    pub outputs: Option<u32>,
    /// Whether DUP in it may look below the inputs.
    pub looks_below: bool,
    /// How many arguments it takes.
    pub parameters: u32,
}

impl Contract {
    /// Of a `.routine` line. None if the line declares no effect.
    pub fn of(tree: &Tree, body: &Body) -> Option<Contract> {
        let Body::Routine {
            effect, parameters, ..
        } = *body
        else {
            return None;
        };
        let effect = tree.effect(effect?);
        let count = |list: usize| u32::try_from(list).unwrap_or(u32::MAX);
        Some(Contract {
            inputs: count(effect.inputs.len()),
            outputs: (!effect.is_never).then(|| count(effect.outputs.len())),
            looks_below: effect.looks_below,
            parameters: count(tree.listed(parameters).count()),
        })
    }

    /// What a CALL does to the stack.
    pub fn effect(&self) -> Effect {
        Effect {
            needs: u64::from(self.inputs),
            change: i64::from(self.outputs.unwrap_or(self.inputs)) - i64::from(self.inputs),
        }
    }
}

impl Interface {
    /// Of a file.
    pub fn of(tree: &Tree) -> Interface {
        let mut interface = Interface::default();
        let mut sections = 0;
        interface.contracts.push(None);
        for (number, line) in tree.lines().iter().enumerate() {
            if line.body.begins_section() {
                sections += 1;
                interface.contracts.push(Contract::of(tree, &line.body));
            }
            if sections == 0 && line.body.is_code() {
                interface.main = interface.main.or(Some(number));
            }
            let kind = match line.body {
                Body::Use { .. } if line.is_well_formed => {
                    interface.uses.extend(use_line(tree, line, number));
                    continue;
                }
                Body::Constant { .. } => DefinitionKind::Constant,
                Body::Variable { .. } => DefinitionKind::Variable,
                Body::Data { .. } => DefinitionKind::Data(data_length(tree, number)),
                Body::Routine { .. } => DefinitionKind::Routine(sections),
                _ => continue,
            };
            let name = line.body.defined();
            if let Some(name) = name.filter(|name| has_signs_of_names(tree.slice(*name))) {
                let definition = Definition {
                    kind,
                    name,
                    line: number,
                };
                let names = &mut interface.definitions;
                names
                    .entry(tree.slice(name).to_owned())
                    .or_insert(definition);
            }
        }
        interface
    }
}

/// What a well-formed `.use` line says.
fn use_line(tree: &Tree, line: &Line, number: usize) -> Option<UseLine> {
    let Body::Use { path, alias, .. } = line.body else {
        return None;
    };
    let span = path?;
    let path = path_in(tree, span)?;
    let alias = alias.or_else(|| alias_in(tree, span));
    let alias = alias.map(|at| (tree.slice(at).to_owned(), at));
    Some(UseLine {
        path,
        span,
        alias: alias.filter(|(name, _)| is_alias(name)),
        line: number,
    })
}

/// The path that a text in double quotes holds.
fn path_in(tree: &Tree, span: Span) -> Option<String> {
    let parts = tree.text_of(span).ok()?;
    Some(String::from_utf8_lossy(&TextPart::bytes(&parts)).into_owned())
}

/// The part of the path of a `.use` line that is the name of the file, if no other is given.
pub fn alias_in(tree: &Tree, span: Span) -> Option<Span> {
    let path = path_in(tree, span)?;
    let (start, name) = default_alias(&path)?;
    let start = span.start as usize + 1 + start;
    let at = Span::new(start, start + name.len());
    // With escapes in it, the text has other places than the path.
    (tree.slice(at) == name).then_some(at)
}

/// A `.data` line and the lines that continue it, with their numbers.
pub fn data_lines(tree: &Tree, first: usize) -> impl Iterator<Item = (usize, &Line)> {
    let lines = tree.lines().iter().enumerate().skip(first);
    let goes_on = move |(number, line): &(usize, &Line)| match line.body {
        Body::Data { .. } => *number == first,
        Body::Words { .. } | Body::Bytes { .. } => true,
        Body::Empty => line.label.is_none(),
        _ => false,
    };
    lines
        .take_while(goes_on)
        .filter(|(_, line)| !matches!(line.body, Body::Empty))
}

fn data_length(tree: &Tree, first: usize) -> u32 {
    let words = data_lines(tree, first).map(|(_, line)| match line.body {
        Body::Bytes { text, .. } => {
            let parts = text.and_then(|text| tree.text_of(text).ok());
            parts.map_or(0, |parts| TextPart::bytes(&parts).len() / 4)
        }
        _ => {
            let items = tree.items(&line.body);
            let length = |item: crate::lang::syntax::Operand| match item.value {
                Value::Text => tree.text_of(item.span).map_or(0, |parts| parts.len()),
                _ => 1,
            };
            items.map(length).sum()
        }
    });
    u32::try_from(words.sum::<usize>()).unwrap_or(u32::MAX)
}
