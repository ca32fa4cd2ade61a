//! Programs of several files: where a `.use` line leads on this machine, and what is linked.

mod backtrace;
mod disk;
mod library;
mod linked;
mod names;
mod resolve;

pub use backtrace::Backtrace;
pub use disk::DiskFiles;
pub use library::{LibraryRefusal, is_library};
pub use linked::{FileErrors, LinkedProgram, load, sources};
