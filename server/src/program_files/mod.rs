//! Programs of several files: where a `.use` line leads on this machine, and what is linked.

mod disk;
mod linked;
mod names;
mod resolve;

pub use disk::DiskFiles;
pub use linked::{FileErrors, LinkedProgram, load, sources};
