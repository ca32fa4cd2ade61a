//! What this library says of its work, through `tracing`: which target an event has. `docs/logging.md` lists every span and event.
//!
//! Fields are sizes, counts and names that this crate gives. No span and no event holds a word of a tape, of the stack
//! or of the heap, a text that was read, or a path that nobody gave. So nothing here is recorded by `Debug` or `Display`
//! of a value that could hold one: a trap is told by the name of its reason, since its message has words in it.
//!
//! Spans are around whole parts of the work, never around one step or one constraint: what nobody listens to then
//! costs nothing that can be measured.

/// Texts become programs.
pub const LOAD: &str = "provable::load";
/// What is known of a program before it runs.
pub const ANALYSIS: &str = "provable::analysis";
/// Runs, and their recordings for a proof.
pub const RUN: &str = "provable::run";
/// Proofs made and verified, keys made.
pub const PROOF: &str = "provable::proof";
/// The key store.
pub const KEYS: &str = "provable::keys";
