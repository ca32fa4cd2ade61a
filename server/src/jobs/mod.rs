//! The server's side of the proof worker: one job at a time in a child process, the others wait in order. Knows no editor:
//! each job is reported through [`Event`]s.
//!
//! An actor owns the queue and the child process. [`Jobs`] is a handle to it, and no method of it waits for a job. A
//! running job is cancelled by killing the child process. That is safe: the process holds nothing that others need, and
//! every file that it writes appears whole or not at all.

mod actor;
mod child;
mod event;
mod handle;
mod queue;

#[cfg(target_family = "wasm")]
pub use child::{ended, heard};
pub use event::{Ending, Event, JobId};
pub use handle::Jobs;
