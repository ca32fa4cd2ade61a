//! The texts that a client has open. They change only here, and only in the first, synchronous part of a handler,
//! so in the order in which the client sent the changes; whoever reads takes a [`View`] and keeps it.

use super::identity::{DocumentId, LANGUAGE, Role};
use super::position::{Encoding, Places, rope_place};
use super::session::lock;
use provable_ide::Snapshot;
use ropey::Rope;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use tower_lsp_server::ls_types::{TextDocumentContentChangeEvent, Uri};

/// A text as it was at one version. What is known of it is found out when first asked for, once.
#[derive(Debug)]
pub struct View {
    /// Whose text it is, as the client spells it.
    pub uri: Uri,
    /// The file behind it.
    pub file: DocumentId,
    /// Where it lies: what came of a program is kept under this.
    pub place: DocumentId,
    /// What kind of document it is.
    pub role: Role,
    /// The client's number of this state of the text.
    pub version: i32,
    /// The unit of a column.
    pub encoding: Encoding,
    rope: Rope,
    snapshot: OnceLock<Snapshot>,
    /// The last version of the text before this one of which all is known, until all is known of this one.
    earlier: Mutex<Option<Arc<View>>>,
}

impl View {
    /// A text at a version, in what the client calls this language.
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

    /// A program that the client has not open.
    pub fn of_program(uri: Uri, encoding: Encoding, text: &str) -> View {
        View::new(uri, LANGUAGE, 0, encoding, Rope::from_str(text))
    }

