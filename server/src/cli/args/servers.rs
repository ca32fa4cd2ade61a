//! Arguments of the servers: `lsp`, `dap`, `worker`.

use super::keys_dir::KeysDir;
use clap::Args;

/// Arguments of `lsp`.
#[derive(Debug, Args)]
pub struct LspArgs {
    /// Where keys are kept
    #[command(flatten)]
    pub keys: KeysDir,
    /// Taken for editors that say so; there is no other way to be served
    #[arg(long)]
    pub stdio: bool,
}

/// Arguments of `dap`.
#[derive(Debug, Args)]
pub struct DapArgs {
    /// Listen on this port of 127.0.0.1, a session for each connection; 0 takes one that is free and says which
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Taken for clients that say so; without --port there is no other way to be served
    #[arg(long, conflicts_with = "port")]
    pub stdio: bool,
}

/// Arguments of `worker`.
#[derive(Debug, Args)]
pub struct WorkerArgs {
    /// The key store
    #[command(flatten)]
    pub keys: KeysDir,
}
