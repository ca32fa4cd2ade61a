//! Assembles a tree: gives names their values, and operands their numbers.

use super::assembler::Assembler;
use super::assembly::{Assembly, LoopLine};
use super::data::DataBlocks;
use super::define::{Definitions, define};
use super::node::{Invocation, Node, Nodes};
use super::symbols::SymbolKind;
use super::taker::Taker;
use super::undefined::unread_uses;
use super::{Instruction, Program};
use crate::lang::diagnostics::{Code, Diagnostic, Severity, Sink};
use crate::lang::isa::{Op, OperandKind};
use crate::lang::modules::{Contract, Evaluator, Found, Modules, Parsed};
use crate::lang::syntax::{Body, Operand, Span, Value, loop_change};
use crate::log;
use std::sync::Arc;
use tracing::debug_span;

/// Assembles a text by itself. It may use the standard library. Never fails and never panics: errors are diagnostics.
pub fn assemble(text: &str) -> Assembly {
    let _span = debug_span!(target: log::LOAD, "assemble", bytes = text.len()).entered();
    assemble_file(&Modules::alone(Arc::new(Parsed::new(text))), 0)
}

/// Assembles a text that comes from an earlier one by a few edits. The result is that of [`assemble`]; the work is
/// less.
pub fn reassemble(old: &Assembly, text: &str) -> Assembly {
    let _span = debug_span!(target: log::LOAD, "reassemble", bytes = text.len()).entered();
    assemble_file(
        &Modules::alone(Arc::new(Parsed::edited(&old.tree, text))),
        0,
    )
}

/// Assembles one of the files of a program, an index among [`Modules::files`].
pub fn assemble_file(modules: &Modules, file: usize) -> Assembly {
    let Some(tree) = modules.tree(file) else {
        return Assembly::default();
    };
    let mut sink = Sink::default();
    let Definitions {
        symbols,
        sections,
        lines,
    } = define(tree, &mut sink);
    let has_modules = tree.has_modules();
    let mut assembler = Assembler {
        file,
        modules,
        tree,
        symbols,
        sections: &sections,
        scope: 0,
        is_movable: has_modules
            || tree
                .lines()
                .iter()
                .any(|line| stands_for_several(&line.body)),
        evaluator: Evaluator::new(modules),
        sink,
        suggestions: 0,
        unread_uses: unread_uses(tree),
        data: DataBlocks::default(),
        members: Vec::new(),
        loops: Vec::new(),
        pending_loop: None,
    };
    assembler.values();
    assembler.uses();
    let code = assembler.code();
    let Assembler {
        mut symbols,
        mut sink,
        data,
        mut members,
        loops,
        ..
    } = assembler;
    data.check(tree, &mut sink);
    symbols.sort_references();
    members.sort_by_key(|member| member.span);
    for diagnostic in tree.diagnostics() {
        sink.push(|| diagnostic.clone());
    }
    let diagnostics = sink.finish();
    let is_clean = !diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    // The linker sees whether variables overlap.
    let has_variables = symbols
        .iter()
        .any(|symbol| symbol.kind == SymbolKind::Variable);
    let is_plain = is_clean && !has_modules && !has_variables && data.is_placed();
    let program = is_plain.then(|| plain(&code, &lines, &data)).flatten();
    Assembly {
        code: if program.is_some() {
            Nodes::default()
        } else {
            code
        },
        program,
        diagnostics,
        symbols,
        tree: Arc::clone(tree),
        sections,
        members,
        loops,
        data: data.ranges(),
        lines,
    }
}

/// Whether a line makes several instructions, or none.
fn stands_for_several(body: &Body) -> bool {
    matches!(body, Body::Push { .. } | Body::Inline { .. })
}

/// The program of a plain text; none if a node is no instruction by itself.
fn plain(code: &Nodes, lines: &[u32], data: &DataBlocks) -> Option<Program> {
    // Lines of a program count from 1.
    let lines = lines.iter().map(|line| line + 1);
    Some(Program::new(code.instructions()?.into_iter().zip(lines)).with_data(data.words()))
}

