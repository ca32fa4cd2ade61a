//! Arguments of the commands on proofs and keys: `prove`, `verify`, `audit`, `setup`, `keys`, `bench`.

use super::keys_dir::KeysDir;
use super::programs::ProgramArgs;
use crate::show::ShowArgs;
use clap::{Args, Subcommand, value_parser};
use std::path::PathBuf;

/// Arguments of `prove`.
#[derive(Debug, Args)]
pub struct ProveArgs {
    /// The program and its inputs
    #[command(flatten)]
    pub program: ProgramArgs,
    /// Where the proof goes; - for standard output  [default: NAME.proof.json beside NAME.prov]
    #[arg(short, long, alias = "out", value_name = "OUT.proof.json")]
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
    /// The proofs; several at once are faster than one after the other, and each has its own answer  [default:
    /// NAME.proof.json beside NAME.prov]
    #[arg(value_name = "PROOF")]
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
    /// Make the key of the smallest tier with this many rows; most steps take one
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
        #[arg(required_unless_present = "out")]
        path: Option<PathBuf>,
        /// Where it goes, as other commands are told
        #[arg(
            short,
            long,
            alias = "output",
            value_name = "OUT.vk",
            conflicts_with = "path"
        )]
        out: Option<PathBuf>,
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

/// Arguments of `bench`.
#[derive(Debug, Args)]
#[command(
    after_help = "A backend is an implementation of the arithmetic: portable for any processor, avx2 for those with AVX2 \
and FMA, ifma for those with AVX-512 and IFMA. Proofs are made with the fastest one that the processor has, on as many \
threads as it has, or as the environment variable RAYON_NUM_THREADS says. Measure while the machine does nothing else."
)]
pub struct BenchArgs {
    /// Measure proofs in this tier; give it again for another one  [default: the three smallest]
    #[arg(long = "tier", value_name = "NAME")]
    pub tiers: Vec<String>,
    /// Measure so many times with each backend, and show the median
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = value_parser!(u32).range(1..=1000))]
    pub runs: u32,
    /// The key store
    #[command(flatten)]
    pub keys: KeysDir,
}
