//! `setVariable` and `setExpression`: "what if this word were another?" From here on the run is another one, and what
//! came before stays. A restart undoes the change.

use super::value::{value_of, wrong};
use super::variable_groups::{FLAGS, HEAP, STACK};
use crate::dap::expression::{Expression, List, Part, parse};
use crate::dap::protocol::inspect::{SetExpression, SetVariable};
use crate::dap::protocol::{Answer, Problem, Request};
use crate::dap::session::Session;
use crate::dap::values;
use provable::vm::replay::Edit;
use serde_json::json;

pub fn set_variable(session: &mut Session<'_>, request: &Request) -> Answer {
    session.must_be_stopped()?;
    let wanted: SetVariable = request.arguments()?;
    let place = wanted
        .name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    let place = place.and_then(|place| place.parse::<u32>().ok());
    let name = match (wanted.variables_reference, place) {
        (STACK, Some(place)) => format!("stack[{place}]"),
        (HEAP, Some(place)) => format!("heap[{place}]"),
        (FLAGS, None) if wanted.name == "C" => "carry".into(),
        _ => return Err(Problem::new(CANNOT)),
    };
    let word = set(session, &name, &wanted.value, None)?;
    Ok(json!({ "value": values::word(word, wanted.format), "type": "word" }))
}

pub fn set_expression(session: &mut Session<'_>, request: &Request) -> Answer {
    session.must_be_stopped()?;
    let wanted: SetExpression = request.arguments()?;
    let word = set(session, &wanted.expression, &wanted.value, wanted.frame_id)?;
    Ok(json!({ "value": values::word(word, wanted.format), "type": "word" }))
}

const CANNOT: &str = "only words of the stack, heap cells and the carry flag can be set";

/// Sets what an expression names in a frame to the value of another expression. Returns that value.
pub fn set(
    session: &mut Session<'_>,
    name: &str,
    value: &str,
    frame: Option<u64>,
) -> Result<u32, Problem> {
    let named = parse(name, &session.scope(frame)).map_err(wrong)?;
    let word = value_of(session, value, frame)?;
    let place = |place: &Expression| place.value(session.view()).map_err(wrong);
    let edit = match &named {
        Expression::Part(Part::Top) => Edit::Stack { below: 0, word },
        Expression::Entry(List::Stack, at) => {
            let below = place(at)? as usize;
            Edit::Stack { below, word }
        }
        Expression::Entry(List::Heap, at) => {
            let address = place(at)?;
            Edit::Heap { address, word }
        }
        Expression::Part(Part::Carry | Part::Flags) if word <= 1 => Edit::Carry(word == 1),
        Expression::Part(Part::Carry | Part::Flags) => {
            return Err(Problem::new("the carry flag is 0 or 1"));
        }
        _ => return Err(Problem::new(CANNOT)),
    };
    session
        .recording
        .edit(edit)
        .map_err(|error| Problem::new(error.to_string()))?;
    session.print_to_console(
        "important",
        format!(
            "what if: from step {} on, with {} = {word}, this is another run than the program's; \
             restart to come back to that",
            session.recording.position(),
            name.trim()
        ),
    );
    session.state_changed();
    Ok(word)
}
