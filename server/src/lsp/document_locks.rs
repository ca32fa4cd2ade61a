//! DocumentLocks: commands on one program take effect in the order in which they were given, although they are answered side by
//! side. Else a run that takes longer to prepare than the one given after it would come last, and supersede it.

use super::identity::DocumentId;
use super::session::lock;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

/// The document_locks of every program. Programs do not wait for each other.
#[derive(Debug, Default)]
pub struct DocumentLocks {
    programs: Mutex<HashMap<DocumentId, Weak<Turn<()>>>>,
}

impl DocumentLocks {
    /// Waits for the turn of whoever asks, which lasts until the guard is dropped. Whoever was polled first has it
    /// first.
    pub async fn take(&self, program: &DocumentId) -> OwnedMutexGuard<()> {
        let turn = self.of(program);
        turn.lock_owned().await
    }

    fn of(&self, program: &DocumentId) -> Arc<Turn<()>> {
        let mut programs = lock(&self.programs);
        if let Some(turn) = programs.get(program).and_then(Weak::upgrade) {
            return turn;
        }
        programs.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::new(Turn::default());
        programs.insert(program.clone(), Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    #[test]
    fn whoever_asked_first_is_first_and_programs_do_not_wait_for_each_other() {
        let document_locks = DocumentLocks::default();
        let [a, b] = ["a", "b"].map(|one| DocumentId::Other(one.to_owned()));
        let context = &mut Context::from_waker(Waker::noop());
        let (mut first, mut second) =
            (pin!(document_locks.take(&a)), pin!(document_locks.take(&a)));
        let mut third = pin!(document_locks.take(&a));
        let Poll::Ready(turn) = first.as_mut().poll(context) else {
            panic!("nobody has the turn");
        };
        assert!(second.as_mut().poll(context).is_pending());
        assert!(third.as_mut().poll(context).is_pending());
        assert!(pin!(document_locks.take(&b)).poll(context).is_ready());
        drop(turn);
        assert!(third.as_mut().poll(context).is_pending());
        let Poll::Ready(turn) = second.as_mut().poll(context) else {
            panic!("the turn was given back");
        };
        drop(turn);
        assert!(third.as_mut().poll(context).is_ready());
    }

    #[test]
    fn programs_without_a_turn_are_forgotten() {
        let document_locks = DocumentLocks::default();
        for number in 0..10 {
            document_locks.of(&DocumentId::Other(number.to_string()));
        }
        assert_eq!(lock(&document_locks.programs).len(), 1);
    }
}