    /// This text after an edit.
    fn followed_by(self: &Arc<Self>, version: i32, rope: Rope) -> View {
        let earlier = if self.snapshot.get().is_some() {
            Some(Arc::clone(self))
        } else {
            // Not asked for yet, so that views nobody reads do not keep each other alive one behind the other.
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

    /// What is known of the text. The first call parses and analyses it: for threads that may compute.
    pub fn snapshot(&self) -> &Snapshot {
        let snapshot = self.snapshot.get_or_init(|| {
            let text = String::from(&self.rope);
            // Left in its place meanwhile, for the view of an edit that comes before this is done.
            let earlier = lock(&self.earlier).clone();
            match earlier.as_deref().and_then(|view| view.snapshot.get()) {
                Some(earlier) => Snapshot::after(earlier, &text),
                None => Snapshot::new(&text),
            }
        });
        lock(&self.earlier).take();
        snapshot
    }

    /// The digest of the program in the text; none while the text has errors. As [`Self::snapshot`], for threads that may
    /// compute.
    pub fn digest(&self) -> Option<[u8; 32]> {
        let program = self.snapshot().assembly.program.as_ref();
        program.map(|program| program.digest())
    }

    /// The text, without anything that is known of it.
    pub fn text(&self) -> String {
        String::from(&self.rope)
    }

    /// The text's places.
    pub fn places(&self) -> Places<'_> {
        let snapshot = self.snapshot();
        Places {
            text: snapshot.text(),
            lines: &snapshot.lines,
            encoding: self.encoding,
        }
    }
}

/// The open texts, as the client tells them apart: by their URIs as they stand. A URI that no text was opened under is
/// another spelling of the one text that it can mean, if there is but one.
#[derive(Debug, Default)]
pub struct Documents {
    open: Mutex<HashMap<Uri, Arc<View>>>,
}

/// The key of the text that a URI means.
fn meant(open: &HashMap<Uri, Arc<View>>, uri: &Uri) -> Option<Uri> {
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
    /// Takes in a text, in what the client calls this language.
    pub fn open(
        &self,
        uri: Uri,
        language: &str,
        version: i32,
        encoding: Encoding,
        text: &str,
    ) -> Arc<View> {
        let rope = Rope::from_str(text);
        let view = Arc::new(View::new(uri.clone(), language, version, encoding, rope));
        lock(&self.open).insert(uri, Arc::clone(&view));
        view
    }

    /// Applies changes, each to what the one before it left. None if the text is not open.
    pub fn change(
        &self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> Option<Arc<View>> {
        let mut open = lock(&self.open);
        let key = meant(&open, uri)?;
        let old = open.get(&key)?;
        let mut rope = old.rope.clone();
        for change in changes {
            apply(&mut rope, change, old.encoding);
        }
        let view = Arc::new(old.followed_by(version, rope));
        open.insert(key, Arc::clone(&view));
        Some(view)
    }

    /// Lets a text go, and gives its last state.
    pub fn close(&self, uri: &Uri) -> Option<Arc<View>> {
        let mut open = lock(&self.open);
        let key = meant(&open, uri)?;
        open.remove(&key)
    }

    /// The present state of a text.
    pub fn view(&self, uri: &Uri) -> Option<Arc<View>> {
        let open = lock(&self.open);
        open.get(&meant(&open, uri)?).cloned()
    }

    /// As [`Self::view`], also by another path that leads to the same place.
    pub fn view_at(&self, uri: &Uri) -> Option<Arc<View>> {
        self.view(uri).or_else(|| {
            let place = DocumentId::placed(uri);
            self.the_one(|view| view.place == place)
        })
    }

    /// The present state of the text of the file at a path, by whatever path the client has it open.
    pub fn at(&self, path: &Path) -> Option<Arc<View>> {
        let id = DocumentId::File(path.to_path_buf());
        self.the_one(|view| DocumentId::of(&view.uri) == id)
            .or_else(|| {
                let file = DocumentId::of_path(path);
                self.the_one(|view| view.file == file)
            })
    }

    /// The text of which this is true; of several always the same one.
    fn the_one(&self, is_it: impl Fn(&View) -> bool) -> Option<Arc<View>> {
        let open = lock(&self.open);
        let found = open.values().filter(|view| is_it(view));
        found.min_by(|a, b| a.uri.cmp(&b.uri)).cloned()
    }

    /// The present state of every text.
    pub fn all(&self) -> Vec<Arc<View>> {
        lock(&self.open).values().cloned().collect()
    }

    /// The present state of every program.
    pub fn programs(&self) -> Vec<Arc<View>> {
        let mut open = self.all();
        open.retain(|view| view.role == Role::Program);
        open
    }
}

/// Applies one change: a range and its new text, or a whole new text. Of a character that takes two UTF-16 units a client can
/// remove one; what is left of it is no character, and U+FFFD stands for it, which takes one unit too.
fn apply(rope: &mut Rope, change: TextDocumentContentChangeEvent, encoding: Encoding) {
    let Some(range) = change.range else {
        *rope = Rope::from_str(&change.text);
        return;
    };
    let a = rope_place(rope, range.start, encoding);
    let b = rope_place(rope, range.end, encoding);
    if a == b && change.text.is_empty() {
        return;
    }
    let ((start, first), (end, last)) = (a.min(b), a.max(b));
    // In no other encoding is there anything to be left of a character.
    let has_halves = encoding == Encoding::Utf16;
    let (first, last) = (
        first.filter(|_| has_halves).map(|one| pair(one)[0]),
        last.filter(|_| has_halves),
    );
    let end = end + last.map_or(0, char::len_utf8);
    let text = match (first, last) {
        (None, None) => change.text,
        _ => {
            let text = change.text.encode_utf16();
            let last = last.map(|one| pair(one)[1]);
            let units: Vec<u16> = first.into_iter().chain(text).chain(last).collect();
            String::from_utf16_lossy(&units)
        }
    };
    let (Ok(start), Ok(end)) = (rope.try_byte_to_char(start), rope.try_byte_to_char(end)) else {
        return;
    };
    // Both are places of this rope, so neither can fail.
    let _ = rope.try_remove(start..end);
    let _ = rope.try_insert(start, &text);
}

/// The two UTF-16 units of a character that takes two.
fn pair(character: char) -> [u16; 2] {
    let mut units = [0; 2];
    character.encode_utf16(&mut units);
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tower_lsp_server::ls_types::{Position, Range};

    /// What an edit does to a plain text, told line by line.
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
            // As the client has it: units, of which half a character may be left.
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

    fn place() -> impl Strategy<Value = Position> {
        (0u32..9, prop_oneof![0u32..12, Just(u32::MAX)]).prop_map(|(l, c)| Position::new(l, c))
    }

    proptest! {
        #[test]
        fn any_edits_leave_the_text_that_a_plain_model_has(
            start in "[aé𝄞😀 \r\n]{0,40}",
            edits in prop::collection::vec((place(), place(), "[bü😀\r\n]{0,6}"), 0..12),
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
