//! Linked text: one plain text of a program.

use super::linked::{Linked, Part, PlacedData};
use super::names::{Names, of_member};
use crate::lang::isa::{Op, OperandKind};
use crate::lang::modules::Modules;
use crate::lang::program::Program;
use crate::lang::quote;
use crate::lang::syntax::{Body, Tree};
use hashbrown::{HashMap, HashSet};
use std::fmt::Write;

/// Words on one line of data.
const WORDS: usize = 12;

/// One plain text of a linked program, with the documents of its parts and where each comes from; none if there is no
/// program. `names` gives the name of each file for people.
pub fn flat_text(
    modules: &Modules,
    linked: &Linked,
    names: &dyn Fn(usize) -> String,
) -> Option<String> {
    let program = linked.program.as_ref()?;
    if let Some(plain) = linked
        .assemblies
        .first()
        .filter(|main| main.program.is_some())
    {
        return Some(plain.tree.text().to_owned());
    }
    // Characters that end a comment's line are escaped.
    let names = |file: usize| quote::name(&names(file));
    let mut text = String::from("#provable 1.0\n");
    let mut taken = Names::default();
    for label in &linked.labels {
        taken.take(&label.name);
    }
    for data in linked.data.iter().filter(|data| data.words.is_some()) {
        write_data(&mut text, modules, data, &names, &mut taken);
    }
    text.push('\n');
    let parts: HashMap<u32, &Part> = linked
        .parts
        .iter()
        .filter(|part| !part.instructions.is_empty() && !part.name.is_empty())
        .map(|part| (part.instructions.start, part))
        .collect();
    let labels = labels(program, linked, &parts, &mut taken);
    for (index, instruction) in (0u32..).zip(program.instructions()) {
        if let Some(part) = parts.get(&index) {
            write_head(&mut text, linked, part, &names);
        }
        if let Some(label) = labels.get(&index) {
            let _ = writeln!(text, "{label}:");
        }
        let mnemonic = instruction.op.spec().mnemonic;
        let _ = match instruction.operand {
            None => writeln!(text, "    {mnemonic}"),
            Some(target) if is_jump(instruction.op) => match labels.get(&target) {
                Some(label) => writeln!(text, "    {mnemonic} {label}"),
                // It leaves the program.
                None => writeln!(text, "    {mnemonic} {target}"),
            },
            Some(word) => writeln!(text, "    {mnemonic} {}", operand(instruction.op, word)),
        };
    }
    // A jump may go to the end.
    if let Some(label) = labels.get(&length(program)) {
        let _ = writeln!(text, "{label}:");
    }
    Some(text)
}

fn is_jump(op: Op) -> bool {
    op.spec().operand == OperandKind::Target
}

fn length(program: &Program) -> u32 {
    u32::try_from(program.instructions().len()).unwrap_or(u32::MAX)
}

/// One label for each place at which a part begins or a jump arrives, by index.
fn labels<'a>(
    program: &Program,
    linked: &'a Linked,
    parts: &HashMap<u32, &'a Part>,
    taken: &mut Names,
) -> HashMap<u32, String> {
    let jumps = program.instructions().iter().filter(|one| is_jump(one.op));
    let targets = jumps.filter_map(|one| one.operand);
    let targets: HashSet<u32> = targets
        .filter(|&target| target <= length(program))
        .collect();
    let named = parts
        .iter()
        .map(|(&index, part)| (index, part.name.clone()));
    let mut labels: HashMap<u32, String> = named.collect();
    for label in &linked.labels {
        if targets.contains(&label.index) {
            labels
                .entry(label.index)
                .or_insert_with(|| label.name.clone());
        }
    }
    let mut nameless: Vec<u32> = targets.into_iter().collect();
    nameless.retain(|target| !labels.contains_key(target));
    nameless.sort_unstable();
    for target in nameless {
        labels.insert(target, taken.fresh(&format!("at_{target}")));
    }
    labels
}

/// An operand as a reader expects it: distances have signs.
fn operand(op: Op, word: u32) -> String {
    match op.spec().operand {
        OperandKind::OptionalOffset => (word as i32).to_string(),
        _ => word.to_string(),
    }
}

/// The documents of a part, and where it comes from.
fn write_head(text: &mut String, linked: &Linked, part: &Part, names: &dyn Fn(usize) -> String) {
    text.push('\n');
    if let Some(routine) = part.routine
        && let Some(assembly) = linked.assemblies.get(routine.file)
        && let Some(section) = assembly.sections.get(routine.section)
    {
        let line = section.lines.start;
        for document in documents(&assembly.tree, line) {
            let _ = writeln!(text, "## {document}");
        }
        let _ = writeln!(text, "# from {}, line {}", names(routine.file), line + 1);
    }
}

fn write_data(
    text: &mut String,
    modules: &Modules,
    data: &PlacedData,
    names: &dyn Fn(usize) -> String,
    taken: &mut Names,
) {
    let Some(tree) = modules.tree(data.file) else {
        return;
    };
    let name = taken.fresh(&of_member(modules, data.file, tree.slice(data.name)));
    text.push('\n');
    for document in documents(tree, data.line) {
        let _ = writeln!(text, "## {document}");
    }
    let _ = writeln!(text, "# from {}, line {}", names(data.file), data.line + 1);
    let _ = writeln!(text, ".data {name} at {:#x}", data.address);
    let words: Vec<u32> = data.words.iter().flatten().copied().collect();
    for words in words.chunks(WORDS) {
        let words: Vec<String> = words.iter().map(|word| word.to_string()).collect();
        let _ = writeln!(text, "    .words {}", words.join(", "));
    }
}

/// The lines of `##` directly above a definition, without the signs.
pub fn documents(tree: &Tree, line: usize) -> Vec<&str> {
    let above = tree.lines().get(..line).unwrap_or_default();
    let mut documents: Vec<&str> = Vec::new();
    for line in above.iter().rev() {
        let comment = line.comment.map(|comment| tree.slice(comment));
        let is_alone = matches!(line.body, Body::Empty) && line.label.is_none();
        match comment.and_then(|comment| comment.strip_prefix("##")) {
            Some(document) if is_alone => documents.push(document.trim()),
            _ => break,
        }
    }
    documents.reverse();
    documents
}
