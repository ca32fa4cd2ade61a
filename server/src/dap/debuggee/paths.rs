//! Where the files of a program are.

use provable::lang::modules::Modules;
use provable::lang::std_library;
use provable_host::fs;
use std::path::{Path, PathBuf};

/// Where each file of a program is; none for those of the standard library. The main file keeps the path by which the client
/// knows it, and the others are named as it is: if it was reached over a link, so are they.
pub(super) fn paths(modules: &Modules, main: PathBuf) -> Vec<Option<PathBuf>> {
    let others = modules.files().iter().skip(1).map(|module| {
        let is_standard = std_library::text(&module.id).is_some();
        (!is_standard).then(|| beside(&main, Path::new(&module.id)))
    });
    let others: Vec<_> = others.collect();
    std::iter::once(Some(main)).chain(others).collect()
}

/// A path without links, as it is reached from another file.
fn beside(main: &Path, real: &Path) -> PathBuf {
    let mut ways = main.ancestors().skip(1).filter_map(|folder| {
        let rest = real.strip_prefix(fs::canonicalize(folder).ok()?).ok()?;
        let way = folder.join(rest);
        (fs::canonicalize(&way).ok()? == real).then_some(way)
    });
    ways.next().unwrap_or_else(|| real.to_path_buf())
}
