//! What was published last of each open program.

use super::program::Found;
use crate::lsp::state::{Session, View};
use std::collections::HashMap;
use std::sync::{Arc, Weak};
use tokio::sync::Mutex;
use tower_lsp_server::ls_types::{Diagnostic, Uri};

/// Sends diagnostics, those of a text at its latest version alone.
#[derive(Debug, Default)]
pub struct Published {
    /// Held until a message is sent, so that none comes after a newer one.
    programs: Mutex<HashMap<Uri, Last>>,
}

/// What was published last of a program.
#[derive(Debug, Default)]
struct Last {
    /// The state of the text of which all was published.
    all: Weak<View>,
    /// Whether all of it follows from the text.
    is_of_text_alone: bool,
    /// The state of the text of which that part was published.
    early: Weak<View>,
}

impl Published {
    /// Whether what follows from the text may be published before the rest is known. It may not if there was more the last
    /// time: that would disappear for a moment.
    pub async fn may_be_early(&self, uri: &Uri) -> bool {
        let programs = self.programs.lock().await;
        programs.get(uri).is_some_and(|last| last.is_of_text_alone)
    }

    /// Publishes what follows from the text, unless all was published.
    pub async fn send_early(&self, session: &Session, view: &Arc<View>, found: Vec<Diagnostic>) {
        let mut programs = self.programs.lock().await;
        let last = programs.entry(view.uri.clone()).or_default();
        if last.is_of_text_alone && !is_of(&last.all, view) && is_latest(session, view) {
            last.early = Arc::downgrade(view);
            send(session, view, found).await;
        }
    }

    /// Publishes all, if that is more than was published of this very state.
    pub async fn send_all(&self, session: &Session, view: &Arc<View>, found: Found) {
        let mut programs = self.programs.lock().await;
        let last = programs.entry(view.uri.clone()).or_default();
        let is_known = found.is_of_text_alone && is_of(&last.early, view);
        if !is_latest(session, view) {
            return;
        }
        last.all = Arc::downgrade(view);
        last.is_of_text_alone = found.is_of_text_alone;
        if !is_known {
            // What was published early is no longer the last message.
            last.early = Weak::new();
            send(session, view, found.diagnostics).await;
        }
    }

    /// Publishes what is left of a text that is closed.
    pub async fn send_closed(&self, session: &Session, uri: Uri, found: Found) {
        let mut programs = self.programs.lock().await;
        programs.remove(&uri);
        let client = &session.client;
        client
            .publish_diagnostics(uri, found.diagnostics, None)
            .await;
    }
}

fn is_of(state: &Weak<View>, view: &Arc<View>) -> bool {
    Weak::ptr_eq(state, &Arc::downgrade(view))
}

fn is_latest(session: &Session, view: &View) -> bool {
    let latest = session.documents.view(&view.uri);
    latest.is_some_and(|one| one.version == view.version)
}

async fn send(session: &Session, view: &View, found: Vec<Diagnostic>) {
    let client = &session.client;
    client
        .publish_diagnostics(view.uri.clone(), found, Some(view.version))
        .await;
}
