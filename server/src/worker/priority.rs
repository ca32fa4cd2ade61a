//! The worker's place in the system: after the editor, in time as in memory. What the system does not allow is no
//! loss: the work is done all the same.

/// How much the worker yields to other processes, from 0 to 19.
#[cfg(unix)]
const NICE: i32 = 10;

/// Lets other processes go first. To be called before any other thread is started: the threads of a process inherit
/// it, those that run already keep theirs.
pub fn lower() {
    #[cfg(unix)]
    let _ = rustix::process::nice(NICE);
    // When memory runs out, the system ends the process with the highest score: this one, not the editor.
    #[cfg(target_os = "linux")]
    let _ = std::fs::write("/proc/self/oom_score_adj", "500");
}
