//! The folder of a release's files.

use crate::workspace::Workspace;
use anyhow::Result;
use std::path::PathBuf;

/// Where the files of the release are.
#[derive(clap::Args)]
pub struct Files {
    /// The folder of the release's files [default: `release-files` in cargo's target folder]
    #[arg(long)]
    pub folder: Option<PathBuf>,
}

impl Files {
    /// The folder, which exists afterwards.
    pub fn folder(&self, workspace: &Workspace) -> Result<PathBuf> {
        let folder = match &self.folder {
            Some(folder) => std::path::absolute(folder)?,
            None => workspace.target.join("release-files"),
        };
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}
