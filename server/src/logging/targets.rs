//! The targets of spans and events, by which a filter selects them. Every span and event of this project has one of these
//! targets. So a filter stays valid when code moves, and no event of a dependency is logged: the framework of the language
//! server logs whole messages, with the inputs in them.

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

/// The start of every target.
pub const PREFIX: &str = "provable::";

/// All targets.
pub const ALL: [&str; 10] = [
    LOAD, ANALYSIS, RUN, PROOF, KEYS, COMMAND, JOBS, WORKER, LSP, DAP,
];
