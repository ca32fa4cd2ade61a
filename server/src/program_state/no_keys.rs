//! A build without proofs has no key store.

use std::path::PathBuf;

/// Whether this is the origin of a key that was made here. There are no keys.
pub fn is_made_here(_: &str) -> bool {
    false
}

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
