//! The names that programs on disk define, each file read again only when it changed.

use super::walk::{Found, programs};
use crate::lsp::documents::View;
use crate::lsp::inputs;
use crate::lsp::position::Encoding;
use provable_ide::symbols::{SymbolKind, document_symbols};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use tower_lsp_server::ls_types::{Range, Uri};

/// A name.
#[derive(Debug)]
pub struct Name {
    /// The name.
    pub name: String,
    /// What it names.
    pub kind: SymbolKind,
    /// Where it is defined.
    pub range: Range,
}

/// A program on disk.
#[derive(Debug)]
pub struct File {
    /// Where it is, by the client's folder.
    pub uri: Uri,
    /// The same as a path.
    pub path: PathBuf,
    /// What it defines.
    pub names: Vec<Name>,
    /// When it was changed last, and its size in bytes.
    stamp: (SystemTime, u64),
}

/// The programs by their path without links, so that each is there once.
#[derive(Debug, Default)]
pub struct Index {
    files: BTreeMap<PathBuf, Arc<File>>,
}

impl Index {
    /// Reads what changed since an older index. Whether it came to its end, or was stopped and is of older files in
    /// part.
    pub fn read(
        roots: &[PathBuf],
        old: &Index,
        encoding: Encoding,
        goes_on: &dyn Fn() -> bool,
    ) -> (Index, bool) {
        let Some(found) = programs(roots, goes_on) else {
            let files = old.files.clone();
            return (Index { files }, false);
        };
        let mut files = BTreeMap::new();
        for Found { path, real } in found {
            if !goes_on() {
                // What was read is not read again the next time.
                let mut all = old.files.clone();
                all.extend(files);
                return (Index { files: all }, false);
            }
            if files.contains_key(&real) {
                continue;
            }
            if let Some(file) = file(path, old.files.get(&real), encoding) {
                files.insert(real, file);
            }
        }
        (Index { files }, true)
    }

    /// The programs, each with its path without links.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &Arc<File>)> {
        self.files.iter().map(|(real, file)| (real.as_path(), file))
    }
}

fn file(path: PathBuf, known: Option<&Arc<File>>, encoding: Encoding) -> Option<Arc<File>> {
    let data = std::fs::metadata(&path).ok()?;
    let stamp = (data.modified().ok()?, data.len());
    let is_known = |file: &&Arc<File>| file.stamp == stamp && file.path == path;
    if let Some(file) = known.filter(is_known) {
        return Some(Arc::clone(file));
    }
    let uri = Uri::from_file_path(&path)?;
    let text = inputs::read(&path).ok()??;
    let view = View::of_program(uri.clone(), encoding, &text);
    let places = view.places();
    let names = document_symbols(view.snapshot())
        .into_iter()
        .map(|entry| Name {
            range: places.range(entry.selection),
            name: entry.name,
            kind: entry.kind,
        });
    let names = names.collect();
    Some(Arc::new(File {
        uri,
        path,
        names,
        stamp,
    }))
}
