//! `cargo xtask wasm`: the WebAssembly modules, and how large they are.

use crate::wasm::{self, MODULES, Threads};
use crate::workspace::Workspace;
use anyhow::Result;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::path::Path;

#[derive(clap::Args)]
pub struct Args {
    /// Build only the modules of this package
    package: Option<String>,
    /// Build each module for several threads over one memory too, also those that are made without
    #[arg(long)]
    threads: bool,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    for module in MODULES {
        if args
            .package
            .as_ref()
            .is_some_and(|one| one != module.package)
        {
            continue;
        }
        report(&wasm::build(workspace, module)?)?;
        if args.threads && module.threads == Threads::No {
            let module = wasm::Module {
                threads: Threads::Yes,
                ..*module
            };
            report(&wasm::build(workspace, &module)?)?;
        }
    }
    Ok(())
}

/// Tells the size of a file, as it is and as it is sent.
pub fn report(file: &Path) -> Result<()> {
    let bytes = std::fs::read(file)?;
    let mut sent = GzEncoder::new(Vec::new(), Compression::best());
    sent.write_all(&bytes)?;
    eprintln!(
        "{}: {} bytes, {} compressed",
        file.display(),
        bytes.len(),
        sent.finish()?.len()
    );
    Ok(())
}
