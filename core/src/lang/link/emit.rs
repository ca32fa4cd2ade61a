//! Writes the instructions of a linked program: expands copies, and gives every part its place.

use super::copies::Copies;
use super::data::words;
use super::entry::Entry;
use super::instances::{Instance, Instances, Item, MOST, Target};
use super::linked::{Copy, Label, Part, Place, Values};
use super::names::{Names, of_member};
use super::no_value::no_value;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::{Op, OperandKind};
use crate::lang::modules::{Evaluator, Modules, Worth};
use crate::lang::program::{Assembly, Instruction, Invocation, Node, RoutineId, SectionKind};
use crate::lang::syntax::{self, MAX_LINES, Operand};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The most findings.
const MOST_FINDINGS: usize = 1_000;

/// The instructions of a program, and what is known of them.
#[derive(Default)]
pub(super) struct Emitted {
    pub code: Vec<Instruction>,
    pub places: Vec<Place>,
    pub copies: Vec<Copy>,
    pub parts: Vec<Part>,
    pub labels: Vec<Label>,
}

/// What is said of an operand without a value if nothing else is.
const NO_VALUE: &str = "the operand has no value";

pub(super) struct Emitter<'a> {
    modules: &'a Modules,
    assemblies: &'a [Arc<Assembly>],
    evaluator: Evaluator<'a>,
    /// The place of each file in the order in which the program reaches them.
    order: HashMap<usize, usize>,
    instances: Instances,
    copies: Copies,
    found: Vec<(usize, Diagnostic)>,
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
        self.layout()
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
    fn report(&mut self, place: Place, code: Code, message: String) {
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
                    let word = self.word(context, operand);
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
        let labels = assembly.symbols.iter().filter(|symbol| {
            symbol.scope == scope && symbol.kind == crate::lang::program::SymbolKind::Label
        });
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

    /// Whether a routine has a CALL of one of its labels.
    fn calls_itself(&self, routine: RoutineId) -> bool {
        let assembly = self.assemblies.get(routine.file);
        let section = assembly.and_then(|one| Some((one, one.sections.get(routine.section)?)));
        section.is_some_and(|(assembly, section)| {
            let mut nodes = section.instructions.clone();
            nodes.any(|node| {
                let instruction = assembly.node(node as usize).instruction();
                instruction.is_some_and(|one| one.op == Op::Call)
            })
        })
    }

    /// The name of a routine in linked text.
    fn name_of(&self, routine: RoutineId) -> String {
        let assembly = self.assemblies.get(routine.file);
        let kind = assembly.and_then(|one| Some((one, &one.sections.get(routine.section)?.kind)));
        let name = match kind {
            Some((assembly, SectionKind::Routine { name, .. })) => {
                name.map_or("", |name| assembly.tree.slice(name))
            }
            _ => "",
        };
        of_member(self.modules, routine.file, name)
    }

    /// The instance that a CALL at a place of a file calls. None if an argument has no value, or there are too many.
    fn instance(
        &mut self,
        file: usize,
        invocation: &Invocation,
        values: &Values,
        place: Place,
    ) -> Option<usize> {
        let (arguments, values) = self.arguments(file, invocation, values)?;
        let (routine, name) = (invocation.routine, self.name_of(invocation.routine));
        let instance = self.instances.get(routine, arguments, &name, values);
        if instance.is_none() {
            let message = format!(
                "the program has more than {MOST} routines, those with other arguments counted"
            );
            self.report(place, Code::TooManyParts, message);
        }
        instance
    }

    /// The values of arguments, and each by the name of its parameter.
    fn arguments(
        &mut self,
        file: usize,
        invocation: &Invocation,
        values: &Values,
    ) -> Option<(Vec<i128>, Values)> {
        let tree = self.modules.tree(file)?.clone();
        let mut arguments = Vec::new();
        for operand in tree.listed(invocation.arguments) {
            arguments.push(self.number(file, operand, values)?);
        }
        let routine = invocation.routine;
        let assembly = self.assemblies.get(routine.file)?;
        let line = assembly.sections.get(routine.section)?.lines.start;
        let body = assembly.tree.lines().get(line)?.body;
        let syntax::Body::Routine { parameters, .. } = body else {
            return None;
        };
        let names = assembly
            .tree
            .listed(parameters)
            .map(|one| assembly.tree.slice(one.span).to_owned());
        let values = names.zip(arguments.iter().copied()).collect();
        Some((arguments, values))
    }

    fn number(&mut self, file: usize, operand: Operand, values: &Values) -> Option<i128> {
        let mut local = |name: &str| values.get(name).map(|&value| Worth::Number(value));
        // It has to be a word wherever it is used.
        let worth = match self.evaluator.word(file, operand, &mut local) {
            Ok(_) => self.evaluator.operand(file, operand, &mut local),
            Err(worth) => worth,
        };
        match worth {
            Worth::Number(number) => Some(number),
            other => {
                no_value(&mut self.found, file, other, operand.span);
                None
            }
        }
    }

    /// The word that an operand is in a section; 0 if there is a finding for it.
    fn word(&mut self, context: &Context<'_>, operand: Operand) -> u32 {
        let file = context.section.file;
        let number = self.number(file, operand, context.values);
        number.and_then(crate::lang::expression::word).unwrap_or(0)
    }

    /// All instances, one after the other: the start, then by file and in the order of the text.
    fn layout(&mut self) -> Emitted {
        let mut order: Vec<usize> = (0..self.instances.list.len()).collect();
        order.sort_by_key(|&at| {
            let routine = self.instances.list.get(at).and_then(|one| one.routine);
            let place = routine.map(|one| (self.order.get(&one.file).copied(), one.section, at));
            if at == 0 {
                (false, None)
            } else {
                (true, place)
            }
        });
        let mut starts = vec![0usize; self.instances.list.len()];
        let mut length = 0;
        for &at in &order {
            if let (Some(start), Some(instance)) = (starts.get_mut(at), self.instances.list.get(at))
            {
                *start = length;
                length += instance.code.len();
            }
        }
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        // The names of parts are given before those of labels in them.
        let mut names = Names::default();
        for instance in &self.instances.list {
            names.take(&instance.name);
        }
        let mut emitted = Emitted {
            copies: std::mem::take(&mut self.copies).into_list(),
            ..Emitted::default()
        };
        for &at in &order {
            let Some(instance) = self.instances.list.get(at) else {
                continue;
            };
            let start = starts.get(at).copied().unwrap_or(0);
            for item in &instance.code {
                let operand = match item.target {
                    Target::None => None,
                    Target::Word(word) => Some(word),
                    Target::Offset(offset) => Some(index(start + offset)),
                    Target::Instance(other) => starts.get(other).map(|&start| index(start)),
                };
                emitted.code.push(Instruction {
                    op: item.op,
                    operand,
                });
                emitted.places.push(item.place);
            }
            let end = start + instance.code.len();
            if !instance.name.is_empty() {
                emitted.labels.push(Label {
                    index: index(start),
                    name: instance.name.clone(),
                });
            }
            let labels = instance.labels.iter().map(|(offset, name)| Label {
                index: index(start + offset),
                name: names.fresh(name),
            });
            emitted.labels.extend(labels);
            emitted.parts.push(Part {
                instructions: index(start)..index(end),
                name: instance.name.clone(),
                routine: instance.routine,
                values: instance.values.clone(),
            });
        }
        emitted.labels.sort_by_key(|label| label.index);
        emitted
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
