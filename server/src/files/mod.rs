//! Files: which kinds there are, how one is told from another, and how much of one is read.

pub mod identity;
pub mod kind;
pub mod limits;
pub mod opening_mark;
pub mod real_path;
pub mod version;
pub mod walk;
