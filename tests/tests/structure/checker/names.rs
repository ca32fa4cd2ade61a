//! What the items and imports of a module, or of a block, are called.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use syn::{Item, UseTree, Visibility};

/// An item that a file defines.
pub struct Definition {
    /// Index of the file.
    pub file: usize,
    /// Its name there.
    pub name: String,
    /// What kind of item it is.
    pub kind: Kind,
    /// What an enumeration's variants are called.
    pub variants: HashSet<String>,
}

/// The kinds of items, as far as paths tell them apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A type or a trait, behind which a path can go on.
    Type,
    /// A function, a constant or a static.
    Value,
    /// A macro, which only a call and an import name.
    Macro,
}

/// What a name stands for.
pub enum Name {
    /// A module, by its index.
    Module(usize),
    /// An item.
    Item(Rc<Definition>),
    /// What another path leads to.
    Import(Rc<Vec<String>>),
}

/// The names of a module or a block.
#[derive(Default)]
pub struct Names {
    /// Each name with all it stands for: a module and a function can share one.
    pub named: HashMap<String, Vec<Name>>,
    /// Paths of the modules and enumerations whose names are imported with a `*`.
    pub globs: Vec<Rc<Vec<String>>>,
    /// Whether a macro is called where items stand, so that there may be items that no text names.
    pub calls_macro: bool,
}

impl Names {
    /// The names that these items of a file give, but for modules.
    pub fn of<'i>(items: impl IntoIterator<Item = &'i Item>, file: usize) -> Names {
        let mut names = Names::default();
        for item in items {
            match item {
                Item::Const(item) => names.define(file, &item.ident, Kind::Value),
                Item::Fn(item) => names.define(file, &item.sig.ident, Kind::Value),
                Item::Static(item) => names.define(file, &item.ident, Kind::Value),
                Item::Struct(item) => names.define(file, &item.ident, Kind::Type),
                Item::Trait(item) => names.define(file, &item.ident, Kind::Type),
                Item::TraitAlias(item) => names.define(file, &item.ident, Kind::Type),
                Item::Type(item) => names.define(file, &item.ident, Kind::Type),
                Item::Union(item) => names.define(file, &item.ident, Kind::Type),
                Item::Enum(item) => {
                    let variants = item.variants.iter().map(|v| v.ident.to_string());
                    names.define_with(file, &item.ident, Kind::Type, variants.collect());
                }
                Item::Macro(item) => match &item.ident {
                    Some(ident) => names.define(file, ident, Kind::Macro),
                    None => names.calls_macro = true,
                },
                Item::Use(item) if item.leading_colon.is_none() => {
                    for import in imports(&item.tree) {
                        names.import(import);
                    }
                }
                _ => {}
            }
        }
        names
    }

    /// Adds what a name stands for.
    pub fn add(&mut self, name: String, meaning: Name) {
        self.named.entry(name).or_default().push(meaning);
    }

    fn define(&mut self, file: usize, ident: &syn::Ident, kind: Kind) {
        self.define_with(file, ident, kind, HashSet::new());
    }

    fn define_with(
        &mut self,
        file: usize,
        ident: &syn::Ident,
        kind: Kind,
        variants: HashSet<String>,
    ) {
        let name = ident.to_string();
        let definition = Definition {
            file,
            name: name.clone(),
            kind,
            variants,
        };
        self.add(name, Name::Item(Rc::new(definition)));
    }

    fn import(&mut self, import: Import) {
        let path = Rc::new(import.path);
        match import.name {
            ImportName::All => self.globs.push(path),
            ImportName::One(name) => self.add(name, Name::Import(path)),
            ImportName::None => {}
        }
    }
}

/// One path of a `use` item.
pub struct Import {
    /// The path, without the `*`.
    pub path: Vec<String>,
    /// What it is called from then on.
    pub name: ImportName,
}

/// What an import brings in.
#[derive(PartialEq, Eq)]
pub enum ImportName {
    /// One thing under a name.
    One(String),
    /// A trait without a name: `as _`.
    None,
    /// All names of a module or an enumeration.
    All,
}

/// The paths of a `use` item.
pub fn imports(tree: &UseTree) -> Vec<Import> {
    let mut found = Vec::new();
    add_imports(tree, &[], &mut found);
    found
}

fn add_imports(tree: &UseTree, before: &[String], found: &mut Vec<Import>) {
    let with = |ident: &syn::Ident| {
        let mut path = before.to_vec();
        // The `self` in `a::{self}` is `a`.
        if ident != "self" || before.is_empty() {
            path.push(ident.to_string());
        }
        path
    };
    match tree {
        UseTree::Path(tree) => add_imports(&tree.tree, &with(&tree.ident), found),
        UseTree::Name(tree) => {
            let path = with(&tree.ident);
            let name = path
                .last()
                .cloned()
                .map_or(ImportName::None, ImportName::One);
            found.push(Import { path, name });
        }
        UseTree::Rename(tree) => {
            let path = with(&tree.ident);
            let name = match tree.rename.to_string() {
                name if name == "_" => ImportName::None,
                name => ImportName::One(name),
            };
            found.push(Import { path, name });
        }
        UseTree::Glob(_) => found.push(Import {
            path: before.to_vec(),
            name: ImportName::All,
        }),
        UseTree::Group(group) => {
            for tree in &group.items {
                add_imports(tree, before, found);
            }
        }
    }
}

/// Whether an import with this visibility passes names on, which no file depends on by itself.
pub fn is_re_export(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}
