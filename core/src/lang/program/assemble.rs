//! Assembles a tree into a program: gives names their values, and operands their numbers.

use super::data::DataBlocks;
use super::symbols::{Symbol, SymbolKind, Symbols};
use super::{Instruction, Program};
use crate::lang::diagnostics::{Code, Diagnostic, Severity, Sink};
use crate::lang::isa::{Op, OperandKind};
use crate::lang::suggest::nearest;
use crate::lang::syntax::{Body, Operand, Span, Tree, Value, parse, reparse};
use crate::log;
use std::ops::Range;
use tracing::debug_span;

/// How many names are compared for one suggestion, and how many suggestions are made in one text. This bounds the work
/// for a text that consists of misspelt names.
const SUGGESTION_CANDIDATES: usize = 2_000;
const SUGGESTIONS: usize = 50;

/// The result of assembling a text. If the text has an error, there is no program, but everything else is there, so
/// that an editor works while a line is being typed.
#[derive(Clone, Debug, Default)]
pub struct Assembly {
    /// The program. There is one exactly if no diagnostic is an error.
    pub program: Option<Program>,
    /// The diagnostics, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The labels and constants.
    pub symbols: Symbols,
    /// The syntax tree.
    pub tree: Tree,
    /// If the text has errors: its instructions, as far as they are known. An instruction is `None` if its mnemonic or
    /// its target is not known. If the text has no errors, this is empty, because there is a program.
    pub(crate) partial: Vec<Option<Instruction>>,
    /// The line (from 0) of every instruction, malformed ones included.
    lines: Vec<u32>,
}

impl Assembly {
    /// The line (from 0) of an instruction.
    pub fn line_of(&self, index: usize) -> Option<usize> {
        self.lines.get(index).map(|&line| line as usize)
    }

    /// The index of the instruction on a line (from 0), if there is one.
    pub fn instruction_on(&self, line: usize) -> Option<usize> {
        let line = u32::try_from(line).ok()?;
        self.lines.binary_search(&line).ok()
    }

    /// The bytes of an instruction: mnemonic and operand. For the index after the last: the end of the text.
    pub fn span_of(&self, index: usize) -> Range<usize> {
        let line = self
            .line_of(index)
            .and_then(|line| self.tree.lines().get(line));
        match line.and_then(|line| line.instruction_span()) {
            Some(span) => span.range(),
            None => self.tree.text().len()..self.tree.text().len(),
        }
    }

    /// The number of instructions in the text, malformed ones included.
    pub fn instruction_count(&self) -> usize {
        self.lines.len()
    }

    /// The instruction with this index. `None` if the text has errors and the mnemonic or the target is not known.
    pub fn instruction(&self, index: usize) -> Option<Instruction> {
        match &self.program {
            Some(program) => program.instructions().get(index).copied(),
            None => self.partial.get(index).copied().flatten(),
        }
    }

    /// The label or constant that is defined or used at a byte offset, with the span of the name. An offset at the end
    /// of the name counts.
    pub fn symbol_at(&self, offset: usize) -> Option<(&Symbol, Span)> {
        let line = self.tree.lines().get(self.tree.line_at(offset)?)?;
        let named = match line.body {
            Body::Instruction { operand, .. } => operand.map(|operand| operand.span),
            Body::Constant { name, .. } | Body::Data { name, .. } => name,
            _ => None,
        };
        let address = match line.body {
            Body::Data { address, .. } => address.map(|address| address.span),
            _ => None,
        };
        let spans = [line.label, named, address].into_iter().flatten();
        let items = self.tree.items(&line.body).map(|item| item.span);
        spans
            .chain(items)
            .filter(|span| span.touches(offset))
            .find_map(|span| Some((self.symbols.standing_at(self.tree.slice(span), span)?, span)))
    }

    /// Whether the text has an error.
    pub fn has_errors(&self) -> bool {
        self.program.is_none()
    }
}

