//! The beginning of a session: until something is launched, there is nothing to ask about.

use super::frames::Frame;
use super::protocol::launch::{Initialize, Launch};
use super::protocol::{Problem, Request, body};
use super::requests::capabilities;
use super::session::{Over, Session, Settings};
use super::wire::{Incoming, Wire};
use super::{Debuggee, Load};
use provable::lang::quote::quoted;
use serde_json::Value;
use std::io::{Read, Write};

/// Serves one client until it disconnects or closes its end.
pub fn serve(input: impl Read + Send + 'static, output: Box<dyn Write + Send>, load: &Load) {
    let incoming = Incoming::read(input);
    let mut wire = Wire::new(output);
    let mut settings = Settings::default();
    let Some(mut debuggee) = launched(&incoming, &mut wire, &mut settings, load) else {
        return;
    };
    wire.event("initialized", Value::Null);
    let mut is_restart = false;
    loop {
        let session = Session::new(&debuggee, &mut settings, &mut wire, load, is_restart);
        match session.run(&incoming) {
            Over::Closed => return,
            Over::Restart(again) => debuggee = *again,
        }
        is_restart = true;
    }
}

/// Answers until a program is launched; none if the client goes before that.
fn launched(
    incoming: &Incoming,
    wire: &mut Wire,
    settings: &mut Settings,
    load: &Load,
) -> Option<Debuggee> {
    loop {
        let request = match take(incoming.next()?, wire) {
            Some(request) => request,
            None => continue,
        };
        let answer = match request.command.as_str() {
            "initialize" => initialize(&request, settings),
            "launch" => match launch(&request, settings, load) {
                Ok(debuggee) => {
                    wire.respond(&request, Ok(Value::Null));
                    return Some(debuggee);
                }
                Err(problem) => Err(problem),
            },
            "attach" => Err(Problem::shown(
                "there is nothing to attach to: a program is run by its debugger; use a launch \
                 configuration with \"request\": \"launch\"",
            )),
            "disconnect" | "terminate" => {
                wire.respond(&request, Ok(Value::Null));
                return None;
            }
            other => Err(Problem::new(format!(
                "{}: nothing is launched yet",
                quoted(other)
            ))),
        };
        wire.respond(&request, answer);
    }
}

/// The request in a frame. What is none is answered as far as it can be.
pub fn take(frame: Frame, wire: &mut Wire) -> Option<Request> {
    let message = match frame {
        Frame::Message(message) => message,
        Frame::Malformed(why) => {
            wire.say("console", why);
            return None;
        }
    };
    match Request::read(message) {
        Ok(request) => Some(request),
        Err((Some(stand_in), why)) => {
            wire.respond(&stand_in, Err(Problem::new(why)));
            None
        }
        Err((None, why)) => {
            wire.say("console", why);
            None
        }
    }
}

fn initialize(request: &Request, settings: &mut Settings) -> Result<Value, Problem> {
    let client: Initialize = request.arguments()?;
    if client.path_format != "path" {
        return Err(Problem::shown(format!(
            "the client names files in the format {:?}; only \"path\" is understood",
            client.path_format
        )));
    }
    settings.client = client;
    body(capabilities::offered())
}

fn launch(request: &Request, settings: &mut Settings, load: &Load) -> Result<Debuggee, Problem> {
    let launch: Launch = request
        .arguments()
        .map_err(|problem| Problem::shown(problem.message))?;
    let debuggee = load(&launch).map_err(Problem::shown)?;
    settings.launch = launch;
    Ok(debuggee)
}
