//! Reading what a command is given: programs, inputs, standard input. Every size is limited, every error names the
//! file, and the words of the secret input are in no message.

use super::args::ProgramArgs;
use super::exit::Failure;
use super::origin::is_there;
pub use crate::engine::Source;
use crate::logging::targets;
use provable::lang::quote::{self, without_mark};
use provable::vm::{Inputs, InputsError};
use serde_json::json;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use tracing::debug;

/// The largest program read, in bytes.
pub const PROGRAM_LIMIT: u64 = 64 << 20;
/// The largest inputs read, in bytes.
pub const INPUTS_LIMIT: u64 = 16 << 20;

/// Whether a path stands for standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses arguments that would read standard input twice: the second would find it empty.
pub fn read_once<'a>(sources: impl Iterator<Item = &'a OsStr>) -> Result<(), Failure> {
    match sources.filter(|source| *source == "-").count() {
        0 | 1 => Ok(()),
        _ => Err(
            Failure::unusable("standard input can be read for one thing only")
                .help("give the others as files or lists"),
        ),
    }
}

/// Reads a program, from a file or from standard input. JSON is none: one of the other files was given in its place.
pub fn program(path: &Path) -> Result<Source, Failure> {
    let source = read(path, PROGRAM_LIMIT)?;
    let start = without_mark(&source.text).trim_start();
    if !start.starts_with(['{', '[']) {
        return Ok(source);
    }
    let has = |key: &str| source.text.contains(&format!("\"{key}\""));
    let help = if has("verifying_key_digest") {
        "it is a proof: the program comes first, as in `provable verify PROGRAM PROOF`"
    } else if has("blind") {
        "it is an opening: the program comes first, as in `provable audit PROGRAM PROOF OPENING`"
    } else if has("public") || has("secret") {
        "it looks like the inputs of a program: a program is in a file that ends in .prov"
    } else {
        "a program has an instruction a line, and its file ends in .prov"
    };
    let failure = Failure::unusable(format!("{} is JSON, and no program", shown(path)));
    Err(failure.field("file", json!(source.name)).help(help))
}

/// Reads a text of at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Source, Failure> {
    let name = name_of(path);
    let bytes = bytes(path, limit)?;
    debug!(target: targets::LOAD, file = name, bytes = bytes.len(), "read");
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = 1 + error
            .as_bytes()
            .iter()
            .take(good)
            .filter(|byte| **byte == b'\n')
            .count();
        Failure::unusable(format!(
            "{}:{line}: not UTF-8 text (byte {good} of the file)",
            quote::name(&name)
        ))
        .field("file", json!(name))
        .field("line", json!(line))
        .help("save the file as UTF-8, or check that it is the file you meant")
    })?;
    Ok(Source { name, text })
}

/// Reads at most `limit` bytes.
pub fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let name = name_of(path);
    if is_stdin(path) {
        return bounded(std::io::stdin().lock(), &name, limit);
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    bounded(file, &name, limit)
}

/// A path's name, as messages show it: nothing in it is obeyed by a terminal.
pub fn shown(path: &Path) -> String {
    quote::name(&name_of(path))
}

/// What `--json` calls a path.
pub fn name_of(path: &Path) -> String {
    if is_stdin(path) {
        "<standard input>".to_string()
    } else {
        path.display().to_string()
    }
}

