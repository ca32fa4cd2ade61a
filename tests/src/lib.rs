//! What the tests of this crate share: the built command, the repository's paths, the generated part of the
//! language reference.

mod command;
pub mod dap;
#[cfg(unix)]
pub mod faults;
pub mod lsp;
pub mod reference;
pub mod standard_library;

pub use command::{Answer, Command, binary, provable};

use provable::circuit::tier::TIERS;
use std::path::{Path, PathBuf};

/// The name of the smallest tier.
pub const SMALLEST: &str = TIERS[0].name;
/// The name of the next one.
pub const NEXT: &str = TIERS[1].name;

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate lies in the workspace")
}

/// The example programs, by name.
pub fn examples() -> Vec<PathBuf> {
    let mut programs: Vec<PathBuf> = std::fs::read_dir(root().join("examples"))
        .expect("the examples are there")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "prov"))
        .collect();
    programs.sort();
    programs
}

/// One of the example programs.
pub fn example(name: &str) -> PathBuf {
    root().join("examples").join(name)
}

/// A new folder with these files in it, or in folders in it: paths and texts.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder for it")).expect("the folder");
        std::fs::write(path, text).expect("a file in it");
    }
    folder
}
