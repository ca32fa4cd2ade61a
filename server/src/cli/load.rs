//! A program, assembled, with its inputs: what the arguments of a command name.

use super::args::ProgramArgs;
use super::inputs::inputs;
use super::read::{self, beside};
use super::report::Report;
use crate::errors::failure::Failure;
use crate::source::Source;
use provable::lang::program::{Assembly, Program};
use provable::vm::{Inputs, Limits, Trap};
use std::path::{Path, PathBuf};

/// A program and what it runs on, as `run`, `prove` and the debugger take them.
pub struct LoadedProgram {
    /// The text.
    pub source: Source,
    /// The text, assembled.
    pub assembly: Assembly,
    /// The program in it.
    pub program: Program,
    /// The inputs.
    pub inputs: Inputs,
    /// How far the run may go.
    pub limits: Limits,
}

impl LoadedProgram {
    /// Reads and assembles what the arguments name.
    pub fn read(args: &ProgramArgs) -> Result<LoadedProgram, Failure> {
        let source = read::program(&args.program)?;
        let (assembly, program) = assemble(&source)?;
        let inputs = inputs(args)?;
        let mut limits = Limits::default();
        if let Some(steps) = args.max_steps {
            limits.max_steps = steps;
        }
        Ok(LoadedProgram {
            source,
            assembly,
            program,
            inputs,
            limits,
        })
    }

    /// A trap, shown at its instruction.
    pub fn trap(&self, trap: &Trap) -> String {
        Report::new(&self.source).trap(trap, self.assembly.span_of(trap.pc as usize))
    }
}

/// The program in a text. A text with errors is unusable for every command that needs a program.
pub fn assemble(source: &Source) -> Result<(Assembly, Program), Failure> {
    source
        .assemble()
        .map_err(|errors| Report::new(source).failure(&errors))
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
