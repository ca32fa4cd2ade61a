//! The folders of the workspace, and the symbols that the programs in them define. A thread of its own walks over the
//! folders, so that no other request waits for the disk. A request waits for a walk that began after it, and shares it with
//! the other requests that wait. The walk stops when no request waits any more.

mod index;

use crate::lsp::position_encoding::Encoding;
use crate::mutex::lock;
use crate::task;
pub use index::{ProgramFile, SymbolIndex, is_searched};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard, watch};
use tower_lsp_server::ls_types::Uri;

/// The folders, and the symbols in them.
#[derive(Debug, Default)]
pub struct WorkspaceFolders {
    roots: Mutex<Vec<PathBuf>>,
    index: Mutex<Arc<SymbolIndex>>,
    walks: Mutex<Walks>,
    /// The number of the last walk that came to its end.
    done: watch::Sender<u64>,
    /// The number of requests that wait for a walk.
    waiting: AtomicUsize,
    answers: Arc<AsyncMutex<()>>,
}

/// Walks are numbered from 1.
#[derive(Debug, Default)]
struct Walks {
    begun: u64,
    wanted: u64,
    is_running: bool,
}

impl WorkspaceFolders {
    /// Adds and removes folders.
    pub fn change(&self, added: &[Uri], removed: &[Uri]) {
        let path = |uri: &Uri| uri.to_file_path().map(|path| path.into_owned());
        let mut roots = lock(&self.roots);
        roots.retain(|root| !removed.iter().filter_map(path).any(|gone| gone == *root));
        for root in added.iter().filter_map(path) {
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
    }

    /// The symbols in the folders, as a walk finds them that begins after the call. The request waits until the future is
    /// dropped.
    pub async fn index(self: &Arc<Self>, encoding: Encoding) -> Arc<SymbolIndex> {
        let _waiting = Waiting::new(self);
        let mut done = self.done.subscribe();
        let wanted = self.request_walk(encoding);
        // The sender lives as long as this.
        let _ = done.wait_for(|done| *done >= wanted).await;
        Arc::clone(&lock(&self.index))
    }

    /// Locks the computing of answers: one at a time, so that these requests never take all threads that compute.
    pub async fn lock_answers(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.answers).lock_owned().await
    }

    /// Requests a walk that begins after this. Returns its number.
    fn request_walk(self: &Arc<Self>, encoding: Encoding) -> u64 {
        let mut walks = lock(&self.walks);
        walks.wanted = walks.begun + 1;
        let wanted = walks.wanted;
        if !walks.is_running {
            let folders = Arc::clone(self);
            let started = task::background("symbols", move || folders.walk(encoding));
            walks.is_running = started.is_ok();
            if started.is_err() {
                // Without a thread the answer is the result of the last walk.
                walks.begun = wanted;
                self.done.send_replace(wanted);
            }
        }
        wanted
    }

    /// Walks for as long as a request waits.
    fn walk(&self, encoding: Encoding) {
        // On Linux this lowers the priority of this thread alone. Other requests come first.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::nice(10);
        let _running = Running(self);
        while let Some(number) = self.next_walk() {
            let roots = lock(&self.roots).clone();
            let old = Arc::clone(&lock(&self.index));
            let goes_on = || self.waiting.load(Ordering::SeqCst) > 0;
            let (index, is_whole) = SymbolIndex::read(&roots, &old, encoding, &goes_on);
            *lock(&self.index) = Arc::new(index);
            if is_whole {
                self.done.send_replace(number);
            }
        }
    }

    fn next_walk(&self) -> Option<u64> {
        let mut walks = lock(&self.walks);
        if walks.wanted <= walks.begun || self.waiting.load(Ordering::SeqCst) == 0 {
            walks.is_running = false;
            return None;
        }
        walks.begun += 1;
        Some(walks.begun)
    }
}

/// A request that waits.
struct Waiting<'a>(&'a WorkspaceFolders);

impl Waiting<'_> {
    fn new(folders: &WorkspaceFolders) -> Waiting<'_> {
        folders.waiting.fetch_add(1, Ordering::SeqCst);
        Waiting(folders)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The walking thread. If it panics, the requests that wait are released.
struct Running<'a>(&'a WorkspaceFolders);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut walks = lock(&self.0.walks);
            walks.is_running = false;
            walks.begun = walks.begun.max(walks.wanted);
            self.0.done.send_replace(walks.begun);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    fn names(index: &SymbolIndex) -> Vec<&str> {
        let files = index.files();
        files
            .flat_map(|(_, file)| file.symbols.iter().map(|one| one.name.as_str()))
            .collect()
    }

    fn folders(root: &std::path::Path) -> Arc<WorkspaceFolders> {
        let folders = Arc::new(WorkspaceFolders::default());
        folders.change(&[Uri::from_file_path(root).unwrap()], &[]);
        folders
    }

    #[tokio::test]
    async fn a_request_is_answered_from_a_walk_that_began_after_it() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("a.prov"), "one:\nHALT\n").unwrap();
        let folders = folders(root.path());
        assert_eq!(names(&*folders.index(Encoding::Utf16).await), ["one"]);
        std::fs::write(root.path().join("b.prov"), "two:\nHALT\n").unwrap();
        assert_eq!(
            names(&*folders.index(Encoding::Utf16).await),
            ["one", "two"]
        );
        std::fs::remove_file(root.path().join("a.prov")).unwrap();
        std::fs::write(root.path().join("b.prov"), "three:\nHALT\n").unwrap();
        assert_eq!(names(&*folders.index(Encoding::Utf16).await), ["three"]);
    }

    #[tokio::test]
    async fn requests_that_wait_share_a_walk() {
        let root = tempfile::tempdir().unwrap();
        let folders = folders(root.path());
        let mut asked: Vec<_> = (0..100)
            .map(|_| Box::pin(folders.index(Encoding::Utf16)))
            .collect();
        {
            // No walk can come to its end meanwhile.
            let _roots = lock(&folders.roots);
            let context = &mut Context::from_waker(Waker::noop());
            for one in &mut asked {
                assert!(one.as_mut().poll(context).is_pending());
            }
        }
        for one in asked {
            one.await;
        }
        // Those that were asked when the first had just begun share the second.
        let walks = lock(&folders.walks).begun;
        assert!(walks <= 2, "{walks}");
    }

    #[test]
    fn a_walk_that_no_request_waits_for_stops() {
        let root = tempfile::tempdir().unwrap();
        let folders = folders(root.path());
        {
            let mut asked = pin!(folders.index(Encoding::Utf16));
            let context = &mut Context::from_waker(Waker::noop());
            if let Poll::Ready(index) = asked.as_mut().poll(context) {
                assert!(names(&index).is_empty());
            }
            assert_eq!(folders.waiting.load(Ordering::SeqCst), 1);
        }
        assert_eq!(folders.waiting.load(Ordering::SeqCst), 0);
        for name in ["a", "b"] {
            std::fs::write(root.path().join(name).with_extension("prov"), "x:\nHALT\n").unwrap();
        }
        let roots = lock(&folders.roots).clone();
        let (index, is_whole) =
            SymbolIndex::read(&roots, &SymbolIndex::default(), Encoding::Utf16, &|| false);
        assert!(!is_whole);
        assert!(names(&index).is_empty());
    }
}
