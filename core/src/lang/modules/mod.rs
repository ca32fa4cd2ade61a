//! Files of a program: what each makes known to others, which it uses, and what its names are worth.

mod changes;
mod evaluate;
mod file_error;
mod files;
mod graph;
mod interface;
mod parsed;
mod path;
mod worth;

pub use evaluate::{Addresses, Evaluator};
pub use file_error::FileError;
pub use files::{Files, MemoryFiles, NoFiles};
pub use graph::{Found, Module, Modules, NotFound, Used};
pub use interface::{
    Contract, Definition, DefinitionKind, Interface, UseLine, alias_in, data_lines,
};
pub use parsed::Parsed;
pub use path::{ModulePath, default_alias, spelled_like};
pub use worth::Worth;
