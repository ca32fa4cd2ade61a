//! Texts that are out of sync with the client: a message that set or changed them could not be used. The server does
//! nothing with such a text and gives it one diagnostic, until the client sends the whole text.

use crate::mutex::lock;
use crate::program_state::DocumentId;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;
use tower_lsp_server::ls_types::{TextDocumentContentChangeEvent, Uri};

/// The texts that are out of sync.
#[derive(Debug, Default)]
pub struct OutOfSyncTexts {
    texts: Mutex<HashMap<DocumentId, OutOfSyncText>>,
}

/// A text that is out of sync.
#[derive(Debug)]
struct OutOfSyncText {
    /// Why.
    why: String,
    /// The language identifier of the client if the text is a program, else empty.
    language: &'static str,
    /// The URI under which the diagnostic was published.
    uri: Uri,
}

impl OutOfSyncTexts {
    /// Adds a text.
    pub fn add(&self, uri: &Uri, language: &'static str, why: String) {
        let text = OutOfSyncText {
            why,
            language,
            uri: uri.clone(),
        };
        lock(&self.texts).insert(DocumentId::of(uri), text);
    }

    /// Removes a text that was sent again or closed. Returns the URI under which its diagnostic was published.
    pub fn remove(&self, uri: &Uri) -> Option<Uri> {
        let text = lock(&self.texts).remove(&DocumentId::of(uri));
        text.map(|text| text.uri)
    }

    /// Whether the text with this URI is out of sync.
    pub fn has(&self, uri: &Uri) -> bool {
        lock(&self.texts).contains_key(&DocumentId::of(uri))
    }

    /// Whether the text of the file at a path is out of sync.
    pub fn has_file(&self, path: &Path) -> bool {
        lock(&self.texts).contains_key(&DocumentId::File(path.to_path_buf()))
    }

    /// The last whole text among the changes of a text that is out of sync, with its language identifier and the changes
    /// after it. None if there is no whole text, or the text is in sync.
    pub fn whole_text(
        &self,
        uri: &Uri,
        changes: &[TextDocumentContentChangeEvent],
    ) -> Option<(&'static str, String, Vec<TextDocumentContentChangeEvent>)> {
        let language = lock(&self.texts).get(&DocumentId::of(uri))?.language;
        let whole = changes.iter().rposition(|change| change.range.is_none())?;
        let mut changes = changes.iter().skip(whole).cloned();
        let text = changes.next()?.text;
        Some((language, text, changes.collect()))
    }

    /// Why a text is out of sync; none if it is in sync.
    pub fn reason(&self, uri: &Uri) -> Option<String> {
        let texts = lock(&self.texts);
        texts.get(&DocumentId::of(uri)).map(|text| text.why.clone())
    }
}

/// The way out for a text that is out of sync.
pub const ADVICE: &str =
    "the language server no longer knows this text: close it and open it again";

/// A reason with the way out.
pub fn with_advice(why: &str) -> String {
    format!("{why}\n{ADVICE}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::document_role::LANGUAGE;
    use tower_lsp_server::ls_types::Range;

    #[test]
    fn a_whole_text_brings_a_text_back_in_sync_with_the_changes_after_it() {
        let uri: Uri = "file:///a.prov".parse().unwrap();
        let change = |range: Option<Range>, text: &str| TextDocumentContentChangeEvent {
            range,
            range_length: None,
            text: text.into(),
        };
        let part = || change(Some(Range::default()), "x");
        let changes = [part(), change(None, "HALT"), part()];
        let texts = OutOfSyncTexts::default();
        assert_eq!(texts.whole_text(&uri, &changes), None);
        texts.add(&uri, LANGUAGE, "no".into());
        assert_eq!(texts.reason(&uri).as_deref(), Some("no"));
        assert_eq!(texts.whole_text(&uri, &[part()]), None);
        assert_eq!(
            texts.whole_text(&uri, &changes),
            Some((LANGUAGE, "HALT".into(), vec![part()]))
        );
        assert_eq!(texts.remove(&uri), Some(uri.clone()));
        assert_eq!(texts.reason(&uri), None);
    }
}
