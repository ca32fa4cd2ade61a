//! The files of a program: the one that is asked for, and all that it uses, directly or not.

use super::file_error::FileError;
use super::files::Files;
use super::interface::{Contract, Definition, DefinitionKind};
use super::parsed::Parsed;
use super::path::{ModulePath, nearest_standard};
use crate::lang::quote;
use crate::lang::std_library;
use crate::lang::syntax::Tree;
use hashbrown::HashMap;
use std::sync::Arc;

/// The most files of a program.
pub const MAX_FILES: usize = 1000;

/// What a `.use` line gives.
#[derive(Clone, Debug)]
pub struct Used {
    /// The file, as an index among [`Modules::files`], or why it cannot be used.
    pub file: Result<usize, FileError>,
    /// Whether the path itself is wrong.
    pub is_bad_path: bool,
    /// Whether the program has too many files for this one.
    pub is_too_many: bool,
}

/// A file of a program.
#[derive(Clone, Debug)]
pub struct Module {
    /// The id, by which [`Files`] knows it; `std@1/math` and the like for the standard library.
    pub id: String,
    /// The file, parsed.
    pub parsed: Arc<Parsed>,
    /// What each `.use` line of its interface gives, in their order. Only of files that the program needs.
    pub uses: Vec<Used>,
    /// The `.use` lines by their names. Of two with one name the first counts.
    aliases: HashMap<String, usize>,
}

/// The files of a program. The first one is the main file.
#[derive(Clone, Debug, Default)]
pub struct Modules {
    files: Vec<Module>,
}

/// A name that was found.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The file, as an index among [`Modules::files`].
    pub file: usize,
    /// Its definition there.
    pub definition: Definition,
}

/// Why a name is not found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// No file and no definition has it.
    Unknown,
    /// The `.use` line gives no file. There is a diagnostic at that line.
    Unusable,
    /// The file has no such name; its index among [`Modules::files`].
    NoMember(usize),
    /// The name begins with `_`, so only its own file knows it.
    Private,
}

impl Modules {
    /// A main file alone, with the standard library if it uses that.
    pub fn alone(parsed: Arc<Parsed>) -> Modules {
        Modules::load("", parsed, &super::files::NoFiles)
    }

    /// A main file with its id, and all files that it uses.
    pub fn load(id: &str, parsed: Arc<Parsed>, files: &dyn Files) -> Modules {
        let mut modules = Modules { files: Vec::new() };
        let mut places = HashMap::from([(id.to_owned(), 0)]);
        modules.push(id.to_owned(), parsed);
        let mut at = 0;
        while at < modules.files.len() {
            let uses = modules.uses(at, files, &mut places);
            if let Some(module) = modules.files.get_mut(at) {
                module.uses = uses;
            }
            at += 1;
        }
        modules
    }

    fn push(&mut self, id: String, parsed: Arc<Parsed>) {
        self.files.push(Module {
            id,
            parsed,
            uses: Vec::new(),
            aliases: HashMap::new(),
        });
    }

    fn uses(
        &mut self,
        at: usize,
        files: &dyn Files,
        places: &mut HashMap<String, usize>,
    ) -> Vec<Used> {
        let Some(module) = self.files.get(at) else {
            return Vec::new();
        };
        // A plain program need not be looked through for names.
        if !module.parsed.tree().has_modules() {
            return Vec::new();
        }
        let (id, parsed) = (module.id.clone(), Arc::clone(&module.parsed));
        let mut aliases = HashMap::new();
        let mut uses = Vec::new();
        for (place, line) in parsed.interface().uses.iter().enumerate() {
            if let Some((alias, _)) = &line.alias {
                aliases.entry(alias.clone()).or_insert(place);
            }
            let mut used = Used {
                file: Err(FileError::new("")),
                is_bad_path: false,
                is_too_many: false,
            };
            used.file = match ModulePath::of(&line.path) {
                Err(error) => {
                    used.is_bad_path = true;
                    Err(match beside(&id, &line.path, files) {
                        Some(path) if error.meant.is_none() => error.meant(path),
                        _ => error,
                    })
                }
                Ok(path) => self.file(&id, &path, files, places).inspect_err(|error| {
                    used.is_too_many = error.message == too_many().message;
                }),
            };
            uses.push(used);
        }
        if let Some(module) = self.files.get_mut(at) {
            module.aliases = aliases;
        }
        uses
    }

