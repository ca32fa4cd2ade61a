//! The name of a new program or library.

use crate::cli::read::shown;
use crate::errors::failure::Failure;
use provable::lang::quote::quoted;
use serde_json::json;
use std::path::Path;

/// The most characters of a name.
const LONGEST: usize = 64;

/// The last part of a path, if a program can have this name. A library's name has to be one of the language, because
/// programs call its routines by it.
pub fn of(folder: &Path, is_library: bool) -> Result<&str, Failure> {
    let refuse = |why: &str, help: String| {
        Err(Failure::unusable(why.to_owned())
            .field("file", json!(folder.display().to_string()))
            .help(help))
    };
    // A path may end in `..`, which is no name.
    let Some(name) = folder.file_name() else {
        let why = format!("{} does not end with a name", shown(folder));
        return refuse(
            &why,
            "give the name of a new folder, as in `provable new auction`".into(),
        );
    };
    let name = name.to_str().unwrap_or_default();
    let is_good = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' && !is_library;
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !starts_well || !name.chars().all(is_good) || name.len() > LONGEST {
        let why = format!(
            "{} is no name for a {}",
            shown(Path::new(name)),
            what(is_library)
        );
        let dash = if is_library { "" } else { ", -" };
        let mut help = format!(
            "a name begins with a letter and has letters, digits, _{dash}, at most {LONGEST} characters of A-Z, a-z, 0-9"
        );
        if let Some(other) = mended(name, is_library) {
            help = format!("did you mean {}?", quoted(&other));
        }
        return refuse(&why, help);
    }
    if is_mnemonic(name) {
        let why = format!("{name} is the name of an instruction");
        return refuse(&why, "take another name".into());
    }
    Ok(name)
}

/// What has the name.
fn what(is_library: bool) -> &'static str {
    if is_library { "library" } else { "program" }
}

/// Whether the name is that of an instruction, which `.use` could not tell from it.
fn is_mnemonic(name: &str) -> bool {
    provable::lang::isa::Op::from_mnemonic(name).is_some()
}

/// A near name that can be used: with _ for every character that cannot.
fn mended(name: &str, is_library: bool) -> Option<String> {
    let is_good = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' && !is_library;
    let other = name.replace(|c: char| !is_good(c), "_");
    let begins = other.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && other.len() <= LONGEST).then_some(other)
}
