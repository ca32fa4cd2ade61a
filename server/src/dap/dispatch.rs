//! From the name of a request to its handler.

use super::protocol::{Answer, Problem, Request};
use super::requests::{
    breakpoints, completions, disassembly, edit, evaluate, frames, lifecycle, motion, source,
    variables,
};
use super::session::Session;
use provable::lang::quote::quoted;

/// Answers a request.
///
/// # Errors
/// When it is refused.
pub fn answer(session: &mut Session<'_>, request: &Request) -> Answer {
    match request.command.as_str() {
        "configurationDone" => lifecycle::configuration_done(session),
        "disconnect" => lifecycle::disconnect(session),
        "terminate" => lifecycle::terminate(session),
        "restart" => lifecycle::restart(session, request),
        "setBreakpoints" => breakpoints::set_lines(session, request),
        "setFunctionBreakpoints" => breakpoints::set_functions(session, request),
        "setInstructionBreakpoints" => breakpoints::set_instructions(session, request),
        "dataBreakpointInfo" => breakpoints::info(session, request),
        "setDataBreakpoints" => breakpoints::set_data(session, request),
        "setExceptionBreakpoints" => breakpoints::set_exceptions(session, request),
        "breakpointLocations" => breakpoints::locations(session, request),
        "threads" => frames::threads(session),
        "stackTrace" => frames::stack_trace(session, request),
        "source" => source::text(request),
        "exceptionInfo" => frames::exception_info(session),
        "scopes" => variables::scopes(session),
        "variables" => variables::variables(session, request),
        "setVariable" => edit::set_variable(session, request),
        "setExpression" => edit::set_expression(session, request),
        "evaluate" => evaluate::evaluate(session, request),
        "completions" => completions::completions(session, request),
        "disassemble" => disassembly::disassemble(session, request),
        "continue" => motion::go_on(session),
        "reverseContinue" => motion::go_back(session),
        "next" => motion::next(session, request),
        "stepIn" => motion::step_in(session, request),
        "stepOut" => motion::step_out(session),
        "stepBack" => motion::step_back(session, request),
        "pause" => motion::pause(session),
        "gotoTargets" => motion::goto_targets(session, request),
        "goto" => motion::goto(session, request),
        "provable/goto" => motion::goto_step(session, request),
        "initialize" | "launch" | "attach" => Err(Problem::new(format!(
            "{}: the session has begun already",
            request.command
        ))),
        other => Err(Problem::new(format!(
            "there is no request \"{}\" here",
            quoted(other)
        ))),
    }
}
