//! Resolves names and expressions.

use super::assembler::Assembler;
use super::assembly::Member;
use super::node::{Node, RoutineId};
use super::symbols::SymbolKind;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::expression::word;
use crate::lang::isa::{Op, OperandKind};
use crate::lang::modules::{DefinitionKind, Found, NotFound, Worth};
use crate::lang::suggest::nearest;
use crate::lang::syntax::{Operand, Span, Value};

/// How many names are compared for one suggestion, and how many suggestions are made in one text. This bounds the work
/// for a text that consists of misspelt names.
const SUGGESTION_CANDIDATES: usize = 2_000;
const SUGGESTIONS: usize = 50;

/// What takes an operand: the word for it, and whether labels are allowed.
#[derive(Clone, Copy)]
pub(super) struct Taker {
    pub word: &'static str,
    pub is_jump: bool,
}

impl Taker {
    pub fn instruction(op: Op) -> Taker {
        Taker {
            word: op.spec().mnemonic,
            is_jump: op.spec().operand == OperandKind::Target,
        }
    }

    pub fn directive(word: &'static str) -> Taker {
        Taker {
            word,
            is_jump: false,
        }
    }
}

/// What a name in the text is.
enum Meaning {
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
        let names = match operand.value {
            Value::Name => vec![(operand.span, false)],
            Value::Expression => match self.tree.expression(operand) {
                Ok(expression) => expression.names(),
                Err(_) => return false,
            },
            _ => return true,
        };
        let mut is_good = true;
        for (span, _) in names {
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

    /// What the name at a place means there. The use is recorded. `None` if it means nothing.
    fn meaning(&mut self, span: Span) -> Option<Meaning> {
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

    /// Finds out the values of constants, variables and data, before anything uses them.
    pub(super) fn values(&mut self) {
        let mut found = Vec::new();
        let mut small = Vec::new();
        for symbol in self.symbols.iter_mut() {
            let is_defined = match symbol.kind {
                SymbolKind::Constant | SymbolKind::Data => symbol.value.is_none(),
                SymbolKind::Variable => true,
                _ => false,
            };
            if !is_defined {
                continue;
            }
            let worth = self.evaluator.definition(self.file, symbol.line);
            if let Worth::Number(number) = worth {
                symbol.value = word(number);
            }
            found.push(worth);
            if symbol.kind == SymbolKind::Variable {
                let size = self.evaluator.size(self.file, symbol.line);
                if let Worth::Number(number) = size
                    && !(1..=1 << 32).contains(&number)
                {
                    small.push((symbol.definition, number));
                }
                found.push(size);
            }
        }
        for (name, number) in small {
            self.sink.push(|| {
                let message =
                    format!("a variable has at least one word, and this one has {number}");
                Diagnostic::new(Code::MisplacedData, name, message)
            });
        }
        for worth in found {
            if let Worth::Nothing {
                span,
                message,
                is_known: false,
            } = worth
            {
                self.sink
                    .push(|| Diagnostic::new(Code::NoValue, span, message));
            }
        }
    }

    /// Records the names of an operand whose value is found out already.
    pub(super) fn note(&mut self, operand: Operand) {
        let scope = std::mem::replace(&mut self.scope, 0);
        self.check_names(operand);
        self.scope = scope;
    }

    fn undefined(&mut self, taker: Taker, span: Span) {
        let name = self.tree.slice(span);
        match self.modules.find(self.file, name) {
            Err(NotFound::Unusable) => return,
            Err(NotFound::Private) => {
                self.sink.push(|| {
                    let message =
                        format!("`{name}` is known only in its own file: it begins with `_`");
                    Diagnostic::new(Code::UndefinedName, span, message)
                });
                return;
            }
            Err(NotFound::NoMember(file)) => {
                self.no_member(file, span);
                return;
            }
            _ => {}
        }
        let is_target = taker.is_jump;
        self.suggestions += 1;
        let scope = self.scope;
        let candidates = self
            .symbols
            .iter()
            .filter(|symbol| symbol.scope == 0 || symbol.scope == scope)
            .filter(|symbol| is_target || symbol.kind.is_number())
            .map(|symbol| symbol.name.as_str())
            .filter(|name| Op::from_mnemonic(name).is_none())
            .take(if self.suggestions > SUGGESTIONS {
                0
            } else {
                SUGGESTION_CANDIDATES
            });
        let suggestion = nearest(name, candidates);
        let alias = name.split_once('.').map(|(alias, _)| alias);
        self.sink.push(|| {
            let what = match taker.word {
                "" => "routine",
                _ if is_target => "label or constant",
                _ => "constant",
            };
            let diagnostic = Diagnostic::new(
                Code::UndefinedName,
                span,
                format!("there is no {what} `{name}`"),
            );
            match (suggestion, alias) {
                (Some(other), _) => diagnostic.meant(other),
                (None, Some(alias)) => {
                    diagnostic.help(format!("no `.use` line names a file `{alias}`"))
                }
                (None, _) if taker.word.is_empty() => {
                    diagnostic.help(format!("define it with `.routine {name} ( -- )`"))
                }
                (None, _) if is_target => {
                    diagnostic.help(format!("define it with `{name}:` on a line"))
                }
                (None, _) => diagnostic.help(format!("define it with `.const {name} value`")),
            }
        });
    }

    fn no_member(&mut self, file: usize, span: Span) {
        let name = self.tree.slice(span);
        let (alias, member) = name.split_once('.').unwrap_or(("", name));
        self.suggestions += 1;
        let other = self
            .modules
            .files()
            .get(file)
            .map(|module| module.parsed.interface());
        let names = other.into_iter().flat_map(|other| other.definitions.keys());
        let visible = names
            .map(String::as_str)
            .filter(|one| !one.starts_with('_'));
        let limit = match self.suggestions > SUGGESTIONS {
            true => 0,
            false => SUGGESTION_CANDIDATES,
        };
        let suggestion = nearest(member, visible.take(limit)).map(|near| format!("{alias}.{near}"));
        self.sink.push(|| {
            let message = format!(
                "the file `{alias}` has no `{}`",
                crate::lang::quote::shortened(member)
            );
            let diagnostic = Diagnostic::new(Code::UndefinedName, span, message);
            match suggestion {
                Some(other) => diagnostic.meant(&other),
                None => diagnostic,
            }
        });
    }
}
