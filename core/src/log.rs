//! What this library logs through `tracing`, and the target of each event. `docs/logging.md` lists every span and
//! event.
//!
//! The fields are sizes, counts and names that this crate defines. No span and no event contains a word of a tape, of
//! the stack or of the heap, a text that was read, or a path that the user did not give. So no value that could contain
//! such a word is logged through `Debug` or `Display`. For example, a trap is logged by the name of its reason, because
//! its message contains words.
//!
//! A span covers a whole part of the work, never one step or one constraint. So logging that is switched off costs
//! nothing that can be measured.

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
