//! Which file defines a member of a type: its `impl` blocks can stand in others than the type's own.

use super::names::Definition;
use super::resolve::{Place, Target, segments};
use super::tree::Tree;
use std::collections::{BTreeSet, HashMap};
use syn::{ImplItem, Item, Type};

/// The functions and constants of types' own `impl` blocks. Those of traits are left out: several can share a name.
pub struct Members(HashMap<(usize, String, String), BTreeSet<usize>>);

impl Members {
    /// The members of a crate's types.
    pub fn of(tree: &Tree) -> Members {
        let mut files: HashMap<_, BTreeSet<usize>> = HashMap::new();
        for (module, written) in tree.modules.iter().enumerate() {
            for item in &written.items {
                let Item::Impl(block) = item else { continue };
                let (None, Type::Path(of)) = (&block.trait_, &*block.self_ty) else {
                    continue;
                };
                let Some(path) = segments(&of.path) else {
                    continue;
                };
                let place = Place {
                    tree,
                    module,
                    blocks: &[],
                };
                for target in place.resolve(&path) {
                    let Target::Item(of, None) = target else {
                        continue;
                    };
                    for item in &block.items {
                        let name = match item {
                            ImplItem::Const(item) => &item.ident,
                            ImplItem::Fn(item) => &item.sig.ident,
                            _ => continue,
                        };
                        let key = (of.file, of.name.clone(), name.to_string());
                        files.entry(key).or_default().insert(written.file);
                    }
                }
            }
        }
        Members(files)
    }

    /// The file that defines a member, where it is exactly one.
    pub fn file(&self, of: &Definition, member: &str) -> Option<usize> {
        let key = (of.file, of.name.clone(), member.to_owned());
        let files = self.0.get(&key)?;
        files.first().copied().filter(|_| files.len() == 1)
    }
}
