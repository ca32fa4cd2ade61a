//! What a text needs to know of all others.

use provable::lang::modules::Files;
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use tower_lsp_server::ls_types::Uri;

/// The texts that programs consist of.
pub trait ProgramTexts: Files + Debug + Send + Sync {
    /// The number of the present state of all texts.
    fn generation(&self) -> u64;

    /// The URI of the file with an id, in the spelling of the client if the file is open. A file of the standard library
    /// is written to the cache folder. `spelled` gives the client's spelling of a path.
    fn uri_of(&self, id: &str, spelled: &dyn Fn(&Path) -> PathBuf) -> Option<Uri>;
}
