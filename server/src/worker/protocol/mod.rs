//! The messages between a server and its worker: one JSON object a line, at most [`LINE_LIMIT`] bytes, in both
//! directions.
//!
//! ```json
//! {"id":1,"request":{"do":"run","with":{"subject":{"name":"fib.prov","program":"…","inputs":{"public":[],"secret":[]}},…}}}
//! {"progress":{"id":1,"phase":"digest of the trace","fraction":0.4}}
//! {"done":{"id":1,"answer":{"did":"run","with":{"steps":8,…}}}}
//! ```
//!
//! The variant of an enumeration comes before its content, so that it can be parsed without a copy of the content.
//!
//! Requests hold secrets, so they are never logged; `Debug` shows the number of secret words and nothing else of them.

mod answers;
mod tests;
mod values;

pub use answers::{
    Answer, Cost, Heat, InstructionHeat, JobError, ProveAnswer, RunAnswer, ShapeCost, TrapAnswer,
    VerifyAnswer, WORDS_KEPT,
};
pub use tests::{
    FailingRun, TestAnswer, TestDifference, TestFile, TestPlace, TestSubject, TestTrap,
    TestVerdict, TestedLines,
};
pub use values::ValueHistory;

use provable::vm::Inputs;
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The answer of a build without the feature `prover` to whoever wants a proof made or verified.
pub const NO_PROVER: &str = "this build has no prover and no verifier: install the full `provable`";
/// The longest line, in bytes, its line feed not counted.
pub const LINE_LIMIT: usize = 64 << 20;

/// A request, and the number that its answers carry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    /// The number.
    pub id: u64,
    /// What to do.
    pub request: Request,
}

/// A program and its inputs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Subject {
    /// The name of the program's file in messages.
    pub name: String,
    /// The program's text.
    pub program: String,
    /// The inputs.
    #[serde(serialize_with = "inputs")]
    pub inputs: Inputs,
}

/// What a worker is asked to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "do", content = "with", rename_all = "snake_case")]
pub enum Request {
    /// Run a program to its end.
    Run {
        /// The program and the inputs.
        subject: Subject,
        /// The most steps.
        max_steps: u64,
        /// The most memory, in bytes.
        max_memory: usize,
    },
    /// Run tests of a program.
    Test {
        /// The program and the names of the tests.
        subject: TestSubject,
        /// The most steps of each run.
        max_steps: u64,
        /// The most memory of each run, in bytes.
        max_memory: usize,
    },
    /// Prove a run.
    Prove {
        /// The program and the inputs.
        subject: Subject,
        /// The most steps.
        max_steps: u64,
        /// The most memory, in bytes.
        max_memory: usize,
        /// The name of the tier; none for the smallest that fits.
        tier: Option<String>,
        /// The path of the proof file, which is written whole or not at all.
        out: PathBuf,
    },
    /// Verify a proof of a program. The inputs of the subject do not matter: a proof names its public input itself.
    Verify {
        /// The program that the proof must be of.
        subject: Subject,
        /// The text of the proof file.
        proof: String,
    },
}

/// What a worker answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// How far the job is.
    Progress {
        /// The job.
        id: u64,
        /// What it does at present.
        phase: String,
        /// From 0 to 1, over the whole job; it never goes back.
        fraction: f64,
    },
    /// The job is done.
    Done {
        /// The job.
        id: u64,
        /// The result.
        answer: Box<Answer>,
    },
    /// The job failed, or a line was no valid job.
    Failed {
        /// The job, if it is known.
        id: Option<u64>,
        /// Why.
        error: JobError,
    },
}

impl Message {
    /// The name in the log.
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

/// A message or a job as a line, with its line feed.
///
/// # Errors
/// When the value has no JSON form, as a path that is not UTF-8.
pub fn encode(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// A job from a line.
///
/// # Errors
/// The byte where the line stops being a job. The message repeats nothing of the line, which may hold secrets.
pub fn decode(line: &[u8]) -> Result<Job, String> {
    serde_json::from_slice(line)
        .map_err(|error| format!("a message is no job, from byte {} on", error.column()))
}

/// Writes both tapes as numbers.
fn inputs<S: Serializer>(inputs: &Inputs, serializer: S) -> Result<S::Ok, S::Error> {
    let mut tapes = serializer.serialize_struct("Inputs", 2)?;
    tapes.serialize_field("public", &inputs.public)?;
    tapes.serialize_field("secret", &inputs.secret)?;
    tapes.end()
}
