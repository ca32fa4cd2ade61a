//! The program and the inputs that a result is bound to, and whether they are the present ones.

use provable::vm::Inputs;
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// The inputs beside a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputsFile {
    /// There are none.
    Absent,
    /// They can be read.
    Given(Inputs),
    /// They cannot be read.
    Unusable,
}

/// The inputs that a result is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tapes {
    /// Both tapes, as a digest: secrets are not kept.
    Both(Hash),
    /// The public tape, which is all that a proof file names.
    Public(Vec<u32>),
}

impl Tapes {
    /// The binding to these inputs.
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

    fn matches(&self, inputs: &Inputs) -> bool {
        match self {
            Tapes::Both(_) => *self == Tapes::of(inputs),
            Tapes::Public(words) => *words == inputs.public,
        }
    }

    /// Compares a proof's inputs with the present ones.
    pub fn compared(&self, current: &Current) -> Comparison {
        match &current.inputs {
            InputsFile::Unusable => Comparison::Unreadable,
            InputsFile::Given(inputs) if self.matches(inputs) => Comparison::Same,
            InputsFile::Given(_) => Comparison::Different,
            InputsFile::Absent if current.reads_inputs => Comparison::NoneHere,
            // A program that reads nothing has no use for a file with inputs.
            InputsFile::Absent => Comparison::Same,
        }
    }
}

/// How the inputs of a proof compare with the inputs beside the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Comparison {
    /// They are the same, as far as the proof names its inputs.
    Same,
    /// They differ.
    Different,
    /// There are no inputs beside the program.
    #[serde(rename = "none")]
    NoneHere,
    /// The inputs beside the program cannot be read.
    Unreadable,
}

/// What a result is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The program's digest.
    pub program: Hash,
    /// The inputs.
    pub tapes: Tapes,
}

/// The present program, inputs and key, which results are compared with.
#[derive(Clone, Debug)]
pub struct Current {
    /// The digest of the program in the text; none while the text has errors.
    pub program: Option<Hash>,
    /// Whether that program reads inputs.
    pub reads_inputs: bool,
    /// The inputs beside the program.
    pub inputs: InputsFile,
    /// Where the key of the proof came from; none if the key is not in the store.
    pub key: Option<String>,
}

impl Binding {
    /// Why the present program is another one; none if it is this one.
    pub fn other_program(&self, current: &Current) -> Option<&'static str> {
        match &current.program {
            None => Some("the text has errors"),
            Some(program) if *program != self.program => Some("the program changed"),
            Some(_) => None,
        }
    }

    /// Why a run is stale; none if it is fresh.
    pub fn staleness(&self, current: &Current) -> Option<&'static str> {
        let other_inputs = || match &current.inputs {
            InputsFile::Unusable => Some("the inputs cannot be read"),
            InputsFile::Given(inputs) if self.tapes.matches(inputs) => None,
            // Without a file there is nothing to read.
            InputsFile::Absent if self.tapes.matches(&Inputs::default()) => None,
            _ => Some("the inputs changed"),
        };
        self.other_program(current).or_else(other_inputs)
    }
}
