//! Before a program is launched: `initialize` and `launch`. There is nothing else to ask for.

use super::capabilities;
use super::debuggee::{Debuggee, Load};
use super::protocol::launch::{Initialize, Launch};
use super::protocol::{Answer, Problem, Request, body};
use super::receive::receive;
use super::session::Settings;
use super::wire::{Incoming, Wire};
use provable::lang::quote::quoted;
use serde_json::Value;

/// Answers until a program is launched; none if the client goes before that.
pub async fn launched(
    incoming: &mut Incoming,
    wire: &mut Wire,
    settings: &mut Settings,
    load: &Load,
) -> Option<Debuggee> {
    loop {
        let request = match receive(incoming.next().await?, wire) {
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

fn initialize(request: &Request, settings: &mut Settings) -> Answer {
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
