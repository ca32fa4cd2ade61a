//! Beginning and ending: `configurationDone`, `restart`, `terminate`, `disconnect`.

use crate::dap::protocol::launch::Launch;
use crate::dap::protocol::{Problem, Request};
use crate::dap::session::{Over, Session};
use serde_json::Value;

pub fn configuration_done(session: &mut Session<'_>) -> Result<Value, Problem> {
    session.begin();
    Ok(Value::Null)
}

pub fn disconnect(session: &mut Session<'_>) -> Result<Value, Problem> {
    session.over = Some(Over::Closed);
    Ok(Value::Null)
}

pub fn terminate(session: &mut Session<'_>) -> Result<Value, Problem> {
    session.terminate();
    Ok(Value::Null)
}

/// Reads the program and its inputs again; if they cannot be, the session goes on as it was.
pub fn restart(session: &mut Session<'_>, request: &Request) -> Result<Value, Problem> {
    let launch = match request.arguments.get("arguments") {
        Some(again) => serde_json::from_value::<Launch>(again.clone())
            .map_err(|error| Problem::shown(format!("restart: wrong arguments: {error}")))?,
        None => session.settings.launch.clone(),
    };
    let debuggee = (session.load)(&launch).map_err(Problem::shown)?;
    session.settings.launch = launch;
    session.leave();
    session.over = Some(Over::Restart(Box::new(debuggee)));
    Ok(Value::Null)
}
