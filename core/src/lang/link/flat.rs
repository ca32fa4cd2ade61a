//! Linked text: one plain text of a program.

use super::linked::{Linked, Part, PlacedData};
use crate::lang::isa::{Op, OperandKind};
use crate::lang::modules::Modules;
use crate::lang::syntax::{Body, Tree};
use std::collections::{HashMap, HashSet};
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
    let mut text = String::from("#provable 1.0\n");
    let mut data_names = HashSet::new();
    for data in linked.data.iter().filter(|data| data.words.is_some()) {
        write_data(&mut text, modules, data, names, &mut data_names);
    }
    let is_jump = |op: Op| op.spec().operand == OperandKind::Target;
    let targets: HashSet<u32> = program
        .instructions()
        .iter()
        .filter(|one| is_jump(one.op))
        .filter_map(|one| one.operand)
        .collect();
    // One label for each place at which jumps arrive.
    let mut label_of = HashMap::new();
    for label in &linked.labels {
        label_of.entry(label.index).or_insert(label.name.as_str());
    }
    let starts: HashMap<u32, &Part> = linked
        .parts
        .iter()
        .filter(|part| !part.instructions.is_empty() && !part.name.is_empty())
        .map(|part| (part.instructions.start, part))
        .collect();
    let name_of = |index: u32| match label_of.get(&index) {
        Some(name) => (*name).to_owned(),
        None => format!("at_{index}"),
    };
    for (index, instruction) in (0u32..).zip(program.instructions()) {
        let part = starts.get(&index);
        if let Some(part) = part {
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
        if targets.contains(&index) || part.is_some() {
            let _ = writeln!(text, "{}:", name_of(index));
        }
        let mnemonic = instruction.op.spec().mnemonic;
        let _ = match instruction.operand {
            None => writeln!(text, "    {mnemonic}"),
            Some(target) if is_jump(instruction.op) => {
                writeln!(text, "    {mnemonic} {}", name_of(target))
            }
            Some(word) => writeln!(text, "    {mnemonic} {}", operand(instruction.op, word)),
        };
    }
    // A jump may go to the end.
    let end = u32::try_from(program.instructions().len()).unwrap_or(u32::MAX);
    if targets.contains(&end) {
        let _ = writeln!(text, "{}:", name_of(end));
    }
    Some(text)
}

/// An operand as a reader expects it: distances have signs.
fn operand(op: Op, word: u32) -> String {
    match op.spec().operand {
        OperandKind::OptionalOffset => (word as i32).to_string(),
        _ => word.to_string(),
    }
}

fn write_data(
    text: &mut String,
    modules: &Modules,
    data: &PlacedData,
    names: &dyn Fn(usize) -> String,
    taken: &mut HashSet<String>,
) {
    let Some(tree) = modules.tree(data.file) else {
        return;
    };
    let wanted = match data.file {
        0 => tree.slice(data.name).to_owned(),
        file => format!(
            "{}.{}",
            modules
                .stem(file)
                .replace(|one: char| !one.is_ascii_alphanumeric(), "_"),
            tree.slice(data.name)
        ),
    };
    let mut name = wanted.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wanted}_{number}");
        number += 1;
    }
    text.push('\n');
    for document in documents(tree, data.line) {
        let _ = writeln!(text, "## {document}");
    }
    let _ = writeln!(text, "# from {}, line {}", names(data.file), data.line + 1);
    let _ = writeln!(text, ".data {name} at {:#x}", data.address);
    for words in data
        .words
        .iter()
        .flatten()
        .collect::<Vec<_>>()
        .chunks(WORDS)
    {
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
