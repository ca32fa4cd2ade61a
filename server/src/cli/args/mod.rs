//! The command line as types. What a command does is in the file of its name.

#[cfg(feature = "prover")]
mod ceremonies;
#[cfg(feature = "prover")]
mod exports;
mod keys_dir;
mod new;
mod profile;
mod programs;
#[cfg(feature = "prover")]
mod proofs;
mod servers;

#[cfg(feature = "prover")]
pub use ceremonies::{CeremonyAction, CeremonyArgs, ContributeArgs, PowersAction, PowersArgs};
#[cfg(feature = "prover")]
pub use exports::{
    CalldataArgs, EvaluationArgs, EvaluationChoice, ExportArgs, ExportFormat, SolidityArgs,
};
pub use keys_dir::KeysDir;
pub use new::NewArgs;
pub use profile::ProfileArgs;
pub use programs::{CheckArgs, Deny, FmtArgs, LinkArgs, ProgramArgs, RunArgs, TestArgs};
#[cfg(feature = "prover")]
pub use proofs::{AuditArgs, BenchArgs, KeysAction, KeysArgs, ProveArgs, SetupArgs, VerifyArgs};
pub use servers::{DapArgs, LspArgs, WorkerArgs};

use crate::logging::LogArgs;
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

/// Write, run and prove programs of a small stack machine.
#[derive(Debug, Parser)]
#[command(
    name = "provable",
    version,
    propagate_version = true,
    max_term_width = 100
)]
pub struct Cli {
    /// Print one line of JSON on standard output, whatever happens
    #[arg(long, global = true)]
    pub json: bool,
    /// What is logged, and where
    #[command(flatten)]
    pub log: LogArgs,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a program and show what it did
    Run(RunArgs),
    /// Show which lines and routines take the rows of a proof
    Profile(ProfileArgs),
    #[cfg(feature = "prover")]
    /// Prove a run: whoever has the program can verify it and learns no secret
    Prove(ProveArgs),
    #[cfg(feature = "prover")]
    /// Verify proofs against the program's text
    Verify(VerifyArgs),
    #[cfg(feature = "prover")]
    /// See that a disclosed trace is the one that was proved
    Audit(AuditArgs),
    #[cfg(feature = "prover")]
    /// Make the key of a tier ahead of time
    Setup(SetupArgs),
    #[cfg(feature = "prover")]
    /// Show, export, import and remove keys
    Keys(KeysArgs),
    #[cfg(feature = "prover")]
    /// Phase 1 of a ceremony: powers for all tiers of a domain
    Powers(PowersArgs),
    #[cfg(feature = "prover")]
    /// Phase 2 of a ceremony: a key that convinces others
    Ceremony(CeremonyArgs),
    #[cfg(feature = "prover")]
    /// Write the circuit's constraints, or a verifier for Ethereum, for other tools
    Export(ExportArgs),
    #[cfg(feature = "prover")]
    /// Measure how long proofs take on this machine
    Bench(BenchArgs),
    /// Look for mistakes without running anything
    Check(CheckArgs),
    /// Lay programs out the standard way
    Fmt(FmtArgs),
    /// Run the tests that stand in programs
    Test(TestArgs),
    /// Write a program and the files that it uses as one text
    Link(LinkArgs),
    /// Make a folder with a program, its tests, and what a repository needs beside it
    New(NewArgs),
    /// Serve an editor over standard input and output
    Lsp(LspArgs),
    /// Serve a debugger over standard input and output, or over a port
    Dap(DapArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Run, prove and verify for a server that asks on standard input
    #[command(hide = true)]
    Worker(WorkerArgs),
}

impl Command {
    /// What it is called.
    pub fn name(&self) -> &'static str {
        match self {
            Command::Run(_) => "run",
            Command::Profile(_) => "profile",
            #[cfg(feature = "prover")]
            Command::Prove(_) => "prove",
            #[cfg(feature = "prover")]
            Command::Verify(_) => "verify",
            #[cfg(feature = "prover")]
            Command::Audit(_) => "audit",
            #[cfg(feature = "prover")]
            Command::Setup(_) => "setup",
            #[cfg(feature = "prover")]
            Command::Keys(_) => "keys",
            #[cfg(feature = "prover")]
            Command::Powers(_) => "powers",
            #[cfg(feature = "prover")]
            Command::Ceremony(_) => "ceremony",
            #[cfg(feature = "prover")]
            Command::Export(_) => "export",
            #[cfg(feature = "prover")]
            Command::Bench(_) => "bench",
            Command::Check(_) => "check",
            Command::Fmt(_) => "fmt",
            Command::Test(_) => "test",
            Command::Link(_) => "link",
            Command::New(_) => "new",
            Command::Lsp(_) => "lsp",
            Command::Dap(_) => "dap",
            Command::Completions(_) => "completions",
            Command::Worker(_) => "worker",
        }
    }
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        Cli::command().debug_assert();
    }
}
