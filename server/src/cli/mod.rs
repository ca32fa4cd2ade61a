//! The command line. [`args`] says what can be asked for; each command is one file, takes its arguments and the
//! [`output::Output`], and returns its exit status or a [`exit::Failure`]; only this file ends the process.

pub mod args;
mod audit;
mod check;
mod completions;
mod dap;
pub mod exit;
mod fmt;
pub mod input;
mod keys;
mod lsp;
mod output;
mod progress;
mod prove;
mod report;
mod run;
mod setup;
pub mod show;
mod verify;
mod write;

use args::{Cli, Command};
use clap::error::ErrorKind;
use clap::Parser;
use exit::{Exit, Failure};
use output::{Form, Output};
use std::process::ExitCode;

/// Reads the arguments, runs the command, reports.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error).into(),
    };
    let output = Output::new(if cli.json { Form::Json } else { Form::Human });
    let result = match &cli.command {
        Command::Run(args) => run::command(args, &output),
        Command::Prove(args) => prove::command(args, &output),
        Command::Verify(args) => verify::command(args, &output),
        Command::Audit(args) => audit::command(args, &output),
        Command::Setup(args) => setup::command(args, &output),
        Command::Keys(args) => keys::command(args, &output),
        Command::Check(args) => check::command(args, &output),
        Command::Fmt(args) => fmt::command(args, &output),
        Command::Lsp(args) => lsp::command(args),
        Command::Dap(args) => dap::command(args, &output),
        Command::Completions(args) => completions::command(args, &output),
        Command::Worker(args) => return crate::worker::main(args.keys.dir.clone()),
    };
    match result {
        Ok(exit) => exit,
        Err(failure) => {
            output.failure(&failure);
            failure.exit()
        }
    }
    .into()
}

/// Help and the version are answers; anything else is bad usage, which `--json` hears of too.
fn usage(error: &clap::Error) -> Exit {
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Done,
        _ => {
            if std::env::args_os().any(|argument| argument == "--json") {
                let text = error.to_string();
                let message = text.lines().next().unwrap_or_default();
                let message = message.strip_prefix("error: ").unwrap_or(message);
                let failure = Failure::unusable(message).help("see provable --help");
                let _ = Output::new(Form::Json).text(&format!("{}\n", failure.to_json()));
            }
            Exit::Unusable
        }
    }
}
