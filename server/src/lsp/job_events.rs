//! The events of jobs: they update program states, progress in the client, and messages to the user.

use super::companion_files::{PROOF, companion_path};
use super::document_uri::name_of;
use super::job_results::{done, failed, placed, results_of, tested};
use super::refresh::refresh;
use super::state::Session;
use super::state::pending_job::PendingJob;
use crate::jobs::{Ending, Event, JobId};
use crate::program_state::Activity;
use crate::task;
use crate::text_file;
use crate::worker::protocol::{Answer, JobError};
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp_server::ls_types::MessageType;

/// Handles the events of jobs until there are no more.
pub async fn handle(session: Arc<Session>, mut events: UnboundedReceiver<Event>) {
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
                refresh(&session);
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

/// Reports how far a job is.
fn report(session: &Session, id: JobId, message: String, fraction: f64, phase: Option<String>) {
    let number = {
        let pending = session.pending_jobs();
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
    let (mut job, next) = {
        let mut pending = session.pending_jobs();
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
    let waiting = job.answer.take();
    let mut results = Err(format!("{name}: the {} was cancelled", job.kind.noun()));
    let message = match ending {
        Ending::Done(Answer::Test(answer)) => {
            let message = tested(session, &job, &answer, &name);
            results = results_of(&job, answer).await;
            Some(message)
        }
        Ending::Done(answer) => {
            let message = done(session, &job, answer, &name);
            let since = changed_since(session, &job).await;
            message.map(|(kind, text)| (kind, text + since))
        }
        Ending::Failed(error) => {
            let error = placed(&job, error);
            // Most messages begin with the name.
            let message = match error.message.starts_with(&name) {
                true => error.message,
                false => format!("{name}: {}", error.message),
            };
            results = Err(message.clone());
            Some(failed(session, &job, JobError { message, ..error }))
        }
        Ending::WorkerDied(why) => {
            let message = format!("{name}: the {} did not end: {why}", job.kind.noun());
            results = Err(message.clone());
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
    session.forget_old_program_states();
    session.diagnostics_queue.add_program(&job.uri);
    // A trap is told in whichever file it happened.
    if let Some(view) = session.documents.view(&job.uri) {
        for uri in session.documents.dependents(&view) {
            session.diagnostics_queue.add_program(&uri);
        }
    }
    refresh(session);
    let is_shown = waiting.as_ref().is_some_and(|one| one.is_shown);
    if let Some(waiting) = waiting {
        // Nobody waits any more if the request was cancelled.
        let _ = waiting.to.send(results);
    }
    match message {
        Some((kind, text)) if kind == MessageType::LOG || is_shown => {
            session.client.log_message(MessageType::LOG, text).await;
        }
        Some((kind, text)) => session.client.show_message(kind, text).await,
        None => {}
    }
}

/// The end of a message about a verification whose program or proof file changed since it began.
async fn changed_since(session: &Arc<Session>, job: &PendingJob) -> &'static str {
    let (Some(proof), uri) = (job.proof.clone(), job.uri.clone()) else {
        return "";
    };
    let (program, session) = (job.binding.program, Arc::clone(session));
    let found = task::blocking(move || {
        let view = session.documents.view(&uri);
        let now = view.map(|view| view.digest());
        if now.is_some_and(|now| now != Some(program)) {
            return "; the program was edited since";
        }
        let path = companion_path(&uri, PROOF);
        match path.map(|path| text_file::read(&path)) {
            Some(Ok(Some(text))) if text == proof => "",
            _ => "; the proof file was replaced since",
        }
    });
    found.await.unwrap_or("")
}
