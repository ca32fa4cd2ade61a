//! What is built for.

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Whether a module's threads share its memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// One thread, with a memory that the module makes. Runs everywhere.
    No,
    /// Several instances over one shared memory, which the host makes and passes as `memory` of `env`. A page in a browser needs the
    /// headers of cross-origin isolation for it.
    Yes,
}

impl Threads {
    /// The name of the folder of builds.
    pub fn name(self) -> &'static str {
        match self {
            Self::No => "single",
            Self::Yes => "threads",
        }
    }
}
