//! The companion files of a program `NAME.prov`: `NAME.inputs.json` and `NAME.proof.json` in the same folder.

use super::document_uri::{file_uri, path_of};
use std::path::PathBuf;
use tower_lsp_server::ls_types::Uri;

/// The ending of the inputs file.
pub const INPUTS: &str = "inputs.json";
/// The ending of the proof file.
pub const PROOF: &str = "proof.json";
/// The endings of all companion files.
pub const ENDINGS: [&str; 2] = [INPUTS, PROOF];

/// The text of a new inputs file.
pub const INPUTS_TEMPLATE: &str = "{\n  \"public\": [],\n  \"secret\": []\n}\n";

/// The path of a companion file. None if the program is not a file.
pub fn companion_path(program: &Uri, ending: &str) -> Option<PathBuf> {
    Some(path_of(program)?.with_extension(ending))
}

/// The URI of a companion file, in the spelling of the program's URI. None if the program is not a file.
pub fn companion_uri(program: &Uri, ending: &str) -> Option<Uri> {
    let stem = program.as_str().strip_suffix("prov");
    let spelled = stem.and_then(|stem| format!("{stem}{ending}").parse().ok());
    spelled.or_else(|| file_uri(&companion_path(program, ending)?))
}
