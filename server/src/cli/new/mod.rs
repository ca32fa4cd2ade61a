//! `provable new`: a folder with a program or a library, its tests, and what a repository needs beside it.

mod name;

use super::args::NewArgs;
use super::output::Output;
use super::read::shown;
use crate::errors::failure::{Exit, Failure};
use provable::store::atomic_file::folder_of;
use serde_json::json;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What stands in the templates for the name of the program.
const NAME: &str = "@NAME@";

/// The files of every folder, apart from the program: paths and texts.
const COMMON: [(&str, &str); 2] = [
    (".gitignore", include_str!("templates/gitignore")),
    (
        ".github/workflows/check.yml",
        include_str!("templates/check.yml"),
    ),
];

pub fn command(args: &NewArgs, output: &Output) -> Result<Exit, Failure> {
    let name = name::of(&args.folder, args.lib)?;
    let files = files(name, args.lib);
    let failed = |error: io::Error| {
        let message = format!("cannot make {}: {error}", shown(&args.folder));
        let failure = Failure::unusable(message);
        failure.field("file", json!(args.folder.display().to_string()))
    };
    let parent = folder_of(&args.folder);
    if !parent.is_dir() {
        let why = match parent.exists() {
            true => "is no folder",
            false => "does not exist",
        };
        let message = format!("the folder {} {why}", shown(&parent));
        return Err(Failure::unusable(message)
            .field("file", json!(args.folder.display().to_string()))
            .help("make it first, or give the path of a new folder in one that is there"));
    }
    if is_taken(&args.folder).map_err(failed)? {
        let message = format!("{} is there, and is no empty folder", shown(&args.folder));
        return Err(Failure::unusable(message)
            .field("file", json!(args.folder.display().to_string()))
            .help("take another name, or move that one away first; nothing was done"));
    }
    make(&args.folder, name, &files).map_err(failed)?;
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    output.answer(
        || {
            json!({
                "status": "ok",
                "folder": args.folder.display().to_string(),
                "files": paths,
            })
        },
        || to_text(&args.folder, name, &paths, args.lib),
    )?;
    Ok(Exit::Done)
}

/// The files: their paths in the folder, and their texts.
fn files(name: &str, is_library: bool) -> Vec<(String, String)> {
    let program = match is_library {
        true => include_str!("templates/library.prov"),
        false => include_str!("templates/program.prov"),
    };
    let mut files = vec![(format!("{name}.prov"), program.replace(NAME, name))];
    if !is_library {
        let inputs = include_str!("templates/inputs.json");
        files.push((format!("{name}.inputs.json"), inputs.to_owned()));
    }
    let common = COMMON.map(|(path, text)| (path.to_owned(), text.to_owned()));
    files.extend(common);
    files
}

/// Whether something is in the place of the folder that cannot be taken for it: an empty folder can.
fn is_taken(folder: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        Ok(data) if !data.is_dir() => Ok(true),
        Ok(_) => Ok(fs::read_dir(folder)?.next().is_some()),
    }
}

/// Makes the folder: beside its place, under another name, until it is whole.
fn make(folder: &Path, name: &str, files: &[(String, String)]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    let prefix = format!(".{name}.");
    builder.prefix(&prefix);
    // As for any new folder, the user's mask says who may read it.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    let made = builder.tempdir_in(folder_of(folder))?;
    for (path, text) in files {
        let path: PathBuf = made.path().join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    // Only an empty folder can be removed, and nothing but a folder can be in its place.
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => fs::rename(made.path(), folder)?,
    }
    let _ = made.keep();
    Ok(())
}

fn to_text(folder: &Path, name: &str, paths: &[&str], is_library: bool) -> String {
    let mut text = format!("made {}\n", shown(folder));
    for path in paths {
        text.push_str(&format!("  {path}\n"));
    }
    text.push_str("next, in that folder\n");
    text.push_str(&format!("  provable test {name}.prov\n"));
    if !is_library {
        text.push_str(&format!("  provable prove {name}.prov\n"));
    }
    text
}
