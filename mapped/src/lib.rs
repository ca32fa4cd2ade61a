//! Arrays of numbers over the bytes of a memory-mapped file, or over a vector, behind one type.
//!
//! Opening a mapped file reads nothing. The system reads a page from the disk when it is first accessed, and may evict it
//! again. The one `unsafe` block of this crate is the call that maps a file.
//!
//! ```
//! use provable_mapped::{Array, Bytes};
//!
//! let bytes = Bytes::from([7u8; 24].as_slice());
//! let words: Array<u64> = bytes.array(8..24).ok_or("not aligned")?;
//! assert_eq!(*words, [0x0707_0707_0707_0707; 2]);
//! # Ok::<(), &str>(())
//! ```
//!
//! # What a mapped file must guarantee
//! The bytes of a mapped file must not change while it is mapped. Whoever writes a file that others map writes it
//! completely under another name and then renames it: a file that is replaced or removed stays, unchanged, for the
//! processes that have it mapped. A process with write permission can still change the file in place, and this crate
//! cannot prevent it. Then the numbers that are read change with the file, so results computed from them are wrong and
//! have to be checked by other means. If the file is truncated, the system ends the process that reads beyond its end
//! (SIGBUS on Unix): map large files in a process whose end another process can handle.
//!
//! # Features
//! `files` (default): bytes of files, by `memmap2`. Without it this crate accesses no file and contains no `unsafe` code.

mod array;
mod bytes;
#[cfg(feature = "files")]
mod file;

pub use array::{Array, Plain};
pub use bytes::Bytes;
pub use zerocopy;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
