//! `source`: the text of a file that is on no disk, which is one of the standard library.

use crate::dap::debuggee::text_of;
use crate::dap::protocol::inspect::SourceText;
use crate::dap::protocol::{Answer, Problem, Request};
use serde_json::json;

pub fn text(request: &Request) -> Answer {
    let wanted: SourceText = request.arguments()?;
    let within = wanted.source.and_then(|source| source.source_reference);
    let number = within
        .filter(|number| *number > 0)
        .unwrap_or(wanted.source_reference);
    match text_of(number) {
        Some(text) => Ok(json!({ "content": text, "mimeType": "text/x-provable" })),
        None => Err(Problem::new(format!("there is no source {number}"))),
    }
}
