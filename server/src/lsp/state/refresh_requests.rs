//! Which refresh requests are to be sent to the client.

use crate::mutex::lock;
use std::sync::Mutex;

/// What the client fetches again.
#[derive(Clone, Copy, Debug)]
pub enum RefreshKind {
    /// Code lenses.
    Lenses,
    /// Inlay hints.
    Hints,
    /// Diagnostics.
    Diagnostics,
}

/// All kinds.
pub const KINDS: [RefreshKind; 3] = [
    RefreshKind::Lenses,
    RefreshKind::Hints,
    RefreshKind::Diagnostics,
];

/// The state of a refresh request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum RequestState {
    /// There is no request.
    #[default]
    Idle,
    /// It was sent and not answered.
    Sent,
    /// It was sent and not answered, and something changed since.
    Outdated,
}

/// The refresh requests of each kind. At most one is unanswered, and one follows if something changed meanwhile.
#[derive(Debug, Default)]
pub struct RefreshRequests {
    states: Mutex<[RequestState; KINDS.len()]>,
}

impl RefreshRequests {
    /// Notes that something changed. Returns whether a request is to be sent.
    pub fn begin(&self, kind: RefreshKind) -> bool {
        self.change(kind, |state| match *state {
            RequestState::Idle => {
                *state = RequestState::Sent;
                true
            }
            RequestState::Sent | RequestState::Outdated => {
                *state = RequestState::Outdated;
                false
            }
        })
    }

    /// Notes that a request was answered. Returns whether another one is to be sent.
    pub fn end(&self, kind: RefreshKind) -> bool {
        self.change(kind, |state| {
            let again = *state == RequestState::Outdated;
            *state = if again {
                RequestState::Sent
            } else {
                RequestState::Idle
            };
            again
        })
    }

    fn change<T: Default>(
        &self,
        kind: RefreshKind,
        change: impl FnOnce(&mut RequestState) -> T,
    ) -> T {
        let mut states = lock(&self.states);
        states
            .get_mut(kind as usize)
            .map_or_else(T::default, change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_changes_cause_one_request_and_one_that_follows() {
        let requests = RefreshRequests::default();
        assert!(requests.begin(RefreshKind::Lenses));
        assert!((0..100).all(|_| !requests.begin(RefreshKind::Lenses)));
        assert!(
            requests.begin(RefreshKind::Hints),
            "kinds do not wait for each other"
        );
        assert!(requests.end(RefreshKind::Lenses));
        assert!(!requests.end(RefreshKind::Lenses));
        assert!(requests.begin(RefreshKind::Lenses));
        assert!(!requests.end(RefreshKind::Lenses));
    }
}
