//! Which file of a crate uses which, read from the source.
//!
//! Paths are followed by their names, without knowledge of types. So three uses are not seen: a method call, unless its type
//! is named too; a constant that a format string names in braces; and an item that a macro names by parts.

mod cfg;
mod graph;
mod members;
mod names;
mod resolve;
mod tokens;
mod tree;
mod uses;

pub use graph::Graph;
pub use tree::Sources;

#[cfg(test)]
mod tests;
