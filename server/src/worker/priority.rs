//! The priority of the worker's process, which is below the editor's in processor time and in memory. If the system does
//! not allow a change, the worker goes on without it.

/// How much the worker yields to other processes, from 0 to 19.
#[cfg(unix)]
const NICE: i32 = 10;

/// Lowers the priority of the process. To be called before any other thread is started: new threads inherit the
/// priority, running threads keep theirs.
pub fn lower() {
    #[cfg(unix)]
    let _ = rustix::process::nice(NICE);
    // When memory runs out, the system kills the process with the highest score: this one, not the editor.
    #[cfg(target_os = "linux")]
    let _ = std::fs::write("/proc/self/oom_score_adj", "500");
}
