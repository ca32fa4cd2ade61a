//! The process that started the language server. When it has ended the server ends, also if another process keeps the pipe
//! open.

use crate::task;
use std::time::Duration;
use tokio::sync::watch;

/// How often the process is looked for.
const INTERVAL: Duration = Duration::from_secs(3);

/// The process that is watched.
#[derive(Debug)]
pub struct ParentProcess {
    id: watch::Sender<Option<u32>>,
}

impl Default for ParentProcess {
    fn default() -> ParentProcess {
        ParentProcess {
            id: watch::Sender::new(None),
        }
    }
}

impl ParentProcess {
    /// Watches a process. A process that does not exist is not watched: the client runs on another machine or in a
    /// container, and its processes cannot be seen from here.
    pub fn watch(&self, id: u32) {
        if exists(id) == Some(true) {
            self.id.send_replace(Some(id));
        }
    }

    /// Waits until the watched process has ended; for ever while none is watched.
    pub async fn ended(&self) {
        let mut watched = self.id.subscribe();
        let Some(id) = watched
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|id| *id)
        else {
            return std::future::pending().await;
        };
        while exists(id) == Some(true) {
            task::sleep(INTERVAL).await;
        }
    }
}

/// Whether a process exists; none on systems where this is not known. There the server ends with its pipe.
#[cfg(unix)]
fn exists(id: u32) -> Option<bool> {
    let id = rustix::process::Pid::from_raw(i32::try_from(id).ok()?)?;
    // A process of another user exists also if no signal may be sent to it.
    Some(rustix::process::test_kill_process(id) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn exists(_: u32) -> Option<bool> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn this_process_exists_and_a_number_that_no_process_has_does_not() {
        assert_eq!(exists(std::process::id()), Some(true));
        assert_eq!(exists(i32::MAX as u32), Some(false));
        assert_eq!(exists(u32::MAX), None);
        assert_eq!(exists(0), None);
    }

    #[tokio::test]
    async fn a_process_that_does_not_exist_is_not_watched() {
        let parent = ParentProcess::default();
        parent.watch(i32::MAX as u32);
        assert_eq!(*parent.id.borrow(), None);
        parent.watch(std::process::id());
        assert_eq!(*parent.id.borrow(), Some(std::process::id()));
    }
}
