//! `provable.tests`, which lists the tests of a program, and `provable.test`, which runs them. Unlike what starts other
//! jobs, `provable.test` is answered when its job ends, with the results.

use super::prepare::PreparedJob;
use super::program::{check_role, from_disk, place_of};
use super::start::submit;
use crate::lsp::document_uri::name_of;
use crate::lsp::errors::request_failed;
use crate::lsp::state::pending_job::TestsAnswer;
use crate::lsp::state::view_test::ViewTest;
use crate::lsp::state::{Session, View};
use crate::lsp::test_results::test_json;
use crate::program_state::{Binding, ProgramState, Tapes};
use crate::task;
use crate::worker::job_kind::JobKind;
use crate::worker::protocol::{Request, TestSubject};
use provable::lang::quote::quoted;
use serde_json::{Value, json};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;
use tokio::sync::oneshot;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{NumberOrString, Uri};

/// The most test runs that are waited for. Each is a request that is not answered, and only so many are handled at a time.
const MAX_WAITING: usize = 16;

/// Lists the tests of a program, with their last results.
///
/// # Errors
/// When there is no such program.
pub async fn list(session: &Arc<Session>, uri: Uri, open: Option<Arc<View>>) -> Result<Value> {
    let session = Arc::clone(session);
    task::blocking(move || {
        let view = open.map_or_else(|| from_disk(&session, &uri), Ok)?;
        check_role(&view)?;
        let results = |program_state: &mut ProgramState| program_state.tests.clone();
        let results = session.program_states.change(&view.place, results);
        let tests = view.tests().iter();
        let tests = tests.map(|one| test_json(&view, one, results.get(&one.test.name)));
        Ok(json!({ "tests": tests.collect::<Vec<Value>>() }))
    })
    .await
    .map_err(|_| Error::internal_error())?
}

/// Runs all tests of a program, or the one that the argument names. Returns the results.
///
/// # Errors
/// Why the tests cannot run, or that the job was cancelled.
pub async fn test(
    session: &Arc<Session>,
    uri: Uri,
    open: Option<Arc<View>>,
    argument: Option<&Value>,
    token: Option<NumberOrString>,
) -> Result<Value> {
    let text = |name: &str| argument.and_then(|one| one.get(name)?.as_str());
    let wanted = text("id").map(str::to_owned);
    let seed = argument.and_then(|one| one.get("seed")?.as_u64());
    let flag = |name: &str| argument.and_then(|one| one.get(name)?.as_bool()) == Some(true);
    let options = (seed, flag("coverage"));
    let name = name_of(&uri);
    let (to, is_answered) = oneshot::channel();
    let is_shown = flag("shown");
    let answer = TestsAnswer { to, is_shown };
    let _guard = {
        let place = place_of(&uri, open.as_deref());
        let _lock = session.document_locks.lock(&place).await;
        let (session_of_task, uri_of_task) = (Arc::clone(session), uri.clone());
        let prepared = task::blocking(move || {
            let view = open.map_or_else(|| from_disk(&session_of_task, &uri_of_task), Ok)?;
            check_role(&view)?;
            prepare(&session_of_task, view, wanted.as_deref(), options)
        })
        .await
        .map_err(|_| Error::internal_error())??;
        let waiting = {
            let pending = session.pending_jobs();
            pending.values().filter(|job| job.answer.is_some()).count()
        };
        if waiting >= MAX_WAITING {
            return Err(request_failed(format!(
                "{name}: the tests of {waiting} programs wait already: run these when others have ended"
            )));
        }
        let job = submit(session, uri, &place, prepared, Some(answer), token);
        CancelledWhenDropped(session, job)
    };
    // If this future is dropped, so is the guard.
    is_answered
        .await
        .map_err(|_| Error::internal_error())?
        .map_err(request_failed)
}

/// The job of a request. A client that cancels the request cancels the job; nothing happens to one that has ended.
struct CancelledWhenDropped<'a>(&'a Session, u64);

impl Drop for CancelledWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.jobs.cancel(self.1);
    }
}

fn prepare(
    session: &Session,
    view: Arc<View>,
    wanted: Option<&str>,
    (seed, coverage): (Option<u64>, bool),
) -> Result<PreparedJob> {
    let name = name_of(&view.uri);
    if view.snapshot().assembly.has_errors() {
        let message = format!("{name} has errors: mend them first");
        return Err(request_failed(message));
    }
    let is_wanted = |one: &&ViewTest| match wanted {
        None => true,
        Some(wanted) => one.test.name == wanted || view.test_id(&one.test) == wanted,
    };
    let chosen: Vec<&ViewTest> = view.tests().iter().filter(is_wanted).collect();
    if chosen.is_empty() {
        return Err(request_failed(match wanted {
            Some(wanted) => format!("{name} has no test {}", quoted(wanted)),
            None => format!("{name} has no tests: a test begins with `.test`"),
        }));
    }
    // All of them: the results of tests that are gone are dropped.
    let tests = view.tests().iter().filter_map(|one| {
        let digest = view.test_digest(one)?;
        Some((one.test.name.clone(), digest))
    });
    let limits = session.config().limits;
    // Short enough to type.
    let seed = seed.unwrap_or_else(|| RandomState::new().hash_one(&name) % 1_000_000_000);
    Ok(PreparedJob {
        kind: JobKind::Test,
        tests: tests.collect(),
        request: Request::Test {
            subject: TestSubject {
                name,
                files: view.test_files(),
                tests: chosen.iter().map(|one| one.test.name.clone()).collect(),
                seed,
                coverage,
            },
            max_steps: limits.max_steps,
            max_memory: limits.max_memory,
        },
        binding: Binding {
            program: view.digest().unwrap_or_default(),
            tapes: Tapes::Public(Vec::new()),
        },
        proof: None,
        view,
    })
}
