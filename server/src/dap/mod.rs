//! `provable dap`: a debug adapter, over standard input and output or over a port of this machine.
//!
//! - Programs are deterministic, so a session is a place in a run ([`provable::vm::replay`]) and a way to move it:
//!   backwards is as good as forwards.
//! - One thread works, one reads. What takes long is a [`motion`], which goes on piece by piece between messages, so
//!   that a pause is heard; everything else is answered at once.
//! - Only this folder knows the protocol. Its messages are types in [`protocol`]; each topic of requests is a file in
//!   [`requests`].

mod debuggee;
mod expression;
mod files;
mod frames;
mod last_step;
mod motion;
mod port;
mod protocol;
mod requests;
mod session;
mod start;
mod stops;
mod values;
mod wire;

pub use debuggee::Debuggee;
pub use files::WatchedFile;
pub use port::listen;
pub use protocol::launch::{Launch, LaunchInputs};
pub use start::serve;

/// Reads what a client wants to debug, or says in one line why it cannot be.
pub type Load = dyn Fn(&Launch) -> Result<Debuggee, String> + Send + Sync;
