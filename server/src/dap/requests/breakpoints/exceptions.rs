//! `setExceptionBreakpoints`: at which traps to stop as at something that went wrong.

use super::Answer;
use crate::dap::protocol::breakpoints::SetExceptionBreakpoints;
use crate::dap::protocol::launch::Filter;
use crate::dap::protocol::{Problem, Request};
use crate::dap::session::Session;
use provable::vm::TrapReason;
use serde_json::json;

/// Filters: name, label, description.
const FILTERS: [(&str, &str, &str); 3] = [
    ("assertion", "Failed assertions", "ASSERT of 0"),
    (
        "limit",
        "Limits",
        "The limit of steps or of memory is reached",
    ),
    (
        "trap",
        "Other traps",
        "Any other instruction that cannot be executed",
    ),
];

/// The filters that are offered. All are on unless the client says otherwise.
pub fn filters() -> Vec<Filter> {
    let offered = FILTERS.map(|(filter, label, description)| Filter {
        filter,
        label,
        description,
        default: true,
    });
    offered.to_vec()
}

/// The filter that a trap falls under.
pub fn category(reason: &TrapReason) -> &'static str {
    match reason {
        TrapReason::AssertionFailed => "assertion",
        TrapReason::StepLimit { .. } | TrapReason::MemoryLimit { .. } => "limit",
        _ => "trap",
    }
}

pub fn set_exceptions(session: &mut Session<'_>, request: &Request) -> Answer {
    let wanted: SetExceptionBreakpoints = request.arguments()?;
    let known = |name: &str| FILTERS.iter().any(|(filter, ..)| *filter == name);
    if let Some(unknown) = wanted.filters.iter().find(|name| !known(name)) {
        return Err(Problem::new(format!(
            "there is no filter {unknown:?}; there are assertion, limit and trap"
        )));
    }
    session.settings.filters = Some(wanted.filters);
    Ok(json!({}))
}