fn bounded(reader: impl Read, name: &str, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    reader
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            let shown = quote::name(name);
            Failure::unusable(format!("cannot read {shown}: {error}")).field("file", json!(name))
        })?;
    if bytes.len() as u64 > limit {
        return Err(Failure::unusable(format!(
            "{} is larger than {} MiB, the most that is read of such a file",
            quote::name(name),
            limit >> 20
        ))
        .field("file", json!(name))
        .help("check that it is the file you meant"));
    }
    Ok(bytes)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let name = name_of(path);
    let failure = Failure::unusable(format!("cannot read {}: {error}", shown(path)))
        .field("file", json!(name));
    match error.kind() {
        ErrorKind::NotFound => {}
        ErrorKind::PermissionDenied => return failure.help("have its owner let you read it"),
        _ => return failure,
    }
    if let Ok(target) = std::fs::read_link(path) {
        return failure.help(format!(
            "it is a link to {}, which is not there",
            quote::path(&target)
        ));
    }
    let with_ending = path.with_extension("prov");
    if path.extension().is_none() && with_ending.is_file() {
        failure.help(format!("did you mean {}?", quote::path(&with_ending)))
    } else {
        failure.help("check the path; it is relative to the folder you are in")
    }
}

/// `NAME.inputs.json` for `NAME.prov`.
pub fn beside(program: &Path, ending: &str) -> PathBuf {
    program.with_extension(ending)
}

/// The inputs that the arguments ask for: lists, a file, the file beside the program, or none.
pub fn inputs(args: &ProgramArgs) -> Result<Inputs, Failure> {
    let sources = [
        Some(args.program.as_os_str()),
        args.inputs.as_ref().map(|path| path.as_os_str()),
        args.public.as_ref().map(|list| list.trim().as_ref()),
        args.secret.as_ref().map(|list| list.trim().as_ref()),
    ];
    read_once(sources.into_iter().flatten())?;
    if args.public.is_some() || args.secret.is_some() {
        return lists(args.public.as_deref(), args.secret.as_deref());
    }
    let path = match &args.inputs {
        // It may hold the secret input, which no message repeats.
        Some(path) if is_json(path) => {
            return Err(
                Failure::unusable("--inputs takes the path of a file, and this is JSON")
                    .help("write it to a file, or to standard input with --inputs -"),
            );
        }
        Some(path) => path.clone(),
        None => {
            let path = beside(&args.program, "inputs.json");
            // A link to nothing, or a file that may not be read, is not the same as none.
            if is_stdin(&args.program) || !is_there(&path) {
                return Ok(Inputs::default());
            }
            path
        }
    };
    let source = read(&path, INPUTS_LIMIT)?;
    Inputs::from_json(&source.text).map_err(|error| malformed(&source.name, &error))
}

/// Whether an argument is the content of an inputs file, and not its path.
fn is_json(path: &Path) -> bool {
    let text = path.as_os_str().as_encoded_bytes().trim_ascii_start();
    text.starts_with(b"{") && !is_there(path)
}

fn malformed(name: &str, error: &InputsError) -> Failure {
    Failure::unusable(format!("{}: {error}", quote::name(name)))
        .field("file", json!(name))
        .field("line", json!(error.line()))
        .field("column", json!(error.column()))
        .help("inputs look like {\"public\": [10, \"0xff\"], \"secret\": [\"text:hello\", \"hex:68656c6c\"]}")
}

fn lists(public: Option<&str>, secret: Option<&str>) -> Result<Inputs, Failure> {
    let public = list(public, "--public")?;
    let secret = list(secret, "--secret")?;
    Ok(Inputs { public, secret })
}

/// A list of numbers, separated by commas or spaces; each is read as an entry of an inputs file would be.
fn list(argument: Option<&str>, flag: &str) -> Result<Vec<u32>, Failure> {
    let text = match argument.map(str::trim) {
        None => return Ok(Vec::new()),
        Some("-") => read(Path::new("-"), INPUTS_LIMIT)?.text,
        Some(list) => list.to_string(),
    };
    let text = without_mark(&text).trim();
    let mut entries: Vec<&str> = Vec::new();
    for part in text.split(outside_quotes(|c| c == ',')) {
        let mut found = part
            .split(outside_quotes(char::is_whitespace))
            .filter(|one| !one.is_empty())
            .peekable();
        if found.peek().is_none() && !text.is_empty() {
            return Err(
                Failure::unusable(format!("{flag}: entry {} is empty", entries.len() + 1))
                    .help("between two commas, and before and after one, there is a number"),
            );
        }
        entries.extend(found);
    }
    entries
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let file = json!({ "public": [entry] }).to_string();
            // An entry such as `text:hi` is several words.
            let words = Inputs::from_json(&file).map(|one| one.public.clone());
            words.map_err(|_| {
                Failure::unusable(format!(
                    "{flag}: entry {} is no number from -2147483648 to 4294967295",
                    index + 1
                ))
                .help(
                    "numbers look like 7, -7, 0xff, 0b101 or 'a', with commas between; text:hi, hex:00000068 and \
                     bytes:6869 stand for several",
                )
            })
        })
        .collect::<Result<Vec<_>, _>>()
        .map(|entries| entries.concat())
}

