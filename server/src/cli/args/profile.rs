//! Arguments of `profile`.

use super::programs::ProgramArgs;
use clap::Args;
use clap::builder::PossibleValuesParser;
use provable::circuit::usage::TABLES;
use std::path::PathBuf;

/// Arguments of `profile`.
#[derive(Debug, Args)]
#[command(
    after_help = "A row of several instructions counts for the first of them. A table that holds each question once, \
as those of arithmetic, bitwise operations, comparisons and the heap, counts for the line that asks first. \
How often lines are executed may depend on the secret input, and a profile shows it."
)]
pub struct ProfileArgs {
    /// The program and its inputs
    #[command(flatten)]
    pub program: ProgramArgs,
    /// Show this many lines and routines, the worst first; --json has them all
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub top: usize,
    /// The table by whose rows lines and routines are sorted  [default: the one that decides the tier]
    #[arg(long, value_name = "TABLE", value_parser = tables())]
    pub by: Option<String>,
    /// Show what changed since an earlier profile, which --json printed
    #[arg(long, value_name = "OLD.json")]
    pub compare: Option<PathBuf>,
    /// Write folded stacks to this file, for flame-graph tools; - for standard output
    #[arg(long, value_name = "OUT.folded")]
    pub folded: Option<PathBuf>,
    /// Write a profile of every table for speedscope.app to this file; - for standard output
    #[arg(long, value_name = "OUT.speedscope.json")]
    pub speedscope: Option<PathBuf>,
    /// Draw a flame picture into this file; - for standard output
    #[arg(long, value_name = "OUT.svg")]
    pub svg: Option<PathBuf>,
}

/// The names of the tables.
fn tables() -> PossibleValuesParser {
    PossibleValuesParser::new(TABLES.map(|(table, _)| table))
}