/// Assembles a text. Never fails and never panics: errors are diagnostics.
pub fn assemble(text: &str) -> Assembly {
    let _span = debug_span!(target: log::LOAD, "assemble", bytes = text.len()).entered();
    assemble_tree(parse(text))
}

/// Assembles a text that comes from an earlier one by a few edits. The result is that of [`assemble`]; the work is
/// less.
pub fn reassemble(old: &Assembly, text: &str) -> Assembly {
    let _span = debug_span!(target: log::LOAD, "reassemble", bytes = text.len()).entered();
    assemble_tree(reparse(&old.tree, text))
}

fn assemble_tree(tree: Tree) -> Assembly {
    let mut sink = Sink::default();
    let (symbols, lines) = define(&tree, &mut sink);
    let mut assembler = Assembler {
        tree: &tree,
        symbols,
        sink,
        suggestions: 0,
        data: DataBlocks::default(),
    };
    let instructions = assembler.instructions();
    let Assembler {
        symbols,
        mut sink,
        data,
        ..
    } = assembler;
    data.check(&tree, &mut sink);
    for diagnostic in tree.diagnostics() {
        sink.push(|| diagnostic.clone());
    }
    let diagnostics = sink.finish();
    let is_clean = !diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    let (program, partial) = if is_clean {
        // Lines of a program count from 1.
        let lines = lines.iter().map(|line| line + 1);
        let all = instructions.into_iter().flatten();
        let program = Program::new(all.zip(lines)).with_data(data.words());
        (Some(program), Vec::new())
    } else {
        (None, instructions)
    };
    Assembly {
        program,
        diagnostics,
        symbols,
        tree,
        partial,
        lines,
    }
}

/// The names that the text defines, and the line of every instruction.
fn define(tree: &Tree, sink: &mut Sink) -> (Symbols, Vec<u32>) {
    let mut symbols = Symbols::default();
    let mut lines: Vec<u32> = Vec::new();
    let mut addresses: Vec<(Span, Span)> = Vec::new();
    let mut add = |name: Span, kind, line, value| {
        let symbol = Symbol {
            name: tree.slice(name).to_owned(),
            kind,
            definition: name,
            line,
            value,
            references: Vec::new(),
        };
        if let Err(first) = symbols.define(symbol) {
            sink.push(|| {
                Diagnostic::new(
                    Code::DuplicateName,
                    name,
                    format!("`{}` is already defined", first.name),
                )
                .related(first.definition, "first defined here")
            });
        }
    };
    for (number, line) in tree.lines().iter().enumerate() {
        if let Some(label) = line.label {
            let here = u32::try_from(lines.len()).ok();
            add(label, SymbolKind::Label, number, here);
        }
        match line.body {
            Body::Constant {
                name: Some(name),
                value,
                ..
            } => {
                let value = value.and_then(|value| match value.value {
                    Value::Number(number) => Some(number),
                    _ => None,
                });
                add(name, SymbolKind::Constant, number, value);
            }
            Body::Data {
                name: Some(name),
                address,
                ..
            } => {
                let value = match address.map(|address| (address.span, address.value)) {
                    Some((_, Value::Number(number))) => Some(number),
                    Some((span, Value::Name)) => {
                        addresses.push((name, span));
                        None
                    }
                    _ => None,
                };
                add(name, SymbolKind::Constant, number, value);
            }
            Body::Instruction { .. } => lines.push(u32::try_from(number).unwrap_or(u32::MAX)),
            _ => {}
        }
    }
    // An address that is a name has the value of a constant, or of data whose address is known by now. In the order of
    // the text, so that no circle has to be looked for.
    for (name, address) in addresses {
        let constant = symbols
            .get(tree.slice(address))
            .filter(|symbol| symbol.kind == SymbolKind::Constant);
        let value = constant.and_then(|constant| constant.value);
        symbols.set_value(tree.slice(name), name, value);
    }
    (symbols, lines)
}

