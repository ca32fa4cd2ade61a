//! Arguments of the commands on ceremonies: `powers`, `ceremony`.

use super::keys_dir::KeysDir;
use clap::builder::RangedI64ValueParser;
use clap::{Args, Subcommand, value_parser};
use provable::proof::ceremony::MAX_BEACON_BITS;
use std::path::PathBuf;

/// Arguments of `powers`.
#[derive(Debug, Args)]
pub struct PowersArgs {
    /// What to do
    #[command(subcommand)]
    pub action: PowersAction,
}

/// What `powers` can do.
#[derive(Debug, Subcommand)]
pub enum PowersAction {
    /// Begin phase 1: powers for all tiers of a domain, to which nobody has contributed
    New {
        /// The tier, or the domain as a power of two, such as 17
        #[arg(value_name = "TIER|BITS")]
        size: String,
        /// Where they go
        #[arg(value_name = "OUT.powers")]
        out: PathBuf,
    },
    /// Check powers, and multiply them with secret factors
    Contribute(ContributeArgs),
    /// Take published powers, as those of Zcash and Filecoin
    Import {
        /// The published file
        file: PathBuf,
        /// The tier, or the domain as a power of two, such as 17
        #[arg(value_name = "TIER|BITS")]
        size: String,
        /// Where they go
        #[arg(value_name = "OUT.powers")]
        out: PathBuf,
    },
    /// Check powers, and show who contributed
    Verify {
        /// The powers
        #[arg(value_name = "FILE.powers")]
        file: PathBuf,
    },
}

/// Arguments of `contribute`.
#[derive(Debug, Args)]
pub struct ContributeArgs {
    /// What the contributor before you made
    #[arg(value_name = "IN")]
    pub from: PathBuf,
    /// What the contributor after you gets
    #[arg(value_name = "OUT")]
    pub out: PathBuf,
    /// In place of a secret: a public value that nobody could know before, in hexadecimal digits
    #[arg(long, value_name = "HEX")]
    pub beacon: Option<String>,
    /// How often the beacon is hashed, as a power of two
    #[arg(long, value_name = "BITS", default_value_t = 20, requires = "beacon", value_parser = most_doublings())]
    pub beacon_bits: u8,
}

/// Arguments of `ceremony`.
#[derive(Debug, Args)]
pub struct CeremonyArgs {
    /// What to do
    #[command(subcommand)]
    pub action: CeremonyAction,
}

/// What `ceremony` can do.
#[derive(Debug, Subcommand)]
pub enum CeremonyAction {
    /// Begin phase 2 for a tier, from powers
    New {
        /// The tier, as `provable setup --help` lists them
        tier: String,
        /// The powers of phase 1
        #[arg(long, value_name = "FILE.powers")]
        powers: PathBuf,
        /// Where the ceremony goes
        #[arg(value_name = "OUT.ceremony")]
        out: PathBuf,
    },
    /// Check a ceremony, and multiply its key with secret factors
    Contribute(ContributeArgs),
    /// Check a ceremony in full, and show who contributed
    Verify {
        /// The ceremony
        #[arg(value_name = "FILE.ceremony")]
        file: PathBuf,
    },
    /// Check a ceremony in full, and put its key into the key store: proofs are made and verified with it from then on
    Finish {
        /// The ceremony
        #[arg(value_name = "FILE.ceremony")]
        file: PathBuf,
        /// Take the verifying key alone: for those who verify proofs and make none
        #[arg(long)]
        verifying: bool,
        /// The key store
        #[command(flatten)]
        keys: KeysDir,
    },
}

fn most_doublings() -> RangedI64ValueParser<u8> {
    value_parser!(u8).range(..=i64::from(MAX_BEACON_BITS))
}
