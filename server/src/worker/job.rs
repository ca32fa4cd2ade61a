//! One job: from a request to its answer.

use super::execution::Execution;
use super::key_cache::KeyCache;
use super::progress::JobProgress;
use super::protocol::{Answer, JobError, Request};
use super::{prove, run, verify};
use provable::vm::Limits;
use std::path::PathBuf;

/// Performs jobs, and keeps keys loaded from one to the next.
pub struct Worker {
    key_cache: KeyCache,
}

impl Worker {
    /// A worker with the key store in this folder; with none, in the default folder.
    pub fn new(keys: Option<PathBuf>) -> Self {
        Worker {
            key_cache: KeyCache::new(keys),
        }
    }

    /// Performs a job.
    ///
    /// # Errors
    /// Why the job failed.
    pub fn perform(&mut self, id: u64, request: Request) -> Result<Answer, JobError> {
        let progress = JobProgress::new(id);
        match request {
            Request::Run {
                subject,
                max_steps,
                max_memory,
            } => {
                let execution = Execution::new(subject, max_steps, max_memory)?;
                run::run(&self.key_cache, &execution, &progress).map(Answer::Run)
            }
            Request::Prove {
                subject,
                max_steps,
                max_memory,
                tier,
                out,
            } => {
                let execution = Execution::new(subject, max_steps, max_memory)?;
                prove::prove(
                    &mut self.key_cache,
                    &execution,
                    tier.as_deref(),
                    out,
                    &progress,
                )
                .map(Answer::Prove)
                .map_err(|error| execution.failed(&error))
            }
            Request::Verify { subject, proof } => {
                let Limits {
                    max_steps,
                    max_memory,
                } = Limits::default();
                let execution = Execution::new(subject, max_steps, max_memory)?;
                verify::verify(&mut self.key_cache, &execution, &proof).map(Answer::Verify)
            }
        }
    }
}
