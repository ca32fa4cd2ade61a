//! Work beside the handlers of messages: on threads of its own on an operating system; in its turn on the one thread that
//! there is in a browser, where nobody else waits for a thread.

use std::future::Future;
use std::io;
use std::time::Duration;

/// The work panicked, or the server is ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the work was not done")]
pub struct NotDone;

/// Does work that takes long or reads files.
///
/// # Errors
/// When the work panicked, or the server is ending.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, NotDone> {
    #[cfg(not(target_family = "wasm"))]
    return tokio::task::spawn_blocking(work).await.map_err(|_| NotDone);
    #[cfg(target_family = "wasm")]
    Ok(work())
}

/// Starts work that nobody waits for, on a thread of this name.
///
/// # Errors
/// When no thread can be started.
pub fn background(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    #[cfg(not(target_family = "wasm"))]
    return std::thread::Builder::new()
        .name(name.into())
        .spawn(work)
        .map(drop);
    #[cfg(target_family = "wasm")]
    {
        let _ = name;
        tokio::spawn(async { work() });
        Ok(())
    }
}

/// Lets the host pass on what has come in meanwhile. Long work calls this between its pieces. On an operating system messages are
/// read by another thread.
pub async fn let_host_run() {
    #[cfg(target_family = "wasm")]
    crate::web::runtime::pause().await;
}

/// Waits. For ever in a browser, where this is used for nothing but what an operating system does.
pub async fn sleep(time: Duration) {
    #[cfg(not(target_family = "wasm"))]
    tokio::time::sleep(time).await;
    #[cfg(target_family = "wasm")]
    {
        let _ = time;
        std::future::pending().await
    }
}

/// Waits for a result, no longer than this time; in a browser for as long as it takes.
pub async fn within<T>(time: Duration, result: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        result = result => Some(result),
        () = sleep(time) => None,
    }
}
