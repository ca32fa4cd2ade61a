//! `provable lsp`: the language server.

use super::args::LspArgs;
use crate::errors::failure::{Exit, Failure};
use crate::lsp;

/// The exit status is the protocol's: 0 after `shutdown`, else 1.
pub fn command(args: &LspArgs) -> Result<Exit, Failure> {
    let was_asked = lsp::main(args.keys.dir.clone())
        .map_err(|error| Failure::unusable(format!("the language server cannot start: {error}")))?;
    Ok(match was_asked {
        true => Exit::Done,
        false => Exit::Negative,
    })
}
