//! Writes the instructions of a linked program: expands copies, and gives every part its place.

use super::copies::Copies;
use super::data::words;
use super::entry::Entry;
use super::instances::{Instance, Instances, Item, Target};
use super::layout::Emitted;
use super::linked::{Place, Values};
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::{Op, OperandKind};
use crate::lang::modules::{Evaluator, Modules};
use crate::lang::program::{Assembly, Invocation, Node, RoutineId, SymbolKind};
use crate::lang::syntax::{self, MAX_LINES};
use hashbrown::{HashMap, HashSet};
use std::sync::Arc;

/// The most findings.
const MOST_FINDINGS: usize = 1_000;

/// What is said of an operand without a value if nothing else is.
const NO_VALUE: &str = "the operand has no value";

pub(super) struct Emitter<'a> {
    pub(super) modules: &'a Modules,
    pub(super) assemblies: &'a [Arc<Assembly>],
    pub(super) evaluator: Evaluator<'a>,
    /// The place of each file in the order in which the program reaches them.
    order: HashMap<usize, usize>,
    pub(super) instances: Instances,
    copies: Copies,
    pub(super) found: Vec<(usize, Diagnostic)>,
    /// Files and lines with a finding: what is wrong in a routine is so in each of its copies.
    reported: HashSet<(usize, usize)>,
    /// How many instructions there are so far.
    total: usize,
    /// Whether a limit is passed, and nothing more is written.
    is_full: bool,
}

/// The code that is being written: of an instance, or of a copy inside it.
pub(super) struct Body {
    pub code: Vec<Item>,
    pub labels: Vec<(usize, String)>,
}

/// A section with the values of its parameters, and how it stands in the program.
struct Context<'a> {
    section: RoutineId,
    values: &'a Values,
    /// The copy that is being made; none for the code of an instance.
    copy: Option<usize>,
    /// What labels in linked text begin with.
    prefix: &'a str,
}

impl<'a> Emitter<'a> {
    pub fn new(
        modules: &'a Modules,
        assemblies: &'a [Arc<Assembly>],
        evaluator: Evaluator<'a>,
        order: &[usize],
    ) -> Self {
        let order = order.iter().enumerate().map(|(place, &file)| (file, place));
        Emitter {
            modules,
            assemblies,
            evaluator,
            order: order.collect(),
            instances: Instances::default(),
            copies: Copies::default(),
            found: Vec::new(),
            reported: HashSet::new(),
            total: 0,
            is_full: false,
        }
    }

