//! An open text at one version.

use super::analysed::Analysed;
use super::file_id::id_of;
use super::program_texts::ProgramTexts;
use crate::lsp::document_role::{LANGUAGE, Role};
use crate::lsp::document_uri::path_of;
use crate::lsp::position::Positions;
use crate::lsp::position_encoding::Encoding;
use crate::mutex::lock;
use crate::program_state::DocumentId;
use provable::lang::link::Linked;
use provable::lang::modules::{Modules, NoFiles, Parsed};
use provable::lang::std_library;
use provable::lang::syntax::Tree;
use provable_ide::Snapshot;
use ropey::Rope;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, Weak};
use tower_lsp_server::ls_types::Uri;

/// A text at one version, with the files that it uses. It is parsed and analysed at most once, when that is first needed.
/// If a file that it uses changes, another view takes its place.
#[derive(Debug)]
pub struct View {
    /// The URI of the document, in the spelling of the client.
    pub uri: Uri,
    /// The file behind it.
    pub file: DocumentId,
    /// The id of that file among the files of a program; empty for a text in no folder.
    pub id: String,
    /// The place of the file, under which the results of a program are kept.
    pub place: DocumentId,
    /// The kind of the document.
    pub role: Role,
    /// The client's number of this state of the text.
    pub version: i32,
    /// The unit of columns.
    pub encoding: Encoding,
    pub(super) rope: Rope,
    /// The state of all texts that this view was made for.
    generation: u64,
    /// None for a text that is apart from all others.
    texts: Option<Weak<dyn ProgramTexts>>,
    parsed: OnceLock<Arc<Parsed>>,
    analysed: OnceLock<Arc<Analysed>>,
    earlier: Mutex<Earlier>,
}

/// What is known of an earlier state, until this one is known.
#[derive(Clone, Debug, Default)]
struct Earlier {
    /// The last version that was parsed.
    tree: Option<Arc<Tree>>,
    /// The last analysis. The text or files may have changed since.
    analysed: Option<Arc<Analysed>>,
}

impl View {
    /// A text at a version, with the language identifier of the client. It uses no files.
    pub fn new(uri: Uri, language: &str, version: i32, encoding: Encoding, rope: Rope) -> View {
        let file = DocumentId::resolved(&uri);
        let role = Role::of(&uri, language);
        let id = match role {
            Role::Program => id_of(&file),
            // What is no file has no files beside it.
            _ => String::new(),
        };
        let is_library = std_library::text(&id).is_some();
        View {
            place: DocumentId::placed(&uri),
            role: if is_library { Role::Copy } else { role },
            file,
            id,
            uri,
            version,
            encoding,
            rope,
            generation: 0,
            texts: None,
            parsed: OnceLock::new(),
            analysed: OnceLock::new(),
            earlier: Mutex::default(),
        }
    }

    /// A program that the client does not have open. It uses no files.
    pub fn of_program(uri: Uri, encoding: Encoding, text: &str) -> View {
        View::new(uri, LANGUAGE, 0, encoding, Rope::from_str(text))
    }

    /// This text with the files that it uses.
    pub(super) fn among(self, texts: Arc<dyn ProgramTexts>) -> View {
        View {
            generation: texts.generation(),
            texts: Some(Arc::downgrade(&texts)),
            ..self
        }
    }

    /// This text after an edit.
    pub(super) fn followed_by(&self, version: i32, rope: Rope, generation: u64) -> View {
        let tree = match self.parsed.get() {
            Some(parsed) => Some(Arc::clone(parsed.tree())),
            None => lock(&self.earlier).tree.clone(),
        };
        let earlier = Earlier {
            tree,
            analysed: self.last_analysis(),
        };
        View {
            version,
            rope,
            parsed: OnceLock::new(),
            ..self.copied(generation, earlier)
        }
    }

    /// This text when other texts or files may have changed.
    pub(super) fn again(&self, generation: u64) -> View {
        let mut earlier = lock(&self.earlier).clone();
        earlier.analysed = self.analysed.get().cloned().or(earlier.analysed);
        self.copied(generation, earlier)
    }

