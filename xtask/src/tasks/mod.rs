//! The tasks, a file each. The first sentence of a variant's comment is what `cargo xtask` lists.

mod anywhere;
mod bench_docs;
mod check;
mod deny;
pub mod editors;
mod evm;
mod features;
mod fuzz;
mod fuzz_check;
mod fuzz_seeds;
mod msrv;
mod npm;
mod package;
mod proofs;
mod python;
pub mod release;
mod reproducible;
mod screenshots;
mod test;
mod transcripts;
mod wasm;
pub mod web;

#[cfg(test)]
pub use {
    features::sets as feature_sets, fuzz_seeds::damaged as damaged_proofs,
    msrv::agrees as toolchain_agrees,
};

use crate::workspace::Workspace;
use anyhow::Result;

#[derive(clap::Subcommand)]
pub enum Task {
    /// Run everything that a change has to pass
    Test(test::Args),
    /// Check formatting, lints and the documentation of the code
    Check,
    /// Check the dependencies: licences, sources, advisories
    Deny,
    /// Build the library with each set of its features alone
    Features,
    /// Check the proof of soundness, and that it is about this code
    Proofs,
    /// Have the test vectors judged by a second verifier, in Python
    Python(python::Args),
    /// Compare the verdicts of the command on ceremonies with those of a second verifier
    Transcripts(transcripts::Args),
    /// Run exported contracts in two implementations of Ethereum's machine
    Evm(evm::Args),
    /// Package every crate that others embed or install, and build it from its package
    Package,
    /// Check the workspace with the oldest compiler that it claims to build with
    Msrv,
    /// Drive one fuzz target
    Fuzz(fuzz::Args),
    /// Check that the fuzz targets compile
    FuzzCheck,
    /// Make anew the fuzz seeds that hold a proof or a key
    FuzzSeeds(fuzz_seeds::Args),
    /// Measure proofs, keys and verifications, and write docs/benchmarks.md and its picture
    BenchDocs,
    /// Build the last commit twice, in different places, and compare the binaries and the packages
    Reproducible,
    /// Test the clients and grammars, each in the real editor
    Editors(editors::Args),
    /// Build the WebAssembly modules, and say how large they are
    Wasm(wasm::Args),
    /// Build the npm package of the verifier, and test it in Node.js and in a browser
    Npm(npm::Args),
    /// Have proofs of the command and of the page verified by every verifier
    Anywhere(anywhere::Args),
    /// Build the page, and test it in a browser
    Web(web::Args),
    /// Make anew the pictures of VS Code in the READMEs
    Screenshots,
    /// Make the files of a release
    #[command(subcommand)]
    Release(release::Artefact),
}

impl Task {
    pub fn run(self, workspace: &Workspace) -> Result<()> {
        match self {
            Self::Test(args) => test::run(workspace, &args),
            Self::Check => check::run(workspace),
            Self::Deny => deny::run(workspace),
            Self::Features => features::run(workspace),
            Self::Proofs => proofs::run(workspace),
            Self::Python(args) => python::run(workspace, &args),
            Self::Transcripts(args) => transcripts::run(workspace, &args),
            Self::Evm(args) => evm::run(workspace, &args),
            Self::Package => package::run(workspace),
            Self::Msrv => msrv::run(workspace),
            Self::Fuzz(args) => fuzz::run(workspace, &args),
            Self::FuzzCheck => fuzz_check::run(workspace),
            Self::FuzzSeeds(args) => fuzz_seeds::run(workspace, &args),
            Self::BenchDocs => bench_docs::run(workspace),
            Self::Reproducible => reproducible::run(workspace),
            Self::Editors(args) => editors::run(workspace, &args),
            Self::Npm(args) => npm::run(workspace, &args),
            Self::Wasm(args) => wasm::run(workspace, &args),
            Self::Anywhere(args) => anywhere::run(workspace, &args),
            Self::Web(args) => web::run(workspace, &args),
            Self::Screenshots => screenshots::run(workspace),
            Self::Release(artefact) => release::run(workspace, artefact),
        }
    }
}
