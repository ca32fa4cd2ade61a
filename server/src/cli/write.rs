//! Writing files for a command: `--json` names the one that cannot be written.

use super::exit::Failure;
use crate::engine::write;
pub use crate::engine::write::Audience;
use serde_json::json;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes a file, whole or not at all.
pub fn whole<T>(
    path: &Path,
    audience: Audience,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> Result<T, Failure> {
    write::whole(path, audience, content)
        .map_err(|refusal| Failure::from(refusal).field("file", json!(path.display().to_string())))
}
