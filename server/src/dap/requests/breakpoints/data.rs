//! `dataBreakpointInfo` and `setDataBreakpoints`: heap cells to watch. A run stops after the step that touched one.

use super::data_id::id_of;
use super::set::{answered, number, resolve_kind};
use crate::dap::expression::{Expression, List, parse};
use crate::dap::protocol::breakpoints::{DataBreakpointInfo, SetDataBreakpoints};
use crate::dap::protocol::{Answer, Problem, Request};
use crate::dap::requests::value::wrong;
use crate::dap::requests::variable_groups::HEAP;
use crate::dap::session::Session;
use crate::dap::stops::StopKind;
use serde_json::{Value, json};

/// `dataBreakpointInfo`: whether a variable is a heap cell.
pub fn info(session: &Session<'_>, request: &Request) -> Answer {
    let wanted: DataBreakpointInfo = request.arguments()?;
    let cell = match wanted.variables_reference {
        Some(HEAP) => {
            let address = wanted.name.trim_matches(['[', ']']).parse();
            address.map_err(|_| Problem::new("there is no such heap cell"))
        }
        Some(reference) if reference > 0 => Err(Problem::new("only heap cells can be watched")),
        _ => named(session, &wanted),
    };
    Ok(match cell {
        Ok(address) => json!({
            "dataId": id_of(address),
            "description": format!("heap[{address}]"),
            "accessTypes": ["read", "write", "readWrite"],
            "canPersist": true,
        }),
        Err(problem) => json!({ "dataId": Value::Null, "description": problem.message }),
    })
}

/// The cell that an expression names: `heap[3]`, or its address alone, such as the name of a variable.
fn named(session: &Session<'_>, wanted: &DataBreakpointInfo) -> Result<u32, Problem> {
    match parse(&wanted.name, &session.scope(wanted.frame_id)).map_err(wrong)? {
        Expression::Entry(List::Heap, place) => place.value(session.view()).map_err(wrong),
        Expression::Number(address) => Ok(address),
        _ => Err(Problem::new(
            "only heap cells can be watched, such as heap[3]",
        )),
    }
}

/// `setDataBreakpoints`.
pub fn set_data(session: &mut Session<'_>, request: &Request) -> Answer {
    let wanted: SetDataBreakpoints = request.arguments()?;
    session.settings.data = number(session.settings, wanted.breakpoints);
    answered(resolve_kind(session, StopKind::Data))
}