pub(super) struct Assembler<'a> {
    pub(super) tree: &'a Tree,
    pub(super) symbols: Symbols,
    pub(super) sink: Sink,
    pub(super) data: DataBlocks,
    suggestions: usize,
}

/// What takes an operand: the word for it, and whether labels are allowed.
#[derive(Clone, Copy)]
pub(super) struct Taker {
    pub word: &'static str,
    pub is_jump: bool,
}

impl Assembler<'_> {
    fn instructions(&mut self) -> Vec<Option<Instruction>> {
        let tree = self.tree;
        let mut instructions = Vec::new();
        for line in tree.lines() {
            if let Body::Instruction { op, operand, .. } = line.body {
                instructions.push(op.and_then(|op| self.instruction(op, operand)));
            }
            self.data_on(line);
        }
        instructions
    }

    /// An instruction with its operand resolved. If that fails, a diagnostic is added, and the result is an instruction
    /// with which the analysis can work: the effect of most instructions does not depend on the operand.
    fn instruction(&mut self, op: Op, operand: Option<Operand>) -> Option<Instruction> {
        let taker = Taker {
            word: op.spec().mnemonic,
            is_jump: op.spec().operand == OperandKind::Target,
        };
        let resolved = operand.and_then(|operand| self.resolve(taker, operand));
        let operand = match (op.spec().operand, operand, resolved) {
            (_, Some(_), Some(number)) => Some(number),
            (OperandKind::OptionalDepth(default), None, _) => Some(default),
            (OperandKind::OptionalOffset, _, None) => Some(0),
            (OperandKind::OptionalDepth(_) | OperandKind::Target, _, None) => return None,
            (OperandKind::OptionalAddress | OperandKind::OptionalWord, Some(_), None) => Some(0),
            (_, _, None) => None,
            (_, None, Some(_)) => None,
        };
        Some(Instruction { op, operand })
    }

    /// The number that an operand stands for. `None` if a diagnostic was added for it.
    pub(super) fn resolve(&mut self, taker: Taker, operand: Operand) -> Option<u32> {
        match operand.value {
            Value::Number(number) => Some(number),
            Value::Bad => None,
            Value::Name => {
                let name = self.tree.slice(operand.span);
                let is_mnemonic = Op::from_mnemonic(name).is_some();
                let Some(symbol) = self.symbols.refer(name, operand.span) else {
                    // A mnemonic as an operand already has an error.
                    if !is_mnemonic {
                        self.undefined(taker, name, operand.span);
                    }
                    return None;
                };
                if is_mnemonic {
                    return symbol.value;
                }
                if symbol.kind == SymbolKind::Label && !taker.is_jump {
                    self.sink.push(|| {
                        let word = taker.word;
                        let message =
                            format!("{word} takes a number or a constant; `{name}` is a label");
                        Diagnostic::new(Code::WrongOperand, operand.span, message)
                            .related(symbol.definition, "the label is defined here")
                    });
                    return None;
                }
                symbol.value
            }
        }
    }

    fn undefined(&mut self, taker: Taker, name: &str, span: Span) {
        let is_target = taker.is_jump;
        self.suggestions += 1;
        let candidates = self
            .symbols
            .iter()
            .filter(|symbol| is_target || symbol.kind == SymbolKind::Constant)
            .map(|symbol| symbol.name.as_str())
            .filter(|name| Op::from_mnemonic(name).is_none())
            .take(if self.suggestions > SUGGESTIONS {
                0
            } else {
                SUGGESTION_CANDIDATES
            });
        let suggestion = nearest(name, candidates);
        self.sink.push(|| {
            let what = if is_target {
                "label or constant"
            } else {
                "constant"
            };
            let diagnostic = Diagnostic::new(
                Code::UndefinedName,
                span,
                format!("there is no {what} `{name}`"),
            );
            match suggestion {
                Some(other) => diagnostic.meant(other),
                None if is_target => diagnostic.help(format!("define it with `{name}:` on a line")),
                None => diagnostic.help(format!("define it with `.const {name} value`")),
            }
        });
    }
}
