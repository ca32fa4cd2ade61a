//! `workspace/executeCommand`: everything a user can start, from any client, with the program's URI as the one
//! argument. A command answers at once; what it starts is a job.

use super::documents::View;
use super::events::{name_of, Pending};
use super::inputs::{self, beside, TEMPLATE};
use super::progress::Progress;
use super::results::{Binding, Kind, Tapes};
use super::session::Session;
use super::status;
use crate::worker::protocol::{Request, Subject};
use ropey::Rope;
use serde_json::{json, Value};
use std::sync::Arc;
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp_server::ls_types::{ExecuteCommandParams, MessageType, NumberOrString, Uri};

/// Runs the program.
pub const RUN: &str = "provable.run";
/// Proves a run of it.
pub const PROVE: &str = "provable.prove";
/// Verifies the proof beside it.
pub const VERIFY: &str = "provable.verify";
/// Stops its jobs.
pub const CANCEL: &str = "provable.cancel";
/// Answers with what is known of it, as JSON.
pub const STATUS: &str = "provable.status";
/// Shows the same as a message.
pub const SHOW: &str = "provable.show";
/// Creates its inputs file.
pub const CREATE_INPUTS: &str = "provable.createInputs";

/// Debugs it. The client's own: it starts the debug adapter. Its argument is `{"uri": …}`, with the `step` to stop at
/// if there is one.
pub const DEBUG: &str = "provable.debug";

/// Every command of the server.
pub const ALL: [&str; 7] = [RUN, PROVE, VERIFY, CANCEL, STATUS, SHOW, CREATE_INPUTS];

/// An error that the client shows to its user.
pub fn refused(message: impl Into<String>) -> Error {
    Error {
        // RequestFailed: well-formed, and not to be had.
        code: ErrorCode::ServerError(-32803),
        message: message.into().into(),
        data: None,
    }
}

/// Runs a command.
pub async fn execute(
    session: &Arc<Session>,
    params: ExecuteCommandParams,
) -> Result<Option<Value>> {
    let uri = uri_of(&params)?;
    // Taken before any await: the command is of the text as it is when it is given.
    let open = session.documents.view(&uri);
    let token = params.work_done_progress_params.work_done_token;
    match params.command.as_str() {
        RUN => start(session, uri, open, Kind::Run, token).await.map(Some),
        PROVE => start(session, uri, open, Kind::Prove, token)
            .await
            .map(Some),
        VERIFY => start(session, uri, open, Kind::Verify, token)
            .await
            .map(Some),
        CANCEL => {
            let _turn = session.turns.take(&uri).await;
            session.jobs.cancel_document(uri.as_str());
            Ok(None)
        }
        STATUS => status_of(session, uri, open).await.map(Some),
        SHOW => {
            let status = status_of(session, uri.clone(), open).await?;
            let text = status
                .get("text")
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_owned();
            let message = format!("{}: {text}", name_of(&uri));
            session
                .client
                .show_message(MessageType::INFO, message)
                .await;
            Ok(None)
        }
        CREATE_INPUTS => create_inputs(session, &uri).map(|()| None),
        other => Err(refused(format!(
            "there is no command {other}; there are {}",
            ALL.join(", ")
        ))),
    }
}

/// The program a command is for: its URI, alone or as `{"uri": …}`.
fn uri_of(params: &ExecuteCommandParams) -> Result<Uri> {
    let argument = params.arguments.first();
    let text = argument.and_then(|one| one.get("uri").unwrap_or(one).as_str());
    text.and_then(|text| text.parse().ok()).ok_or_else(|| {
        Error::invalid_params(format!(
            "{} takes one argument, the program's URI",
            params.command
        ))
    })
}

/// The text of a program that the client has not open.
fn from_disk(session: &Session, uri: &Uri) -> Result<Arc<View>> {
    let path =
        beside(uri, "prov").ok_or_else(|| refused(format!("{} is no file", uri.as_str())))?;
    let text = match inputs::read(&path) {
        Ok(Some(text)) => text,
        Ok(None) => return Err(refused(format!("there is no file {}", path.display()))),
        Err(message) => return Err(refused(message)),
    };
    let encoding = session.facts().encoding;
    Ok(Arc::new(View::new(
        uri.clone(),
        0,
        encoding,
        Rope::from_str(&text),
    )))
}

/// What a job needs, worked out before it is queued.
struct Order {
    request: Request,
    binding: Binding,
    proof: Option<String>,
}

