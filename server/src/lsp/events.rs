//! What the jobs report: into the program_states, the client's progress and its messages.

use super::identity::path_of;
use super::inputs::{beside, read};
use super::progress::Progress;
use super::results::{Activity, Binding, Failure, JobKind, ProgramState, Run, digest_of};
use super::session::Session;
use super::status::{seconds, words};
use crate::jobs::{Ending, Event, JobId};
use crate::worker::protocol::{Answer, JobError};
use provable::lang::quote::plural;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp_server::ls_types::{MessageType, NumberOrString, Uri};

/// A job that has not ended.
#[derive(Debug)]
pub struct Pending {
    /// The program, as the client spells it.
    pub uri: Uri,
    /// The number of its program_state.
    pub number: u64,
    /// What it does.
    pub kind: JobKind,
    /// What its result will be bound to.
    pub binding: Binding,
    /// The proof file's text that is being verified.
    pub proof: Option<String>,
    /// What its progress is shown under, and where.
    pub token: NumberOrString,
    /// The client's progress.
    pub progress: Progress,
}

/// Takes in what jobs report until there are no more.
pub async fn take_in(session: Arc<Session>, mut events: UnboundedReceiver<Event>) {
    while let Some(event) = events.recv().await {
        match event {
            Event::Queued { id, position } => {
                if position > 0 {
                    report(
                        &session,
                        id,
                        format!("waiting, number {position}"),
                        0.0,
                        None,
                    );
                }
            }
            Event::Started { id } => {
                let phase = "starting".to_owned();
                report(&session, id, phase.clone(), 0.0, Some(phase));
                session.refresh();
            }
            Event::Progress {
                id,
                phase,
                fraction,
            } => {
                report(&session, id, phase.clone(), fraction, Some(phase));
            }
            Event::Ended { id, ending } => ended(&session, id, ending).await,
        }
    }
}

/// Shows how far a job is.
fn report(session: &Session, id: JobId, message: String, fraction: f64, phase: Option<String>) {
    let number = {
        let pending = session.pending();
        let Some(job) = pending.get(&id) else { return };
        job.progress.report(message, fraction);
        job.number
    };
    session
        .program_states
        .change_numbered(number, |program_state| {
            if let Some(activity) = program_state
                .activity
                .as_mut()
                .filter(|activity| activity.job == id)
            {
                activity.phase = phase;
            }
        });
}

async fn ended(session: &Arc<Session>, id: JobId, ending: Ending) {
    let (job, next) = {
        let mut pending = session.pending();
        let Some(job) = pending.remove(&id) else {
            return;
        };
        let mut others: Vec<_> = pending
            .iter()
            .filter(|(_, one)| one.number == job.number)
            .collect();
        others.sort_by_key(|(id, _)| **id);
        let next = others.last().map(|(id, one)| Activity {
            job: **id,
            kind: one.kind,
            phase: None,
        });
        (job, next)
    };
    session
        .program_states
        .change_numbered(job.number, |program_state| {
            if program_state
                .activity
                .as_ref()
                .is_some_and(|activity| activity.job == id)
            {
                program_state.activity = next;
            }
        });
    let name = name_of(&job.uri);
    let message = match ending {
        Ending::Done(answer) => {
            let message = done(session, &job, answer, &name);
            let since = changed_since(session, &job).await;
            message.map(|(kind, text)| (kind, text + since))
        }
        Ending::Failed(error) => {
            // Most begin with the name already.
            let message = match error.message.starts_with(&name) {
                true => error.message,
                false => format!("{name}: {}", error.message),
            };
            Some(failed(session, &job, JobError { message, ..error }))
        }
        Ending::WorkerDied(why) => {
            let message = format!("{name}: the {} did not end: {why}", job.kind.noun());
            Some(failed(session, &job, JobError::new(message)))
        }
        Ending::Cancelled => Some((
            MessageType::LOG,
            format!("{name}: {} cancelled", job.kind.noun()),
        )),
        Ending::Superseded => None,
    };
    let closing = message.as_ref().map(|(_, text)| text.clone());
    job.progress
        .end(closing.unwrap_or_else(|| "superseded by a newer request".into()));
    session.keep_few_sheets();
    session.dirty.mark(&job.uri);
    session.refresh();
    match message {
        Some((MessageType::LOG, text)) => session.client.log_message(MessageType::LOG, text).await,
        Some((kind, text)) => session.client.show_message(kind, text).await,
        None => {}
    }
}

fn failed(session: &Session, job: &Pending, error: JobError) -> (MessageType, String) {
    let failure = Failure {
        kind: job.kind,
        message: error.message.clone(),
        binding: job.binding.clone(),
        proof: job.proof.as_deref().map(digest_of),
        lacked_key: error.lacked_key,
        trap: error.trap,
    };
    session
        .program_states
        .change_numbered(job.number, |program_state| program_state.failed_to(failure));
    (MessageType::ERROR, error.message)
}

/// What a message about a verification adds if it is no longer about what is here.
async fn changed_since(session: &Arc<Session>, job: &Pending) -> &'static str {
    let (Some(proof), uri) = (job.proof.clone(), job.uri.clone()) else {
        return "";
    };
    let (program, session) = (job.binding.program, Arc::clone(session));
    let found = tokio::task::spawn_blocking(move || {
        let view = session.documents.view(&uri);
        let now = view.map(|view| view.digest());
        if now.is_some_and(|now| now != Some(program)) {
            return "; the program was edited since";
        }
        let path = beside(&uri, "proof.json");
        match path.map(|path| read(&path)) {
            Some(Ok(Some(text))) if text == proof => "",
            _ => "; the proof file was replaced since",
        }
    });
    found.await.unwrap_or("")
}

/// Takes in an answer; what to tell the user, and how loudly.
fn done(
    session: &Session,
    job: &Pending,
    answer: Answer,
    name: &str,
) -> Option<(MessageType, String)> {
    match answer {
        Answer::Run(answer) => {
            let steps = plural(answer.steps, "step");
            let message = match &answer.trap {
                Some(trap) => (
                    MessageType::WARNING,
                    format!("{name} trapped after {steps}: {}", trap.message),
                ),
                None => (MessageType::LOG, format!("{name} halted after {steps}")),
            };
            let run = Run {
                binding: job.binding.clone(),
                answer,
            };
            session
                .program_states
                .change_numbered(job.number, |program_state| program_state.ran(run));
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
            let note = |program_state: &mut ProgramState| program_state.proved(binding, answer);
            session.program_states.change_numbered(job.number, note);
            Some((MessageType::INFO, message))
        }
        Answer::Verify(answer) => {
            let message = match (&answer.reason, answer.valid) {
                (_, true) => (
                    MessageType::INFO,
                    format!(
                        "{name}: the proof is valid: public input {}, public output {}, trace commitment {}, under the key {} ({})",
                        words(&answer.public_input, SHOWN),
                        words(&answer.public_output, SHOWN),
                        answer.trace_commitment,
                        answer.key_digest,
                        super::status::whose(answer.key_origin.as_deref()),
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
            let told = message.1.clone();
            session
                .program_states
                .change_numbered(job.number, |program_state| {
                    program_state.verified(program, answer, &text, told);
                });
            Some(message)
        }
    }
}

/// Words of a public input or output that a message shows.
const SHOWN: usize = 6;

/// The file's name, for messages.
pub fn name_of(uri: &Uri) -> String {
    let path = path_of(uri);
    let name = path.as_deref().and_then(|path| path.file_name());
    name.map_or_else(
        || uri.as_str().to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}
