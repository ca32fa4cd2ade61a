//! The file of `--log`. It is opened before any work and appended to. A file with other content is refused.

use crate::errors::failure::Failure;
use crate::files::identity::{FileIdentity, is_device};
use crate::files::kind::protected_content;
use provable::lang::quote;
use provable_host::fs;
use serde_json::json;
use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Opens the log file. Its content stays: another process may be logging to it too. `arguments` are the arguments of the
/// command, which must not name the file a second time.
///
/// # Errors
/// When it cannot be written, is no file, has other content, or is named by another argument.
pub fn open(path: &Path, arguments: impl Iterator<Item = OsString>) -> Result<File, Failure> {
    let name = quote::path(path);
    let refuse = |why: String, help: &str| {
        let failure = Failure::unusable(why).field("file", json!(path.display().to_string()));
        Err(failure.help(help))
    };
    if path.as_os_str() == "-" {
        let why = "--log -: the log never goes to standard output".to_owned();
        return refuse(why, "without --log, -v logs to standard error");
    }
    if FileIdentity::is_stdout(path) {
        return refuse(
            format!("--log {name}: this is standard output, where the answer goes"),
            "without --log, -v logs to standard error",
        );
    }
    if others(arguments).any(|other| is_same(path, &other)) {
        let why = format!("--log {name}: another argument speaks of this file too");
        return refuse(why, "give the log a file of its own");
    }
    if !begins_as_log(path) {
        let why = format!("--log {name}: there is something in this file that is no log");
        return refuse(why, "give the log a file of its own");
    }
    if let Some(holds) = protected_content(path) {
        let why = format!("--log {name}: a file of this name is {holds}");
        return refuse(why, "give the log a file of its own, as provable.log");
    }
    // Opening a pipe would wait for its reader.
    let is_other = fs::metadata(path).is_ok_and(|data| !data.is_file() && !is_device(&data));
    if is_other {
        let why = format!("--log {name}: this is not a file");
        return refuse(
            why,
            "give the path of a file; without --log, -v logs to standard error",
        );
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).or_else(|error| {
        refuse(
            format!("cannot write the log {name}: {error}"),
            "give --log a file in a folder that you can write to",
        )
    })
}

/// Whether a file begins as a log, or is empty. Programs, proofs and keys do not. A file that cannot be read counts as a log
/// here: opening it reports the error.
fn begins_as_log(path: &Path) -> bool {
    const JSON: &[u8] = br#"{"timestamp":"#;
    let is_file = std::fs::metadata(path).is_ok_and(|data| data.is_file());
    let Some(file) = is_file.then(|| File::open(path).ok()).flatten() else {
        return true;
    };
    let mut start = Vec::new();
    if file
        .take(JSON.len() as u64)
        .read_to_end(&mut start)
        .is_err()
    {
        return true;
    }
    // A text begins with a time, as in `2026-01-31T`.
    let date = b"0000-00-00T";
    let is_time = start.iter().zip(date).all(|(found, model)| match model {
        b'0' => found.is_ascii_digit(),
        _ => found == model,
    });
    start.is_empty() || start == JSON || (is_time && start.len() > date.len())
}

/// The paths that the arguments may name, except for the log's own: each argument, what follows an equals sign or the letter
/// of a short option, and of a program its companion files.
fn others(arguments: impl Iterator<Item = OsString>) -> impl Iterator<Item = PathBuf> {
    let mut is_log = false;
    let named = arguments.filter_map(move |argument| {
        let is_value = std::mem::replace(&mut is_log, argument == "--log");
        let text = argument.to_string_lossy();
        if is_value || is_log || text.starts_with("--log=") {
            return None;
        }
        match text.split_once('=') {
            Some((option, value)) if option.starts_with('-') => Some(PathBuf::from(value)),
            _ => match text
                .strip_prefix('-')
                .and_then(|text| text.split_at_checked(1))
            {
                Some((letter, value)) if letter != "-" => Some(PathBuf::from(value)),
                _ => Some(PathBuf::from(&argument)),
            },
        }
    });
    named.flat_map(|path| {
        let is_program = path.extension() == Some(OsStr::new("prov"));
        let beside = ["inputs.json", "proof.json"].map(|ending| path.with_extension(ending));
        let beside = beside.into_iter().filter(move |_| is_program);
        std::iter::once(path).chain(beside)
    })
}

/// Whether two paths lead to one file, which need not exist yet.
fn is_same(one: &Path, other: &Path) -> bool {
    let one = FileIdentity::of(one);
    one.is_some() && one == FileIdentity::of(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_another_argument_names_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).into_os_string();
        std::fs::write(path("a.prov"), "HALT").unwrap();
        let opened = |log: &str, others: &[OsString]| {
            let log = folder.path().join(log);
            let own = [OsString::from("--log"), log.clone().into_os_string()];
            let all = own.into_iter().chain(others.iter().cloned());
            open(&log, all)
                .map(drop)
                .map_err(|failure| failure.in_one_line())
        };
        let mut with_value = OsString::from("--output=");
        with_value.push(path("out"));
        let mut attached = OsString::from("-o");
        attached.push(path("out"));
        for (log, other) in [
            ("a.prov", path("a.prov")),
            ("a.prov", path("./a.prov")),
            ("a.proof.json", path("a.prov")),
            ("a.inputs.json", path("a.prov")),
            ("out", path("out")),
            ("out", with_value),
            ("out", attached),
        ] {
            let error = opened(log, &["run".into(), other]).unwrap_err();
            assert!(error.contains("another argument"), "{error}");
        }
        assert_eq!(std::fs::read(path("a.prov")).unwrap(), b"HALT");
        assert!(!folder.path().join("out").exists());
        opened("log", &["run".into(), path("a.prov")]).unwrap();
    }

    #[test]
    fn a_file_with_other_content_is_refused_and_unchanged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        for (text, is_log) in [
            ("", true),
            (
                "2026-01-31T00:00:00.000000Z  INFO provable::run: halted\n",
                true,
            ),
            ("{\"timestamp\":\"2026-01-31T00:00:00.000000Z\"}\n", true),
            ("PUSH 1\n", false),
            ("{\"public\": [1]}\n", false),
            ("2026", false),
            ("2026-01-31T", false),
            ("\u{0}\u{1}", false),
        ] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(open(&path, std::iter::empty()).is_ok(), is_log, "{text:?}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_file_with_the_name_of_a_program_proof_or_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "a.prov",
            "a.Proof.JSON",
            "118-0.pk",
            "b.VK",
            "a.inputs.json",
        ] {
            let path = folder.path().join(name);
            let error = open(&path, std::iter::empty()).unwrap_err().in_one_line();
            assert!(error.contains("a file of this name is"), "{error}");
            assert!(!path.exists(), "{name}");
        }
    }

    #[test]
    fn a_path_that_is_no_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path(), Path::new("-"), &folder.path().join("no/log")] {
            open(path, std::iter::empty()).unwrap_err();
        }
    }
}
