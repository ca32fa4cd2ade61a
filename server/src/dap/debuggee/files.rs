//! The files of a program, as clients know them.

use super::Debuggee;
use crate::dap::protocol::breakpoints::Source;
use provable::lang::std_library;
use provable_host::fs;
use std::path::{Path, PathBuf};

/// The number of a file of the standard library, the same in every session.
fn reference(id: &str) -> Option<u64> {
    let place = std_library::names().iter().position(|one| *one == id)?;
    Some(place as u64 + 1)
}

/// The text of a file that clients know by a number only.
pub fn text_of(reference: u64) -> Option<&'static str> {
    let place = usize::try_from(reference.checked_sub(1)?).ok()?;
    std_library::text(std_library::names().get(place)?)
}

impl Debuggee {
    /// A file's name without its folder; of the standard library, its id.
    pub fn file_name(&self, file: usize) -> String {
        let path = self.paths.get(file).and_then(Option::as_ref);
        let name = path.and_then(|path| path.file_name());
        match (name, self.modules.files().get(file)) {
            (Some(name), _) => name.to_string_lossy().into_owned(),
            (None, Some(module)) => module.id.clone(),
            (None, None) => String::new(),
        }
    }

    /// A file, as the protocol describes it.
    pub fn source(&self, file: usize) -> Source {
        if let Some(Some(path)) = self.paths.get(file) {
            let name = path.file_name();
            return Source {
                name: name.map(|name| name.to_string_lossy().into_owned()),
                path: Some(path.display().to_string()),
                ..Source::default()
            };
        }
        let id = self.modules.files().get(file).map(|one| one.id.as_str());
        let id = id.unwrap_or_default();
        Source {
            // Clients choose the colours of a text by the ending of its name.
            name: Some(format!("{id}.prov")),
            path: None,
            source_reference: reference(id),
            origin: Some("the standard library".into()),
        }
    }

    /// The file that a client means.
    pub fn file_of(&self, source: &Source) -> Option<usize> {
        let mut modules = self.modules.files().iter();
        if let Some(number) = source.source_reference.filter(|number| *number > 0) {
            return modules.position(|module| reference(&module.id) == Some(number));
        }
        let path = Path::new(source.path.as_deref()?);
        let known = |own: &Option<PathBuf>| own.as_deref() == Some(path);
        if let Some(file) = self.paths.iter().position(known) {
            return Some(file);
        }
        let real = fs::canonicalize(path).ok()?;
        let is_it = |own: &Option<PathBuf>| {
            let own = own.as_ref().and_then(|own| fs::canonicalize(own).ok());
            own.as_ref() == Some(&real)
        };
        self.paths.iter().position(is_it)
    }
}
