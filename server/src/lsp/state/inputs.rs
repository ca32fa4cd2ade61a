//! The inputs beside a program: `NAME.inputs.json` for `NAME.prov`, from the open text if the client has the file open, else
//! from disk. Runs, results, diagnostics and lenses all take them from here.

use super::documents::Documents;
use crate::lsp::position::Positions;
use crate::lsp::position_encoding::Encoding;
use crate::text_file;
use provable::lang::line_index::LineIndex;
use provable::vm::{Inputs, InputsError};
use std::path::{Path, PathBuf};
use tower_lsp_server::ls_types::Range;

/// Why inputs cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputsProblem {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it, for a person.
    pub message: String,
    /// From where the parser stopped to the end of that line, if the text is wrong.
    pub range: Option<Range>,
}

/// The inputs in the file at a path; none if there is neither a file nor an open text. Columns are counted in this unit.
///
/// # Errors
/// Why the inputs cannot be used.
pub fn read(
    path: &Path,
    documents: &Documents,
    encoding: Encoding,
) -> Result<Option<Inputs>, InputsProblem> {
    let problem = |message, range| InputsProblem {
        path: path.to_path_buf(),
        message,
        range,
    };
    let text = match documents.at(path) {
        Some(view) => Some(view.text()),
        None => text_file::read(path).map_err(|message| problem(message, None))?,
    };
    let Some(text) = text else {
        return Ok(None);
    };
    Inputs::from_json(&text).map(Some).map_err(|error| {
        let lines = LineIndex::new(&text);
        let positions = Positions {
            text: &text,
            lines: &lines,
            encoding,
        };
        let start = positions.position(offset(&text, &error));
        let end = positions.line_end(start.line as usize);
        problem(error.to_string(), Some(Range::new(start, end)))
    })
}

/// The offset at which the parser stopped, in bytes. It counts lines by line feeds and columns in bytes, and does not count
/// a byte order mark.
fn offset(text: &str, error: &InputsError) -> usize {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let body = text.get(start..).unwrap_or("");
    let mut lines = body.split_inclusive('\n');
    let before: usize = lines
        .by_ref()
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let line = lines.next().map_or(0, |line| line.trim_end().len());
    start + before + error.column().saturating_sub(1).min(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_placed_where_the_parser_stopped_whatever_ends_the_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.inputs.json");
        for (text, line, columns) in [
            ("{\"public\":\n[1,\n?]}", 2, 0..3),
            ("{\"public\":\r[1,\r?]}", 2, 0..3),
            ("{\"public\":\r\n[1,\r\n?]}", 2, 0..3),
            ("{\"public\":\r[\"é\", ?]\r}", 1, 3..8),
            ("\u{feff}{\"public\": [?]}", 0, 13..16),
            ("{\"public\": [1]\r", 0, 14..14),
        ] {
            std::fs::write(&path, text).unwrap();
            let found = read(&path, &Documents::default(), Encoding::Utf16);
            let range = found.unwrap_err().range.unwrap();
            let found = (range.start.line, range.start.character..range.end.character);
            assert_eq!((range.end.line, found), (line, (line, columns)), "{text:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_missing_file_is_a_problem_and_not_absent_inputs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.inputs.json");
        let documents = Documents::default();
        assert_eq!(read(&path, &documents, Encoding::Utf16), Ok(None));
        std::os::unix::fs::symlink("nowhere", &path).unwrap();
        let problem = read(&path, &documents, Encoding::Utf16).unwrap_err();
        assert!(
            problem.message.contains("does not exist"),
            "{}",
            problem.message
        );
    }
}
