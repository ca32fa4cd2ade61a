//! The files that a session begins from.

use crate::dap::WatchedFile;
use provable::lang::modules::Modules;
use provable::lang::std_library;
use std::path::Path;

/// The files of a program on disk. The main file is watched by the path that the client has for it.
pub fn watched(modules: &Modules, main: &Path) -> Vec<WatchedFile> {
    let files = modules.files().iter().enumerate();
    let on_disk = files.filter(|(_, module)| std_library::text(&module.id).is_none());
    let watched = on_disk.map(|(file, module)| {
        let path = if file == 0 {
            main
        } else {
            Path::new(&module.id)
        };
        WatchedFile::program(path, module.parsed.tree().text())
    });
    watched.collect()
}
