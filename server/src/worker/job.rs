//! One job: from a request to its answer.

#[cfg(feature = "prover")]
use super::cost::cost;
use super::execution::Execution;
#[cfg(feature = "prover")]
use super::key_cache::KeyCache;
use super::progress::JobProgress;
#[cfg(not(feature = "prover"))]
use super::protocol::NO_PROVER;
use super::protocol::{Answer, JobError, Request};
#[cfg(feature = "prover")]
use super::{prove, verify};
use super::{run, test};
use provable::vm::Limits;
use std::path::PathBuf;

/// Performs jobs, and keeps keys loaded from one to the next.
pub struct Worker {
    #[cfg(feature = "prover")]
    key_cache: KeyCache,
}

impl Worker {
    /// A worker with the key store in this folder; with none, in the default folder.
    #[cfg(feature = "prover")]
    pub fn new(keys: Option<PathBuf>) -> Self {
        Worker {
            key_cache: KeyCache::new(keys),
        }
    }

    /// A worker that runs programs.
    #[cfg(not(feature = "prover"))]
    pub fn new(_: Option<PathBuf>) -> Self {
        Worker {}
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
                #[cfg(feature = "prover")]
                let cost = |steps| cost(&self.key_cache, &execution, steps);
                #[cfg(not(feature = "prover"))]
                let cost = |_| None;
                run::run(&execution, cost, &progress).map(Answer::Run)
            }
            Request::Test {
                subject,
                max_steps,
                max_memory,
            } => {
                let limits = Limits {
                    max_steps,
                    max_memory,
                };
                test::test(subject, limits, &progress).map(Answer::Test)
            }
            #[cfg(feature = "prover")]
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
            #[cfg(feature = "prover")]
            Request::Verify { subject, proof } => {
                let Limits {
                    max_steps,
                    max_memory,
                } = Limits::default();
                let execution = Execution::new(subject, max_steps, max_memory)?;
                verify::verify(&mut self.key_cache, &execution, &proof).map(Answer::Verify)
            }
            #[cfg(not(feature = "prover"))]
            Request::Prove { .. } | Request::Verify { .. } => Err(JobError::new(NO_PROVER)),
        }
    }
}
