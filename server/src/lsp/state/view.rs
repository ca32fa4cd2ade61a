//! An open text at one version.

use crate::lsp::document_role::{LANGUAGE, Role};
use crate::lsp::position::Positions;
use crate::lsp::position_encoding::Encoding;
use crate::mutex::lock;
use crate::program_state::DocumentId;
use provable::lang::isa::Op;
use provable_ide::Snapshot;
use ropey::Rope;
use std::sync::{Arc, Mutex, OnceLock};
use tower_lsp_server::ls_types::Uri;

/// A text at one version. It is parsed and analysed at most once, when that is first needed.
#[derive(Debug)]
pub struct View {
    /// The URI of the document, in the spelling of the client.
    pub uri: Uri,
    /// The file behind it.
    pub file: DocumentId,
    /// The place of the file, under which the results of a program are kept.
    pub place: DocumentId,
    /// The kind of the document.
    pub role: Role,
    /// The client's number of this state of the text.
    pub version: i32,
    /// The unit of columns.
    pub encoding: Encoding,
    pub(super) rope: Rope,
    snapshot: OnceLock<Snapshot>,
    /// The last earlier version that was analysed, until this one is.
    earlier: Mutex<Option<Arc<View>>>,
}

impl View {
    /// A text at a version, with the language identifier of the client.
    pub fn new(uri: Uri, language: &str, version: i32, encoding: Encoding, rope: Rope) -> View {
        View {
            file: DocumentId::resolved(&uri),
            place: DocumentId::placed(&uri),
            role: Role::of(&uri, language),
            uri,
            version,
            encoding,
            rope,
            snapshot: OnceLock::new(),
            earlier: Mutex::new(None),
        }
    }

    /// A program that the client does not have open.
    pub fn of_program(uri: Uri, encoding: Encoding, text: &str) -> View {
        View::new(uri, LANGUAGE, 0, encoding, Rope::from_str(text))
    }

    /// This text after an edit.
    pub(super) fn followed_by(self: &Arc<Self>, version: i32, rope: Rope) -> View {
        let earlier = if self.snapshot.get().is_some() {
            Some(Arc::clone(self))
        } else {
            // Not this version, which was not analysed: views must not keep a chain of earlier views alive.
            lock(&self.earlier).clone()
        };
        View {
            uri: self.uri.clone(),
            file: self.file.clone(),
            place: self.place.clone(),
            role: self.role,
            version,
            encoding: self.encoding,
            rope,
            snapshot: OnceLock::new(),
            earlier: Mutex::new(earlier),
        }
    }

    /// The analysis of the text. The first call parses and analyses it: to be called on threads that may compute.
    pub fn snapshot(&self) -> &Snapshot {
        let snapshot = self.snapshot.get_or_init(|| {
            let text = String::from(&self.rope);
            // Cloned and not taken: an edit that comes before this is done needs it too.
            let earlier = lock(&self.earlier).clone();
            match earlier.as_deref().and_then(|view| view.snapshot.get()) {
                Some(earlier) => Snapshot::after(earlier, &text),
                None => Snapshot::new(&text),
            }
        });
        lock(&self.earlier).take();
        snapshot
    }

    /// The digest of the program in the text; none if the text has errors. Computes, as [`Self::snapshot`].
    pub fn digest(&self) -> Option<[u8; 32]> {
        let program = self.snapshot().assembly.program.as_ref();
        program.map(|program| program.digest())
    }

    /// The text. Does not parse it.
    pub fn text(&self) -> String {
        String::from(&self.rope)
    }

    /// The positions of the text.
    pub fn positions(&self) -> Positions<'_> {
        let snapshot = self.snapshot();
        Positions {
            text: snapshot.text(),
            lines: &snapshot.lines,
            encoding: self.encoding,
        }
    }

    /// The index of the first instruction of the program that reads an input.
    pub fn first_read(&self) -> Option<usize> {
        let program = self.snapshot().assembly.program.as_ref()?;
        let reads = |op: Op| matches!(op, Op::Read | Op::Secret);
        let mut instructions = program.instructions().iter();
        instructions.position(|one| reads(one.op))
    }
}
