//! A build without proofs has no key store.

use std::path::PathBuf;

/// The origins of no keys.
#[derive(Debug)]
pub struct KeyOrigins;

impl KeyOrigins {
    /// There are none in any folder.
    pub fn new(_: Option<PathBuf>) -> KeyOrigins {
        KeyOrigins
    }

    /// Not known.
    pub fn origin(&self, _: &str) -> Option<String> {
        None
    }
}
