//! What a server and its worker say to each other: one JSON object a line, at most [`LINE_LIMIT`] bytes each way.
//!
//! ```json
//! {"id":1,"request":{"do":"run","with":{"subject":{"name":"fib.prov","program":"…","inputs":{"public":[],"secret":[]}},…}}}
//! {"progress":{"id":1,"phase":"digest of the trace","fraction":0.4}}
//! {"done":{"id":1,"answer":{"did":"run","with":{"steps":8,…}}}}
//! ```
//!
//! Every enumeration is written so that its reader needs no copy of what is in it.
//!
//! Requests hold secrets, so they are logged nowhere; `Debug` shows how many secret words there are, and no more.

use provable::circuit::fit::TableCost;
use provable::vm::{Inputs, Trap};
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The longest line, in bytes, its line feed not counted.
pub const LINE_LIMIT: usize = 64 << 20;
/// The most words of a stack or an output that a [`RunAnswer`] holds.
pub const WORDS_KEPT: usize = 1 << 20;

/// A request and the number its answer comes under.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    /// The number.
    pub id: u64,
    /// What to do.
    pub request: Request,
}

/// A program and what it runs on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Subject {
    /// What messages call the program's file.
    pub name: String,
    /// The program's text.
    pub program: String,
    /// The inputs.
    #[serde(serialize_with = "inputs")]
    pub inputs: Inputs,
}

/// What a worker can do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "do", content = "with", rename_all = "snake_case")]
pub enum Request {
    /// Run a program to its end.
    Run {
        /// What runs.
        subject: Subject,
        /// Steps it may take.
        max_steps: u64,
        /// Bytes it may take.
        max_memory: usize,
    },
    /// Prove a run.
    Prove {
        /// What runs.
        subject: Subject,
        /// Steps it may take.
        max_steps: u64,
        /// Bytes it may take.
        max_memory: usize,
        /// The tier's name, if not the smallest that will do.
        tier: Option<String>,
        /// Where the proof file goes; it is written whole or not at all.
        out: PathBuf,
    },
    /// Verify a proof against a program's text. The inputs do not matter: a proof names its public input itself.
    Verify {
        /// What is said to have run.
        subject: Subject,
        /// The text of the proof file.
        proof: String,
    },
}

/// What a worker writes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// The job has come this far.
    Progress {
        /// The job.
        id: u64,
        /// What it does now.
        phase: String,
        /// From 0 to 1, over the whole job; it never goes back.
        fraction: f64,
    },
    /// The job is done.
    Done {
        /// The job.
        id: u64,
        /// What came out.
        answer: Box<Answer>,
    },
    /// The job could not be done, or a line was no job.
    Failed {
        /// The job, if it is known.
        id: Option<u64>,
        /// Why.
        error: JobError,
    },
}

impl Message {
    /// The word for it.
    pub fn name(&self) -> &'static str {
        match self {
            Message::Progress { .. } => "progress",
            Message::Done { .. } => "done",
            Message::Failed { .. } => "failed",
        }
    }

    /// The job that the message is about.
    pub fn id(&self) -> Option<u64> {
        match self {
            Message::Progress { id, .. } | Message::Done { id, .. } => Some(*id),
            Message::Failed { id, .. } => *id,
        }
    }
}

/// What came out of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "did", content = "with", rename_all = "snake_case")]
pub enum Answer {
    /// Of [`Request::Run`].
    Run(RunAnswer),
    /// Of [`Request::Prove`].
    Prove(ProveAnswer),
    /// Of [`Request::Verify`].
    Verify(VerifyAnswer),
}

/// A run, halted or trapped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunAnswer {
    /// Steps taken.
    pub steps: u64,
    /// The index of the instruction that the run ended at, which is the program's length at its end.
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
    /// Why it did not halt.
    pub trap: Option<TrapAnswer>,
    /// What each instruction left on the stack: of every one that was executed and pushes a word, by index.
    pub value_histories: Vec<ValueHistory>,
    /// What a proof of this run takes; none if it trapped or fits in no tier.
    pub cost: Option<Box<Cost>>,
}

/// What one instruction left on top of the stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueHistory {
    /// The instruction's index.
    pub pc: u32,
    /// The first eight words.
    pub values: Vec<u32>,
    /// How often it was executed.
    pub count: u64,
}

/// What a proof takes on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// The smallest tier.
    pub tier: String,
    /// Its rows.
    pub rows: usize,
    /// Whether its key is made.
    pub key_ready: bool,
    /// About how long making the key takes, in milliseconds; 0 when it is ready.
    pub setup_ms: u64,
    /// About how long the proof takes, in milliseconds.
    pub prove_ms: u64,
    /// Which capacities decided, for a person.
    pub decided: String,
    /// How full each of the tier's tables is.
    pub tables: Vec<TableCost>,
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
    /// How long making the key took, in milliseconds; 0 when it was there.
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
    /// Where the proof file is.
    pub path: PathBuf,
    /// The SHA-256 digest of its text.
    #[serde(with = "hex::serde")]
    pub file_digest: [u8; 32],
}

/// Whether a proof is valid. Of a text that is no proof file, the fields that it would name are empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerifyAnswer {
    /// Whether it is.
    pub valid: bool,
    /// Why it is not.
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

/// Why a job could not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobError {
    /// What happened and the way out, for a person.
    pub message: String,
    /// The trap, if that is why.
    pub trap: Option<TrapAnswer>,
    /// Whether it was for want of the proof's key: with that key the job can be done.
    pub lacked_key: bool,
}

impl JobError {
    /// An error that is no trap.
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
    /// Its line, from 1; none in an empty program.
    pub line: Option<u32>,
    /// Why, without the place.
    pub message: String,
}

impl From<&Trap> for TrapAnswer {
    fn from(trap: &Trap) -> TrapAnswer {
        TrapAnswer {
            pc: trap.pc,
            line: trap.line,
            message: trap.reason.to_string(),
        }
    }
}

/// A message or a job as a line, with its line feed.
///
/// # Errors
/// When it has no JSON form: a path that is not UTF-8.
pub fn encode(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// A job from a line.
///
/// # Errors
/// Where the line stops being one. Nothing of the line is repeated: it may hold secrets.
pub fn decode(line: &[u8]) -> Result<Job, String> {
    serde_json::from_slice(line)
        .map_err(|error| format!("a message is no job, from byte {} on", error.column()))
}

/// The one way inputs are written: both tapes, as numbers.
fn inputs<S: Serializer>(inputs: &Inputs, serializer: S) -> Result<S::Ok, S::Error> {
    let mut tapes = serializer.serialize_struct("Inputs", 2)?;
    tapes.serialize_field("public", &inputs.public)?;
    tapes.serialize_field("secret", &inputs.secret)?;
    tapes.end()
}
