//! A program, assembled, with its inputs: what the arguments of a command name.

use super::args::ProgramArgs;
use super::inputs::{exhausted, inputs};
use super::read::{self, beside};
use super::report::Report;
use crate::errors::Error;
use crate::errors::failure::Failure;
use crate::program_files::{FileErrors, LinkedProgram};
use provable::circuit::fit_error::FitError;
use provable::lang::diagnostics::Code;
use provable::lang::program::Program;
use provable::vm::{Inputs, Limits, Trap};
use serde_json::json;
use std::path::{Path, PathBuf};

/// A program and what it runs on, as `run`, `prove` and the debugger take them.
pub struct LoadedProgram {
    /// The program, with the files that it uses.
    pub linked: LinkedProgram,
    /// The inputs.
    pub inputs: Inputs,
    /// How far the run may go.
    pub limits: Limits,
}

impl LoadedProgram {
    /// Reads and assembles what the arguments name.
    pub fn read(args: &ProgramArgs) -> Result<LoadedProgram, Failure> {
        let linked = read_linked(&args.program)?;
        let inputs = inputs(args)?;
        let mut limits = Limits::default();
        if let Some(steps) = args.max_steps {
            limits.max_steps = steps;
        }
        Ok(LoadedProgram {
            linked,
            inputs,
            limits,
        })
    }

    /// What messages call it.
    pub fn name(&self) -> &str {
        self.linked
            .source()
            .map_or("", |source| source.name.as_str())
    }

    /// The program.
    pub fn program(&self) -> &Program {
        &self.linked.program
    }

    /// A trap, shown at its instruction, and where that was copied.
    pub fn trap(&self, trap: &Trap) -> String {
        let Some(place) = self.linked.place(trap.pc) else {
            return trap.to_string();
        };
        let copied = place.copied.iter();
        let copied = copied.map(|(source, line)| (source.name.as_str(), line + 1));
        Report::new(place.source).trap(trap, place.span, &copied.collect::<Vec<_>>())
    }

    /// The file of a trap; none if it is the main file.
    pub fn trap_file(&self, trap: &Trap) -> Option<&str> {
        let place = self.linked.place(trap.pc)?;
        let main = self.linked.source()?;
        (place.source.name != main.name).then_some(place.source.name.as_str())
    }

    /// The failure of a command that takes only runs that halt.
    pub fn trapped(&self, args: &ProgramArgs, trap: &Trap) -> Failure {
        let error = Error::Fit(FitError::Trapped(trap.clone()));
        let failure = Failure::of(self.name(), &error)
            .shown(self.trap(trap))
            .field("reason", json!(trap.reason.to_string()))
            .field("line", json!(trap.line));
        let failure = match self.trap_file(trap) {
            Some(file) => failure.field("file", json!(file)),
            None => failure,
        };
        match exhausted(args, trap) {
            Some(help) => failure.help(help),
            None => failure,
        }
    }
}

/// A program with the files that it uses. A text with errors is unusable for every command that needs a program.
pub fn read_linked(path: &Path) -> Result<LinkedProgram, Failure> {
    let source = read::program(path)?;
    LinkedProgram::new(path, source).map_err(failure)
}

/// The failure of a command that needs a program, when files of it have errors.
pub(super) fn failure(files: Vec<FileErrors>) -> Failure {
    // A file with errors is reported by itself; that it cannot be used need not be said then.
    let own = files.iter().rposition(|file| {
        let mut errors = file.errors.iter();
        errors.any(|one| one.code != Code::UnusableFile)
    });
    let shown = own.and_then(|own| files.get(own)).or(files.first());
    match shown {
        Some(file) => Report::new(&file.source).failure(&file.errors),
        None => Failure::unusable("the program does not assemble"),
    }
}

/// The files that a program's arguments name, and the inputs file that they imply.
pub struct InputFiles {
    program: PathBuf,
    inputs: PathBuf,
}

impl InputFiles {
    /// Those of these arguments.
    pub fn new(args: &ProgramArgs) -> InputFiles {
        let inputs = args.inputs.clone();
        InputFiles {
            inputs: inputs.unwrap_or_else(|| beside(&args.program, "inputs.json")),
            program: args.program.clone(),
        }
    }

    /// The files, each with what messages call it.
    pub fn named(&self) -> Vec<(&'static str, &Path)> {
        vec![("the program", &self.program), ("the inputs", &self.inputs)]
    }
}
