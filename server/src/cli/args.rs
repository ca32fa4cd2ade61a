//! The command line as types. What a command does is in the file of its name.

use crate::logging::LogArgs;
use crate::show::ShowArgs;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

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
    /// Prove a run: whoever has the program can verify it and learns no secret
    Prove(ProveArgs),
    /// Verify proofs against the program's text
    Verify(VerifyArgs),
    /// See that a disclosed trace is the one that was proved
    Audit(AuditArgs),
    /// Make the key of a tier ahead of time
    Setup(SetupArgs),
    /// Show, export, import and remove keys
    Keys(KeysArgs),
    /// Look for mistakes without running anything
    Check(CheckArgs),
    /// Lay programs out the standard way
    Fmt(FmtArgs),
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
            Command::Prove(_) => "prove",
            Command::Verify(_) => "verify",
            Command::Audit(_) => "audit",
            Command::Setup(_) => "setup",
            Command::Keys(_) => "keys",
            Command::Check(_) => "check",
            Command::Fmt(_) => "fmt",
            Command::Lsp(_) => "lsp",
            Command::Dap(_) => "dap",
            Command::Completions(_) => "completions",
            Command::Worker(_) => "worker",
        }
    }
}

/// The program and what it reads.
#[derive(Debug, Args)]
pub struct ProgramArgs {
    /// The program
    #[arg(value_name = "FILE")]
    pub program: PathBuf,
    /// Inputs: {"public": [..], "secret": [..]}  [default: NAME.inputs.json beside NAME.prov, if there]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["public", "secret"])]
    pub inputs: Option<PathBuf>,
    /// Public input in place of a file: numbers (or text:…, hex:…, bytes:…) separated by commas, or - for standard
    /// input; a list with spaces needs quotes
    #[arg(long, value_name = "LIST", allow_hyphen_values = true)]
    pub public: Option<String>,
    /// Secret input in place of a file; prefer - over a list that your shell remembers, and quote a list with
    /// spaces
    #[arg(long, value_name = "LIST", allow_hyphen_values = true)]
    pub secret: Option<String>,
    /// Stop with a trap after this many steps
    #[arg(long, value_name = "N")]
    pub max_steps: Option<u64>,
}

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The program and its inputs
    #[command(flatten)]
    pub program: ProgramArgs,
    /// Write every state of the run to this file, or to standard output with -; it holds every secret
    #[arg(long, value_name = "OUT.json")]
    pub trace: Option<PathBuf>,
    /// How the output and the stack are shown
    #[command(flatten)]
    pub show: ShowArgs,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The programs; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Exit with status 1 for findings of this severity too, as for errors
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub deny: Option<Deny>,
}

/// What `check --deny` takes for as bad as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings
    Warnings,
    /// Warnings and hints
    Hints,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// The programs, rewritten in place; - reads standard input and writes standard output
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Change nothing; name the files that would change, with exit status 1 if there are any, 2 if one has errors
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Arguments of `lsp`.
#[derive(Debug, Args)]
pub struct LspArgs {
    /// Where keys are kept
    #[command(flatten)]
    pub keys: KeysDir,
    /// Taken for editors that say so; there is no other way to be served
    #[arg(long)]
    pub stdio: bool,
}

/// Arguments of `dap`.
#[derive(Debug, Args)]
pub struct DapArgs {
    /// Listen on this port of 127.0.0.1, a session for each connection; 0 takes one that is free and says which
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Taken for clients that say so; without --port there is no other way to be served
    #[arg(long, conflicts_with = "port")]
    pub stdio: bool,
}

/// Where keys are kept.
#[derive(Debug, Args)]
pub struct KeysDir {
    /// The key store  [default: the folder that PROVABLE_HOME names, else one in the user's cache folder]
    #[arg(long = "keys", value_name = "DIR", global = true)]
    pub dir: Option<PathBuf>,
}

/// Arguments of `prove`.
#[derive(Debug, Args)]
pub struct ProveArgs {
    /// The program and its inputs
    #[command(flatten)]
    pub program: ProgramArgs,
    /// Where the proof goes; - for standard output  [default: NAME.proof.json beside NAME.prov]
    #[arg(short, long, value_name = "OUT.proof.json")]
    pub output: Option<PathBuf>,
    /// Write the opening too: what an auditor compares with the proof. It reveals every secret
    #[arg(long, value_name = "OUT")]
    pub opening: Option<PathBuf>,
    /// Prove in this tier or none: a larger one than needed hides how long the run was
    #[arg(long, value_name = "NAME")]
    pub tier: Option<String>,
    /// The key store
    #[command(flatten)]
    pub keys: KeysDir,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The program that is said to have run
    #[arg(value_name = "FILE")]
    pub program: PathBuf,
    /// The proofs; several at once are faster than one after the other, and each has its own answer
    #[arg(required = true, value_name = "PROOF")]
    pub proofs: Vec<PathBuf>,
    /// The verifying key  [default: the one that each proof names, from the key store]
    #[arg(long, value_name = "VK")]
    pub key: Option<PathBuf>,
    /// How the public input and output are shown
    #[command(flatten)]
    pub show: ShowArgs,
    /// The key store
    #[command(flatten)]
    pub keys: KeysDir,
}

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// The program that is said to have run
    #[arg(value_name = "FILE")]
    pub program: PathBuf,
    /// The proof
    #[arg(value_name = "PROOF")]
    pub proof: PathBuf,
    /// The opening that the prover handed over
    #[arg(value_name = "OPENING")]
    pub opening: PathBuf,
    /// The key store
    #[command(flatten)]
    pub keys: KeysDir,
}

/// Arguments of `setup`.
#[derive(Debug, Args)]
pub struct SetupArgs {
    /// Make the key of the smallest tier with this many steps
    #[arg(long, value_name = "N", conflicts_with = "tier")]
    pub steps: Option<u64>,
    /// Make the key of this tier
    #[arg(long, value_name = "NAME")]
    pub tier: Option<String>,
    /// The key store
    #[command(flatten)]
    pub keys: KeysDir,
}

/// Arguments of `keys`.
#[derive(Debug, Args)]
pub struct KeysArgs {
    /// What to do with them
    #[command(subcommand)]
    pub action: KeysAction,
    /// The key store
    #[command(flatten)]
    pub keys: KeysDir,
}

/// Arguments of `worker`.
#[derive(Debug, Args)]
pub struct WorkerArgs {
    /// The key store
    #[command(flatten)]
    pub keys: KeysDir,
}

/// What `keys` can do.
#[derive(Debug, Subcommand)]
pub enum KeysAction {
    /// Show the keys that are here, and where each came from
    List,
    /// Write a verifying key to a file, for those who check your proofs
    Export {
        /// The tier, or the first digits of the key's digest, 8 or more
        name: String,
        /// Where it goes; - for standard output
        path: PathBuf,
    },
    /// Take a key from a file; its points are checked in full
    Import {
        /// The file
        path: PathBuf,
    },
    /// Delete a key
    Remove {
        /// The tier, the first digits of the key's digest (8 or more), `unknown` for all keys of other versions, or
        /// `unfinished` for what stopped processes left of keys
        name: String,
    },
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
