//! `evaluate`: expressions for watches, hovers and the console, and the console's commands.

use super::value::wrong;
use super::variable_groups::group_of;
use super::{console, row};
use crate::dap::expression::{Expression, Part, list, parse};
use crate::dap::protocol::inspect::{Evaluate, Evaluated};
use crate::dap::protocol::{Answer, Request, body};
use crate::dap::session::Session;
use crate::dap::values;
use provable::lang::quote::plural;

pub fn evaluate(session: &mut Session<'_>, request: &Request) -> Answer {
    session.must_be_stopped()?;
    let wanted: Evaluate = request.arguments()?;
    let context = wanted.context.as_deref().unwrap_or_default();
    // A client that gives no context has one place to type in.
    if matches!(context, "repl" | "")
        && let Some(result) = console::command(session, &wanted.expression, wanted.frame_id)?
    {
        return body(Evaluated {
            result,
            ..Evaluated::default()
        });
    }
    if row::is_asked(session, &wanted, context) {
        return body(Evaluated {
            result: row::describe(session),
            ..Evaluated::default()
        });
    }
    if let Some(list) = list(&wanted.expression) {
        let (machine, inputs) = (session.recording.machine(), session.recording.inputs());
        let (reference, length) = group_of(list, machine, inputs);
        return body(Evaluated {
            result: plural(length, "word"),
            kind: Some("list"),
            variables_reference: if length > 0 { reference } else { 0 },
            indexed_variables: (length > 0).then_some(length as u64),
            ..Evaluated::default()
        });
    }
    let scope = session.scope(wanted.frame_id);
    let expression = parse(&wanted.expression, &scope).map_err(wrong)?;
    let word = expression.value(session.view()).map_err(wrong)?;
    let result = match (&expression, context, wanted.format) {
        // The only value that may not fit in a word.
        (Expression::Part(Part::Step), _, None) => session.recording.position().to_string(),
        (_, "hover" | "repl", None) => values::full(word),
        _ => values::word(word, wanted.format),
    };
    body(Evaluated {
        result,
        kind: Some("word"),
        ..Evaluated::default()
    })
}
