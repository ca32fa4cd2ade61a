//! Files in memory, in the form of `std::fs`. There are no links, no owners and no other processes: a path without `..` is
//! the file's own, and a lock is always free.
//!
//! The host of the module is the outside: it puts files here ([`put`]), and takes from time to time what the program has
//! written since ([`take_written`]).

mod file;
mod folder;
mod metadata;
pub mod temporary;
mod tree;

pub use file::{File, OpenOptions, TryLockError};
pub use folder::{DirEntry, ReadDir, read_dir};
pub use metadata::{FileType, Metadata, Permissions, metadata, set_permissions, symlink_metadata};
pub use tree::{
    Written, absolute, canonicalize, create_dir, create_dir_all, hard_link, put, read, read_link,
    read_to_string, remove_dir, remove_file, rename, take_written, write,
};

#[cfg(test)]
mod tests;
