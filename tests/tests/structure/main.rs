//! The structure of the source: no circle of files, the order of the modules, the dependencies of each set of features.
//!
//! Paths are followed by their names, without knowledge of types. So three uses are not seen: a method call, unless its type is
//! named too; a constant that a format string names in braces; and an item that a macro names by parts.

mod cfg;
mod circles;
mod dependencies;
mod fakes;
mod graph;
mod members;
mod names;
mod order;
mod resolve;
mod tokens;
mod tree;
mod uses;
mod workspace;
