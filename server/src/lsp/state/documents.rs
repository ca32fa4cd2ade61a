//! The texts that a client has open. They change only here, and only in the first, synchronous part of a handler: so in
//! the order in which the client sent the changes. Readers take a [`View`] and keep it.

use super::edit::apply;
use super::program_texts::ProgramTexts;
use super::texts::Texts;
use super::view::View;
use crate::lsp::document_role::Role;
use crate::lsp::position_encoding::Encoding;
use crate::mutex::lock;
use crate::program_state::DocumentId;
use provable::lang::modules::{FileError, Files, Parsed};
use ropey::Rope;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use tower_lsp_server::ls_types::{TextDocumentContentChangeEvent, Uri};

/// The open texts, by their URIs in the spelling of the client. A URI under which no text was opened is another spelling of
/// an open text, if exactly one open text has that document identity.
#[derive(Debug, Default)]
pub struct Documents {
    pub(super) texts: Arc<Texts>,
}

type Open = HashMap<Uri, Arc<View>>;

/// The key of the text that a URI names.
fn key_of(open: &Open, uri: &Uri) -> Option<Uri> {
    if open.contains_key(uri) {
        return Some(uri.clone());
    }
    let id = DocumentId::of(uri);
    let mut spelled = open.keys().filter(|one| DocumentId::of(one) == id);
    match (spelled.next(), spelled.next()) {
        (Some(one), None) => Some(one.clone()),
        _ => None,
    }
}

impl Documents {
    /// Opens a text, with the language identifier of the client.
    pub fn open(
        &self,
        uri: Uri,
        language: &str,
        version: i32,
        encoding: Encoding,
        text: &str,
    ) -> Arc<View> {
        let rope = Rope::from_str(text);
        let view = View::new(uri.clone(), language, version, encoding, rope);
        self.texts.changed();
        let view = Arc::new(view.among(Arc::<Texts>::clone(&self.texts)));
        lock(&self.texts.open).insert(uri, Arc::clone(&view));
        view
    }

    /// A program that the client does not have open, with the files that it uses.
    pub fn closed(&self, uri: Uri, encoding: Encoding, text: &str) -> Arc<View> {
        Arc::new(View::of_program(uri, encoding, text).among(Arc::<Texts>::clone(&self.texts)))
    }

    /// Applies changes, one after another. None if the text is not open.
    pub fn change(
        &self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> Option<Arc<View>> {
        let mut open = lock(&self.texts.open);
        let key = key_of(&open, uri)?;
        let old = open.get(&key)?;
        let mut rope = old.rope.clone();
        for change in changes {
            apply(&mut rope, change, old.encoding);
        }
        let view = Arc::new(old.followed_by(version, rope, self.texts.changed()));
        open.insert(key, Arc::clone(&view));
        Some(view)
    }

    /// Closes a text. Returns its last version.
    pub fn close(&self, uri: &Uri) -> Option<Arc<View>> {
        let mut open = lock(&self.texts.open);
        let key = key_of(&open, uri)?;
        self.texts.changed();
        open.remove(&key)
    }

    /// Notes that files on disk may have changed.
    pub fn files_changed(&self) {
        self.texts.changed();
    }

    /// The present version of a text, with the present files that it uses.
    pub fn view(&self, uri: &Uri) -> Option<Arc<View>> {
        let mut open = lock(&self.texts.open);
        let key = key_of(&open, uri)?;
        self.current(&mut open, &key)
    }

    fn current(&self, open: &mut Open, key: &Uri) -> Option<Arc<View>> {
        let generation = self.texts.generation();
        let view = open.get_mut(key)?;
        if !view.is_current(generation) {
            *view = Arc::new(view.again(generation));
        }
        Some(Arc::clone(view))
    }

    /// As [`Self::view`], also by another path to the same place.
    pub fn view_at(&self, uri: &Uri) -> Option<Arc<View>> {
        self.view(uri).or_else(|| {
            let place = DocumentId::placed(uri);
            self.find(|view| view.place == place)
        })
    }

    /// The present version of the text of the file at a path. The client may have it open by another path.
    pub fn at(&self, path: &Path) -> Option<Arc<View>> {
        let id = DocumentId::File(path.to_path_buf());
        self.find(|view| DocumentId::of(&view.uri) == id)
            .or_else(|| {
                let file = DocumentId::resolved_path(path);
                self.find(|view| view.file == file)
            })
    }

    /// The id of the file that a path means in the file with another id. The path has its extension.
    ///
    /// # Errors
    /// If there is no such file.
    pub fn resolve(&self, from: &str, path: &str) -> Result<String, FileError> {
        self.texts.resolve(from, path)
    }

    /// The file with an id among the files of a program, parsed: its open text, else the file on disk.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        self.texts.parsed(id)
    }

