//! `provable export`: what other people's tools take.

mod calldata;
mod evaluation;
mod r1cs;
mod solidity;

use super::args::{ExportArgs, ExportFormat};
use super::output::Output;
use crate::errors::failure::{Exit, Failure};

pub fn command(args: &ExportArgs, output: &Output) -> Result<Exit, Failure> {
    match &args.format {
        ExportFormat::R1cs { tier, path } => r1cs::command(tier, path, output),
        ExportFormat::Solidity(args) => solidity::command(args, output),
        ExportFormat::Calldata(args) => calldata::command(args, output),
    }
}