/// A separator, but in a character literal, where it stands for itself. A literal begins where an entry does: elsewhere
/// an apostrophe is a letter of a text.
fn outside_quotes(is_separator: impl Fn(char) -> bool) -> impl FnMut(char) -> bool {
    let (mut is_quoted, mut is_escaped, mut is_start) = (false, false, true);
    move |c| {
        let was_escaped = std::mem::replace(&mut is_escaped, false);
        let was_start = std::mem::replace(&mut is_start, c == ',' || c.is_whitespace());
        match c {
            '\\' if is_quoted => is_escaped = !was_escaped,
            '\'' if is_quoted && !was_escaped => is_quoted = false,
            '\'' if was_start => is_quoted = true,
            _ => {}
        }
        !is_quoted && is_separator(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_an_inputs_file_would_be() {
        assert_eq!(
            list(Some("1, 0x10,-1 'a'"), "--public").unwrap(),
            [1, 16, u32::MAX, 97]
        );
        assert_eq!(
            list(Some("','  ' ' '\\'', '\\\\'"), "--public").unwrap(),
            [44, 32, 39, 92]
        );
        assert_eq!(list(Some("\u{feff}1\n2\n"), "--public").unwrap(), [1, 2]);
        assert_eq!(
            list(Some("text:hi, 7 hex:0000000100000002,bytes:ff"), "--public").unwrap(),
            [104, 105, 7, 1, 2, 255]
        );
        assert_eq!(
            list(Some("text:it's,7,8 'a'"), "--public").unwrap(),
            [105, 116, 39, 115, 7, 8, 97]
        );
        assert_eq!(list(Some(""), "--public").unwrap(), [] as [u32; 0]);
        assert_eq!(list(None, "--public").unwrap(), [] as [u32; 0]);
    }

    proptest::proptest! {
        #[test]
        fn any_list_is_read_or_refused_and_what_is_written_comes_back(
            text in "[-0-9a-fx_', \\\\\u{feff}é]{0,40}", words: Vec<u32>,
        ) {
            // That is standard input.
            proptest::prop_assume!(text.trim() != "-");
            let _ = list(Some(&text), "--public");
            let written: Vec<String> = words.iter().map(u32::to_string).collect();
            for separator in [",", " ", " , "] {
                let read = list(Some(&written.join(separator)), "--public").ok();
                proptest::prop_assert_eq!(read.as_ref(), Some(&words));
            }
        }
    }

    #[test]
    fn an_empty_entry_is_refused() {
        for (text, place) in [
            ("1,,2", 2),
            (",1", 1),
            ("1, 2 ,", 3),
            (",", 1),
            ("1, ,2", 2),
        ] {
            let message = list(Some(text), "--public").unwrap_err().to_text();
            let told = format!("--public: entry {place} is empty");
            assert!(message.contains(&told), "{text}: {message}");
        }
    }

    #[test]
    fn a_wrong_entry_is_named_by_its_place_and_never_repeated() {
        let message = list(Some("1,hunter2"), "--secret").unwrap_err().to_text();
        assert!(
            message.contains("--secret: entry 2 is no number"),
            "{message}"
        );
        assert!(!message.contains("hunter2"), "{message}");
    }
}
