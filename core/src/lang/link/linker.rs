//! Links: from assembled files to a program.

use super::addresses::choose;
use super::data::words_of;
use super::emit::Emitter;
use super::entry::Entry;
use super::linked::{Linked, Part, Place, Values};
use super::reach::Reached;
use crate::lang::diagnostics::{Code, Diagnostic, Severity};
use crate::lang::modules::{Evaluator, Modules};
use crate::lang::program::{Assembly, Program, RoutineId, assemble_file};
use crate::log;
use std::sync::Arc;
use tracing::debug_span;

/// Links the main file.
pub fn link(modules: &Modules) -> Linked {
    link_entry(modules, assemblies(modules), Entry::Main)
}

fn assemblies(modules: &Modules) -> Vec<Arc<Assembly>> {
    let files = 0..modules.files().len();
    files
        .map(|file| Arc::new(assemble_file(modules, file)))
        .collect()
}

/// Links a program that begins elsewhere, of files that are assembled already.
pub fn link_entry(modules: &Modules, assemblies: Vec<Arc<Assembly>>, entry: Entry) -> Linked {
    let _span = debug_span!(target: log::LOAD, "link", files = assemblies.len()).entered();
    let mut linked = Linked {
        assemblies,
        ..Linked::default()
    };
    linked.diagnostics = errors_in_files(modules, &linked.assemblies);
    let mut all = linked.assemblies.iter().enumerate();
    if all.any(|(file, one)| has_errors(file, one)) {
        return linked;
    }
    let plain = linked.assemblies.first().map(|main| &main.program);
    if let (Entry::Main, Some(Some(program))) = (entry, plain) {
        let program = program.clone();
        plain_places(&mut linked, &program);
        linked.program = Some(program);
        return linked;
    }
    let reached = Reached::from(modules, &linked.assemblies, entry);
    let mut found = Vec::new();
    let placed = choose(modules, &reached, &mut found);
    if !found.is_empty() {
        linked.diagnostics.extend(found);
        return linked;
    }
    let evaluator = Evaluator::linked(modules, &placed.addresses);
    let mut emitter = Emitter::new(modules, &linked.assemblies, evaluator, &reached.order);
    let emitted = emitter.program(entry);
    let mut evaluator = emitter.finish(&mut found);
    let data = words_of(modules, &placed, &mut evaluator, &mut found);
    let is_clean = !found.iter().any(|(_, one)| one.severity == Severity::Error);
    linked.diagnostics.extend(found);
    if !is_clean {
        return linked;
    }
    let lines = emitted.places.iter().map(|place| {
        // Lines of a program count from 1.
        u32::try_from(place.line + 1).unwrap_or(u32::MAX)
    });
    let code = emitted.code.iter().copied().zip(lines);
    let words = data.iter().flat_map(|data| {
        let words = data.words.iter().flatten().copied();
        (data.address..=u32::MAX).zip(words)
    });
    linked.program = Some(Program::new(code).with_data(words));
    linked.places = emitted.places;
    linked.copies = emitted.copies;
    linked.parts = emitted.parts;
    linked.labels = emitted.labels;
    linked.data = data;
    linked
}

/// Whether a file has errors that keep a program from being linked. Of the files that the main file uses, tests are left
/// out.
fn has_errors(file: usize, assembly: &Assembly) -> bool {
    match file {
        0 => assembly.has_errors(),
        _ => assembly.first_error_outside_tests().is_some(),
    }
}

/// Errors in the files that a file uses, at its `.use` lines.
fn errors_in_files(modules: &Modules, assemblies: &[Arc<Assembly>]) -> Vec<(usize, Diagnostic)> {
    let mut wrong: Vec<Option<String>> = assemblies.iter().map(|one| first_error(one)).collect();
    if wrong.iter().all(Option::is_none) {
        return Vec::new();
    }
    let has_own = |file: usize| {
        let assembly = assemblies.get(file);
        assembly.is_some_and(|one| has_errors(file, one))
    };
    // What a file uses may use others in turn, in circles too.
    let mut is_changed = true;
    while is_changed {
        is_changed = false;
        for (file, module) in modules.files().iter().enumerate() {
            let mut used = module.uses.iter().filter_map(|used| used.file.clone().ok());
            let is_wrong = |file: usize| wrong.get(file).is_some_and(Option::is_some);
            let inherited = !is_wrong(file) && used.any(is_wrong);
            if let Some(slot) = wrong.get_mut(file).filter(|_| inherited) {
                *slot = Some("a file that it uses has errors".to_owned());
                is_changed = true;
            }
        }
    }
    let mut found = Vec::new();
    for (file, module) in modules.files().iter().enumerate() {
        let lines = module.uses.iter().zip(&module.parsed.interface().uses);
        for (used, line) in lines {
            let Ok(other) = used.file else { continue };
            let message = wrong.get(other).cloned().flatten();
            // In a circle, what is wrong with the other file may be this one.
            let is_said = other == file || has_own(file) && !has_own(other);
            if let Some(message) = message.filter(|_| !is_said) {
                let diagnostic = Diagnostic::new(Code::UnusableFile, line.span, message);
                found.push((file, diagnostic));
            }
        }
    }
    found
}

/// What is said of a file where it is used, if it has an error.
fn first_error(assembly: &Assembly) -> Option<String> {
    let first = assembly.first_error_outside_tests()?;
    let number = assembly.tree.line_at(first.span.start).unwrap_or(0) + 1;
    Some(format!(
        "the file has errors; the first is in line {number}: {}",
        first.message
    ))
}

/// The places of a program that is one text.
fn plain_places(linked: &mut Linked, program: &Program) {
    let Some(assembly) = linked.assemblies.first() else {
        return;
    };
    let lines = (0..program.instructions().len()).map(|index| assembly.line_of(index).unwrap_or(0));
    let places = lines.map(|line| Place {
        file: 0,
        line,
        copy: None,
    });
    linked.places = places.collect();
    linked.parts = vec![Part {
        instructions: 0..u32::try_from(program.instructions().len()).unwrap_or(u32::MAX),
        name: String::new(),
        routine: Some(RoutineId {
            file: 0,
            section: 0,
        }),
        values: Values::new(),
    }];
}
