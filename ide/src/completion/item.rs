//! Completions as values.

use crate::formatting::Edit;
use std::ops::Range;

/// The kind of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemKind {
    /// A mnemonic.
    #[default]
    Instruction,
    /// The name of a label.
    Label,
    /// The name of a constant or a parameter.
    Constant,
    /// The name of data or of a variable.
    Variable,
    /// The name of a routine.
    Routine,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A directive, or a word of one, such as `at`.
    Directive,
}

/// One completion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The name of the item. What is typed is compared with it.
    pub label: String,
    /// Its kind.
    pub kind: ItemKind,
    /// A short description: the stack effect, or the value.
    pub detail: String,
    /// A longer description, in Markdown; may be empty.
    pub documentation: String,
    /// The text to insert.
    pub insert: String,
    /// Whether `insert` has placeholders, written `${1:name}`. A client that does not support them inserts `label`.
    pub is_snippet: bool,
    /// The sort key of the item.
    pub sort: String,
    /// What else is to be written, at other places: a `.use` line.
    pub additional: Vec<Edit>,
}

/// The completions at a place, and the range that they replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// The word to replace, on one line. Empty if no word is begun.
    pub replace: Range<usize>,
    /// What may be typed there.
    pub items: Vec<Item>,
    /// Whether items were left out that may appear after more typing.
    pub is_incomplete: bool,
}

/// A mnemonic in the letter case of what is typed: lower case if all its letters are, otherwise capitals.
pub(crate) fn like(typed: &str, mnemonic: &str) -> String {
    let is_small = typed.contains(|c: char| c.is_ascii_lowercase())
        && !typed.contains(|c: char| c.is_ascii_uppercase());
    if is_small {
        mnemonic.to_ascii_lowercase()
    } else {
        mnemonic.to_owned()
    }
}
