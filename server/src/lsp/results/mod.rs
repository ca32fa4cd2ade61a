//! What is known of a program from having run or proved it, and whether that still holds. A result is bound to the
//! program that was assembled, the inputs and the key; it is fresh exactly while all three are what they were. So an
//! edit makes it stale, undoing the edit makes it fresh, and comments and spacing change nothing. A failure is bound
//! in the same way, and is forgotten while it does not hold.
//!
//! A proof needs no inputs: it says itself which public input and output it speaks of. Where there are inputs, they are
//! compared with it; where there are none, as whoever received the proof has none, that is said.

mod binding;
mod program_state;
mod program_states;
mod proof;

pub use crate::jobs::JobKind;
pub use binding::{Binding, Comparison, Now, Tapes};
pub use program_state::ProgramState;
pub use program_states::{ProgramStates, Renamed};
pub use proof::{Check, ProofState, digest_of};

use crate::jobs::JobId;
use crate::worker::protocol::{RunAnswer, TrapAnswer};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// What a job does, in words.
impl JobKind {
    /// For a title: `Running sum.prov`.
    pub fn doing(self) -> &'static str {
        match self {
            JobKind::Run => "Running",
            JobKind::Prove => "Proving",
            JobKind::Verify => "Verifying",
        }
    }

    /// For a message: `the run of sum.prov …`.
    pub fn noun(self) -> &'static str {
        match self {
            JobKind::Run => "run",
            JobKind::Prove => "proof",
            JobKind::Verify => "verification",
        }
    }
}

/// A run that ended.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was run.
    pub binding: Binding,
    /// What came of it.
    pub answer: RunAnswer,
}

/// A job that came to nothing.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Which.
    pub kind: JobKind,
    /// Why, and the way out.
    pub message: String,
    /// What it was to be done with.
    pub binding: Binding,
    /// The proof file that was to be verified.
    pub proof: Option<Hash>,
    /// Whether it failed for want of that proof's key.
    pub lacked_key: bool,
    /// The trap, if that is why.
    pub trap: Option<TrapAnswer>,
}

/// A job that has not ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Its number.
    pub job: JobId,
    /// What it does.
    pub kind: JobKind,
    /// None while it waits, then what it is at.
    pub phase: Option<String>,
}

/// How far a result can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// There is none.
    None,
    /// It is waiting to be worked out.
    Queued,
    /// It is being worked out.
    Running,
    /// It is of what the text, the inputs and the key are now.
    Fresh,
    /// It is of something else.
    Stale,
    /// It did not come about, or is invalid.
    Failed,
}
