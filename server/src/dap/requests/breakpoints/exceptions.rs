//! `setExceptionBreakpoints`: which traps are reported as exceptions.

use crate::dap::exceptions::is_filter;
use crate::dap::protocol::breakpoints::SetExceptionBreakpoints;
use crate::dap::protocol::{Answer, Problem, Request};
use crate::dap::session::Session;
use serde_json::json;

pub fn set_exceptions(session: &mut Session<'_>, request: &Request) -> Answer {
    let wanted: SetExceptionBreakpoints = request.arguments()?;
    if let Some(unknown) = wanted.filters.iter().find(|name| !is_filter(name)) {
        return Err(Problem::new(format!(
            "there is no filter {unknown:?}; there are assertion, limit and trap"
        )));
    }
    session.settings.filters = Some(wanted.filters);
    Ok(json!({}))
}
