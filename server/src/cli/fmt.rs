//! `provable fmt`: programs laid out the standard way, in place or from standard input to standard output.

use super::args::FmtArgs;
use super::exit::{Exit, Failure};
use super::input::{self, Source};
use super::output::Output;
use super::write::{self, Audience};
use crate::words::plural;
use provable_core::syntax::format;
use serde_json::json;
use std::io::Write;

/// Runs the command.
pub fn command(args: &FmtArgs, output: &Output) -> Result<Exit, Failure> {
    let stdin = args.files.iter().any(|path| input::is_stdin(path));
    if stdin && args.files.len() > 1 {
        return Err(
            Failure::unusable("- stands for standard input and takes no files beside it")
                .help("format the files in a call of their own"),
        );
    }
    let sources: Vec<Source> = args
        .files
        .iter()
        .map(|path| input::program(path))
        .collect::<Result<_, _>>()?;
    let formatted: Vec<String> = sources.iter().map(|source| format(&source.text)).collect();
    let changed: Vec<&str> = sources
        .iter()
        .zip(&formatted)
        .filter(|(source, formatted)| source.text != **formatted)
        .map(|(source, _)| source.name.as_str())
        .collect();
    if args.check {
        let status = if changed.is_empty() {
            "ok"
        } else {
            "unformatted"
        };
        output.answer(
            || json!({ "status": status, "changed": changed }),
            || changed.iter().map(|name| format!("{name}\n")).collect(),
        )?;
        return Ok(if changed.is_empty() {
            Exit::Done
        } else {
            Exit::Negative
        });
    }
    if stdin {
        let text = formatted.concat();
        output.answer(
            || json!({ "status": "ok", "changed": changed, "text": text }),
            || text.clone(),
        )?;
        return Ok(Exit::Done);
    }
    for ((path, source), formatted) in args.files.iter().zip(&sources).zip(&formatted) {
        if source.text != *formatted {
            write::whole(path, Audience::Usual, |out| {
                out.write_all(formatted.as_bytes())
            })?;
        }
    }
    output.answer(
        || json!({ "status": "ok", "changed": changed }),
        || {
            format!(
                "{} of {} changed\n",
                changed.len(),
                plural(sources.len(), "file")
            )
        },
    )?;
    Ok(Exit::Done)
}
