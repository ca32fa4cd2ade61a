//! A program with the files that it uses, linked.

use super::disk::DiskFiles;
use super::names::shown_name;
use crate::source::Source;
use provable::lang::diagnostics::{Diagnostic, Severity};
use provable::lang::link::{Linked, flat_text, link};
use provable::lang::modules::{Files, Modules, Parsed};
use provable::lang::program::Program;
use provable_host::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// A program with the files that it uses, linked without an error.
pub struct LinkedProgram {
    /// The files.
    pub modules: Modules,
    /// What was linked.
    pub linked: Linked,
    /// The program.
    pub program: Program,
    /// The files under the names that messages call them by, in the order of the modules.
    pub sources: Vec<Source>,
}

/// The errors of a file.
pub struct FileErrors {
    /// The file.
    pub source: Source,
    /// What is wrong with it, at least one error.
    pub errors: Vec<Diagnostic>,
}

/// A place in a file that a trap or a step is shown at.
pub struct TrapPlace<'a> {
    /// The file.
    pub source: &'a Source,
    /// The instruction in its text.
    pub span: Range<usize>,
}

/// The files of a program whose main file was read from a path; `-` stands in the present folder.
pub fn load(path: &Path, text: &str, files: &dyn Files) -> Modules {
    let id = id_of(path);
    Modules::load(&id, Arc::new(Parsed::new(text)), files)
}

/// The id of a file: its path without links.
fn id_of(path: &Path) -> String {
    let real = match path.as_os_str() == "-" {
        true => std::env::current_dir().map(|folder| folder.join("-")),
        false => fs::canonicalize(path),
    };
    let real = real.unwrap_or_else(|_| path.to_path_buf());
    real.to_string_lossy().into_owned()
}

impl LinkedProgram {
    /// Links a program that was read from a path, with the files on disk.
    ///
    /// # Errors
    /// The files with errors.
    pub fn new(path: &Path, source: Source) -> Result<LinkedProgram, Vec<FileErrors>> {
        let modules = load(path, &source.text, &DiskFiles);
        LinkedProgram::of(modules, source)
    }

    /// Links the files of a program. The main file has the name of `source`.
    ///
    /// # Errors
    /// The files with errors.
    pub fn of(modules: Modules, source: Source) -> Result<LinkedProgram, Vec<FileErrors>> {
        let mut linked = link(&modules);
        let sources = sources(&modules, source);
        match linked.program.take() {
            Some(program) => Ok(LinkedProgram {
                modules,
                program: program.clone(),
                linked: Linked {
                    program: Some(program),
                    ..linked
                },
                sources,
            }),
            None => Err(errors(&linked, sources)),
        }
    }

    /// The main file.
    pub fn source(&self) -> Option<&Source> {
        self.sources.first()
    }

    /// Where an instruction is shown.
    pub fn place(&self, pc: u32) -> Option<TrapPlace<'_>> {
        let place = self.linked.place(pc)?;
        let assembly = self.linked.assemblies.get(place.file)?;
        let line = assembly.tree.lines().get(place.line);
        let end = assembly.tree.text().len();
        let is_end = pc as usize >= self.program.instructions().len();
        let span = match line.and_then(|line| line.instruction_span()) {
            Some(span) if !is_end => span.range(),
            _ => end..end,
        };
        Some(TrapPlace {
            source: self.sources.get(place.file)?,
            span,
        })
    }

    /// One plain text of the program.
    pub fn flat_text(&self) -> String {
        let name = |file: usize| match self.modules.files().get(file) {
            // Where a file lies on this machine is nobody's business.
            Some(module) if file > 0 && !module.id.starts_with("std@") => {
                format!("{}.prov", self.modules.stem(file))
            }
            Some(module) if file > 0 => module.id.clone(),
            _ => format!("{}.prov", self.modules.stem(0)),
        };
        flat_text(&self.modules, &self.linked, &name).unwrap_or_default()
    }
}

/// The files under the names that messages call them by.
pub fn sources(modules: &Modules, main: Source) -> Vec<Source> {
    let mut main = Some(main);
    let each = modules.files().iter().map(|module| {
        main.take().unwrap_or_else(|| Source {
            name: shown_name(&module.id),
            text: module.parsed.tree().text().to_owned(),
        })
    });
    each.collect()
}

/// The errors by file. What is said of a file where it is used is left out if the file is there too.
fn errors(linked: &Linked, sources: Vec<Source>) -> Vec<FileErrors> {
    let mut all = Vec::new();
    for (file, source) in sources.into_iter().enumerate() {
        let mut errors = linked.diagnostics_of(file);
        errors.retain(|one| one.severity == Severity::Error);
        if !errors.is_empty() {
            all.push(FileErrors { source, errors });
        }
    }
    all
}
