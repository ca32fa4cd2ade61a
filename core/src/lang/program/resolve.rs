//! Resolves names and expressions.

use super::assembler::Assembler;
use super::meaning::Meaning;
use super::node::Node;
use super::symbols::SymbolKind;
use super::taker::Taker;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;
use crate::lang::modules::{DefinitionKind, Worth};
use crate::lang::syntax::{Operand, Span, Value};

impl Assembler<'_> {
    /// The number that an operand stands for. `None` if a diagnostic was added for it, and if it is known only when the
    /// program is linked.
    pub(super) fn resolve(&mut self, taker: Taker, operand: Operand) -> Option<u32> {
        self.resolve_open(taker, operand).ok()
    }

    /// The number that an operand stands for. The error says whether it is known when the program is linked; else a
    /// diagnostic was added.
    pub(super) fn resolve_open(&mut self, taker: Taker, operand: Operand) -> Result<u32, bool> {
        match operand.value {
            Value::Number(number) => {
                self.check_index(taker, operand.span)?;
                Ok(number)
            }
            Value::Bad => Err(false),
            Value::Text => {
                self.wrong(operand.span, format!("{} takes no text", taker.word));
                Err(false)
            }
            Value::Name => self.name(taker, operand),
            Value::Expression => self.expression(taker, operand),
        }
    }

    /// An index of an instruction means nothing where the linker decides where instructions are.
    fn check_index(&mut self, taker: Taker, span: Span) -> Result<(), bool> {
        if !taker.is_jump || !self.is_movable {
            return Ok(());
        }
        let word = taker.word;
        self.sink.push(|| {
            let message = format!(
                "{word} goes to a label here: the instructions of a program with routines or `.push` have no fixed indices"
            );
            Diagnostic::new(Code::WrongOperand, span, message)
        });
        Err(false)
    }

    /// Where variables lie is no place of an instruction.
    pub(super) fn jump_by_address(&mut self, taker: Taker, span: Span) {
        let word = taker.word;
        let message = format!(
            "{word} goes to a label or an index, and not to an address that the linker chooses"
        );
        self.wrong(span, message);
    }

    fn wrong(&mut self, span: Span, message: String) {
        self.sink
            .push(|| Diagnostic::new(Code::WrongOperand, span, message));
    }

    fn name(&mut self, taker: Taker, operand: Operand) -> Result<u32, bool> {
        let span = operand.span;
        let name = self.tree.slice(span);
        let is_mnemonic = Op::from_mnemonic(name).is_some();
        let Some(meaning) = self.meaning(span) else {
            // A mnemonic as an operand already has an error.
            if !is_mnemonic {
                self.undefined(taker, span);
            }
            return Err(false);
        };
        match meaning {
            Meaning::Label {
                scope,
                value,
                definition,
            } => self.label(taker, span, (scope, value, definition)),
            Meaning::Parameter if !taker.is_jump => Err(true),
            Meaning::Parameter => {
                self.wrong(
                    span,
                    format!(
                        "{} goes to a label, and `{name}` is a parameter",
                        taker.word
                    ),
                );
                Err(false)
            }
            Meaning::Routine => {
                let word = taker.word;
                let message = match taker.is_jump {
                    true => format!("{word} goes to a label, and `{name}` is a routine"),
                    false => format!("{word} takes a number; `{name}` is a routine"),
                };
                self.sink.push(|| {
                    Diagnostic::new(Code::WrongOperand, span, message)
                        .help("CALL and `.inline` reach routines")
                });
                Err(false)
            }
            Meaning::File => {
                self.wrong(
                    span,
                    format!("`{name}` is a file; its names are written `{name}.NAME`"),
                );
                Err(false)
            }
            Meaning::Number(known) => {
                self.check_index(taker, span)?;
                known.map_or_else(|| self.number(operand), Ok)
            }
        }
    }

    fn label(
        &mut self,
        taker: Taker,
        span: Span,
        (scope, value, definition): (usize, Option<u32>, Span),
    ) -> Result<u32, bool> {
        let name = self.tree.slice(span);
        if !taker.is_jump {
            self.sink.push(|| {
                let word = taker.word;
                let message = format!("{word} takes a number or a constant; `{name}` is a label");
                Diagnostic::new(Code::WrongOperand, span, message)
                    .related(definition, "the label is defined here")
            });
            return Err(false);
        }
        if scope != self.scope {
            self.sink.push(|| {
                let message =
                    format!("`{name}` is a label of the main code, which is not reached from here");
                Diagnostic::new(Code::JumpOutOfRoutine, span, message)
                    .related(definition, "the label is defined here")
                    .help("what is called from routines and tests begins with `.routine`")
            });
            return Err(false);
        }
        value.ok_or(false)
    }

    fn expression(&mut self, taker: Taker, operand: Operand) -> Result<u32, bool> {
        if !self.check_names(operand) {
            return Err(false);
        }
        self.check_index(taker, operand.span)?;
        self.number(operand)
    }

    /// Records the names in an expression. Whether each stands for a number; if not, a diagnostic is added.
    pub(super) fn check_names(&mut self, operand: Operand) -> bool {
        // What does not parse has its diagnostic.
        let mut is_good =
            operand.value != Value::Expression || self.tree.expression(operand).is_ok();
        for (span, _) in self.tree.names_in(operand) {
            let name = self.tree.slice(span);
            let what = match self.meaning(span) {
                Some(Meaning::Number(_) | Meaning::Parameter) => continue,
                Some(Meaning::Label { .. }) => "label",
                Some(Meaning::Routine) => "routine",
                Some(Meaning::File) => "file",
                None => {
                    is_good = false;
                    if Op::from_mnemonic(name).is_none() {
                        self.undefined(Taker::directive(".const"), span);
                    }
                    continue;
                }
            };
            is_good = false;
            self.wrong(
                span,
                format!("`{name}` is a {what}, which takes part in no expression"),
            );
        }
        is_good
    }

    /// The number of an operand whose names are known.
    fn number(&mut self, operand: Operand) -> Result<u32, bool> {
        let (symbols, scope) = (&self.symbols, self.scope);
        let mut parameter = |name: &str| {
            let symbol = symbols.get_in(scope, name);
            let is_parameter = symbol.is_some_and(|one| one.kind == SymbolKind::Parameter);
            is_parameter.then_some(Worth::Later)
        };
        match self.evaluator.word(self.file, operand, &mut parameter) {
            Ok(word) => Ok(word),
            Err(Worth::Nothing {
                span,
                message,
                is_known: false,
            }) => {
                self.sink
                    .push(|| Diagnostic::new(Code::NoValue, span, message));
                Err(false)
            }
            Err(Worth::Nothing { .. }) => Err(false),
            Err(_) => Err(true),
        }
    }

    /// The data that `.push` pushes.
    pub(super) fn push(&mut self, span: Span) -> Node {
        let name = self.tree.slice(span);
        let found = match self.meaning(span) {
            None => {
                self.undefined(Taker::directive(".push"), span);
                return Node::Unknown;
            }
            Some(_) => self.modules.find(self.file, name).ok(),
        };
        match found.map(|found| (found, found.definition.kind)) {
            Some((found, DefinitionKind::Data(words))) => Node::Push {
                file: found.file,
                line: found.definition.line,
                words,
            },
            _ => {
                self.wrong(
                    span,
                    format!("`.push` takes the name of data, and `{name}` is none"),
                );
                Node::Unknown
            }
        }
    }
}
