//! Texts that the server has lost step with: a message that said what they are could not be used. Nothing is known of
//! such a text any more, and its one diagnostic says so, until the client sends the whole of it.

use super::events::name_of;
use super::identity::{DocumentId, LANGUAGE};
use super::session::{Session, lock};
use super::to_proto::SOURCE;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tower_lsp_server::ls_types::{
    Diagnostic, DiagnosticSeverity, MessageType, NumberOrString, Range,
    TextDocumentContentChangeEvent, Uri,
};

/// The code of the diagnostic.
const CODE: &str = "out-of-step";

/// The texts, and why.
#[derive(Debug, Default)]
pub struct Lost {
    texts: Mutex<HashMap<DocumentId, Text>>,
}

/// A text that is lost.
#[derive(Debug)]
struct Text {
    /// Why.
    why: String,
    /// What the client calls its language, as far as that matters.
    language: &'static str,
    /// The client's spelling under which that was told.
    uri: Uri,
}

impl Lost {
    /// Adds a text.
    fn add(&self, uri: &Uri, language: &'static str, why: String) {
        let text = Text {
            why,
            language,
            uri: uri.clone(),
        };
        lock(&self.texts).insert(DocumentId::of(uri), text);
    }

    /// Takes a text out, because it was sent anew or closed. The spelling under which it was told, if it was there.
    pub fn remove(&self, uri: &Uri) -> Option<Uri> {
        let text = lock(&self.texts).remove(&DocumentId::of(uri));
        text.map(|text| text.uri)
    }

    /// Whether the text with this URI is lost.
    pub fn has(&self, uri: &Uri) -> bool {
        lock(&self.texts).contains_key(&DocumentId::of(uri))
    }

    /// Whether the text of the file at a path is lost.
    pub fn has_file(&self, path: &Path) -> bool {
        lock(&self.texts).contains_key(&DocumentId::File(path.to_path_buf()))
    }

    /// The whole text that a change of a lost one brings, and the changes to that which come after it.
    fn found(
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

    /// What is shown at the start of a text that is lost.
    pub fn diagnostics(&self, uri: &Uri) -> Vec<Diagnostic> {
        let texts = lock(&self.texts);
        let diagnostic = |text: &Text| Diagnostic {
            range: Range::default(),
            severity: Some(DiagnosticSeverity::ERROR),
            code: Some(NumberOrString::String(CODE.into())),
            source: Some(SOURCE.into()),
            message: advice(&text.why),
            ..Diagnostic::default()
        };
        let found = texts.get(&DocumentId::of(uri));
        found.map(diagnostic).into_iter().collect()
    }
}

/// What is said of a text that is lost, with the way out.
pub const UNKNOWN: &str =
    "the language server no longer knows this text: close it and open it again";

/// Why, and the way out.
fn advice(why: &str) -> String {
    format!("{why}\n{UNKNOWN}")
}

/// A message that says what a text is, and that cannot be used: told to the user, and the text is no longer known.
pub async fn lose(session: &Arc<Session>, params: Value) {
    let text = |name: &str| params.get(name).and_then(Value::as_str).unwrap_or("");
    let why = text("message").to_owned();
    let Ok(uri) = text("uri").parse::<Uri>() else {
        // Which text it was is not known; whoever sees one behave oddly is told why.
        let message = advice(&why);
        return session
            .client
            .show_message(MessageType::ERROR, message)
            .await;
    };
    let known = session.documents.close(&uri);
    let is_program = known.is_some_and(|view| view.role.is_program_text());
    let language = if is_program { LANGUAGE } else { "" };
    let message = format!("{}: {}", name_of(&uri), advice(&why));
    session.lost.add(&uri, language, why);
    session.dirty.mark(&uri);
    session.companions_changed(vec![uri]);
    session
        .client
        .show_message(MessageType::ERROR, message)
        .await;
}

/// Opens a lost text anew if the changes bring the whole of it; the changes that are still to be made.
pub fn find(
    session: &Session,
    uri: &Uri,
    version: i32,
    changes: Vec<TextDocumentContentChangeEvent>,
) -> Vec<TextDocumentContentChangeEvent> {
    let Some((language, text, after)) = session.lost.found(uri, &changes) else {
        return changes;
    };
    let encoding = session.client_capabilities().encoding;
    session.lost.remove(uri);
    session
        .documents
        .open(uri.clone(), language, version, encoding, &text);
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_text_ends_it_and_the_changes_after_that_count() {
        let uri: Uri = "file:///a.prov".parse().unwrap();
        let change = |range: Option<Range>, text: &str| TextDocumentContentChangeEvent {
            range,
            range_length: None,
            text: text.into(),
        };
        let part = || change(Some(Range::default()), "x");
        let changes = [part(), change(None, "HALT"), part()];
        let lost = Lost::default();
        assert_eq!(lost.found(&uri, &changes), None);
        lost.add(&uri, LANGUAGE, "no".into());
        assert_eq!(lost.diagnostics(&uri).len(), 1);
        assert_eq!(lost.found(&uri, &[part()]), None);
        assert_eq!(
            lost.found(&uri, &changes),
            Some((LANGUAGE, "HALT".into(), vec![part()]))
        );
        assert_eq!(lost.remove(&uri), Some(uri.clone()));
        assert_eq!(lost.diagnostics(&uri), []);
    }
}
