//! Reading files and standard input. Every size is limited, and every error names the file.

use crate::errors::failure::Failure;
use crate::files::limits;
use crate::logging::targets;
use crate::source::Source;
use provable::lang::quote::{self, without_mark};
use provable_host::fs;
use provable_host::fs::File;
use serde_json::json;
use std::ffi::OsStr;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use tracing::debug;

/// Whether a path stands for standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses arguments that would read standard input twice: the second would find it empty.
pub fn read_once<'a>(sources: impl Iterator<Item = &'a OsStr>) -> Result<(), Failure> {
    match sources.filter(|source| *source == "-").count() {
        0 | 1 => Ok(()),
        _ => Err(
            Failure::unusable("standard input can be read for one thing only")
                .help("give the others as files or lists"),
        ),
    }
}

/// Reads a program, from a file or from standard input. JSON is refused: another file was given in its place.
pub fn program(path: &Path) -> Result<Source, Failure> {
    let source = read(path, limits::PROGRAM)?;
    let start = without_mark(&source.text).trim_start();
    if !start.starts_with(['{', '[']) {
        return Ok(source);
    }
    let has = |key: &str| source.text.contains(&format!("\"{key}\""));
    let help = if has("verifying_key_digest") {
        "it is a proof: the program comes first, as in `provable verify PROGRAM PROOF`"
    } else if has("blind") {
        "it is an opening: the program comes first, as in `provable audit PROGRAM PROOF OPENING`"
    } else if has("public") || has("secret") {
        "it looks like the inputs of a program: a program is in a file that ends in .prov"
    } else {
        "a program has an instruction a line, and its file ends in .prov"
    };
    let failure = Failure::unusable(format!("{} is JSON, and no program", shown(path)));
    Err(failure.field("file", json!(source.name)).help(help))
}

/// Reads a text of at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Source, Failure> {
    let name = name_of(path);
    let bytes = bytes(path, limit)?;
    debug!(target: targets::LOAD, file = name, bytes = bytes.len(), "read");
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = 1 + error
            .as_bytes()
            .iter()
            .take(good)
            .filter(|byte| **byte == b'\n')
            .count();
        Failure::unusable(format!(
            "{}:{line}: not UTF-8 text (byte {good} of the file)",
            quote::name(&name)
        ))
        .field("file", json!(name))
        .field("line", json!(line))
        .help("save the file as UTF-8, or check that it is the file you meant")
    })?;
    Ok(Source { name, text })
}

/// Reads at most `limit` bytes.
pub fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let name = name_of(path);
    if is_stdin(path) {
        return bounded(std::io::stdin().lock(), &name, limit);
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    bounded(file, &name, limit)
}

/// A path's name, as messages show it: with its control characters escaped.
pub fn shown(path: &Path) -> String {
    quote::name(&name_of(path))
}

/// What `--json` calls a path.
pub fn name_of(path: &Path) -> String {
    if is_stdin(path) {
        "<standard input>".to_string()
    } else {
        path.display().to_string()
    }
}

fn bounded(reader: impl Read, name: &str, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    reader
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            let shown = quote::name(name);
            Failure::unusable(format!("cannot read {shown}: {error}")).field("file", json!(name))
        })?;
    if bytes.len() as u64 > limit {
        return Err(Failure::unusable(format!(
            "{} is larger than {} MiB, the most that is read of such a file",
            quote::name(name),
            limit >> 20
        ))
        .field("file", json!(name))
        .help("check that it is the file you meant"));
    }
    Ok(bytes)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let name = name_of(path);
    let failure = Failure::unusable(format!("cannot read {}: {error}", shown(path)))
        .field("file", json!(name));
    match error.kind() {
        ErrorKind::NotFound => {}
        ErrorKind::PermissionDenied => return failure.help("have its owner let you read it"),
        _ => return failure,
    }
    if let Ok(target) = fs::read_link(path) {
        return failure.help(format!(
            "it is a link to {}, which is not there",
            quote::path(&target)
        ));
    }
    let with_ending = path.with_extension("prov");
    if path.extension().is_none() && fs::is_file(&with_ending) {
        failure.help(format!("did you mean {}?", quote::path(&with_ending)))
    } else {
        failure.help("check the path; it is relative to the folder you are in")
    }
}

/// Whether a path exists, be it a link to nothing.
pub fn is_there(path: &Path) -> bool {
    match fs::symlink_metadata(path) {
        Err(error) => error.kind() != ErrorKind::NotFound,
        Ok(_) => true,
    }
}

/// `NAME.inputs.json` for `NAME.prov`.
pub fn beside(program: &Path, ending: &str) -> PathBuf {
    program.with_extension(ending)
}
