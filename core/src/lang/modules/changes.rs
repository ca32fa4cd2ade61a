//! What remains of the files of a program after an edit of one of them.

use super::graph::{Module, Modules, Used};
use super::parsed::Parsed;
use std::sync::Arc;

impl Modules {
    /// For each file, whether [`assemble_file`](crate::lang::program::assemble_file) makes the same of it as in an earlier
    /// state of the program: it is the same text, it uses the same files, and these look the same from outside.
    pub fn unchanged_since(&self, earlier: &Modules) -> Vec<bool> {
        let pairs: Vec<Option<(&Module, &Module)>> = self
            .files()
            .iter()
            .enumerate()
            .map(|(at, new)| {
                let old = earlier.files().get(at)?;
                new.uses_the_same(old).then_some((new, old))
            })
            .collect();
        let looks_the_same = |pair: &Option<(&Module, &Module)>| {
            pair.is_some_and(|(new, old)| new.parsed.looks_like(&old.parsed))
        };
        let mut looks_same: Vec<bool> = pairs.iter().map(looks_the_same).collect();
        // A constant may be worth what one of another file is worth, and so on; files may use each other in circles.
        let uses_other = |looks_same: &[bool], module: &Module| {
            let mut used = module
                .uses
                .iter()
                .filter_map(|used| used.file.as_ref().ok());
            used.any(|&file| looks_same.get(file) != Some(&true))
        };
        loop {
            let changed: Vec<usize> = (0..self.files().len())
                .filter(|&file| looks_same.get(file) == Some(&true))
                .filter(|&file| {
                    self.files()
                        .get(file)
                        .is_some_and(|module| uses_other(&looks_same, module))
                })
                .collect();
            if changed.is_empty() {
                break;
            }
            for file in changed {
                if let Some(slot) = looks_same.get_mut(file) {
                    *slot = false;
                }
            }
        }
        let is_unchanged = |pair: &Option<(&Module, &Module)>| {
            pair.is_some_and(|(new, old)| {
                Arc::ptr_eq(&new.parsed, &old.parsed) && !uses_other(&looks_same, new)
            })
        };
        pairs.iter().map(is_unchanged).collect()
    }
}

impl Module {
    /// Whether it is the same file as in another state of a program, and its `.use` lines give the same.
    pub fn uses_the_same(&self, other: &Module) -> bool {
        let gives = |a: &Used, b: &Used| a.file == b.file && a.is_too_many == b.is_too_many;
        self.id == other.id
            && self.uses.len() == other.uses.len()
            && self.uses.iter().zip(&other.uses).all(|(a, b)| gives(a, b))
    }
}

impl Parsed {
    /// Whether a file that uses this one sees the same in another state of it: names on the same lines, and lines that say
    /// the same of them.
    pub fn looks_like(&self, other: &Parsed) -> bool {
        if std::ptr::eq(self, other) {
            return true;
        }
        let (own, others) = (self.interface(), other.interface());
        fn aliases(parsed: &Parsed) -> impl Iterator<Item = Option<&str>> {
            let uses = parsed.interface().uses.iter();
            uses.map(|line| line.alias.as_ref().map(|(name, _)| name.as_str()))
        }
        fn says(parsed: &Parsed, line: usize) -> Option<&str> {
            let tree = parsed.tree();
            Some(tree.slice(tree.lines().get(line)?.span))
        }
        own.main == others.main
            && self.tree().has_modules() == other.tree().has_modules()
            && own.definitions.len() == others.definitions.len()
            && aliases(self).eq(aliases(other))
            && own.definitions.iter().all(|(name, new)| {
                others.definitions.get(name).is_some_and(|old| {
                    (new.kind, new.line) == (old.kind, old.line)
                        && says(self, new.line) == says(other, old.line)
                })
            })
    }
}
