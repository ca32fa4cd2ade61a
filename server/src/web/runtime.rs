//! The runtime: one thread, which belongs to the host. It works until every task waits, and then returns to the host.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Poll, Waker};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;
use tokio::task::LocalSet;

/// What is woken when every task waits.
static IDLE: Mutex<Option<Waker>> = Mutex::new(None);

thread_local! {
    static RUNTIME: RefCell<Option<(Runtime, LocalSet)>> = RefCell::new(runtime());
}

fn runtime() -> Option<(Runtime, LocalSet)> {
    let runtime = Builder::new_current_thread().on_thread_park(wake).build();
    Some((runtime.ok()?, LocalSet::new()))
}

/// Wakes whoever waits until every task waits: the runtime calls this before it would sleep.
fn wake() {
    let waker = IDLE.lock().ok().and_then(|mut idle| idle.take());
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// Waits until every task waits.
fn idle() -> impl Future<Output = ()> {
    let mut is_waiting = false;
    poll_fn(move |context| {
        let idle = IDLE.lock();
        match idle {
            Ok(mut idle) if idle.is_some() || !is_waiting => {
                is_waiting = true;
                *idle = Some(context.waker().clone());
                Poll::Pending
            }
            _ => Poll::Ready(()),
        }
    })
}

/// Starts a task. It does its first step in the next call of [`go_on`].
pub(super) fn start(task: impl Future<Output = ()> + 'static) {
    RUNTIME.with_borrow(|runtime| {
        if let Some((_, local)) = runtime {
            local.spawn_local(task);
        }
    });
}

/// The pieces of long work that wait for the host's next turn.
static PAUSED: Notify = Notify::const_new();
/// Whether there are any.
static IS_PAUSED: AtomicBool = AtomicBool::new(false);

/// Waits for the host's next turn.
pub(crate) async fn pause() {
    IS_PAUSED.store(true, Ordering::Relaxed);
    PAUSED.notified().await;
}

/// Whether there is work that goes on when the host calls [`go_on`] again, once it has passed on what came in.
pub fn is_paused() -> bool {
    IS_PAUSED.load(Ordering::Relaxed)
}

/// Works until every task waits for the host, or for its next turn.
pub fn go_on() {
    if IS_PAUSED.swap(false, Ordering::Relaxed) {
        PAUSED.notify_waiters();
    }
    RUNTIME.with_borrow(|runtime| {
        if let Some((runtime, local)) = runtime {
            local.block_on(runtime, idle());
        }
    });
}
