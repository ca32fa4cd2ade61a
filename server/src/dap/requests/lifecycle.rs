//! Beginning and ending: `configurationDone`, `restart`, `terminate`, `disconnect`.

use crate::dap::protocol::launch::Launch;
use crate::dap::protocol::{Answer, Problem, Request};
use crate::dap::session::{Session, SessionEnd};
use serde_json::Value;

pub fn configuration_done(session: &mut Session<'_>) -> Answer {
    session.begin();
    Ok(Value::Null)
}

pub fn disconnect(session: &mut Session<'_>) -> Answer {
    session.end = Some(SessionEnd::Closed);
    Ok(Value::Null)
}

pub fn terminate(session: &mut Session<'_>) -> Answer {
    session.terminate();
    Ok(Value::Null)
}

/// Reads the program and its inputs again. If they cannot be read, the session goes on as it was.
pub fn restart(session: &mut Session<'_>, request: &Request) -> Answer {
    let launch = match request.arguments.get("arguments") {
        Some(again) => serde_json::from_value::<Launch>(again.clone())
            .map_err(|error| Problem::shown(format!("restart: wrong arguments: {error}")))?,
        None => session.settings.launch.clone(),
    };
    let debuggee = (session.load)(&launch).map_err(Problem::shown)?;
    session.settings.launch = launch;
    session.announce_continued();
    session.end = Some(SessionEnd::Restart(Box::new(debuggee)));
    Ok(Value::Null)
}
