//! A task that runs beside others: some have one thread, and a machine has more.

use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A program that runs. It is ended when this is dropped.
pub struct Beside {
    name: &'static str,
    log: PathBuf,
    child: Child,
}

impl Beside {
    /// Starts it, with its output in a file of this folder.
    pub fn start(name: &'static str, mut command: Command, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let log = folder.join(format!("{name}.log"));
        let output = File::create(&log)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .with_context(|| format!("{name} cannot be started"))?;
        Ok(Self { name, log, child })
    }

    /// Waits for its end, and shows its output.
    pub fn wait(mut self) -> Result<()> {
        let status = self.child.wait()?;
        let output = fs::read(&self.log)?;
        eprint!("{}", String::from_utf8_lossy(&output));
        if !status.success() {
            bail!(
                "{} failed; its output is above, and in {}",
                self.name,
                self.log.display()
            );
        }
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // It has ended, or what ran beside it has failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(script: &str) -> Result<()> {
        let folder = tempfile::tempdir()?;
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Beside::start("script", command, folder.path())?.wait()
    }

    #[test]
    fn a_program_that_fails_beside_others_is_a_failure() {
        run("echo done").unwrap();
        let error = run("echo broken >&2; exit 3").unwrap_err().to_string();
        assert!(error.contains("script failed"), "{error}");
    }
}
