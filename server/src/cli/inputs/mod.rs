//! The inputs of a program: lists, a file, the file beside the program, or none. No message has words of the secret
//! input.

mod exhausted;
mod list;

pub use exhausted::exhausted;

use super::args::ProgramArgs;
use super::read::{beside, is_stdin, is_there, read, read_once};
use crate::errors::failure::Failure;
use crate::files::limits;
use list::list;
use provable::lang::quote;
use provable::vm::{Inputs, InputsError};
use serde_json::json;
use std::path::Path;

/// The inputs that the arguments ask for: lists, a file, the file beside the program, or none.
pub fn inputs(args: &ProgramArgs) -> Result<Inputs, Failure> {
    let sources = [
        Some(args.program.as_os_str()),
        args.inputs.as_ref().map(|path| path.as_os_str()),
        args.public.as_ref().map(|list| list.trim().as_ref()),
        args.secret.as_ref().map(|list| list.trim().as_ref()),
    ];
    read_once(sources.into_iter().flatten())?;
    if args.public.is_some() || args.secret.is_some() {
        return lists(args.public.as_deref(), args.secret.as_deref());
    }
    let path = match &args.inputs {
        // It may hold the secret input, which no message repeats.
        Some(path) if is_json(path) => {
            return Err(
                Failure::unusable("--inputs takes the path of a file, and this is JSON")
                    .help("write it to a file, or to standard input with --inputs -"),
            );
        }
        Some(path) => path.clone(),
        None => {
            let path = beside(&args.program, "inputs.json");
            // A link to nothing, or a file that may not be read, is not the same as none.
            if is_stdin(&args.program) || !is_there(&path) {
                return Ok(Inputs::default());
            }
            path
        }
    };
    let source = read(&path, limits::INPUTS)?;
    Inputs::from_json(&source.text).map_err(|error| malformed(&source.name, &error))
}

/// Whether an argument is the content of an inputs file, and not its path.
fn is_json(path: &Path) -> bool {
    let text = path.as_os_str().as_encoded_bytes().trim_ascii_start();
    text.starts_with(b"{") && !is_there(path)
}

fn malformed(name: &str, error: &InputsError) -> Failure {
    Failure::unusable(format!("{}: {error}", quote::name(name)))
        .field("file", json!(name))
        .field("line", json!(error.line()))
        .field("column", json!(error.column()))
        .help("inputs look like {\"public\": [10, \"0xff\"], \"secret\": [\"text:hello\", \"hex:68656c6c\"]}")
}

fn lists(public: Option<&str>, secret: Option<&str>) -> Result<Inputs, Failure> {
    let public = list(public, "--public")?;
    let secret = list(secret, "--secret")?;
    Ok(Inputs { public, secret })
}
