//! A file that is parsed.

use super::interface::Interface;
use crate::lang::syntax::{Tree, parse, reparse};
use std::sync::{Arc, OnceLock};

/// A file's tree, and what it makes known to others, which is found out when it is asked for.
#[derive(Debug, Default)]
pub struct Parsed {
    tree: Arc<Tree>,
    interface: OnceLock<Interface>,
}

impl Parsed {
    /// Parses a text.
    pub fn new(text: &str) -> Self {
        Parsed::of(Arc::new(parse(text)))
    }

    /// A text that comes from an earlier one by a few edits. The result is that of [`Parsed::new`]; the work is less.
    pub fn edited(old: &Tree, text: &str) -> Self {
        Parsed::of(Arc::new(reparse(old, text)))
    }

    /// Of a text that is parsed already.
    pub fn of(tree: Arc<Tree>) -> Self {
        Parsed {
            tree,
            interface: OnceLock::new(),
        }
    }

    /// The tree.
    pub fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    /// What the file makes known.
    pub fn interface(&self) -> &Interface {
        self.interface.get_or_init(|| Interface::of(&self.tree))
    }
}
