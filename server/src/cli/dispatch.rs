//! From the arguments of the command line to a command, and from its result to the exit status.

use super::args::{Cli, Command};
use super::output::{Form, Output};
#[cfg(feature = "prover")]
use super::{audit, bench, ceremony, export, keys, prove, setup, verify};
use super::{check, completions, dap, fmt, link, lsp, new, profile, run, test};
use crate::errors::failure::{Exit, Failure};
use crate::logging::{self, Role, targets};
use clap::Parser;
use clap::error::ErrorKind;
use provable::lang::quote::quoted;
use std::ffi::OsString;
use std::process::ExitCode;
use tracing::{info, info_span};

/// Reads the arguments, runs the command, reports.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error).into(),
    };
    let output = Output::new(if cli.json { Form::Json } else { Form::Human });
    let role = match &cli.command {
        Command::Lsp(_) => Role::Server,
        Command::Worker(_) => Role::Worker,
        _ => Role::Command,
    };
    if let Err(failure) = logging::start(&cli.log, role) {
        output.failure(&failure);
        return failure.exit().into();
    }
    let (name, pid) = (cli.command.name(), std::process::id());
    let _span = info_span!(target: targets::COMMAND, "command", what = name, pid).entered();
    info!(target: targets::COMMAND, version = env!("CARGO_PKG_VERSION"), "started");
    let result = match &cli.command {
        Command::Run(args) => run::command(args, &output),
        Command::Profile(args) => profile::command(args, &output),
        #[cfg(feature = "prover")]
        Command::Prove(args) => prove::command(args, &output),
        #[cfg(feature = "prover")]
        Command::Verify(args) => verify::command(args, &output),
        #[cfg(feature = "prover")]
        Command::Audit(args) => audit::command(args, &output),
        #[cfg(feature = "prover")]
        Command::Setup(args) => setup::command(args, &output),
        #[cfg(feature = "prover")]
        Command::Keys(args) => keys::command(args, &output),
        #[cfg(feature = "prover")]
        Command::Powers(args) => ceremony::powers(args, &output),
        #[cfg(feature = "prover")]
        Command::Ceremony(args) => ceremony::ceremony(args, &output),
        #[cfg(feature = "prover")]
        Command::Export(args) => export::command(args, &output),
        #[cfg(feature = "prover")]
        Command::Bench(args) => bench::command(args, &output),
        Command::Check(args) => check::command(args, &output),
        Command::Fmt(args) => fmt::command(args, &output),
        Command::Test(args) => test::command(args, &output),
        Command::Link(args) => link::command(args, &output),
        Command::New(args) => new::command(args, &output),
        Command::Lsp(args) => lsp::command(args),
        Command::Dap(args) => dap::command(args, &output),
        Command::Completions(args) => completions::command(args, &output),
        Command::Worker(args) => return crate::worker::main(args.keys.dir.clone()),
    };
    let exit = match result {
        Ok(exit) => exit,
        Err(failure) => {
            output.failure(&failure);
            failure.exit()
        }
    };
    info!(target: targets::COMMAND, status = exit as u8, "ended");
    exit.into()
}

/// Whether a command line has a secret list that the shell may have split into several arguments: no message repeats
/// them.
fn splits_a_secret(error: &clap::Error) -> bool {
    let is_list = |argument: OsString| {
        let argument = argument.to_string_lossy();
        argument == "--secret" || argument.starts_with("--secret=")
    };
    !matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::MissingRequiredArgument
    ) && std::env::args_os().any(is_list)
}

/// Help and the version are answers. Anything else is bad usage, which is reported as JSON too if `--json` is given.
fn usage(error: &clap::Error) -> Exit {
    let is_json = std::env::args_os().any(|argument| argument == "--json");
    if splits_a_secret(error) {
        let failure = Failure::unusable(
            "an argument is unexpected or cannot be used; beside --secret it is not repeated",
        )
        .help("a list with spaces needs quotes, as in --secret \"1, 2\"; see provable --help");
        let form = if is_json { Form::Json } else { Form::Human };
        Output::new(form).failure(&failure);
        return failure.exit();
    }
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Done,
        _ => {
            if is_json {
                // Each missing argument is on a line of its own, up to an empty line.
                let text = error.to_string();
                let lines = text
                    .lines()
                    .map(str::trim)
                    .take_while(|line| !line.is_empty());
                let message = lines.collect::<Vec<_>>().join(" ");
                let message = message.strip_prefix("error: ").unwrap_or(&message);
                let failure = Failure::unusable(quoted(message)).help("see provable --help");
                let _ = Output::new(Form::Json).text(&format!("{}\n", failure.to_json()));
            }
            Exit::Unusable
        }
    }
}
