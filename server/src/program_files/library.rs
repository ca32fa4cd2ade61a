//! Libraries: files that programs use, and that are no programs.

use provable::lang::program::Assembly;
use provable::lang::quote;

/// Whether a file is a library: it defines names or has tests, and has no instructions of its own. A text without
/// anything is a program that does nothing.
pub fn is_library(file: &Assembly) -> bool {
    let main = file.sections.first();
    let is_empty = main.is_none_or(|main| main.instructions.is_empty());
    let mut lines = file.tree.lines().iter();
    is_empty && lines.any(|line| line.body.begins_section() || line.body.defined().is_some())
}

/// Why a library is not taken for a program, and the way out.
pub struct LibraryRefusal {
    /// Why.
    pub message: String,
    /// The way out.
    pub help: String,
}

impl LibraryRefusal {
    /// If the file is a library. `name` is what messages call it, and `path` what the command line does.
    pub fn of(file: &Assembly, name: &str, path: &str) -> Option<LibraryRefusal> {
        let has_tests = file.sections.iter().any(|section| section.is_test());
        is_library(file).then(|| LibraryRefusal {
            message: format!(
                "{} is a library: it has no instructions of its own to run",
                quote::name(name)
            ),
            help: match has_tests {
                true => format!("`provable test {}` runs its tests", quote::name(path)),
                false => "run a program that uses it by `.use`".to_owned(),
            },
        })
    }

    /// Both, for those who show one line.
    pub fn in_one_line(&self) -> String {
        format!("{}; {}", self.message, self.help)
    }
}
