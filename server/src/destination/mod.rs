//! Where a command writes, and what it refuses to write over. Before any work is done, every destination is checked:
//! that no two are the same file, that none is a file that the command reads or somebody's source, and that it can be
//! written at all. A check changes nothing that is there, and leaves nothing behind.

mod check;
mod protected;
mod stream;
mod target;
mod write_all_or_none;

pub use check::{check, check_file};
pub use target::Destination;
pub use write_all_or_none::write_all_or_none;
