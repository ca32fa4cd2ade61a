//! The edits of `.use` lines that keep programs what they are when files are renamed: in the files that name a renamed one,
//! and in a renamed file itself if its folder changes.

use crate::lsp::position::Positions;
use crate::lsp::position_encoding::Encoding;
use crate::lsp::state::Session;
use crate::lsp::state::workspace_folders::SymbolIndex;
use crate::program_state::DocumentId;
use provable::lang::modules::{ModulePath, Parsed, UseLine, default_alias};
use provable::lang::syntax::Body;
use provable_host::fs;
use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use tower_lsp_server::ls_types::{TextEdit, Uri};

/// The edits of a text.
pub struct MendedText {
    /// The text.
    pub uri: Uri,
    /// Its version, if it is open.
    pub version: Option<i32>,
    /// The edits.
    pub edits: Vec<TextEdit>,
}

/// Files that get other paths.
pub struct Renames(Vec<(PathBuf, PathBuf)>);

impl Renames {
    /// From the URIs of files and folders.
    pub fn new<'a>(pairs: impl Iterator<Item = (&'a Uri, &'a Uri)>) -> Renames {
        let placed = pairs.map(|(old, new)| (DocumentId::placed(old), DocumentId::placed(new)));
        let paths = placed.filter_map(|pair| match pair {
            (DocumentId::File(old), DocumentId::File(new)) => Some((old, new)),
            _ => None,
        });
        Renames(paths.collect())
    }

    /// The path that a file will have.
    fn after(&self, path: &Path) -> PathBuf {
        let file = DocumentId::File(path.to_path_buf());
        let mut found = self
            .0
            .iter()
            .filter_map(|(old, new)| file.renamed(old, new));
        match found.next() {
            Some(DocumentId::File(new)) => new,
            _ => path.to_path_buf(),
        }
    }
}

/// The edits in all programs of the workspace and in the open ones. Reads files.
pub fn mended(session: &Session, index: &SymbolIndex, renames: &Renames) -> Vec<MendedText> {
    let encoding = session.client_capabilities().encoding;
    let mut done = HashSet::new();
    let mut mended = Vec::new();
    for view in session.documents.programs() {
        let DocumentId::File(path) = &view.file else {
            continue;
        };
        done.insert(path.clone());
        let edits = edits(path, &view.parsed(), renames, encoding);
        mended.push(MendedText {
            uri: view.uri.clone(),
            version: Some(view.version),
            edits,
        });
    }
    for (path, file) in index.files() {
        if !file.uses_files || done.contains(path) {
            continue;
        }
        if let Ok(parsed) = session.documents.parsed(&path.to_string_lossy()) {
            mended.push(MendedText {
                uri: file.uri.clone(),
                version: None,
                edits: edits(path, &parsed, renames, encoding),
            });
        }
    }
    mended.retain(|text| !text.edits.is_empty());
    mended.sort_by(|a, b| a.uri.cmp(&b.uri));
    mended
}

fn edits(
    path: &Path,
    parsed: &Arc<Parsed>,
    renames: &Renames,
    encoding: Encoding,
) -> Vec<TextEdit> {
    if !parsed.tree().has_modules() {
        return Vec::new();
    }
    let tree = parsed.tree();
    let lines = tree.line_index();
    let positions = Positions {
        text: tree.text(),
        lines: &lines,
        encoding,
    };
    let edit = |line: &UseLine| {
        let new = new_path(path, &line.path, renames)?;
        let body = tree.lines().get(line.line).map(|line| line.body);
        let has_alias = matches!(body, Some(Body::Use { alias: Some(_), .. }));
        let old = line.alias.as_ref().map(|(name, _)| name.as_str());
        let is_same = default_alias(&new).map(|(_, name)| name) == old;
        let mut text = format!("\"{}\"", new.replace('"', "\\\""));
        if let (false, false, Some(old)) = (has_alias, is_same, old) {
            // What the text calls the file does not change.
            text.push_str(&format!(" as {old}"));
        }
        Some(TextEdit {
            range: positions.range(line.span.range()),
            new_text: text,
        })
    };
    parsed.interface().uses.iter().filter_map(edit).collect()
}

/// The path in a `.use` line of a file after the renames, if it changes.
fn new_path(file: &Path, path: &str, renames: &Renames) -> Option<String> {
    let Ok(ModulePath::Relative(whole)) = ModulePath::of(path) else {
        return None;
    };
    let used = fs::canonicalize(file.parent()?.join(whole)).ok()?;
    let (new_file, new_used) = (renames.after(file), renames.after(&used));
    let old = relative(file.parent()?, &used)?;
    let mut new = relative(new_file.parent()?, &new_used)?;
    // What is no program any more is left alone.
    if new == old || !new.ends_with(".prov") {
        return None;
    }
    if !path.ends_with(".prov") {
        new.truncate(new.len() - ".prov".len());
    }
    Some(new)
}

/// The path of a file from a folder on, as `.use` lines have it.
fn relative(folder: &Path, file: &Path) -> Option<String> {
    let (mut from, mut to) = (folder.components().peekable(), file.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.clone().count();
    if from.any(|part| !matches!(part, Component::Normal(_))) {
        // Another drive.
        return None;
    }
    let rest: Option<Vec<&str>> = to.map(|part| part.as_os_str().to_str()).collect();
    let start = if up == 0 { "./" } else { "" };
    Some(format!("{start}{}{}", "../".repeat(up), rest?.join("/")))
}

#[cfg(test)]
mod tests {
    use super::relative;
    use std::path::Path;

    #[test]
    fn a_path_begins_in_the_folder_of_the_file_that_says_it() {
        for (folder, file, path) in [
            ("/w", "/w/a.prov", "./a.prov"),
            ("/w", "/w/lib/a.prov", "./lib/a.prov"),
            ("/w/lib", "/w/a.prov", "../a.prov"),
            ("/w/x/y", "/w/lib/a.prov", "../../lib/a.prov"),
        ] {
            let found = relative(Path::new(folder), Path::new(file));
            assert_eq!(found.as_deref(), Some(path));
        }
    }
}
