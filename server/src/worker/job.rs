//! One job: from a request to its answer.

use super::events::JobProgress;
use super::key_cache::KeyCache;
use super::protocol::{Answer, JobError, Request, Subject};
use super::{prove, run, verify};
use crate::errors::Error;
use crate::keys;
use crate::source::{Positions, Source};
use provable::circuit::fit::FitError;
use provable::lang::program::Program;
use provable::store::KeyStore;
use provable::vm::{Inputs, Limits};
use std::path::PathBuf;

/// What stays from job to job.
pub struct Worker {
    keys: Option<PathBuf>,
    /// The keys that are loaded.
    pub key_cache: KeyCache,
}

impl Worker {
    /// A worker with this key store; with none, where the user keeps it.
    pub fn new(keys: Option<PathBuf>) -> Self {
        Worker {
            // What is said of the store holds in whatever folder a terminal is.
            keys: keys.map(|folder| std::path::absolute(&folder).unwrap_or(folder)),
            key_cache: KeyCache::default(),
        }
    }

    /// Does what is asked.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub fn perform(&mut self, id: u64, request: Request) -> Result<Answer, JobError> {
        let progress = JobProgress::new(id);
        match request {
            Request::Run {
                subject,
                max_steps,
                max_memory,
            } => {
                let execution = Execution::new(subject, max_steps, max_memory)?;
                run::run(self, &execution, &progress).map(Answer::Run)
            }
            Request::Prove {
                subject,
                max_steps,
                max_memory,
                tier,
                out,
            } => {
                let execution = Execution::new(subject, max_steps, max_memory)?;
                prove::prove(self, &execution, tier.as_deref(), out, &progress)
                    .map(Answer::Prove)
                    .map_err(|error| execution.failed(&error))
            }
            Request::Verify { subject, proof } => {
                let Limits {
                    max_steps,
                    max_memory,
                } = Limits::default();
                let execution = Execution::new(subject, max_steps, max_memory)?;
                verify::verify(self, &execution, &proof).map(Answer::Verify)
            }
        }
    }

    /// The key store. Opened for each job: its folder may be gone since the last one.
    pub fn store(&self) -> Result<KeyStore, Error> {
        keys::store(self.keys.clone())
    }
}

/// An assembled subject.
pub struct Execution {
    /// What messages call the program.
    pub name: String,
    /// The program.
    pub program: Program,
    /// The inputs.
    pub inputs: Inputs,
    /// How far the run may go.
    pub limits: Limits,
}

impl Execution {
    fn new(subject: Subject, max_steps: u64, max_memory: usize) -> Result<Self, JobError> {
        let source = Source {
            name: subject.name,
            text: subject.program,
        };
        let (_, program) = source
            .assemble()
            .map_err(|errors| JobError::new(Positions::new(&source).summary(&errors)))?;
        Ok(Execution {
            name: source.name,
            program,
            inputs: subject.inputs,
            limits: Limits {
                max_steps,
                max_memory,
            },
        })
    }

    /// An error in one line, for a person.
    pub fn failed(&self, error: &Error) -> JobError {
        let mut message = format!("{}: {error}", self.name);
        if let Some(help) = error.help() {
            message.push_str(&format!("; {help}"));
        }
        let trap = match error {
            Error::Fit(FitError::Trapped(trap)) => Some(trap.into()),
            _ => None,
        };
        JobError {
            message,
            trap,
            lacked_key: matches!(error, Error::NoKey { .. }),
        }
    }
}
