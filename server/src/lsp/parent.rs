//! The process that started the server, as it names itself in `initialize`. When it is gone the server ends, also where
//! somebody else keeps the pipe open.

use std::time::Duration;
use tokio::sync::watch;

/// How often it is looked for.
const INTERVAL: Duration = Duration::from_secs(3);

/// The process to watch.
#[derive(Debug)]
pub struct Parent {
    id: watch::Sender<Option<u32>>,
}

impl Default for Parent {
    fn default() -> Parent {
        Parent {
            id: watch::Sender::new(None),
        }
    }
}

impl Parent {
    /// Watches a process. One that is not there now is not watched: the client is on another machine, or in a container
    /// of its own, and speaks of processes that cannot be seen from here.
    pub fn watch(&self, id: u32) {
        if is_there(id) == Some(true) {
            self.id.send_replace(Some(id));
        }
    }

    /// Waits until the process that is watched is gone; for ever while none is watched.
    pub async fn gone(&self) {
        let mut watched = self.id.subscribe();
        let Some(id) = watched
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|id| *id)
        else {
            return std::future::pending().await;
        };
        while is_there(id) == Some(true) {
            tokio::time::sleep(INTERVAL).await;
        }
    }
}

/// Whether there is a process; none where that cannot be found out. There the end of the pipe has to do.
#[cfg(unix)]
fn is_there(id: u32) -> Option<bool> {
    let id = rustix::process::Pid::from_raw(i32::try_from(id).ok()?)?;
    // One of another user may not be sent anything, but it is there.
    Some(rustix::process::test_kill_process(id) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_there(_: u32) -> Option<bool> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_there_and_none_has_no_number_or_the_largest() {
        assert_eq!(is_there(std::process::id()), Some(true));
        assert_eq!(is_there(i32::MAX as u32), Some(false));
        assert_eq!(is_there(u32::MAX), None);
        assert_eq!(is_there(0), None);
    }

    #[tokio::test]
    async fn a_process_that_cannot_be_seen_is_not_watched() {
        let parent = Parent::default();
        parent.watch(i32::MAX as u32);
        assert_eq!(*parent.id.borrow(), None);
        parent.watch(std::process::id());
        assert_eq!(*parent.id.borrow(), Some(std::process::id()));
    }
}
