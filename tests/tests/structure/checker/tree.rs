//! The modules of a crate: the file that each is written in, its parent, and its names.

use super::cfg::{attributes, is_test_only};
use super::names::{Name, Names};
use std::collections::BTreeMap;
use syn::Item;

/// Source texts by path, with `/` between the names.
pub type Sources = BTreeMap<String, String>;

/// A module, written in a file of its own or within another's.
pub struct Module {
    /// The module around it; none for the crate's root.
    pub parent: Option<usize>,
    /// Index of the file that it is written in.
    pub file: usize,
    /// What its own items and imports are called.
    pub names: Names,
    /// Its items, without modules and without what only tests have.
    pub items: Vec<Item>,
}

/// The modules of one crate, in the order of their declarations. The first is the root.
#[derive(Default)]
pub struct Tree {
    /// Paths of the files.
    pub files: Vec<String>,
    /// The modules.
    pub modules: Vec<Module>,
}

impl Tree {
    /// Follows the declarations from the file `root`. Panics, with the path, on a file that is not there or is not Rust.
    pub fn new(sources: &Sources, root: &str) -> Tree {
        let mut tree = Tree::default();
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        tree.add_file(sources, root, folder, None);
        tree
    }

    /// The module that `super` names.
    pub fn parent(&self, module: usize) -> Option<usize> {
        self.modules[module].parent
    }

    /// `folder` holds the files of the modules that this one declares.
    fn add_file(
        &mut self,
        sources: &Sources,
        path: &str,
        folder: &str,
        parent: Option<usize>,
    ) -> usize {
        let text = sources
            .get(path)
            .unwrap_or_else(|| panic!("{path} is declared as a module and is not there"));
        let syntax = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let file = self.files.len();
        self.files.push(path.to_owned());
        self.add_module(sources, file, folder, parent, syntax.items)
    }

    fn add_module(
        &mut self,
        sources: &Sources,
        file: usize,
        folder: &str,
        parent: Option<usize>,
        items: Vec<Item>,
    ) -> usize {
        let items = items
            .into_iter()
            .filter(|item| !is_test_only(attributes(item)));
        let (modules, items): (Vec<Item>, Vec<Item>) =
            items.partition(|item| matches!(item, Item::Mod(_)));
        let this = self.modules.len();
        self.modules.push(Module {
            parent,
            file,
            names: Names::of(&items, file),
            items,
        });
        for item in modules {
            let Item::Mod(declared) = item else { continue };
            let name = declared.ident.to_string();
            let own_folder = format!("{folder}/{name}");
            let child = match declared.content {
                Some((_, items)) => self.add_module(sources, file, &own_folder, Some(this), items),
                None => {
                    let has_path = declared.attrs.iter().any(|a| a.path().is_ident("path"));
                    let by = &self.files[file];
                    assert!(
                        !has_path,
                        "{by}: the place of `mod {name}` is given by #[path], which is not followed"
                    );
                    let beside = format!("{own_folder}.rs");
                    let within = format!("{own_folder}/mod.rs");
                    let path = if sources.contains_key(&beside) {
                        beside
                    } else {
                        within
                    };
                    self.add_file(sources, &path, &own_folder, Some(this))
                }
            };
            self.modules[this].names.add(name, Name::Module(child));
        }
        this
    }
}