    fn copied(&self, generation: u64, earlier: Earlier) -> View {
        View {
            uri: self.uri.clone(),
            file: self.file.clone(),
            id: self.id.clone(),
            place: self.place.clone(),
            role: self.role,
            version: self.version,
            encoding: self.encoding,
            rope: self.rope.clone(),
            generation,
            texts: self.texts.clone(),
            parsed: self.parsed.clone(),
            analysed: OnceLock::new(),
            earlier: Mutex::new(earlier),
        }
    }

    /// Whether this view is still good when the texts have this generation.
    pub(super) fn is_current(&self, generation: u64) -> bool {
        let known = self.analysed.get();
        let files = known.and_then(|known| known.files().first());
        self.generation == generation || files.is_some_and(|main| main.uses.is_empty())
    }

    /// The last analysis, if there was one, whether or not the text or its files changed since.
    pub(super) fn last_analysis(&self) -> Option<Arc<Analysed>> {
        let known = self.analysed.get().cloned();
        known.or_else(|| lock(&self.earlier).analysed.clone())
    }

    /// The text, parsed.
    pub fn parsed(&self) -> Arc<Parsed> {
        let parsed = self.parsed.get_or_init(|| {
            let text = String::from(&self.rope);
            // Cloned and not taken: an edit that comes before this is done needs it too.
            let earlier = lock(&self.earlier).tree.clone();
            Arc::new(match earlier {
                Some(tree) => Parsed::edited(&tree, &text),
                None => Parsed::new(&text),
            })
        });
        lock(&self.earlier).tree.take();
        Arc::clone(parsed)
    }

    fn texts(&self) -> Option<Arc<dyn ProgramTexts>> {
        self.texts.as_ref()?.upgrade()
    }

    fn modules(&self) -> Modules {
        let parsed = self.parsed();
        match self.texts().filter(|_| !self.id.is_empty()) {
            Some(texts) => Modules::load(&self.id, parsed, texts.as_ref()),
            None => Modules::load(&self.id, parsed, &NoFiles),
        }
    }

    /// What is known of the text and its files. The first call computes it.
    pub(super) fn analysed(&self) -> &Analysed {
        let analysed = self.analysed.get_or_init(|| {
            let modules = self.modules();
            let earlier = lock(&self.earlier).analysed.clone();
            match earlier {
                Some(earlier) if earlier.is_of(&modules) => earlier,
                earlier => Arc::new(Analysed::new(modules, earlier.as_deref())),
            }
        });
        lock(&self.earlier).analysed.take();
        analysed
    }

    /// The analysis of the text. The first call parses and analyses it: to be called on threads that may compute.
    pub fn snapshot(&self) -> &Snapshot {
        &self.analysed().snapshot
    }

    /// The program, linked. The first call links it, which takes longer than an analysis: not to be called before a
    /// keystroke is answered.
    pub fn linked(&self) -> Arc<Linked> {
        Arc::clone(self.analysed().linked())
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

    /// The positions of a file of the program, by its index; 0 is the text itself.
    pub fn positions_of(&self, file: usize) -> Option<Positions<'_>> {
        Some(Positions {
            text: self.snapshot().modules.tree(file)?.text(),
            lines: self.analysed().lines(file)?,
            encoding: self.encoding,
        })
    }

    /// The URI of a file of the program, by its index; 0 is the text itself. A file of the standard library is written to
    /// the cache folder, so that an editor can open it.
    pub fn uri_of(&self, file: usize) -> Option<Uri> {
        if file == 0 {
            return Some(self.uri.clone());
        }
        let module = self.snapshot().modules.files().get(file)?;
        let spelled = |path: &Path| self.spelled(path);
        self.texts()?.uri_of(&module.id, &spelled)
    }

    /// A path without links as the client would spell it: if it reaches this text through a link to a folder, so that
    /// folder's other files.
    fn spelled(&self, path: &Path) -> PathBuf {
        let (DocumentId::File(real), Some(own)) = (&self.file, path_of(&self.uri)) else {
            return path.to_path_buf();
        };
        let (mut real, mut own) = (real.as_path(), own.as_path());
        while let (Some(a), Some(b)) = (real.parent(), own.parent())
            && real.file_name() == own.file_name()
        {
            (real, own) = (a, b);
        }
        match path.strip_prefix(real) {
            Ok(rest) => own.join(rest),
            Err(_) => path.to_path_buf(),
        }
    }

    /// Whether the text is a file of the standard library, which nobody edits.
    pub fn is_library_file(&self) -> bool {
        std_library::text(&self.id).is_some()
    }
}
