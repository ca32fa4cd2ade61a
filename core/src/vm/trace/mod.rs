//! The trace: the states of a run, as a digest and as a file. Both read the current state of the machine and keep no
//! copy of it.

mod digest;
mod json;
mod state;

pub use digest::{TraceDigest, TraceDigestError, run_digested};
pub use json::{TraceWriter, trace_json};