    /// Gives back the evaluator, and what was found.
    pub fn finish(self, found: &mut Vec<(usize, Diagnostic)>) -> Evaluator<'a> {
        found.extend(self.found);
        self.evaluator
    }

    /// The program.
    pub fn program(&mut self, entry: Entry) -> Emitted {
        self.instances.list.push(Instance {
            routine: entry.section(),
            values: Values::new(),
            name: String::new(),
            code: Vec::new(),
            labels: Vec::new(),
        });
        let start = self.start(entry);
        self.put(0, start);
        let mut at = 1;
        while at < self.instances.list.len() && !self.is_full {
            let mut body = Body {
                code: Vec::new(),
                labels: Vec::new(),
            };
            let instance = self.instances.list.get(at);
            let known =
                instance.and_then(|one| Some((one.routine?, one.values.clone(), one.name.clone())));
            if let Some((section, values, name)) = known {
                let context = Context {
                    section,
                    values: &values,
                    copy: None,
                    prefix: &format!("{name}."),
                };
                self.section(&mut body, &context);
            }
            self.put(at, body);
            at += 1;
        }
        let copies = std::mem::take(&mut self.copies).into_list();
        self.instances.layout(&self.order, copies)
    }

    fn put(&mut self, at: usize, body: Body) {
        if let Some(instance) = self.instances.list.get_mut(at) {
            instance.code = body.code;
            instance.labels = body.labels;
        }
    }

    /// The code with which the program begins.
    fn start(&mut self, entry: Entry) -> Body {
        let mut body = Body {
            code: Vec::new(),
            labels: Vec::new(),
        };
        let line = match entry {
            Entry::Main => 0,
            Entry::Test { section, .. } => {
                let main = self.assemblies.first();
                let section = main.and_then(|main| main.sections.get(section));
                section.map_or(0, |section| section.lines.start)
            }
            Entry::Call { line, .. } => line,
        };
        let place = Place {
            file: 0,
            line,
            copy: None,
        };
        for _ in 0..entry.values() {
            self.push(&mut body, Op::Push, Target::Word(0), place);
        }
        match (entry, entry.section()) {
            (Entry::Call { invocation, .. }, _) => {
                let values = Values::new();
                if let Some(instance) = self.instance(0, &invocation, &values, place) {
                    self.push(&mut body, Op::Call, Target::Instance(instance), place);
                    self.push(&mut body, Op::Halt, Target::None, place);
                }
            }
            (_, Some(section)) => {
                let context = Context {
                    section,
                    values: &Values::new(),
                    copy: None,
                    prefix: "",
                };
                self.section(&mut body, &context);
                // Routines follow, into which a test must not run.
                if section.section != 0 {
                    self.push(&mut body, Op::Halt, Target::None, place);
                }
            }
            _ => {}
        }
        body
    }

    fn push(&mut self, body: &mut Body, op: Op, target: Target, place: Place) {
        if self.is_full {
            return;
        }
        if self.total >= MAX_LINES {
            let message = format!("the program has more than {MAX_LINES} (2^24) instructions here");
            self.report(place, Code::TooManyParts, message);
            return;
        }
        self.total += 1;
        body.code.push(Item { op, target, place });
    }

    /// A finding at the line of a place. What passes a limit ends the work.
    pub(super) fn report(&mut self, place: Place, code: Code, message: String) {
        self.is_full |= code == Code::TooManyParts || self.found.len() >= MOST_FINDINGS;
        if !self.reported.insert((place.file, place.line)) {
            return;
        }
        let line = self
            .modules
            .tree(place.file)
            .and_then(|tree| tree.lines().get(place.line));
        let span = line.map(|line| line.instruction_span().unwrap_or(line.span));
        if let Some(span) = span {
            self.found
                .push((place.file, Diagnostic::new(code, span, message)));
        }
    }

    /// The instructions of a section.
    fn section(&mut self, body: &mut Body, context: &Context<'_>) {
        let Some(assembly) = self.assemblies.get(context.section.file) else {
            return;
        };
        let Some(section) = assembly.sections.get(context.section.section) else {
            return;
        };
        let nodes = section.instructions.clone();
        let mut starts: Vec<usize> = Vec::with_capacity(nodes.len() + 1);
        let mut jumps: Vec<(usize, u32)> = Vec::new();
        for node in nodes.clone() {
            starts.push(body.code.len());
            if self.is_full {
                break;
            }
            let place = Place {
                file: context.section.file,
                line: assembly.line_of(node as usize).unwrap_or(0),
                copy: context.copy,
            };
            let is_last = node + 1 == nodes.end;
            match assembly.node(node as usize) {
                Node::Instruction(instruction) => {
                    let is_return = instruction.op == Op::Ret && context.copy.is_some();
                    if is_return {
                        if !is_last {
                            jumps.push((body.code.len(), nodes.end));
                            self.push(body, Op::Jmp, Target::None, place);
                        }
                        continue;
                    }
                    let is_jump = instruction.op.spec().operand == OperandKind::Target;
                    if instruction.operand.is_none() && has_operand(assembly, place.line) {
                        self.report(place, Code::NoValue, NO_VALUE.to_owned());
                    }
                    let target = match instruction.operand {
                        Some(node) if is_jump => {
                            jumps.push((body.code.len(), node));
                            Target::None
                        }
                        Some(word) => Target::Word(word),
                        None => Target::None,
                    };
                    self.push(body, instruction.op, target, place);
                }
                Node::Open { op, operand } => {
                    let word = self.word(context.section.file, operand, context.values);
                    self.push(body, op, Target::Word(word), place);
                }
                Node::Call(invocation) => {
                    let file = context.section.file;
                    if let Some(instance) = self.instance(file, &invocation, context.values, place)
                    {
                        self.push(body, Op::Call, Target::Instance(instance), place);
                    }
                }
                Node::Inline(invocation) => self.copy(body, context, &invocation, place),
                Node::Push { file, line, .. } => {
                    let words = words(
                        self.modules,
                        file,
                        line,
                        &mut self.evaluator,
                        &mut self.found,
                    );
                    for &word in words.iter().rev() {
                        self.push(body, Op::Push, Target::Word(word), place);
                    }
                }
                Node::Unknown => {}
            }
        }
        starts.push(body.code.len());
        let start_of = |node: u32| {
            let distance = node.checked_sub(nodes.start)?;
            starts.get(distance as usize).copied()
        };
        for (at, node) in jumps {
            if let Some(item) = body.code.get_mut(at) {
                // Only an index can lead elsewhere, and only in a text whose indices are those of the program.
                item.target = start_of(node).map_or(Target::Word(node), Target::Offset);
            }
        }
        let scope = context.section.section;
        let labels = assembly
            .symbols
            .iter()
            .filter(|symbol| symbol.scope == scope && symbol.kind == SymbolKind::Label);
        for label in labels {
            if let Some(start) = label.value.and_then(start_of) {
                let name = format!("{}{}", context.prefix, label.name);
                body.labels.push((start, name));
            }
        }
    }

    /// A copy of a routine.
    fn copy(
        &mut self,
        body: &mut Body,
        context: &Context<'_>,
        invocation: &Invocation,
        place: Place,
    ) {
        let routine = invocation.routine;
        if let Err((code, message)) = self.copies.check(routine, context.section, context.copy) {
            self.report(place, code, message);
            return;
        }
        if self.calls_itself(routine) {
            let message = "the routine has a CALL of a label of its own, so its RETs cannot become jumps; use CALL";
            self.report(place, Code::EndlessInline, message.to_owned());
            return;
        }
        let Some((_, values)) = self.arguments(context.section.file, invocation, context.values)
        else {
            return;
        };
        let number = self.copies.add(place, routine, values.clone());
        let wanted = format!("{}{}_{}", context.prefix, self.name_of(routine), number + 1);
        let prefix = format!("{}.", self.instances.name(&wanted));
        let inner = Context {
            section: routine,
            values: &values,
            copy: Some(number),
            prefix: &prefix,
        };
        self.section(body, &inner);
    }
}

/// Whether the instruction on a line is written with an operand.
fn has_operand(assembly: &Assembly, line: usize) -> bool {
    let line = assembly.tree.lines().get(line);
    line.is_some_and(|line| {
        matches!(
            line.body,
            syntax::Body::Instruction {
                operand: Some(_),
                ..
            }
        )
    })
}
