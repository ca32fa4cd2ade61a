//! A program, assembled, with its inputs: what the arguments of a command name.

use super::args::ProgramArgs;
use super::backtrace;
use super::inputs::{exhausted, inputs};
use super::read::{self, beside};
use super::report::Report;
use crate::errors::Error;
use crate::errors::failure::Failure;
use crate::program_files::{Backtrace, FileErrors, LibraryRefusal, LinkedProgram};
use provable::circuit::fit_error::FitError;
use provable::lang::diagnostics::Code;
use provable::lang::program::Program;
use provable::vm::{Inputs, Limits, Trap};
use serde_json::{Map, Value, json};
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

    /// How a run came to a trap, with the return addresses of the calls that were open.
    fn backtrace(&self, trap: &Trap, calls: &[u32]) -> Backtrace {
        Backtrace::new(&self.linked.linked, trap.pc, calls)
    }

    /// A trap, shown at its instruction, and how the run came there.
    pub fn trap(&self, trap: &Trap, calls: &[u32]) -> String {
        let Some(place) = self.linked.place(trap.pc) else {
            return trap.to_string();
        };
        let notes = backtrace::told(&self.backtrace(trap, calls), &self.linked.sources);
        Report::new(place.source).trap(trap, place.span, &notes)
    }

    /// The fields of a trap in JSON. A file is given only if it is not the main file.
    pub fn trap_fields(&self, trap: &Trap, calls: &[u32]) -> Map<String, Value> {
        let mut fields = backtrace::fields(&self.backtrace(trap, calls), &self.linked.sources);
        fields.insert("reason".into(), json!(trap.reason.to_string()));
        fields.insert("line".into(), json!(trap.line));
        let place = self.linked.place(trap.pc);
        let file = place.map_or("", |place| place.source.name.as_str());
        if !file.is_empty() && file != self.name() {
            fields.insert("file".into(), json!(file));
        }
        fields
    }

    /// The failure of a command that takes only runs that halt.
    pub fn trapped(&self, args: &ProgramArgs, trap: &Trap, calls: &[u32]) -> Failure {
        let error = Error::Fit(FitError::Trapped(trap.clone()));
        let mut failure = Failure::of(self.name(), &error).shown(self.trap(trap, calls));
        for (name, value) in self.trap_fields(trap, calls) {
            failure = failure.field(&name, value);
        }
        match exhausted(args, trap) {
            Some(help) => failure.help(help),
            None => failure,
        }
    }
}

/// A program with the files that it uses. A text with errors, and a library, are unusable for every command that needs a
/// program.
pub fn read_linked(path: &Path) -> Result<LinkedProgram, Failure> {
    let source = read::program(path)?;
    let name = source.name.clone();
    let linked = LinkedProgram::new(path, source).map_err(failure)?;
    let main = linked.linked.assemblies.first();
    let path = path.to_string_lossy();
    match main.and_then(|main| LibraryRefusal::of(main, &name, &path)) {
        Some(refusal) => Err(Failure::unusable(refusal.message)
            .field("file", json!(name))
            .help(refusal.help)),
        None => Ok(linked),
    }
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
