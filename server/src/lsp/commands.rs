//! `workspace/executeCommand`: everything a user can start, from any client, with the program's URI as the one
//! argument. A command answers at once; what it starts is a job.

use super::documents::View;
use super::events::{Pending, name_of};
use super::identity::{DocumentId, Role};
use super::inputs::{self, TEMPLATE, beside, uri_beside};
use super::lost::UNKNOWN;
use super::progress::Progress;
use super::results::{Binding, JobKind, Tapes};
use super::session::Session;
use super::status;
use crate::worker::protocol::{Request, Subject};
use provable::lang::quote::quoted;
use provable::proof::Proof;
use provable::vm::Inputs;
use serde_json::{Value, json};
use std::path::Path;
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
    let open = session.documents.view_at(&uri);
    // What is on disk may be another text, which whoever asks does not see. A job can be stopped all the same.
    let is_of_text = ![CANCEL, CREATE_INPUTS].contains(&params.command.as_str());
    if is_of_text && open.is_none() && session.lost.has(&uri) {
        return Err(refused(format!("{}: {UNKNOWN}", name_of(&uri))));
    }
    let token = params.work_done_progress_params.work_done_token;
    match params.command.as_str() {
        RUN => start(session, uri, open, JobKind::Run, token)
            .await
            .map(Some),
        PROVE => start(session, uri, open, JobKind::Prove, token)
            .await
            .map(Some),
        VERIFY => start(session, uri, open, JobKind::Verify, token)
            .await
            .map(Some),
        CANCEL => {
            let place = place_of(&uri, open.as_deref());
            let _turn = session.document_locks.take(&place).await;
            let number = session.program_states.known_number(&place);
            session.cancel(|job| Some(job.number) == number);
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
            "there is no command {}; there are {}",
            quoted(other),
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

/// Where the program of a command lies. Of an open text that was found out when it was opened.
fn place_of(uri: &Uri, open: Option<&View>) -> DocumentId {
    open.map_or_else(|| DocumentId::placed(uri), |view| view.place.clone())
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
    let encoding = session.client_capabilities().encoding;
    Ok(Arc::new(View::of_program(uri.clone(), encoding, &text)))
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
    kind: JobKind,
    token: Option<NumberOrString>,
) -> Result<Value> {
    // Requests are answered side by side. A newer run whose order was ready first would be superseded by the older.
    let place = place_of(&uri, open.as_deref());
    let _turn = session.document_locks.take(&place).await;
    session.dirty.mark_inputs_of(&uri);
    let worker = Arc::clone(session);
    let subject = uri.clone();
    let order = tokio::task::spawn_blocking(move || {
        let view = open.map_or_else(|| from_disk(&worker, &subject), Ok)?;
        check_role(&view)?;
        order(&worker, &view, kind)
    })
    .await
    .map_err(|_| Error::internal_error())??;
    Ok(submit(session, uri, &place, kind, order, token))
}

/// Nothing is done with what is no program, or with a copy of one from elsewhere.
fn check_role(view: &View) -> Result<()> {
    let name = name_of(&view.uri);
    match view.role {
        Role::Program => Ok(()),
        Role::Copy => Err(refused(format!(
            "{name} is a copy that cannot be edited: open the program's file"
        ))),
        Role::Inputs | Role::Other => Err(refused(format!(
            "{name} is no program: programs end in .prov"
        ))),
    }
}

/// Checks that there is something to do, so that whoever asked hears at once when there is not.
fn order(session: &Session, view: &View, kind: JobKind) -> Result<Order> {
    let name = name_of(&view.uri);
    let snapshot = view.snapshot();
    let Some(program) = &snapshot.assembly.program else {
        return Err(refused(format!("{name} has errors: mend them first")));
    };
    let digest = program.digest();
    let subject = |inputs| Subject {
        name: name.clone(),
        program: snapshot.text().to_owned(),
        inputs,
    };
    let path = || {
        beside(&view.uri, "proof.json").ok_or_else(|| {
            refused(format!(
                "{name} is no file, so there is no place for its proof: save it first"
            ))
        })
    };
    if kind == JobKind::Verify {
        // A proof says itself which public input it speaks of: whoever received it has no other.
        let (text, proof) = proof_at(&path()?)?;
        let binding = Binding {
            program: digest,
            tapes: Tapes::Public(proof.public_input),
        };
        return Ok(Order {
            request: Request::Verify {
                subject: subject(Inputs::default()),
                proof: text.clone(),
            },
            binding,
            proof: Some(text),
        });
    }
    let inputs = session
        .inputs(&view.uri)
        .for_run()
        .map_err(|wrong| refused(format!("{}: {}", wrong.path.display(), wrong.message)))?;
    let binding = Binding {
        program: digest,
        tapes: Tapes::of(&inputs),
    };
    let config = session.config();
    let (max_steps, max_memory) = (config.limits.max_steps, config.limits.max_memory);
    let subject = subject(inputs);
    let request = match kind {
        JobKind::Prove => Request::Prove {
            subject,
            max_steps,
            max_memory,
            tier: config.tier,
            out: path()?,
        },
        _ => Request::Run {
            subject,
            max_steps,
            max_memory,
        },
    };
    Ok(Order {
        request,
        binding,
        proof: None,
    })
}

/// The proof file at a path.
fn proof_at(path: &Path) -> Result<(String, Proof)> {
    let text = inputs::read(path).map_err(refused)?.ok_or_else(|| {
        let path = path.display();
        refused(format!("there is no proof {path}: prove first"))
    })?;
    let proof = Proof::from_json(&text)
        .map_err(|error| refused(format!("{} is no proof: {error}", path.display())))?;
    Ok((text, proof))
}

fn submit(
    session: &Arc<Session>,
    uri: Uri,
    place: &DocumentId,
    kind: JobKind,
    order: Order,
    token: Option<NumberOrString>,
) -> Value {
    // Held from before the job is known until all of it is noted down, so that no event about it comes in between: one
    // that ends at once would have its end taken for something older, and would seem to be at work for ever.
    let mut pending = session.pending();
    let number = session.program_states.number(place);
    let job = session.jobs.submit(number.to_string(), order.request);
    let known = token.is_some();
    let token = token.unwrap_or_else(|| NumberOrString::String(format!("provable/{job}")));
    let progress = if known || session.client_capabilities().shows_progress {
        let title = format!("{} {}", kind.doing(), name_of(&uri));
        Progress::begin(session.client.clone(), token.clone(), known, title)
    } else {
        Progress::none()
    };
    pending.insert(
        job,
        Pending {
            uri,
            number,
            kind,
            binding: order.binding,
            proof: order.proof,
            token,
            progress,
        },
    );
    session
        .program_states
        .change_numbered(number, |program_state| program_state.asked(job, kind));
    drop(pending);
    session.refresh();
    json!({ "job": job })
}

async fn status_of(session: &Arc<Session>, uri: Uri, open: Option<Arc<View>>) -> Result<Value> {
    let session = Arc::clone(session);
    tokio::task::spawn_blocking(move || {
        let view = open.map_or_else(|| from_disk(&session, &uri), Ok)?;
        check_role(&view)?;
        let (program_state, now) = session.known(&view);
        Ok(status::to_json(&program_state, &now))
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
    if let Some(inputs) = uri_beside(uri, "inputs.json") {
        session.companions_changed(vec![inputs]);
    }
    Ok(())
}
