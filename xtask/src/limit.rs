//! Commands with a time limit.

use anyhow::{Context, Result};
use std::process::{Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Runs a command to its end. `None` if it took longer than the limit; then it is killed.
pub fn run_within(limit: Duration, mut command: Command) -> Result<Option<ExitStatus>> {
    let started = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("{command:?} does not start"))?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        sleep(Duration::from_millis(50));
    }
}
