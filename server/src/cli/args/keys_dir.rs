//! The argument that several commands and the servers share: the key store.

use clap::Args;
use std::path::PathBuf;

/// Where keys are kept.
#[derive(Debug, Args)]
pub struct KeysDir {
    /// The key store  [default: the folder that PROVABLE_HOME names, else one in the user's cache folder]
    #[arg(long = "keys", value_name = "DIR", global = true)]
    pub dir: Option<PathBuf>,
}
