//! What jobs came to: it is stored, and told in a message.

use super::state::Session;
use super::state::pending_job::PendingJob;
use super::test_results::results_json;
use crate::program_state::status::{origin_of_key, seconds, words};
use crate::program_state::{JobFailure, ProgramState, RunResult, digest_of};
use crate::task;
use crate::worker::protocol::{Answer, JobError, TestAnswer};
use provable::lang::quote::{plural, shortened};
use serde_json::Value;
use std::sync::Arc;
use tower_lsp_server::ls_types::MessageType;

/// The most words of a public input or output in a message.
const WORDS_SHOWN: usize = 6;

/// Stores that a job failed. Returns the message for the user and its type.
pub fn failed(session: &Session, job: &PendingJob, error: JobError) -> (MessageType, String) {
    let failure = JobFailure {
        kind: job.kind,
        message: error.message.clone(),
        binding: job.binding.clone(),
        proof: job.proof.as_deref().map(digest_of),
        lacked_key: error.lacked_key,
        trap: error.trap,
    };
    session
        .program_states
        .change_numbered(job.number, |program_state| {
            program_state.job_failed(failure)
        });
    (MessageType::ERROR, error.message)
}

/// An error whose place is that in the files and not that in the linked text.
pub fn placed(job: &PendingJob, error: JobError) -> JobError {
    let Some(trap) = error.trap.as_ref().filter(|_| !job.view.is_plain()) else {
        return error;
    };
    let shown = job.view.shown(trap.pc);
    let positions = job.view.positions_of(shown.file);
    let line = positions.map_or(0, |one| one.position(shown.span.start).line);
    let linked = format!("line {} (", trap.line.unwrap_or_default());
    let file = job.view.name_of_file(shown.file);
    let own = format!("{file}, line {} (", line + 1);
    JobError {
        message: error.message.replacen(&linked, &own, 1),
        ..error
    }
}

/// Stores the results of tests. Returns the message for the user and its type.
pub fn tested(
    session: &Session,
    job: &PendingJob,
    answer: &TestAnswer,
    name: &str,
) -> (MessageType, String) {
    let noted = answer.clone();
    session
        .program_states
        .change_numbered(job.number, |program_state| {
            program_state.job_tested(&job.tests, noted);
        });
    let failed = answer.tests.iter().filter(|one| one.failure.is_some());
    let count = plural(answer.tests.len() as u64, "test");
    match failed.clone().next() {
        None => (MessageType::LOG, format!("{name}: {count} passed")),
        Some(first) => {
            let failure = first.failure.as_deref().unwrap_or_default();
            let text = format!(
                "{name}: {} of {count} failed; the first is {}: {failure}",
                failed.count(),
                shortened(&first.name)
            );
            (MessageType::WARNING, text)
        }
    }
}

/// The results of tests as JSON.
pub async fn results_of(job: &PendingJob, answer: TestAnswer) -> Result<Value, String> {
    let (view, tests) = (Arc::clone(&job.view), job.tests.clone());
    let told = task::blocking(move || results_json(&view, &tests, answer));
    told.await.map_err(|error| error.to_string())
}

/// Stores the result of a job. Returns the message for the user and its type.
pub fn done(
    session: &Session,
    job: &PendingJob,
    answer: Answer,
    name: &str,
) -> Option<(MessageType, String)> {
    match answer {
        // Its results are told by who waits for them.
        Answer::Test(answer) => Some(tested(session, job, &answer, name)),
        Answer::Run(answer) => {
            let steps = plural(answer.steps, "step");
            let message = match &answer.trap {
                Some(trap) => (
                    MessageType::WARNING,
                    format!("{name} trapped after {steps}: {}", trap.message),
                ),
                None => (MessageType::LOG, format!("{name} halted after {steps}")),
            };
            let run = RunResult {
                binding: job.binding.clone(),
                answer,
            };
            session
                .program_states
                .change_numbered(job.number, |program_state| program_state.job_ran(run));
            Some(message)
        }
        Answer::Prove(answer) => {
            let message = format!(
                "{name}: proved and verified, {} bytes in {}, trace commitment {}",
                answer.proof_bytes,
                seconds(answer.prove_ms),
                answer.trace_commitment
            );
            let binding = job.binding.clone();
            let note = |program_state: &mut ProgramState| program_state.job_proved(binding, answer);
            session.program_states.change_numbered(job.number, note);
            Some((MessageType::INFO, message))
        }
        Answer::Verify(answer) => {
            let message = match (&answer.reason, answer.valid) {
                (_, true) => (
                    MessageType::INFO,
                    format!(
                        "{name}: the proof is valid: public input {}, public output {}, trace commitment {}, under the key {} ({})",
                        words(&answer.public_input, WORDS_SHOWN),
                        words(&answer.public_output, WORDS_SHOWN),
                        answer.trace_commitment,
                        answer.key_digest,
                        origin_of_key(answer.key_origin.as_deref()),
                    ),
                ),
                (reason, false) => (
                    MessageType::ERROR,
                    format!(
                        "{name}: the proof is NOT valid: {}",
                        reason.as_deref().unwrap_or("")
                    ),
                ),
            };
            let text = job.proof.clone().unwrap_or_default();
            let program = job.binding.program;
            let text_of_message = message.1.clone();
            session
                .program_states
                .change_numbered(job.number, |program_state| {
                    program_state.job_verified(program, answer, &text, text_of_message);
                });
            Some(message)
        }
    }
}