    /// The open text of the file with an id among the files of a program.
    pub fn with_id(&self, id: &str) -> Option<Arc<View>> {
        self.texts.open_at(id)
    }

    /// The text for which a condition is true; of several always the same one.
    fn find(&self, is_match: impl Fn(&View) -> bool) -> Option<Arc<View>> {
        let mut open = lock(&self.texts.open);
        let found = open.values().filter(|view| is_match(view));
        let key = found.map(|view| &view.uri).min()?.clone();
        self.current(&mut open, &key)
    }

    /// The present versions of all texts.
    pub fn all(&self) -> Vec<Arc<View>> {
        let mut open = lock(&self.texts.open);
        let keys: Vec<Uri> = open.keys().cloned().collect();
        let views = keys.iter().filter_map(|key| self.current(&mut open, key));
        views.collect()
    }

    /// The present versions of all programs.
    pub fn programs(&self) -> Vec<Arc<View>> {
        let mut open = self.all();
        open.retain(|view| view.role == Role::Program);
        open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::document_role::LANGUAGE;
    use proptest::prelude::*;
    use provable_ide::Snapshot;
    use tower_lsp_server::ls_types::{Position, Range};

    /// The result of an edit, computed line by line on a plain string.
    fn model(text: &str, range: Range, new: &str, encoding: Encoding) -> String {
        let at = |position: Position| {
            let mut start = 0;
            for _ in 0..position.line {
                let rest = &text[start..];
                match rest.find(['\n', '\r']) {
                    None => return text.len(),
                    Some(end) => {
                        start += end
                            + if rest[end..].starts_with("\r\n") {
                                2
                            } else {
                                1
                            }
                    }
                }
            }
            let (mut offset, mut units) = (start, 0);
            for c in text[start..]
                .chars()
                .take_while(|c| !matches!(c, '\n' | '\r'))
            {
                units += match encoding {
                    Encoding::Utf8 => c.len_utf8(),
                    Encoding::Utf16 => c.len_utf16(),
                    Encoding::Utf32 => 1,
                };
                if units > position.character as usize {
                    break;
                }
                offset += c.len_utf8();
            }
            offset
        };
        if encoding == Encoding::Utf16 {
            // As the client computes it, in units: one unit of a character may be left.
            let unit = |position: Position| {
                let start = at(Position::new(position.line, 0));
                let line = text[start..].split(['\n', '\r']).next().unwrap_or("");
                let column = line.encode_utf16().count().min(position.character as usize);
                text[..start].encode_utf16().count() + column
            };
            let all: Vec<u16> = text.encode_utf16().collect();
            let (a, b) = (unit(range.start), unit(range.end));
            let new: Vec<u16> = new.encode_utf16().collect();
            let parts = [&all[..a.min(b)], &new, &all[a.max(b)..]];
            return String::from_utf16_lossy(&parts.concat());
        }
        let (a, b) = (at(range.start), at(range.end));
        format!("{}{new}{}", &text[..a.min(b)], &text[a.max(b)..])
    }

    fn position() -> impl Strategy<Value = Position> {
        (0u32..9, prop_oneof![0u32..12, Just(u32::MAX)]).prop_map(|(l, c)| Position::new(l, c))
    }

    proptest! {
        #[test]
        fn any_edits_give_the_text_of_a_plain_model(
            start in "[aé𝄞😀 \r\n]{0,40}",
            edits in prop::collection::vec((position(), position(), "[bü😀\r\n]{0,6}"), 0..12),
            which in 0usize..3,
        ) {
            let encoding = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32][which];
            let uri: Uri = "file:///a.prov".parse().unwrap();
            let documents = Documents::default();
            documents.open(uri.clone(), LANGUAGE, 0, encoding, &start);
            let mut plain = start;
            for (index, (from, to, new)) in edits.into_iter().enumerate() {
                let range = Range::new(from, to);
                plain = model(&plain, range, &new, encoding);
                let change = TextDocumentContentChangeEvent {
                    range: Some(range),
                    range_length: None,
                    text: new,
                };
                let view = documents.change(&uri, index as i32, vec![change]).unwrap();
                prop_assert_eq!(view.snapshot().text(), plain.as_str());
                prop_assert_eq!(&view.snapshot().assembly.diagnostics, &Snapshot::new(&plain).assembly.diagnostics);
            }
        }
    }
}
