//! `cargo xtask test`: what continuous integration runs.

use super::{
    anywhere, check, deny, editors, evm, features, fuzz_check, msrv, npm, package, proofs, python,
    transcripts, web,
};
use crate::workspace::{Workspace, binary_name};
use anyhow::Result;
use xshell::cmd;

#[derive(clap::Args)]
pub struct Args {
    /// Leave out the tests in real editors, which install browsers and editors
    #[arg(long)]
    without_editors: bool,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    // Before the long part: that there is a cargo-deny.
    deny::install(workspace)?;
    check::run(workspace)?;
    cmd!(workspace.sh, "cargo test --workspace --locked").run()?;
    // The tests have built the binary.
    let binary = workspace.target.join("debug").join(binary_name());
    // Both have one thread.
    let contracts = evm::beside(workspace, &binary)?;
    transcripts::compare(workspace, &binary, None)?;
    contracts.wait()?;
    python::prepare(workspace)?;
    python::judge(workspace, None)?;
    npm::test(workspace, &binary)?;
    proofs::run(workspace)?;
    deny::run(workspace)?;
    fuzz_check::run(workspace)?;
    features::run(workspace)?;
    package::run(workspace)?;
    msrv::run(workspace)?;
    if args.without_editors {
        eprintln!("REPORT: the editors are not tested, as --without-editors asks");
        return Ok(());
    }
    web::build(workspace)?;
    web::test(workspace)?;
    anywhere::compare(workspace, &binary)?;
    editors::all(workspace, &binary)
}
