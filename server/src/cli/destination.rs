//! Where a command writes: tried before any work. On standard output a file takes the answer's place, and the answer
//! goes to standard error.

use super::args::ProgramArgs;
use super::exit::Failure;
use super::input::beside;
use super::output::Output;
use crate::engine::destination::tried;
pub use crate::engine::destination::{Destination, FileKind, together};
use crate::logging;
use std::path::{Path, PathBuf};

/// What a command reads, as messages call it.
pub type Read<'a> = Vec<(&'static str, &'a Path)>;

/// Tries what a command is to write, and says where its answer goes.
pub fn destinations(
    wanted: &[(FileKind, &Path)],
    read: &[(&'static str, &Path)],
    output: &Output,
) -> Result<(Vec<Destination>, Output), Failure> {
    let mut read: Read<'_> = read.to_vec();
    read.push(("standard input", Path::new("-")));
    read.extend(logging::file().map(|path| ("the log", path)));
    let tried = tried(wanted, &read)?;
    let on_stdout = tried.iter().find(|one| one.is_stdout());
    match on_stdout {
        Some(one) if output.is_json() => Err(Failure::unusable(format!(
            "with --json standard output is for the line of JSON, so {} cannot go there",
            one.kind()
        ))
        .help("write it to a file, or leave out --json")),
        Some(_) => Ok((tried, output.on_stderr())),
        None => Ok((tried, *output)),
    }
}

/// The files that a program's arguments name, and the inputs file that they imply.
pub struct Statement {
    program: PathBuf,
    inputs: PathBuf,
}

impl Statement {
    /// Those of these arguments.
    pub fn new(args: &ProgramArgs) -> Statement {
        let inputs = args.inputs.clone();
        Statement {
            inputs: inputs.unwrap_or_else(|| beside(&args.program, "inputs.json")),
            program: args.program.clone(),
        }
    }

    /// As they are read.
    pub fn read(&self) -> Read<'_> {
        vec![("the program", &self.program), ("the inputs", &self.inputs)]
    }
}
