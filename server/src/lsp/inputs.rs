//! The inputs beside a program: `NAME.inputs.json` for `NAME.prov`, as the client has it open or as it is on disk. This
//! is the one place that says what they are, for runs, results, diagnostics and lenses alike.

use super::documents::Documents;
use super::identity::path_of;
use super::position::{Encoding, Places};
use provable::lang::line_index::LineIndex;
use provable::store::regular_file;
use provable::vm::{Inputs, InputsError};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use tower_lsp_server::ls_types::{Range, Uri};

/// The largest inputs or proof file that is read, in bytes.
const LIMIT: u64 = 16 << 20;

/// What a new inputs file holds.
pub const TEMPLATE: &str = "{\n  \"public\": [],\n  \"secret\": []\n}\n";

/// The file beside a program with another ending, `inputs.json` or `proof.json`.
pub fn beside(program: &Uri, ending: &str) -> Option<PathBuf> {
    Some(path_of(program)?.with_extension(ending))
}

/// The URI of the file beside a program with another ending, as the client spells the rest.
pub fn uri_beside(program: &Uri, ending: &str) -> Option<Uri> {
    let spelled = program.as_str().strip_suffix("prov");
    let as_client = spelled.and_then(|stem| format!("{stem}{ending}").parse().ok());
    as_client.or_else(|| Uri::from_file_path(beside(program, ending)?))
}

/// The inputs of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// There is neither a file nor an open text with inputs.
    Absent,
    /// There are inputs.
    Given(Inputs),
    /// There is something that cannot be used.
    Wrong(Wrong),
}

/// Why inputs cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub message: String,
    /// From where reading stopped to the end of that line, if it is the text that is wrong.
    pub range: Option<Range>,
}

impl Beside {
    /// What a run is given: without a file, nothing.
    ///
    /// # Errors
    /// Why what is there cannot be used.
    pub fn for_run(self) -> Result<Inputs, Wrong> {
        match self {
            Beside::Absent => Ok(Inputs::default()),
            Beside::Given(inputs) => Ok(inputs),
            Beside::Wrong(wrong) => Err(wrong),
        }
    }
}

/// The inputs in the file at a path. Columns are counted in this unit.
pub fn at(path: &Path, documents: &Documents, encoding: Encoding) -> Beside {
    let text = match documents.at(path) {
        Some(view) => Ok(Some(view.text())),
        None => read(path),
    };
    let wrong = |message, range| {
        Beside::Wrong(Wrong {
            path: path.to_path_buf(),
            message,
            range,
        })
    };
    match text {
        Err(message) => wrong(message, None),
        Ok(None) => Beside::Absent,
        Ok(Some(text)) => match Inputs::from_json(&text) {
            Ok(inputs) => Beside::Given(inputs),
            Err(error) => {
                let lines = LineIndex::new(&text);
                let places = Places {
                    text: &text,
                    lines: &lines,
                    encoding,
                };
                let start = places.position(offset(&text, &error));
                let end = places.line_end(start.line as usize);
                wrong(error.to_string(), Some(Range::new(start, end)))
            }
        },
    }
}

/// Where reading stopped, in bytes. The reader of JSON counts line feeds and bytes, and no byte order mark.
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

/// The text of a file, none if there is no such file.
///
/// # Errors
/// Why what is there cannot be read.
pub fn read(path: &Path) -> Result<Option<String>, String> {
    let cannot = |error| format!("cannot read {}: {error}", path.display());
    let file = match regular_file::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return match std::fs::symlink_metadata(path) {
                Ok(_) => Err(format!(
                    "{} is a link to a file that does not exist: mend or remove it",
                    path.display()
                )),
                Err(_) => Ok(None),
            };
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_placed_where_reading_stopped_whatever_ends_the_lines() {
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
            let found = at(&path, &Documents::default(), Encoding::Utf16);
            let Beside::Wrong(Wrong {
                range: Some(range), ..
            }) = found
            else {
                panic!("{text:?}: {found:?}");
            };
            let found = (range.start.line, range.start.character..range.end.character);
            assert_eq!((range.end.line, found), (line, (line, columns)), "{text:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nothing_is_not_taken_for_no_inputs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.inputs.json");
        assert_eq!(
            at(&path, &Documents::default(), Encoding::Utf16),
            Beside::Absent
        );
        std::os::unix::fs::symlink("nowhere", &path).unwrap();
        let Beside::Wrong(wrong) = at(&path, &Documents::default(), Encoding::Utf16) else {
            panic!("it is wrong");
        };
        assert!(
            wrong.message.contains("does not exist"),
            "{}",
            wrong.message
        );
    }
}
