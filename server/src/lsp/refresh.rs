//! Having the client fetch again what depends on results, settings or files. However often that changes, one request of
//! each kind is under way at a time, and one more follows if something changed meanwhile.

use super::session::{Session, lock};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long a client may take to answer before another request is made: one may never answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is fetched again.
#[derive(Clone, Copy, Debug)]
enum RefreshKind {
    Lenses,
    Hints,
    Diagnostics,
}

const KINDS: [RefreshKind; 3] = [
    RefreshKind::Lenses,
    RefreshKind::Hints,
    RefreshKind::Diagnostics,
];

/// How far a request is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// There is none.
    #[default]
    Idle,
    /// It is under way.
    Asked,
    /// It is under way, and what it is about has changed since.
    AskedTooEarly,
}

/// The requests under way.
#[derive(Debug, Default)]
pub struct Refreshes {
    states: Mutex<[State; KINDS.len()]>,
}

impl Refreshes {
    /// Takes in that something changed. Whether a request is to be made.
    fn begin(&self, kind: RefreshKind) -> bool {
        self.change(kind, |state| match *state {
            State::Idle => {
                *state = State::Asked;
                true
            }
            State::Asked | State::AskedTooEarly => {
                *state = State::AskedTooEarly;
                false
            }
        })
    }

    /// Takes in that a request was answered. Whether another one is to be made.
    fn end(&self, kind: RefreshKind) -> bool {
        self.change(kind, |state| {
            let again = *state == State::AskedTooEarly;
            *state = if again { State::Asked } else { State::Idle };
            again
        })
    }

    fn change<T: Default>(&self, kind: RefreshKind, change: impl FnOnce(&mut State) -> T) -> T {
        let mut states = lock(&self.states);
        states
            .get_mut(kind as usize)
            .map_or_else(T::default, change)
    }
}

impl Session {
    /// Has the client fetch again what depends on results, settings or files.
    pub fn refresh(self: &Arc<Self>) {
        for kind in KINDS {
            if self.is_refreshed(kind) && self.refreshes.begin(kind) {
                tokio::spawn(Arc::clone(self).ask_again(kind));
            }
        }
    }

    fn is_refreshed(&self, kind: RefreshKind) -> bool {
        let client = self.client_capabilities();
        match kind {
            RefreshKind::Lenses => client.refreshes_lenses,
            RefreshKind::Hints => client.refreshes_hints,
            RefreshKind::Diagnostics => client.pulls_diagnostics,
        }
    }

    async fn ask_again(self: Arc<Self>, kind: RefreshKind) {
        loop {
            // A client that has asked the server to end has no answer for it.
            if !self.is_shut_down.load(Ordering::Relaxed) {
                // One that refuses shows what it has; the next change reaches it anyway.
                let _ = tokio::time::timeout(PATIENCE, self.ask(kind)).await;
            }
            if !self.refreshes.end(kind) {
                return;
            }
        }
    }

    async fn ask(&self, kind: RefreshKind) -> tower_lsp_server::jsonrpc::Result<()> {
        match kind {
            RefreshKind::Lenses => self.client.code_lens_refresh().await,
            RefreshKind::Hints => self.client.inlay_hint_refresh().await,
            RefreshKind::Diagnostics => self.client.workspace_diagnostic_refresh().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_often_something_changes_one_is_under_way_and_one_follows() {
        let refreshes = Refreshes::default();
        assert!(refreshes.begin(RefreshKind::Lenses));
        assert!((0..100).all(|_| !refreshes.begin(RefreshKind::Lenses)));
        assert!(
            refreshes.begin(RefreshKind::Hints),
            "kinds do not wait for each other"
        );
        assert!(refreshes.end(RefreshKind::Lenses));
        assert!(!refreshes.end(RefreshKind::Lenses));
        assert!(refreshes.begin(RefreshKind::Lenses));
        assert!(!refreshes.end(RefreshKind::Lenses));
    }
}
