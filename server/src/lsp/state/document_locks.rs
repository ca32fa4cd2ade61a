//! A lock for each program, so that commands on one program take effect in the order in which they were given. Without it a
//! run that takes longer to prepare than a newer one would be queued after it, and supersede it.

use crate::mutex::lock;
use crate::program_state::DocumentId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// The locks of all programs.
#[derive(Debug, Default)]
pub struct DocumentLocks {
    programs: Mutex<HashMap<DocumentId, Weak<AsyncMutex<()>>>>,
}

impl DocumentLocks {
    /// Locks a program until the guard is dropped. The callers get the lock in the order in which they were polled first.
    pub async fn lock(&self, program: &DocumentId) -> OwnedMutexGuard<()> {
        let mutex = self.of(program);
        mutex.lock_owned().await
    }

    fn of(&self, program: &DocumentId) -> Arc<AsyncMutex<()>> {
        let mut programs = lock(&self.programs);
        if let Some(mutex) = programs.get(program).and_then(Weak::upgrade) {
            return mutex;
        }
        programs.retain(|_, mutex| mutex.strong_count() > 0);
        let mutex = Arc::new(AsyncMutex::default());
        programs.insert(program.clone(), Arc::downgrade(&mutex));
        mutex
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    #[test]
    fn callers_get_a_lock_in_order_and_programs_do_not_wait_for_each_other() {
        let document_locks = DocumentLocks::default();
        let [a, b] = ["a", "b"].map(|one| DocumentId::Other(one.to_owned()));
        let context = &mut Context::from_waker(Waker::noop());
        let (mut first, mut second) =
            (pin!(document_locks.lock(&a)), pin!(document_locks.lock(&a)));
        let mut third = pin!(document_locks.lock(&a));
        let Poll::Ready(guard) = first.as_mut().poll(context) else {
            panic!("the lock is free");
        };
        assert!(second.as_mut().poll(context).is_pending());
        assert!(third.as_mut().poll(context).is_pending());
        assert!(pin!(document_locks.lock(&b)).poll(context).is_ready());
        drop(guard);
        assert!(third.as_mut().poll(context).is_pending());
        let Poll::Ready(guard) = second.as_mut().poll(context) else {
            panic!("the lock was released");
        };
        drop(guard);
        assert!(third.as_mut().poll(context).is_ready());
    }

    #[test]
    fn locks_that_nobody_holds_are_dropped() {
        let document_locks = DocumentLocks::default();
        for number in 0..10 {
            document_locks.of(&DocumentId::Other(number.to_string()));
        }
        assert_eq!(lock(&document_locks.programs).len(), 1);
    }
}
