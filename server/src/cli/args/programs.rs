//! Arguments of the commands on programs: `run`, `check`, `fmt`.

use crate::show::ShowArgs;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

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

/// What stands under the help of commands that count rows.
const ROWS: &str = "A proof pays for rows: most steps take one, and some instructions share one. docs/cost.md says which.";

/// Arguments of `run`.
#[derive(Debug, Args)]
#[command(after_help = ROWS)]
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
    /// Programs, and folders with programs; - for standard input
    #[arg(required = true, value_name = "PATH")]
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

/// Arguments of `link`.
#[derive(Debug, Args)]
pub struct LinkArgs {
    /// The program
    #[arg(value_name = "FILE")]
    pub program: PathBuf,
    /// Where the text goes  [default: standard output]
    #[arg(short, long, alias = "output", value_name = "OUT.prov")]
    pub out: Option<PathBuf>,
}

/// Arguments of `test`.
#[derive(Debug, Args)]
#[command(after_help = ROWS)]
pub struct TestArgs {
    /// Programs, and folders with programs  [default: the folder that you are in]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only tests with this in their names, which are FILE::NAME
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// With --filter: only the test of just this name, with its file or without
    #[arg(long, requires = "filter")]
    pub exact: bool,
    /// List the tests, and run none
    #[arg(long)]
    pub list: bool,
    /// Write the verdicts as JUnit XML
    #[arg(long, value_name = "OUT.xml")]
    pub junit: Option<PathBuf>,
    /// Write how often each line was executed, in the format of lcov
    #[arg(long, value_name = "OUT.lcov")]
    pub coverage: Option<PathBuf>,
    /// Draw random words from this seed  [default: another one each time]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How many tests run at a time  [default: one for each processor]
    #[arg(long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// A test traps after this many steps
    #[arg(long, value_name = "N")]
    pub max_steps: Option<u64>,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Programs, and folders with programs, rewritten in place; - reads standard input and writes standard output
    #[arg(required = true, value_name = "PATH")]
    pub files: Vec<PathBuf>,
    /// Change nothing; name the files that would change, with exit status 1 if there are any, 2 if one has errors
    #[arg(long)]
    pub check: bool,
}