    fn file(
        &mut self,
        from: &str,
        path: &ModulePath,
        files: &dyn Files,
        places: &mut HashMap<String, usize>,
    ) -> Result<usize, FileError> {
        let id = match path {
            ModulePath::Standard(id) => id.clone(),
            ModulePath::Relative(_) if std_library::text(from).is_some() => {
                // Its files name each other by their own paths.
                return Err(FileError::new("the standard library uses no other files"));
            }
            ModulePath::Relative(path) => files.resolve(from, path)?,
        };
        if let Some(&place) = places.get(&id) {
            return Ok(place);
        }
        if self.files.len() >= MAX_FILES {
            return Err(too_many());
        }
        let parsed = match std_library::parsed(&id) {
            Some(parsed) => parsed,
            None => files.parsed(&id)?,
        };
        if parsed.tree().is_refused() {
            return Err(FileError::new("the file is over the limits of a text"));
        }
        let place = self.files.len();
        places.insert(id.clone(), place);
        self.push(id, parsed);
        Ok(place)
    }

    /// The files; the first is the main file.
    pub fn files(&self) -> &[Module] {
        &self.files
    }

    /// A file's tree.
    pub fn tree(&self, file: usize) -> Option<&Arc<Tree>> {
        self.files.get(file).map(|module| module.parsed.tree())
    }

    /// What a name means in a file, outside routines: one of its own, or the member of a file that it uses.
    ///
    /// # Errors
    /// Why there is none.
    pub fn find(&self, file: usize, name: &str) -> Result<Found, NotFound> {
        let module = self.files.get(file).ok_or(NotFound::Unknown)?;
        if let Some(&definition) = module.parsed.interface().definitions.get(name) {
            return Ok(Found { file, definition });
        }
        let (alias, member) = name.split_once('.').ok_or(NotFound::Unknown)?;
        let place = *module.aliases.get(alias).ok_or(NotFound::Unknown)?;
        let other = match module.uses.get(place).map(|used| &used.file) {
            Some(Ok(other)) => *other,
            _ => return Err(NotFound::Unusable),
        };
        if member.starts_with('_') {
            return Err(NotFound::Private);
        }
        let names = self.files.get(other).map(|other| other.parsed.interface());
        let definition = names.and_then(|names| names.definitions.get(member));
        match definition {
            Some(&definition) => Ok(Found {
                file: other,
                definition,
            }),
            None => Err(NotFound::NoMember(other)),
        }
    }

    /// The `.use` line of a file with this name, as an index among [`Module::uses`].
    pub fn alias(&self, file: usize, alias: &str) -> Option<usize> {
        self.files.get(file)?.aliases.get(alias).copied()
    }

    /// What a routine takes and leaves; none if its line does not say so.
    pub fn contract(&self, found: Found) -> Option<Contract> {
        let DefinitionKind::Routine(section) = found.definition.kind else {
            return None;
        };
        let interface = self.files.get(found.file)?.parsed.interface();
        interface.contracts.get(section).copied().flatten()
    }

    /// The last part of a file's id without its extension: what it is called in linked text.
    pub fn stem(&self, file: usize) -> &str {
        let id = self.files.get(file).map_or("", |module| module.id.as_str());
        let last = id.rsplit(['/', '\\']).next().unwrap_or_default();
        last.strip_suffix(".prov").unwrap_or(last)
    }
}

/// The path that is meant by one that does not say where it begins: that of a file beside, or of the standard library.
fn beside(from: &str, path: &str, files: &dyn Files) -> Option<String> {
    if path.starts_with(['.', '/']) || path.starts_with("std") {
        return None;
    }
    let relative = format!("./{path}");
    if let Ok(ModulePath::Relative(whole)) = ModulePath::of(&relative) {
        match files.resolve(from, &whole) {
            Ok(_) => return Some(relative),
            Err(error) if error.meant.is_some() => return error.meant,
            Err(_) => {}
        }
    }
    nearest_standard(path).map(str::to_owned)
}

fn too_many() -> FileError {
    FileError::new(format!(
        "a program has at most {} files",
        quote::name(&MAX_FILES.to_string())
    ))
}
