//! The targets of spans and events: what a filter selects them by. Every span and event of this project has one of these
//! and no other, so that a filter outlives a move of the code, and so that nothing of a dependency is ever logged: the
//! framework of the language server writes whole messages, with the inputs in them.

pub use provable::log::{ANALYSIS, KEYS, LOAD, PROOF, RUN};

/// A command from its beginning to its end.
pub const COMMAND: &str = "provable::command";
/// The queue of runs and proofs.
pub const JOBS: &str = "provable::jobs";
/// The proof worker: its jobs, its messages and its end.
pub const WORKER: &str = "provable::worker";
/// The language server's requests.
pub const LSP: &str = "provable::lsp";
/// The debug adapter's requests.
pub const DAP: &str = "provable::dap";

/// What every target begins with.
pub const PREFIX: &str = "provable::";

/// All of them.
pub const ALL: [&str; 10] = [
    LOAD, ANALYSIS, RUN, PROOF, KEYS, COMMAND, JOBS, WORKER, LSP, DAP,
];
