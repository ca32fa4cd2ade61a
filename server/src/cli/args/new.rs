//! Arguments of `new`.

use clap::Args;
use std::path::PathBuf;

/// Arguments of `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The folder, which is made; its name is that of the program too
    #[arg(value_name = "NAME")]
    pub folder: PathBuf,
    /// Make a library: routines for other programs, and no program of its own
    #[arg(long)]
    pub lib: bool,
}
