//! Where a command writes: checked before any work. On standard output a file takes the answer's place, and the answer
//! goes to standard error.

use super::output::Output;
use crate::destination::{Destination, check};
use crate::errors::failure::Failure;
use crate::files::kind::FileKind;
use crate::logging;
use std::path::Path;

/// Checks what a command is to write, and says where its answer goes.
pub fn destinations(
    wanted: &[(FileKind, &Path)],
    read: &[(&'static str, &Path)],
    output: &Output,
) -> Result<(Vec<Destination>, Output), Failure> {
    let mut read = read.to_vec();
    read.push(("standard input", Path::new("-")));
    read.extend(logging::file().map(|path| ("the log", path)));
    let checked = check(wanted, &read)?;
    let on_stdout = checked.iter().find(|one| one.is_stdout());
    match on_stdout {
        Some(one) if output.is_json() => Err(Failure::unusable(format!(
            "with --json standard output is for the line of JSON, so {} cannot go there",
            one.kind()
        ))
        .help("write it to a file, or leave out --json")),
        Some(_) => Ok((checked, output.on_stderr())),
        None => Ok((checked, *output)),
    }
}
