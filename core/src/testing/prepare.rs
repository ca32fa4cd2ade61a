//! From a test to a program with its inputs.

use super::expected::{Values, Words};
use super::list::{Test, TestKind};
use crate::lang::diagnostics::Severity;
use crate::lang::link::{Entry, Linked, link_entry};
use crate::lang::modules::{Module, Modules};
use crate::lang::program::{Assembly, Invocation, Program, SymbolKind, routine_id};
use crate::lang::syntax::{Body, Operand, Span, Tape, Tree, Value};
use crate::vm::Inputs;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A test that is ready to run.
pub struct Prepared {
    /// The program of the test, and where its parts come from.
    pub linked: Linked,
    /// The values that it starts with.
    pub(super) inputs: Vec<Operand>,
    /// The names among them that stand for random words, each once.
    pub random: Vec<String>,
    /// The values that it leaves; none if it does not say.
    pub(super) outputs: Option<Vec<Operand>>,
    /// The words on the tapes.
    pub(super) tapes: HashMap<Tape, Vec<Operand>>,
    /// The trap that it expects.
    pub(super) trap: Option<ExpectedTrap>,
    /// The most rows.
    pub(super) within: Option<Operand>,
}

/// Lines of a file (an index among [`Modules::files`]), from 0.
pub(super) type Lines = (usize, Range<usize>);

/// A trap that a test expects.
#[derive(Clone, Debug)]
pub(super) struct ExpectedTrap {
    pub kind: String,
    /// What stands after `at`, and the lines that this means.
    pub place: Option<(String, Option<Lines>)>,
}

/// Links a test of the main file.
///
/// # Errors
/// Why it cannot run, in one sentence.
pub fn prepare(
    modules: &Modules,
    assemblies: &[Arc<Assembly>],
    test: &Test,
) -> Result<Prepared, String> {
    let main = assemblies.first().ok_or("there is no file")?;
    let tree = &main.tree;
    let section = main
        .sections
        .get(test.section)
        .ok_or("there is no such test")?;
    let lines = tree.lines().get(section.lines.clone()).unwrap_or_default();
    let Some(Body::Test { values, .. }) = lines.first().map(|line| line.body) else {
        return Err("there is no such test".to_owned());
    };
    let has_main = |main: &Module| main.parsed.interface().main.is_some();
    if test.kind == TestKind::Program && !modules.files().first().is_some_and(has_main) {
        return Err(
            "the test has no instructions, and the file has no program that it could test"
                .to_owned(),
        );
    }
    let (inputs, outputs) = match values {
        Some(values) => {
            let (inputs, outputs) = tree.values(values);
            (inputs, Some(outputs))
        }
        None => (Vec::new(), None),
    };
    let entry = match test.kind {
        TestKind::Program => Entry::Main,
        TestKind::Body => Entry::Test {
            section: test.section,
            values: inputs.len(),
        },
        TestKind::Case => Entry::Call {
            invocation: invocation(modules, main, test)?,
            line: test.line,
            values: inputs.len(),
        },
    };
    let linked = link_entry(modules, assemblies.to_vec(), entry);
    if linked.program.is_none() {
        let all = linked.diagnostics.iter().map(|(_, one)| one);
        let mut errors = all.filter(|one| one.severity == Severity::Error);
        let first = errors.next().map(|one| one.message.clone());
        return Err(first.unwrap_or_else(|| "a file has errors".to_owned()));
    }
    let mut prepared = Prepared {
        random: random_names(main, tree, &inputs),
        inputs,
        outputs,
        tapes: HashMap::new(),
        trap: None,
        within: None,
        linked,
    };
    for line in lines {
        match line.body {
            Body::Tape { tape, items, .. } => {
                let words = tree.listed(items);
                prepared.tapes.entry(tape).or_default().extend(words);
            }
            Body::Traps {
                kind: Some(kind),
                place,
                ..
            } => {
                let at = place.map(|place| {
                    let lines = trap_place(modules, main, &prepared.linked, test, place);
                    (tree.slice(place).to_owned(), lines)
                });
                prepared.trap = Some(ExpectedTrap {
                    kind: tree.slice(kind).to_ascii_uppercase(),
                    place: at,
                });
            }
            Body::Within { rows, .. } => prepared.within = rows,
            _ => {}
        }
    }
    Ok(prepared)
}

impl Prepared {
    /// The program, with these words for the random ones.
    ///
    /// # Errors
    /// If a value of the test has no word.
    pub fn program(&self, modules: &Modules, random: &Words) -> Result<Program, String> {
        let program = self.linked.program.clone().unwrap_or_default();
        let values = Values::new(modules, &self.linked);
        let words: Result<Vec<u32>, String> = self
            .inputs
            .iter()
            .map(|&operand| values.word(operand, random))
            .collect();
        Ok(program.with_first_operands(&words?))
    }

    /// What the test reads.
    ///
    /// # Errors
    /// If a word has no value.
    pub fn inputs(&self, modules: &Modules, random: &Words) -> Result<Inputs, String> {
        let values = Values::new(modules, &self.linked);
        let words = |tape: Tape| {
            let operands = self.tapes.get(&tape).map_or(&[][..], Vec::as_slice);
            values.words(operands, random)
        };
        Ok(Inputs {
            public: words(Tape::Public)?,
            secret: words(Tape::Secret)?,
        })
    }
}

/// The routine that a case calls, with its arguments.
fn invocation(modules: &Modules, main: &Assembly, test: &Test) -> Result<Invocation, String> {
    let line = main.tree.lines().get(test.line).map(|line| line.body);
    let Some(Body::Test {
        target: Some(target),
        arguments,
        ..
    }) = line
    else {
        return Err("the test names no routine".to_owned());
    };
    let name = main.tree.slice(target);
    let found = modules
        .find(0, name)
        .map_err(|_| format!("there is no routine `{name}`"))?;
    let contract = modules.contract(found);
    let routine = routine_id(found);
    let both = contract.zip(routine);
    let (contract, routine) = both.ok_or_else(|| format!("`{name}` is no routine"))?;
    Ok(Invocation {
        routine,
        contract,
        arguments,
    })
}

/// The names among the values that stand for random words.
fn random_names(main: &Assembly, tree: &Tree, inputs: &[Operand]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for input in inputs.iter().filter(|input| input.value == Value::Name) {
        let name = tree.slice(input.span);
        if main.symbols.is_random(name) && !names.iter().any(|one| one == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The lines that a label or a routine stands for: those from the label to the next one, or those of the routine.
fn trap_place(
    modules: &Modules,
    main: &Assembly,
    linked: &Linked,
    test: &Test,
    place: Span,
) -> Option<Lines> {
    let name = main.tree.slice(place);
    let label = main
        .symbols
        .get_in(test.section, name)
        .filter(|symbol| symbol.kind == SymbolKind::Label);
    if let Some(label) = label {
        // Up to the next label of the section.
        let others = main.symbols.iter().filter(|one| {
            one.kind == SymbolKind::Label && one.scope == label.scope && one.line > label.line
        });
        let section = main.sections.get(label.scope);
        let end = section.map_or(usize::MAX, |section| section.lines.end);
        let end = others.map(|one| one.line).min().unwrap_or(end);
        return Some((0, label.line..end));
    }
    let routine = modules.find(0, name).ok().and_then(routine_id)?;
    let assembly = linked.assemblies.get(routine.file)?;
    let section = assembly.sections.get(routine.section)?;
    Some((routine.file, section.lines.clone()))
}
