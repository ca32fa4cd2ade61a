//! What a program reaches: routines, and the data and variables whose addresses it uses.

use super::entry::Entry;
use crate::lang::modules::{DefinitionKind, Modules, data_lines};
use crate::lang::program::{Assembly, Node, RoutineId};
use crate::lang::syntax::{Body, Operand};
use hashbrown::HashSet;
use std::collections::VecDeque;
use std::sync::Arc;

/// What a program reaches.
#[derive(Default)]
pub(super) struct Reached {
    /// The files, in the order in which they are first reached.
    pub order: Vec<usize>,
    /// Data and variables whose addresses are used, each as its file and line.
    pub used: HashSet<(usize, usize)>,
}

struct Search<'a> {
    modules: &'a Modules,
    assemblies: &'a [Arc<Assembly>],
    reached: Reached,
    files: HashSet<usize>,
    seen: HashSet<RoutineId>,
    routines: VecDeque<RoutineId>,
    /// Definitions that were looked through.
    definitions: HashSet<(usize, usize)>,
}

impl Reached {
    pub fn from(modules: &Modules, assemblies: &[Arc<Assembly>], entry: Entry) -> Reached {
        let mut search = Search {
            modules,
            assemblies,
            reached: Reached::default(),
            files: HashSet::new(),
            seen: HashSet::new(),
            routines: VecDeque::new(),
            definitions: HashSet::new(),
        };
        search.file(0);
        if let Some(section) = entry.section() {
            search.routine(section);
        }
        if let Entry::Call { invocation, .. } = entry {
            search.routine(invocation.routine);
            if let Some(tree) = modules.tree(0) {
                let arguments: Vec<Operand> = tree.listed(invocation.arguments).collect();
                arguments.into_iter().for_each(|one| search.operand(0, one));
            }
        }
        if let Some(line) = test_line(assemblies, entry) {
            search.test(line);
        }
        while let Some(routine) = search.routines.pop_front() {
            search.section(routine);
        }
        search.reached
    }
}

/// The line of the test with which a program begins.
fn test_line(assemblies: &[Arc<Assembly>], entry: Entry) -> Option<usize> {
    match entry {
        Entry::Main => None,
        Entry::Call { line, .. } => Some(line),
        Entry::Test { section, .. } => {
            let section = assemblies.first()?.sections.get(section)?;
            Some(section.lines.start)
        }
    }
}

impl Search<'_> {
    /// The values and the tapes of a test of the main file may be addresses.
    fn test(&mut self, line: usize) {
        let Some(assembly) = self.assemblies.first().cloned() else {
            return;
        };
        let section = assembly.sections.get(assembly.section_at(line));
        let lines = section.and_then(|one| assembly.tree.lines().get(one.lines.clone()));
        for line in lines.unwrap_or_default() {
            let mut operands: Vec<Operand> = assembly.tree.items(&line.body).collect();
            if let Body::Test {
                values: Some(values),
                ..
            } = line.body
            {
                let (before, after) = assembly.tree.values(values);
                operands.extend(before.into_iter().chain(after));
            }
            operands.into_iter().for_each(|one| self.operand(0, one));
        }
    }

    /// A file of which a part is linked. Its data with addresses of their own are linked with it.
    fn file(&mut self, file: usize) {
        if !self.files.insert(file) {
            return;
        }
        self.reached.order.push(file);
        let Some(tree) = self.modules.tree(file).cloned() else {
            return;
        };
        for (number, line) in tree.lines().iter().enumerate() {
            if let Body::Data {
                address: Some(_), ..
            } = line.body
            {
                self.define(file, number);
            }
        }
    }

    fn routine(&mut self, routine: RoutineId) {
        if self.seen.insert(routine) {
            self.file(routine.file);
            self.routines.push_back(routine);
        }
    }

    fn section(&mut self, id: RoutineId) {
        let Some(assembly) = self.assemblies.get(id.file).cloned() else {
            return;
        };
        let Some(section) = assembly.sections.get(id.section) else {
            return;
        };
        for index in section.instructions.clone() {
            let index = index as usize;
            match assembly.node(index) {
                Node::Call(invocation) | Node::Inline(invocation) => {
                    self.routine(invocation.routine);
                }
                Node::Push { file, line, .. } => self.items(file, line),
                _ => {}
            }
            let line = assembly.line_of(index);
            let Some(line) = line.and_then(|line| assembly.tree.lines().get(line)) else {
                continue;
            };
            if let Body::Instruction {
                operand: Some(operand),
                ..
            } = line.body
            {
                self.operand(id.file, operand);
            }
            for argument in assembly.tree.arguments(&line.body) {
                self.operand(id.file, argument);
            }
        }
    }

    /// The names in an operand of a file.
    fn operand(&mut self, file: usize, operand: Operand) {
        for (file, line) in self.definitions_in(file, operand) {
            self.define(file, line);
        }
    }

    /// A definition whose value is used.
    fn define(&mut self, file: usize, line: usize) {
        // Each definition is looked through once, so a chain of them ends.
        let mut open = vec![(file, line)];
        while let Some((file, line)) = open.pop() {
            if !self.definitions.insert((file, line)) {
                continue;
            }
            let Some(tree) = self.modules.tree(file).cloned() else {
                continue;
            };
            let Some(body) = tree.lines().get(line).map(|line| line.body) else {
                continue;
            };
            let mut operands: Vec<Operand> = Vec::new();
            match body {
                Body::Constant { value, .. } => operands.extend(value),
                Body::Variable { size, address, .. } => {
                    self.file(file);
                    self.reached.used.insert((file, line));
                    operands.extend([size, address].into_iter().flatten());
                }
                Body::Data { address, .. } => {
                    self.file(file);
                    self.reached.used.insert((file, line));
                    operands.extend(address);
                    let lines = data_lines(&tree, line);
                    operands.extend(lines.flat_map(|(_, line)| tree.items(&line.body)));
                }
                _ => {}
            }
            for operand in operands {
                open.extend(self.definitions_in(file, operand));
            }
        }
    }

    /// The words of data that are pushed.
    fn items(&mut self, file: usize, line: usize) {
        let Some(tree) = self.modules.tree(file).cloned() else {
            return;
        };
        let lines = data_lines(&tree, line);
        let items: Vec<Operand> = lines.flat_map(|(_, line)| tree.items(&line.body)).collect();
        for item in items {
            self.operand(file, item);
        }
    }

    /// The definitions whose values an operand of a file uses.
    fn definitions_in(&self, file: usize, operand: Operand) -> Vec<(usize, usize)> {
        let Some(tree) = self.modules.tree(file) else {
            return Vec::new();
        };
        let names = tree.names_in(operand).into_iter();
        let found = names.filter(|(_, is_length)| !is_length);
        found
            .filter_map(|(span, _)| self.modules.find(file, tree.slice(span)).ok())
            .filter(|found| !matches!(found.definition.kind, DefinitionKind::Routine(_)))
            .map(|found| (found.file, found.definition.line))
            .collect()
    }
}
