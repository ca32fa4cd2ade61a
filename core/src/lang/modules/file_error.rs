//! Why a file cannot be used.

use crate::lang::quote;
use thiserror::Error;

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct FileError {
    /// One sentence without a full stop.
    pub message: String,
    /// What to do about it, if that is known.
    pub help: Option<String>,
    /// The path that was probably meant, as `.use` lines have it.
    pub meant: Option<String>,
}

impl FileError {
    /// An error with this message.
    pub fn new(message: impl Into<String>) -> Self {
        FileError {
            message: message.into(),
            help: None,
            meant: None,
        }
    }

    /// With what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With the path that was probably meant, without quotes. The help says so.
    pub fn meant(mut self, path: impl Into<String>) -> Self {
        let path = path.into();
        self.help = Some(format!("did you mean `\"{}\"`?", quote::quoted(&path)));
        self.meant = Some(path);
        self
    }
}
