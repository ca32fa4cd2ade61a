//! Asking the client to fetch again what depends on results, settings or files.

use super::state::Session;
use super::state::refresh_requests::{KINDS, RefreshKind};
use crate::task;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tower_lsp_server::jsonrpc;

/// How long a client may take to answer before another request is sent: it may never answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// Asks the client to fetch everything again that depends on results, settings or files.
pub fn refresh(session: &Arc<Session>) {
    for kind in KINDS {
        if is_supported(session, kind) && session.refresh_requests.begin(kind) {
            tokio::spawn(send_requests(Arc::clone(session), kind));
        }
    }
}

fn is_supported(session: &Session, kind: RefreshKind) -> bool {
    let client = session.client_capabilities();
    match kind {
        RefreshKind::Lenses => client.refreshes_lenses,
        RefreshKind::Hints => client.refreshes_hints,
        RefreshKind::Diagnostics => client.pulls_diagnostics,
    }
}

/// Sends requests until the last one was sent after the last change.
async fn send_requests(session: Arc<Session>, kind: RefreshKind) {
    loop {
        // A client that sent `shutdown` does not answer requests.
        if !session.is_shut_down.load(Ordering::Relaxed) {
            // A client that refuses shows what it has; the next change is sent all the same.
            let _ = task::within(ANSWER_TIMEOUT, send_request(&session, kind)).await;
        }
        if !session.refresh_requests.end(kind) {
            return;
        }
    }
}

async fn send_request(session: &Session, kind: RefreshKind) -> jsonrpc::Result<()> {
    match kind {
        RefreshKind::Lenses => session.client.code_lens_refresh().await,
        RefreshKind::Hints => session.client.inlay_hint_refresh().await,
        RefreshKind::Diagnostics => session.client.workspace_diagnostic_refresh().await,
    }
}
