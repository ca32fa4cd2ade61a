//! `cargo xtask release`: the files of a release, which `.github/workflows/release.yml` builds on a machine for each
//! platform. Each step can be tried on any machine.

pub mod archive;
mod binary;
mod checksums;
mod extensions;
mod files;
mod grammar;
pub mod notes;
pub mod platforms;

pub use checksums::sha256;

use crate::workspace::Workspace;
use anyhow::Result;
use files::Files;

#[derive(clap::Subcommand)]
pub enum Artefact {
    /// The command with its completions, for one platform: provable-VERSION-TARGET.tar.gz
    Binary(binary::Args),
    /// The VS Code extension for each platform whose archive is among the release's files, and one for browsers
    Extensions(Files),
    /// The tree-sitter grammar, as a package of npm
    Grammar(Files),
    /// SHA256SUMS, of all files of the release
    Checksums(Files),
    /// Check that every version is that of the tag, and write the changelog's section of it to the standard output
    Notes(notes::Args),
    /// All of these for this machine, optimised
    All(Files),
}

pub fn run(workspace: &Workspace, artefact: Artefact) -> Result<()> {
    match artefact {
        Artefact::Binary(args) => binary::run(workspace, &args),
        Artefact::Extensions(files) => extensions::run(workspace, &files.folder(workspace)?),
        Artefact::Grammar(files) => grammar::run(workspace, &files.folder(workspace)?),
        Artefact::Checksums(files) => checksums::run(&files.folder(workspace)?),
        Artefact::Notes(args) => notes::run(workspace, &args),
        Artefact::All(files) => {
            let folder = files.folder(workspace)?;
            binary::run(workspace, &binary::Args::optimised(folder.clone()))?;
            extensions::run(workspace, &folder)?;
            grammar::run(workspace, &folder)?;
            checksums::run(&folder)
        }
    }
}
