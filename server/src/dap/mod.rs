//! `provable dap`: a debug adapter, over standard input and output or over a port of this machine.
//!
//! - Programs are deterministic, so a session is a position in a run ([`provable::vm::replay`]) and a way to move it,
//!   forwards or backwards.
//! - One thread works, one reads. What takes long is a `motion`, which goes on piece by piece between messages, so
//!   that the client can pause it; everything else is answered at once.
//! - Only this folder knows the protocol. Its messages are types in `protocol`.
//! - A request takes one way: `serve` reads it, `dispatch` finds its handler in `requests`, the handler
//!   asks or changes the `session`, and the session uses `motion`, `stops` and `debuggee`.

mod capabilities;
mod debuggee;
mod dispatch;
mod exceptions;
mod expression;
mod frames;
mod goal;
mod last_step;
mod launch;
mod listen;
mod motion;
mod protocol;
mod receive;
mod requests;
mod scope;
mod serve;
mod session;
mod stack;
mod step_back;
mod stops;
mod values;
mod watched_file;
mod wire;

pub use debuggee::{DebuggedProgram, Debuggee, Load};
pub use listen::listen;
pub use protocol::launch::{Launch, LaunchInputs};
pub use serve::serve;
pub use watched_file::WatchedFile;
#[cfg(target_family = "wasm")]
pub use {frames::Frame, serve::converse, wire::Incoming};
