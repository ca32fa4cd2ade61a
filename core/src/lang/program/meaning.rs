//! What the names in a text mean.

use super::assembler::Assembler;
use super::assembly::Member;
use super::node::RoutineId;
use super::symbols::SymbolKind;
use super::taker::Taker;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::modules::{DefinitionKind, Found};
use crate::lang::syntax::{Operand, Span, Value};

/// What a name in the text is.
pub(super) enum Meaning {
    /// A label of the section, or of the main code.
    Label {
        scope: usize,
        value: Option<u32>,
        definition: Span,
    },
    /// A name whose value is known only in a copy of the routine.
    Parameter,
    /// A routine.
    Routine,
    /// A number, if it is known here.
    Number(Option<u32>),
    /// A file that is used.
    File,
}

/// The routine that a name was found to be; none for anything else.
pub fn routine_id(found: Found) -> Option<RoutineId> {
    match found.definition.kind {
        DefinitionKind::Routine(section) => Some(RoutineId {
            file: found.file,
            section,
        }),
        _ => None,
    }
}

impl Assembler<'_> {
    /// What the name at a place means there. The use is recorded. `None` if it means nothing.
    pub(super) fn meaning(&mut self, span: Span) -> Option<Meaning> {
        let name = self.tree.slice(span);
        if let Some(symbol) = self.symbols.refer(self.scope, name, span) {
            return Some(match symbol.kind {
                SymbolKind::Label => Meaning::Label {
                    scope: symbol.scope,
                    value: symbol.value,
                    definition: symbol.definition,
                },
                SymbolKind::Parameter => Meaning::Parameter,
                SymbolKind::File => Meaning::File,
                SymbolKind::Routine => {
                    let found = self.modules.find(self.file, name).ok()?;
                    routine_id(found).map(|_| Meaning::Routine)?
                }
                _ => Meaning::Number(symbol.value),
            });
        }
        let found = self.modules.find(self.file, name).ok()?;
        self.member(span, found);
        Some(match found.definition.kind {
            DefinitionKind::Routine(_) => Meaning::Routine,
            _ => Meaning::Number(None),
        })
    }

    /// Records the use of a name of another file.
    fn member(&mut self, span: Span, found: Found) {
        self.members.push(Member {
            span,
            file: found.file,
            line: found.definition.line,
        });
        if let Some((alias, _)) = self.tree.slice(span).split_once('.') {
            let start = span.start as usize;
            self.symbols
                .refer(0, alias, Span::new(start, start + alias.len()));
        }
    }

    /// The routine that the target of a CALL names; none for a label, an index and what has an error.
    pub(super) fn routine(&mut self, target: Operand) -> Option<(Found, Span)> {
        if target.value != Value::Name {
            return None;
        }
        let name = self.tree.slice(target.span);
        let own = self.symbols.get_in(self.scope, name);
        if own.is_some_and(|own| own.kind != SymbolKind::Routine) {
            return None;
        }
        let found = self.modules.find(self.file, name).ok()?;
        routine_id(found)?;
        self.meaning(target.span);
        Some((found, target.span))
    }

    /// The routine that `.inline` or `.test` names. If there is none, a diagnostic is added.
    pub(super) fn routine_named(&mut self, span: Span) -> Option<(Found, Span)> {
        let operand = Operand {
            span,
            value: Value::Name,
        };
        if let Some(found) = self.routine(operand) {
            return Some(found);
        }
        let name = self.tree.slice(span);
        match self.meaning(span) {
            None => self.undefined(
                Taker {
                    word: "",
                    is_jump: true,
                },
                span,
            ),
            Some(_) => {
                self.sink.push(|| {
                    Diagnostic::new(Code::WrongOperand, span, format!("`{name}` is no routine"))
                        .help("a routine begins with `.routine`")
                });
            }
        }
        None
    }
}
