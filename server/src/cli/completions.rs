//! `provable completions`: a script that teaches a shell the commands.

use super::args::{Cli, CompletionsArgs};
use super::output::Output;
use crate::errors::failure::{Exit, Failure};
use clap::CommandFactory;
use serde_json::json;

pub fn command(args: &CompletionsArgs, output: &Output) -> Result<Exit, Failure> {
    let all = Cli::command();
    let shown = all.get_subcommands().filter(|one| !one.is_hide_set());
    let mut shown = clap::Command::new("provable")
        .version(env!("CARGO_PKG_VERSION"))
        .propagate_version(true)
        .args(all.get_arguments())
        .subcommands(shown);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut shown, "provable", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    output.answer(
        || json!({ "status": "ok", "script": script }),
        || script.clone(),
    )?;
    Ok(Exit::Done)
}
