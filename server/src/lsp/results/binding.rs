//! What a result is of, and whether that is what there is now.

use super::Hash;
use crate::lsp::inputs::Beside;
use provable::vm::Inputs;
use sha2::{Digest, Sha256};

/// The inputs a result is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tapes {
    /// Both tapes, as a digest: secrets are not kept.
    Both(Hash),
    /// The public one. This is all that a proof file says.
    Public(Vec<u32>),
}

impl Tapes {
    /// Binds to inputs.
    pub fn of(inputs: &Inputs) -> Tapes {
        let mut hash = Sha256::new();
        for tape in [&inputs.public, &inputs.secret] {
            hash.update((tape.len() as u64).to_le_bytes());
            for word in tape {
                hash.update(word.to_le_bytes());
            }
        }
        Tapes::Both(hash.finalize().into())
    }

    fn are(&self, inputs: &Inputs) -> bool {
        match self {
            Tapes::Both(_) => *self == Tapes::of(inputs),
            Tapes::Public(words) => *words == inputs.public,
        }
    }

    /// How these compare with what lies beside the program.
    pub fn compared(&self, now: &Now) -> Comparison {
        match &now.inputs {
            Beside::Wrong(_) => Comparison::Unreadable,
            Beside::Given(inputs) if self.are(inputs) => Comparison::Same,
            Beside::Given(_) => Comparison::Different,
            Beside::Absent if now.reads => Comparison::NoneHere,
            // A program that reads nothing has no use for a file with inputs.
            Beside::Absent => Comparison::Same,
        }
    }
}

/// What the inputs beside a program say about a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Comparison {
    /// The proof is of them, as far as it says what it is of.
    Same,
    /// The proof is of other ones.
    Different,
    /// There are none.
    #[serde(rename = "none")]
    NoneHere,
    /// They cannot be read.
    Unreadable,
}

/// What a result is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The program's digest.
    pub program: Hash,
    /// The inputs.
    pub tapes: Tapes,
}

/// How things are at present.
#[derive(Clone, Debug)]
pub struct Now {
    /// The digest of the program in the text; none while the text has errors.
    pub program: Option<Hash>,
    /// Whether that program reads inputs.
    pub reads: bool,
    /// The inputs beside it.
    pub inputs: Beside,
    /// Where the key of the proof came from; none if it is not among those at hand.
    pub key: Option<String>,
}

impl Binding {
    /// Why the program is no longer the one in the text.
    pub fn other_program(&self, now: &Now) -> Option<&'static str> {
        match &now.program {
            None => Some("the text has errors"),
            Some(program) if *program != self.program => Some("the program changed"),
            Some(_) => None,
        }
    }

    /// Why a run of this would no longer be one of what the text and the inputs are.
    pub fn staleness(&self, now: &Now) -> Option<&'static str> {
        let other_inputs = || match &now.inputs {
            Beside::Wrong(_) => Some("the inputs cannot be read"),
            Beside::Given(inputs) if self.tapes.are(inputs) => None,
            // Without a file there is nothing to read.
            Beside::Absent if self.tapes.are(&Inputs::default()) => None,
            _ => Some("the inputs changed"),
        };
        self.other_program(now).or_else(other_inputs)
    }
}
