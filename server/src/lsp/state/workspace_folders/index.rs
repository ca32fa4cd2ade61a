//! The symbols that programs on disk define. A file is read again only when it changed.

use crate::files::walk::{Found, programs};
use crate::lsp::document_uri::file_uri;
use crate::lsp::position_encoding::Encoding;
use crate::lsp::state::View;
use crate::text_file;
use provable::lang::program::SymbolKind as NameKind;
use provable_host::fs;
use provable_ide::symbols::{SymbolKind, document_symbols};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use tower_lsp_server::ls_types::{Range, Uri};

/// A symbol.
#[derive(Debug)]
pub struct Symbol {
    /// The name.
    pub name: String,
    /// What it symbols.
    pub kind: SymbolKind,
    /// Where it is defined.
    pub range: Range,
}

/// A program on disk.
#[derive(Debug)]
pub struct ProgramFile {
    /// Its URI, in the folder of the client.
    pub uri: Uri,
    /// Its path, in the folder of the client.
    pub path: PathBuf,
    /// Whether it has `.use` lines.
    pub uses_files: bool,
    /// The symbols that it defines.
    pub symbols: Vec<Symbol>,
    /// The time of its last change, and its size in bytes.
    stamp: (SystemTime, u64),
}

/// The programs by their resolved paths, so that each occurs once.
#[derive(Debug, Default)]
pub struct SymbolIndex {
    files: BTreeMap<PathBuf, Arc<ProgramFile>>,
}

impl SymbolIndex {
    /// Reads the files that changed since an older index. Returns also whether the walk came to its end; else a part of the
    /// index is of older files.
    pub fn read(
        roots: &[PathBuf],
        old: &SymbolIndex,
        encoding: Encoding,
        goes_on: &dyn Fn() -> bool,
    ) -> (SymbolIndex, bool) {
        let Some(found) = programs(roots, goes_on) else {
            let files = old.files.clone();
            return (SymbolIndex { files }, false);
        };
        let mut files = BTreeMap::new();
        for Found { path, real } in found {
            if !goes_on() {
                // Kept, so that it is not read again by the next walk.
                let mut all = old.files.clone();
                all.extend(files);
                return (SymbolIndex { files: all }, false);
            }
            if files.contains_key(&real) {
                continue;
            }
            if let Some(file) = file(path, old.files.get(&real), encoding) {
                files.insert(real, file);
            }
        }
        (SymbolIndex { files }, true)
    }

    /// The programs, each with its resolved path.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &Arc<ProgramFile>)> {
        self.files.iter().map(|(real, file)| (real.as_path(), file))
    }
}

/// Whether a name of this kind is searched: those that only a routine or a `.use` line gives are found in their text.
pub fn is_searched(kind: SymbolKind) -> bool {
    !matches!(kind, SymbolKind::Name(NameKind::Parameter | NameKind::File))
}

fn file(
    path: PathBuf,
    known: Option<&Arc<ProgramFile>>,
    encoding: Encoding,
) -> Option<Arc<ProgramFile>> {
    let data = fs::metadata(&path).ok()?;
    let stamp = (data.modified().ok()?, data.len());
    let is_known = |file: &&Arc<ProgramFile>| file.stamp == stamp && file.path == path;
    if let Some(file) = known.filter(is_known) {
        return Some(Arc::clone(file));
    }
    let uri = file_uri(&path)?;
    let text = text_file::read(&path).ok()??;
    let view = View::of_program(uri.clone(), encoding, &text);
    let positions = view.positions();
    let symbols = document_symbols(view.snapshot())
        .into_iter()
        .filter(|entry| is_searched(entry.kind))
        .map(|entry| Symbol {
            range: positions.range(entry.selection),
            name: entry.name,
            kind: entry.kind,
        });
    let symbols = symbols.collect();
    Some(Arc::new(ProgramFile {
        uses_files: !view.parsed().interface().uses.is_empty(),
        uri,
        path,
        symbols,
        stamp,
    }))
}
