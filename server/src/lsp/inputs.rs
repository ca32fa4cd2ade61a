//! The inputs beside a program: `NAME.inputs.json` for `NAME.prov`, as the client has it open or as it is on disk.

use super::documents::Documents;
use provable_core::line_index::LineColumn;
use provable_core::vm::{Inputs, InputsError};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use tower_lsp_server::ls_types::Uri;

/// The largest inputs or proof file that is read, in bytes.
const LIMIT: u64 = 16 << 20;

/// What a new inputs file holds.
pub const TEMPLATE: &str = "{\n  \"public\": [],\n  \"secret\": []\n}\n";

/// The file beside a program with another ending, `inputs.json` or `proof.json`.
pub fn beside(program: &Uri, ending: &str) -> Option<PathBuf> {
    let is_file = program.scheme().as_str() == "file";
    let path = program.to_file_path().filter(|_| is_file)?;
    Some(path.with_extension(ending))
}

/// Whether a file is one with inputs, and of which program.
pub fn program_of(uri: &Uri) -> Option<Uri> {
    let stem = uri.as_str().strip_suffix(".inputs.json")?;
    format!("{stem}.prov").parse().ok()
}

/// Why inputs cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub message: String,
    /// Where, if it is in the text.
    pub place: Option<LineColumn>,
}

/// The inputs of a program, and whether there is a file with them. Without one there are none.
pub fn of(program: &Uri, documents: &Documents) -> Result<(Inputs, bool), Wrong> {
    let Some(path) = beside(program, "inputs.json") else {
        return Ok((Inputs::default(), false));
    };
    let open = Uri::from_file_path(&path).and_then(|uri| documents.view(&uri));
    let text = match open {
        Some(view) => Some(view.snapshot().text().to_owned()),
        None => read(&path).map_err(|message| Wrong {
            path: path.clone(),
            message,
            place: None,
        })?,
    };
    match text {
        None => Ok((Inputs::default(), false)),
        Some(text) => match parse(&text) {
            Ok(inputs) => Ok((inputs, true)),
            Err((message, place)) => Err(Wrong {
                path,
                message,
                place: Some(place),
            }),
        },
    }
}

/// Reads the text of an inputs file; what is wrong with it never repeats a word of the secret input.
pub fn parse(text: &str) -> Result<Inputs, (String, LineColumn)> {
    Inputs::from_json(text).map_err(|error: InputsError| {
        let place = LineColumn {
            line: error.line().saturating_sub(1),
            column: error.column().saturating_sub(1),
        };
        (error.to_string(), place)
    })
}

/// The text of a file, none if there is no such file.
pub fn read(path: &Path) -> Result<Option<String>, String> {
    let cannot = |error| format!("cannot read {}: {error}", path.display());
    // To open a pipe would wait for somebody to write to it.
    let is_regular = std::fs::metadata(path).map(|data| data.is_file());
    let opened = is_regular.and_then(|is_regular| is_regular.then(|| File::open(path)).transpose());
    let file = match opened {
        Ok(Some(file)) => file,
        Ok(None) => return Err(format!("{} is no regular file", path.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot(error)),
    };
    let mut bytes = Vec::new();
    file.take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > LIMIT {
        return Err(format!(
            "{} is larger than {} MiB, the most that is read of such a file",
            path.display(),
            LIMIT >> 20
        ));
    }
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|_| format!("{} is not UTF-8 text: save it as UTF-8", path.display()))
}