async fn start(
    session: &Arc<Session>,
    uri: Uri,
    open: Option<Arc<View>>,
    kind: Kind,
    token: Option<NumberOrString>,
) -> Result<Value> {
    // Requests are answered side by side. A newer run whose order was ready first would be superseded by the older.
    let _turn = session.turns.take(&uri).await;
    session.dirty.mark_inputs_of(&uri);
    let worker = Arc::clone(session);
    let subject = uri.clone();
    let order = tokio::task::spawn_blocking(move || {
        let view = open.map_or_else(|| from_disk(&worker, &subject), Ok)?;
        order(&worker, &view, kind)
    })
    .await
    .map_err(|_| Error::internal_error())??;
    Ok(submit(session, uri, kind, order, token))
}

/// Checks that there is something to do, so that whoever asked hears at once when there is not.
fn order(session: &Session, view: &View, kind: Kind) -> Result<Order> {
    let name = name_of(&view.uri);
    let snapshot = view.snapshot();
    let Some(program) = &snapshot.assembly.program else {
        return Err(refused(format!("{name} has errors: mend them first")));
    };
    let (inputs, _) = inputs::of(&view.uri, &session.documents)
        .map_err(|wrong| refused(format!("{}: {}", wrong.path.display(), wrong.message)))?;
    let binding = Binding {
        program: program.digest(),
        tapes: Tapes::of(&inputs),
    };
    let subject = Subject {
        name: name.clone(),
        program: snapshot.text().to_owned(),
        inputs,
    };
    let config = session.config();
    let (max_steps, max_memory) = (config.limits.max_steps, config.limits.max_memory);
    let path = || {
        beside(&view.uri, "proof.json").ok_or_else(|| {
            refused(format!(
                "{name} is no file, so there is no place for its proof"
            ))
        })
    };
    let mut proof = None;
    let request = match kind {
        Kind::Run => Request::Run {
            subject,
            max_steps,
            max_memory,
        },
        Kind::Prove => Request::Prove {
            subject,
            max_steps,
            max_memory,
            tier: config.tier,
            out: path()?,
        },
        Kind::Verify => {
            let path = path()?;
            let text = match inputs::read(&path) {
                Ok(Some(text)) => text,
                Ok(None) => {
                    return Err(refused(format!(
                        "there is no proof {}: prove first",
                        path.display()
                    )))
                }
                Err(message) => return Err(refused(message)),
            };
            proof = Some(text.clone());
            Request::Verify {
                subject,
                proof: text,
            }
        }
    };
    Ok(Order {
        request,
        binding,
        proof,
    })
}

fn submit(
    session: &Arc<Session>,
    uri: Uri,
    kind: Kind,
    order: Order,
    token: Option<NumberOrString>,
) -> Value {
    // Held from before the job is known until all of it is noted down, so that no event about it comes in between: one
    // that ends at once would have its end taken for something older, and would seem to be at work for ever.
    let mut pending = session.pending();
    let job = session.jobs.submit(uri.as_str().to_owned(), order.request);
    let known = token.is_some();
    let token = token.unwrap_or_else(|| NumberOrString::String(format!("provable/{job}")));
    let progress = if known || session.facts().shows_progress {
        let title = format!("{} {}", kind.doing(), name_of(&uri));
        Progress::begin(session.client.clone(), token.clone(), known, title)
    } else {
        Progress::none()
    };
    pending.insert(
        job,
        Pending {
            uri: uri.clone(),
            kind,
            binding: order.binding,
            proof: order.proof,
            token,
            progress,
        },
    );
    session.with_sheet(&uri, |sheet| sheet.asked(job, kind));
    drop(pending);
    session.refresh();
    json!({ "job": job })
}

async fn status_of(session: &Arc<Session>, uri: Uri, open: Option<Arc<View>>) -> Result<Value> {
    let session = Arc::clone(session);
    tokio::task::spawn_blocking(move || {
        let view = open.map_or_else(|| from_disk(&session, &uri), Ok)?;
        let sheet = session.sheet(&uri);
        let now = session.now(&view, &sheet);
        Ok(status::to_json(&sheet, &now))
    })
    .await
    .map_err(|_| Error::internal_error())?
}

/// For clients that cannot create a file by themselves.
fn create_inputs(session: &Arc<Session>, uri: &Uri) -> Result<()> {
    let path = beside(uri, "inputs.json").ok_or_else(|| {
        refused(format!(
            "{} is no file, so nothing lies beside it",
            uri.as_str()
        ))
    })?;
    let cannot = |error| refused(format!("cannot create {}: {error}", path.display()));
    let mut file = std::fs::File::create_new(&path).map_err(cannot)?;
    std::io::Write::write_all(&mut file, TEMPLATE.as_bytes()).map_err(cannot)?;
    session.dirty.mark(uri);
    session.refresh();
    Ok(())
}
