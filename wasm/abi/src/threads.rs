//! Threads that the host starts: each is an instance of the module over the same memory.

#[cfg(target_family = "wasm")]
use crate::host;
use std::sync::Mutex;

/// What a thread is to run.
type Work = Box<dyn FnOnce() + Send>;

/// What no thread runs yet, each at the place that its number says.
static WAITING: Mutex<Vec<Option<Work>>> = Mutex::new(Vec::new());

/// The table, also if a thread ended while it had it: each change of it is a single step.
fn waiting() -> std::sync::MutexGuard<'static, Vec<Option<Work>>> {
    WAITING
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Asks the host to run this on another thread. The host may start it after the call that is running has returned.
pub fn spawn(work: impl FnOnce() + Send + 'static) {
    let mut all = waiting();
    let number = match all.iter().position(Option::is_none) {
        Some(free) => free,
        None => {
            all.push(None);
            all.len() - 1
        }
    };
    if let Some(place) = all.get_mut(number) {
        *place = Some(Box::new(work));
    }
    // The host may run it at once, on the thread that calls.
    drop(all);
    start(number as u32);
}

/// Has another thread call `run_thread` with this number.
fn start(number: u32) {
    #[cfg(target_family = "wasm")]
    host::spawn(number);
    #[cfg(not(target_family = "wasm"))]
    std::thread::spawn(move || run_thread(number));
}

crate::exported! {
    /// Runs what was to run under this number, to its end. A number that nothing waits under does nothing.
    pub extern "C" fn run_thread(number: u32) {
        let work = waiting().get_mut(number as usize).and_then(Option::take);
        if let Some(work) = work {
            work();
        }
    }

    /// Memory for the stack of a thread or for its thread-local storage, which is never freed. Gives 0 if there is none.
    pub extern "C" fn allocate_for_thread(length: usize, align: usize) -> usize {
        let align = align.max(16);
        let mut memory: Vec<u8> = Vec::new();
        if memory.try_reserve_exact(length.saturating_add(align)).is_err() {
            return 0;
        }
        memory.resize(length.saturating_add(align), 0);
        (memory.leak().as_mut_ptr() as usize).next_multiple_of(align)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn what_is_spawned_runs_once() {
        let (sender, receiver) = channel();
        for number in 0..3 {
            let sender = sender.clone();
            spawn(move || sender.send(number).unwrap());
        }
        drop(sender);
        let mut ran: Vec<i32> = receiver.iter().collect();
        ran.sort_unstable();
        assert_eq!(ran, [0, 1, 2]);
        run_thread(0);
        run_thread(99);
    }

    #[test]
    fn memory_for_a_thread_is_aligned() {
        for align in [1, 16, 64, 4096] {
            assert_eq!(allocate_for_thread(10, align) % align, 0);
        }
    }
}
