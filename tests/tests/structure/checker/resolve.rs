//! Where a path leads: through modules, imports and re-exports to the items that files define.

use super::names::{Definition, Kind, Name, Names};
use super::tree::Tree;
use std::collections::HashSet;
use std::rc::Rc;
use syn::Path;

/// What a path leads to.
#[derive(Clone)]
pub enum Target {
    /// A module, by its index.
    Module(usize),
    /// An item, and the name behind it if the path goes on: a variant or a member.
    Item(Rc<Definition>, Option<String>),
    /// A module of this crate that has no such name.
    Missing,
}

/// From where a path is seen: a module, and in it the blocks around the place, the innermost last.
#[derive(Clone, Copy)]
pub struct Place<'p> {
    /// The crate.
    pub tree: &'p Tree,
    /// The module.
    pub module: usize,
    /// The blocks.
    pub blocks: &'p [Names],
}

/// The imports on the way, by address, so that one that leads to itself ends.
type Busy = HashSet<*const Vec<String>>;

impl<'p> Place<'p> {
    /// Where a path leads, whatever kind of item is named; nowhere if it leaves the crate.
    pub fn resolve(self, path: &[String]) -> Vec<Target> {
        self.follow(path, &mut Busy::new())
    }

    /// As [`Self::resolve`], of a macro's name: those of the modules around are in scope too.
    pub fn resolve_macro(self, path: &[String]) -> Vec<Target> {
        let mut place = self;
        loop {
            let mut found = place.resolve(path);
            found.retain(
                |target| !matches!(target, Target::Item(item, _) if item.kind != Kind::Macro),
            );
            let parent = self.tree.parent(place.module);
            match parent {
                Some(module) if found.is_empty() && path.len() == 1 => {
                    place = place.of_module(module);
                }
                _ => return found,
            }
        }
    }

    fn of_module(self, module: usize) -> Place<'p> {
        Place {
            module,
            blocks: &[],
            ..self
        }
    }

    fn follow(self, path: &[String], busy: &mut Busy) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else {
            return Vec::new();
        };
        let mut targets = match first.as_str() {
            "crate" => vec![Target::Module(0)],
            "self" => vec![Target::Module(self.module)],
            "super" => self.above(self.module),
            name => self.in_scope(name, busy),
        };
        for name in rest {
            let is_parent = name == "super";
            let mut next = Vec::new();
            for target in targets {
                match target {
                    Target::Module(module) if is_parent => next.extend(self.above(module)),
                    Target::Module(module) => next.extend(self.member(module, name, busy)),
                    Target::Item(item, None) if item.kind == Kind::Type => {
                        next.push(Target::Item(item, Some(name.clone())));
                    }
                    Target::Item(item, Some(member)) => {
                        next.push(Target::Item(item, Some(member)));
                    }
                    Target::Item(..) => {}
                    Target::Missing => next.push(Target::Missing),
                }
            }
            let is_found = next.iter().any(|target| !matches!(target, Target::Missing));
            if is_found {
                next.retain(|target| !matches!(target, Target::Missing));
            }
            targets = next;
        }
        targets
    }

    fn above(self, module: usize) -> Vec<Target> {
        let parent = self.tree.parent(module);
        parent.map(Target::Module).into_iter().collect()
    }

    /// What a path's first name stands for.
    fn in_scope(self, name: &str, busy: &mut Busy) -> Vec<Target> {
        for (at, names) in self.blocks.iter().enumerate().rev() {
            let place = Place {
                blocks: &self.blocks[..=at],
                ..self
            };
            let found = place.in_names(names, name, busy);
            if !found.is_empty() {
                return found;
            }
        }
        let names = &self.tree.modules[self.module].names;
        self.of_module(self.module).in_names(names, name, busy)
    }

    /// What a name behind a module stands for.
    fn member(self, module: usize, name: &str, busy: &mut Busy) -> Vec<Target> {
        let place = self.of_module(module);
        let names = &self.tree.modules[module].names;
        let found = place.in_names(names, name, busy);
        // A name without a target is imported from outside the crate.
        if !found.is_empty() || names.named.contains_key(name) {
            return found;
        }
        if names.calls_macro {
            return vec![self.made(module, name)];
        }
        for glob in &names.globs {
            let sources = place.through(glob, busy);
            // The names of another crate are not known here.
            if sources.is_empty() {
                return Vec::new();
            }
            for source in sources {
                if let Target::Module(source) = source
                    && self.tree.modules[source].names.calls_macro
                {
                    return vec![self.made(source, name)];
                }
            }
        }
        vec![Target::Missing]
    }

    /// An item that only a macro of a module can have made.
    fn made(self, module: usize, name: &str) -> Target {
        let definition = Definition {
            file: self.tree.modules[module].file,
            name: name.to_owned(),
            kind: Kind::Type,
            variants: HashSet::new(),
        };
        Target::Item(Rc::new(definition), None)
    }

    /// What a name stands for among these, which are this place's.
    fn in_names(self, names: &Names, name: &str, busy: &mut Busy) -> Vec<Target> {
        let mut found = Vec::new();
        for meaning in names.named.get(name).into_iter().flatten() {
            match meaning {
                Name::Module(module) => found.push(Target::Module(*module)),
                Name::Item(item) => found.push(Target::Item(Rc::clone(item), None)),
                Name::Import(path) => found.extend(self.through(path, busy)),
            }
        }
        if found.is_empty() {
            for glob in &names.globs {
                found.extend(self.in_glob(glob, name, busy));
            }
        }
        found
    }

    /// What a name stands for among those that a `*` brings in.
    fn in_glob(self, glob: &Rc<Vec<String>>, name: &str, busy: &mut Busy) -> Vec<Target> {
        let address = Rc::as_ptr(glob);
        if !busy.insert(address) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for source in self.follow(glob, busy) {
            match source {
                Target::Module(module) => {
                    let names = &self.tree.modules[module].names;
                    found.extend(self.of_module(module).in_names(names, name, busy));
                }
                Target::Item(item, None) if item.variants.contains(name) => {
                    found.push(Target::Item(item, Some(name.to_owned())));
                }
                _ => {}
            }
        }
        busy.remove(&address);
        found
    }

    fn through(self, import: &Rc<Vec<String>>, busy: &mut Busy) -> Vec<Target> {
        let address = Rc::as_ptr(import);
        if !busy.insert(address) {
            return Vec::new();
        }
        let found = self.follow(import, busy);
        busy.remove(&address);
        found
    }
}

/// The names on a path; none for one that begins with `::`, outside the crate or behind a type.
pub fn segments(path: &Path) -> Option<Vec<String>> {
    let names = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string());
    path.leading_colon.is_none().then(|| names.collect())
}
