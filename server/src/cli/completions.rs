//! `provable completions`: a script that teaches a shell the commands.

use super::args::{Cli, CompletionsArgs};
use super::exit::{Exit, Failure};
use super::output::Output;
use clap::CommandFactory;
use serde_json::json;

/// Runs the command.
pub fn command(args: &CompletionsArgs, output: &Output) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "provable", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    output.answer(
        || json!({ "status": "ok", "script": script }),
        || script.clone(),
    )?;
    Ok(Exit::Done)
}
