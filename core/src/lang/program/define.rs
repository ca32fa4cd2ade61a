//! The first pass: which names a text defines, which sections it has, and where its instructions are.

use super::section::{Section, SectionKind};
use super::symbols::{Symbol, SymbolKind, Symbols};
use crate::lang::diagnostics::{Code, Diagnostic, Sink};
use crate::lang::modules::{Contract, alias_in};
use crate::lang::syntax::{Body, Line, Span, Tree, Value, has_signs_of_names};

/// What the first pass finds.
pub(super) struct Definitions {
    pub symbols: Symbols,
    pub sections: Vec<Section>,
    /// The line of every instruction.
    pub lines: Vec<u32>,
}

/// The names that the text defines, its sections, and the line of every instruction.
pub(super) fn define(tree: &Tree, sink: &mut Sink) -> Definitions {
    let mut pass = Pass {
        tree,
        sink,
        symbols: Symbols::default(),
        lines: Vec::new(),
        sections: vec![Section {
            kind: SectionKind::Main,
            lines: 0..tree.lines().len(),
            instructions: 0..0,
        }],
    };
    for (number, line) in tree.lines().iter().enumerate() {
        pass.line(number, line);
    }
    pass.close(tree.lines().len());
    if pass.sections.len() > 1 || tree.has_modules() {
        pass.check_scopes();
    }
    Definitions {
        symbols: pass.symbols,
        sections: pass.sections,
        lines: pass.lines,
    }
}

struct Pass<'a> {
    tree: &'a Tree,
    sink: &'a mut Sink,
    symbols: Symbols,
    sections: Vec<Section>,
    lines: Vec<u32>,
}

impl Pass<'_> {
    fn here(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }

    fn line(&mut self, number: usize, line: &Line) {
        if line.body.begins_section() {
            self.begin(number, line);
        }
        if let Some(label) = line.label {
            let scope = self.sections.len() - 1;
            self.add(label, SymbolKind::Label, scope, number, Some(self.here()));
        }
        let known = |value| match value {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
        match line.body {
            Body::Constant {
                name: Some(name),
                value,
                ..
            } => {
                let value = known(value.map(|value| value.value));
                self.add(name, SymbolKind::Constant, 0, number, value);
            }
            Body::Data {
                name: Some(name),
                address,
                ..
            } => {
                let value = known(address.map(|address| address.value));
                self.add(name, SymbolKind::Data, 0, number, value);
            }
            Body::Variable {
                name: Some(name),
                address,
                ..
            } => {
                let value = known(address.map(|address| address.value));
                self.add(name, SymbolKind::Variable, 0, number, value);
            }
            Body::Use { path, alias, .. } if line.is_well_formed => {
                match alias.or(path.and_then(|path| alias_in(self.tree, path))) {
                    Some(alias) => self.add(alias, SymbolKind::File, 0, number, None),
                    None => self.no_alias(line, path),
                }
            }
            body if body.is_code() => {
                self.lines.push(u32::try_from(number).unwrap_or(u32::MAX));
            }
            _ => {}
        }
    }

    fn no_alias(&mut self, line: &Line, path: Option<Span>) {
        let span = path.unwrap_or(line.span);
        self.sink.push(|| {
            let message =
                "the last part of the path cannot stand before a dot, so the file needs a name";
            Diagnostic::new(Code::BadUse, span, message).help("write `as NAME` after the path")
        });
    }

    fn begin(&mut self, number: usize, line: &Line) {
        self.close(number);
        let kind = match line.body {
            Body::Routine {
                name, parameters, ..
            } => {
                let scope = self.sections.len();
                if let Some(name) = name {
                    self.add(name, SymbolKind::Routine, 0, number, Some(self.here()));
                }
                let parameters: Vec<Span> =
                    self.tree.listed(parameters).map(|one| one.span).collect();
                for parameter in parameters {
                    self.add(parameter, SymbolKind::Parameter, scope, number, None);
                }
                let contract = Contract::of(self.tree, &line.body);
                SectionKind::Routine { name, contract }
            }
            Body::Test { values, .. } => {
                let inputs = values.map_or(0, |values| self.tree.values(values).0.len());
                SectionKind::Test {
                    inputs: u32::try_from(inputs).unwrap_or(u32::MAX),
                }
            }
            _ => return,
        };
        let here = self.here();
        self.sections.push(Section {
            kind,
            lines: number..self.tree.lines().len(),
            instructions: here..here,
        });
    }

    /// Ends the section that is open, before a line.
    fn close(&mut self, number: usize) {
        let here = self.here();
        if let Some(section) = self.sections.last_mut() {
            section.lines.end = number;
            section.instructions.end = here;
        }
    }

    fn add(&mut self, name: Span, kind: SymbolKind, scope: usize, line: usize, value: Option<u32>) {
        if !has_signs_of_names(self.tree.slice(name)) {
            return;
        }
        let symbol = Symbol {
            name: self.tree.slice(name).to_owned(),
            kind,
            scope,
            definition: name,
            line,
            value,
            references: Vec::new(),
        };
        if let Err(first) = self.symbols.define(symbol) {
            let (name_there, there) = (first.name.clone(), first.definition);
            self.duplicate(name, &name_there, there, kind == SymbolKind::File);
        }
    }

    fn duplicate(&mut self, name: Span, text: &str, first: Span, is_file: bool) {
        self.sink.push(|| {
            let diagnostic = Diagnostic::new(
                Code::DuplicateName,
                name,
                format!("`{text}` is already defined"),
            )
            .related(first, "first defined here");
            match is_file {
                true => {
                    diagnostic.help("give the file another name: write `as NAME` after the path")
                }
                false => diagnostic,
            }
        });
    }

    /// A name of a routine must not hide one of the whole text, labels of the main code apart, and no name may look like
    /// the member of a file.
    fn check_scopes(&mut self) {
        let mut found = Vec::new();
        for symbol in &self.symbols {
            let hidden = (symbol.scope != 0)
                .then(|| self.symbols.get(&symbol.name))
                .flatten();
            if let Some(hidden) = hidden.filter(|hidden| hidden.kind != SymbolKind::Label) {
                found.push((
                    symbol.definition,
                    symbol.name.clone(),
                    hidden.definition,
                    false,
                ));
            }
            let file = symbol
                .name
                .split_once('.')
                .and_then(|(alias, _)| self.symbols.get(alias));
            if let Some(file) = file.filter(|file| file.kind == SymbolKind::File) {
                found.push((
                    symbol.definition,
                    symbol.name.clone(),
                    file.definition,
                    true,
                ));
            }
        }
        for (span, name, other, is_member) in found {
            if is_member {
                self.sink.push(|| {
                    let message = format!("`{name}` would be a name of the file that is used here");
                    Diagnostic::new(Code::DuplicateName, span, message)
                        .related(other, "the file has its name here")
                });
            } else {
                self.duplicate(span, &name, other, false);
            }
        }
    }
}
