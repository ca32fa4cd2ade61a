//! What a client can ask for once a program is launched; each topic is a file.

pub mod breakpoints;
pub mod capabilities;
mod frames;
mod life;
mod motion;
mod variables;

use super::protocol::{Problem, Request};
use super::session::Session;
use serde_json::Value;

/// Answers a request.
///
/// # Errors
/// When it is refused.
pub fn answer(session: &mut Session<'_>, request: &Request) -> Result<Value, Problem> {
    match request.command.as_str() {
        "configurationDone" => life::configuration_done(session),
        "disconnect" => life::disconnect(session),
        "terminate" => life::terminate(session),
        "restart" => life::restart(session, request),
        "setBreakpoints" => breakpoints::set_lines(session, request),
        "threads" => frames::threads(session),
        "stackTrace" => frames::stack_trace(session, request),
        "scopes" => variables::scopes(session),
        "variables" => variables::variables(session, request),
        "continue" => motion::go_on(session),
        "reverseContinue" => motion::go_back(session),
        "next" => motion::next(session),
        "stepIn" => motion::step_in(session),
        "stepOut" => motion::step_out(session),
        "stepBack" => motion::step_back(session, request),
        "pause" => motion::pause(session),
        "initialize" | "launch" | "attach" => Err(Problem::new(format!(
            "{}: the session has begun already",
            request.command
        ))),
        other => Err(Problem::new(format!("there is no request {other:?} here"))),
    }
}
