//! Serves a client: first what launches a program, then the requests of a session.

use super::debuggee::Load;
use super::dispatch;
use super::frames;
use super::launch::launched;
use super::receive::receive;
use super::requests::breakpoints::resolve_again;
use super::session::{Session, SessionEnd, Settings};
use super::wire::{Gone, Incoming, Output, Wire};
use crate::logging::targets::DAP;
use futures_executor::block_on;
use provable::lang::quote::shortened;
use serde_json::Value;
use std::io::{Read, Write};
use tracing::debug_span;

/// Serves one client on two streams until it disconnects or closes its end.
pub fn serve(
    input: impl Read + Send + 'static,
    mut output: impl Write + Send + 'static,
    load: &Load,
) {
    let write = move |message: &Value| frames::write(&mut output, message);
    block_on(converse(Incoming::read(input), Box::new(write), load));
}

/// Serves one client until it disconnects or sends no more.
pub async fn converse(mut incoming: Incoming, output: Output, load: &Load) {
    let mut wire = Wire::new(output);
    let mut settings = Settings::default();
    let launched = launched(&mut incoming, &mut wire, &mut settings, load);
    let Some(mut debuggee) = launched.await else {
        return;
    };
    wire.event("initialized", Value::Null);
    let mut is_restart = false;
    loop {
        let mut session = Session::new(&debuggee, &mut settings, &mut wire, load);
        if is_restart {
            resolve_again(&mut session);
            session.begin();
            session.send_events();
        }
        match run(session, &mut incoming).await {
            SessionEnd::Closed => return,
            SessionEnd::Restart(again) => debuggee = *again,
        }
        is_restart = true;
    }
}

/// Serves a session to its end. While the program moves, requests are answered between pieces of the movement.
async fn run(mut session: Session<'_>, incoming: &mut Incoming) -> SessionEnd {
    loop {
        let frame = match session.is_moving() {
            true => incoming.poll().await,
            false => incoming.next().await.map(Some).ok_or(Gone),
        };
        match frame {
            Err(Gone) => return SessionEnd::Closed,
            Ok(None) => session.advance(),
            Ok(Some(frame)) => {
                if let Some(request) = receive(frame, session.wire()) {
                    let command = shortened(&request.command);
                    let span = debug_span!(target: DAP, "request", command = &*command);
                    let answer = span.in_scope(|| dispatch::answer(&mut session, &request));
                    session.respond(&request, answer);
                }
            }
        }
        session.send_events();
        if let Some(end) = session.end.take() {
            return end;
        }
    }
}
