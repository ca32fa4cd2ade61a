//! The answers of a worker.

use super::tests::TestAnswer;
use super::values::ValueHistory;
use provable::circuit::fit::TableCost;
use provable::vm::Trap;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The most words of a stack or an output that a [`RunAnswer`] holds.
pub const WORDS_KEPT: usize = 1 << 20;

/// The most open calls that a [`TrapAnswer`] holds.
pub const CALLS_KEPT: usize = 32;

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "did", content = "with", rename_all = "snake_case")]
pub enum Answer {
    /// To `Request::Run`.
    Run(RunAnswer),
    /// To `Request::Test`.
    Test(TestAnswer),
    /// To `Request::Prove`.
    Prove(ProveAnswer),
    /// To `Request::Verify`.
    Verify(VerifyAnswer),
}

/// A run, halted or trapped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunAnswer {
    /// Steps taken.
    pub steps: u64,
    /// The index of the instruction that the run ended at; the length of the program if it ended after the last one.
    pub pc: u32,
    /// The public output; of a longer one its first [`WORDS_KEPT`] words.
    pub outputs: Vec<u32>,
    /// Words of the public output.
    pub output_words: u64,
    /// The stack, top last; of a deeper one its topmost [`WORDS_KEPT`] words.
    pub stack: Vec<u32>,
    /// Words on the stack.
    pub stack_words: u64,
    /// The carry flag.
    pub carry: bool,
    /// The trace digest in hexadecimal; none of a run that trapped.
    pub trace_digest: Option<String>,
    /// The trap; none if the run halted.
    pub trap: Option<TrapAnswer>,
    /// The values of each instruction that was executed and pushes a word, by index.
    pub value_histories: Vec<ValueHistory>,
    /// What a proof of this run takes; none if the run trapped or fits in no tier.
    pub cost: Option<Box<Cost>>,
    /// How much each instruction takes of the table that decides the tier; none if the run trapped or is too long.
    pub heat: Option<Heat>,
}

/// How much instructions take of the table that decides the tier of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heat {
    /// What the table holds.
    pub what: String,
    /// What the whole run takes.
    pub used: u64,
    /// What a tier holds that the run is held against.
    pub capacity: u64,
    /// The instructions that take any, by index.
    pub instructions: Vec<InstructionHeat>,
}

/// What one instruction takes of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstructionHeat {
    /// The instruction's index.
    pub pc: u32,
    /// What it takes.
    pub used: u64,
}

/// What a proof takes on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// The smallest tier.
    pub tier: String,
    /// Its rows.
    pub rows: usize,
    /// Whether its key exists.
    pub key_ready: bool,
    /// About how long making the key takes, in milliseconds; 0 if the key exists.
    pub setup_ms: u64,
    /// About how long the proof takes, in milliseconds.
    pub prove_ms: u64,
    /// Which capacities decide the tier, for a person.
    pub decided: String,
    /// Of each shape the smallest tier that holds the run, if one does.
    pub shapes: Vec<ShapeCost>,
    /// How full each of the tier's tables is.
    pub tables: Vec<TableCost>,
}

/// What a proof takes in a tier of one shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShapeCost {
    /// The name of the shape.
    pub shape: String,
    /// The smallest tier of this shape that holds the run.
    pub tier: String,
    /// About how long the proof takes, in milliseconds.
    pub prove_ms: u64,
}

/// A proof that was made, verified and written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProveAnswer {
    /// The tier.
    pub tier: String,
    /// Its rows.
    pub rows: usize,
    /// Steps of the run, which the proof hides.
    pub steps: u64,
    /// Constraints of the circuit.
    pub constraints: usize,
    /// How long making the key took, in milliseconds; 0 if the key existed.
    pub setup_ms: u64,
    /// How long the proof took, in milliseconds.
    pub prove_ms: u64,
    /// Bytes of the proof.
    pub proof_bytes: usize,
    /// The trace commitment in hexadecimal.
    pub trace_commitment: String,
    /// The verifying key's digest in hexadecimal.
    pub key_digest: String,
    /// The program's digest in hexadecimal.
    pub program_digest: String,
    /// The public input.
    pub public_input: Vec<u32>,
    /// The public output.
    pub public_output: Vec<u32>,
    /// The path of the proof file.
    pub path: PathBuf,
    /// The SHA-256 digest of the text of the proof file.
    #[serde(with = "hex::serde")]
    pub file_digest: [u8; 32],
}

/// The verdict on a proof. The fields that come from the proof file are empty if the text is no proof file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerifyAnswer {
    /// Whether the proof is valid.
    pub valid: bool,
    /// Why the proof is invalid.
    pub reason: Option<String>,
    /// Where the key came from.
    pub key_origin: Option<String>,
    /// The key's digest in hexadecimal.
    pub key_digest: String,
    /// The trace commitment in hexadecimal.
    pub trace_commitment: String,
    /// The public input.
    pub public_input: Vec<u32>,
    /// The public output.
    pub public_output: Vec<u32>,
    /// How long the verification took, in milliseconds.
    pub verify_ms: f64,
}

/// Why a job failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobError {
    /// What happened and the way out, for a person.
    pub message: String,
    /// The trap, if the run trapped.
    pub trap: Option<TrapAnswer>,
    /// Whether the key of the proof is missing: with that key the job can be done.
    pub lacked_key: bool,
}

impl JobError {
    /// An error that is not a trap.
    pub fn new(message: impl Into<String>) -> JobError {
        JobError {
            message: message.into(),
            trap: None,
            lacked_key: false,
        }
    }
}

/// A trap and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrapAnswer {
    /// The instruction's index.
    pub pc: u32,
    /// Its line, counted from 1; none in an empty program.
    pub line: Option<u32>,
    /// The reason, without the place.
    pub message: String,
    /// The CALLs that were open, by index, the latest first; at most 32.
    #[serde(default)]
    pub calls: Vec<u32>,
}

impl TrapAnswer {
    /// With the open calls of a machine: their return addresses, the latest last.
    pub fn called(self, returns: &[u32]) -> TrapAnswer {
        let latest = returns.iter().rev().take(CALLS_KEPT);
        TrapAnswer {
            calls: latest.map(|after| after.saturating_sub(1)).collect(),
            ..self
        }
    }
}

impl From<&Trap> for TrapAnswer {
    fn from(trap: &Trap) -> TrapAnswer {
        TrapAnswer {
            pc: trap.pc,
            line: trap.line,
            message: trap.reason.to_string(),
            calls: Vec::new(),
        }
    }
}