impl Assembler<'_> {
    fn code(&mut self) -> Nodes {
        let tree = self.tree;
        let mut code = Nodes::default();
        for line in tree.lines() {
            if line.body.begins_section() {
                self.end_loop();
                self.scope += 1;
            }
            match line.body {
                Body::Instruction {
                    op,
                    operand,
                    arguments,
                    ..
                } => {
                    let node = op.map_or(Node::Unknown, |op| match op {
                        Op::Call => self.call(operand, arguments),
                        _ => self.instruction(op, operand),
                    });
                    code.push(node);
                }
                Body::Inline {
                    target, arguments, ..
                } => code.push(self.inline(target, arguments)),
                Body::Push { target, .. } => {
                    code.push(target.map_or(Node::Unknown, |target| self.push(target)));
                }
                Body::Loop {
                    keyword,
                    change,
                    times,
                } => self.loop_line(keyword, change, times, code.len()),
                Body::Constant { value, .. } => value.into_iter().for_each(|one| self.note(one)),
                Body::Variable { size, address, .. } => {
                    let operands = [size, address];
                    operands
                        .into_iter()
                        .flatten()
                        .for_each(|one| self.note(one));
                }
                _ => {}
            }
            self.test_line(line);
            if line.body.is_code()
                && let Some(line) = self.pending_loop.take()
            {
                self.loops.push(line);
            }
            self.data_on(line);
        }
        self.end_loop();
        code
    }

    /// A loop that no instruction followed.
    fn end_loop(&mut self) {
        if let Some(line) = self.pending_loop.take() {
            self.sink.push(|| {
                let message = "no instruction follows at which a loop could begin";
                Diagnostic::new(Code::BadLoop, line.span, message)
            });
        }
    }

    fn loop_line(
        &mut self,
        keyword: Span,
        change: Option<Span>,
        times: Option<Operand>,
        node: usize,
    ) {
        self.end_loop();
        let count = times.and_then(|times| self.resolve(Taker::directive(".loop"), times));
        let Some((span, change)) =
            change.and_then(|span| Some((span, loop_change(self.tree.slice(span))?)))
        else {
            return;
        };
        if count == Some(0) {
            self.sink.push(|| {
                Diagnostic::new(Code::BadLoop, keyword, "the loop is begun at least once")
            });
        }
        self.pending_loop = Some(LoopLine {
            node: u32::try_from(node).unwrap_or(u32::MAX),
            span,
            change,
            times,
            count: count.map(u64::from),
        });
    }

    /// An instruction with its operand resolved. If that fails, a diagnostic is added, and the result is an instruction
    /// with which the analysis can work: the effect of most instructions does not depend on the operand.
    fn instruction(&mut self, op: Op, operand: Option<Operand>) -> Node {
        let taker = Taker::instruction(op);
        let resolved = match operand {
            None => None,
            Some(operand) => match self.resolve_open(taker, operand) {
                Ok(number) => Some(number),
                Err(true) if taker.is_jump => {
                    self.jump_by_address(taker, operand.span);
                    return Node::Unknown;
                }
                Err(true) => return Node::Open { op, operand },
                Err(false) => None,
            },
        };
        let operand = match (op.spec().operand, operand, resolved) {
            (_, Some(_), Some(number)) => Some(number),
            (OperandKind::OptionalDepth(default), None, _) => Some(default),
            (OperandKind::OptionalOffset, _, None) => Some(0),
            (OperandKind::OptionalDepth(_) | OperandKind::Target, _, None) => {
                return Node::Unknown;
            }
            (OperandKind::OptionalAddress | OperandKind::OptionalWord, Some(_), None) => Some(0),
            (_, _, None) => None,
            (_, None, Some(_)) => None,
        };
        Node::Instruction(Instruction { op, operand })
    }

    fn call(&mut self, target: Option<Operand>, arguments: Option<Span>) -> Node {
        let called = target.and_then(|target| self.routine(target));
        match called {
            Some((found, name)) => match self.invocation(found, name, arguments) {
                Some(invocation) => Node::Call(invocation),
                None => Node::Unknown,
            },
            None => {
                if let Some(arguments) = arguments {
                    self.arguments_of_none(target, arguments);
                }
                self.instruction(Op::Call, target)
            }
        }
    }

    /// Arguments for what is no routine.
    fn arguments_of_none(&mut self, target: Option<Operand>, arguments: Span) {
        let operands: Vec<Operand> = self.tree.listed(Some(arguments)).collect();
        for operand in operands {
            let _ = self.resolve_open(Taker::directive("a routine"), operand);
        }
        // A name that means nothing has its own diagnostic, and may be meant for a routine.
        let is_known = target.is_some_and(|target| {
            let name = self.tree.slice(target.span);
            target.value != Value::Name
                || self.symbols.get_in(self.scope, name).is_some()
                || self.modules.find(self.file, name).is_ok()
        });
        if is_known {
            self.sink.push(|| {
                let message = "only a routine that `.routine` declares takes arguments";
                Diagnostic::new(Code::BadArguments, arguments, message)
            });
        }
    }

    fn inline(&mut self, target: Option<Span>, arguments: Option<Span>) -> Node {
        let called = target.and_then(|target| self.routine_named(target));
        match called.and_then(|(found, name)| self.invocation(found, name, arguments)) {
            Some(invocation) => Node::Inline(invocation),
            None => Node::Unknown,
        }
    }

    /// A routine with its arguments; none if its line declares no effect.
    pub(super) fn invocation(
        &mut self,
        found: Found,
        name: Span,
        arguments: Option<Span>,
    ) -> Option<Invocation> {
        let operands: Vec<Operand> = self.tree.listed(arguments).collect();
        for &operand in &operands {
            let _ = self.resolve_open(Taker::directive("a routine"), operand);
        }
        let contract = self.modules.contract(found)?;
        let count = u32::try_from(operands.len()).unwrap_or(u32::MAX);
        if count != contract.parameters {
            self.wrong_count(name, arguments, contract, count);
        }
        Some(Invocation {
            routine: super::meaning::routine_id(found)?,
            contract,
            arguments,
        })
    }

    fn wrong_count(&mut self, name: Span, arguments: Option<Span>, has: Contract, count: u32) {
        let text = self.tree.slice(name);
        let number = |count: u32| match count {
            0 => "no argument".to_owned(),
            1 => "1 argument".to_owned(),
            count => format!("{count} arguments"),
        };
        self.sink.push(|| {
            let message = format!(
                "`{text}` takes {}, and gets {}",
                number(has.parameters),
                number(count)
            );
            Diagnostic::new(Code::BadArguments, arguments.unwrap_or(name), message)
        });
    }
}
