//! Reading the text of a file of bounded size.

use provable::store::regular_file;
use provable_host::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The largest file that is read, in bytes.
const LIMIT: u64 = 16 << 20;

/// The text of a file; none if the file does not exist.
///
/// # Errors
/// Why the file cannot be read, with the way out.
pub fn read(path: &Path) -> Result<Option<String>, String> {
    read_named(path, &path.display().to_string(), LIMIT)
}

/// The text of a file of at most `limit` bytes that messages call `name`; none if the file does not exist.
///
/// # Errors
/// Why the file cannot be read, with the way out.
pub fn read_named(path: &Path, name: &str, limit: u64) -> Result<Option<String>, String> {
    let cannot = |error| format!("cannot read {name}: {error}");
    let file = match regular_file::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return match fs::symlink_metadata(path) {
                Ok(_) => Err(format!(
                    "{name} is a link to a file that does not exist: mend or remove it"
                )),
                Err(_) => Ok(None),
            };
        }
        Err(error) => return Err(cannot(error)),
    };
    let mut bytes = Vec::new();
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > limit {
        return Err(format!(
            "{name} is larger than {} MiB, the most that is read of such a file",
            limit >> 20
        ));
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        format!("{name} is not UTF-8 text (byte {good} of the file): save it as UTF-8")
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_missing_file_is_an_error_and_no_absent_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.inputs.json");
        assert_eq!(read(&path), Ok(None));
        std::os::unix::fs::symlink("nowhere", &path).unwrap();
        let error = read(&path).unwrap_err();
        assert!(error.contains("does not exist"), "{error}");
    }
}
