//! `cargo xtask fuzz`: drives one target. See `fuzz/README.md`.

use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::path::PathBuf;
use xshell::cmd;

#[derive(clap::Args)]
pub struct Args {
    /// The target's name, as in fuzz/fuzz_targets
    name: String,
    /// How long to drive it
    #[arg(default_value_t = 600)]
    seconds: u32,
    /// Where inputs that reach new code are kept, in a folder of the target's name
    #[arg(long, default_value = "fuzz/corpus")]
    corpus: PathBuf,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    let sh = &workspace.sh;
    let Args { name, seconds, .. } = args;
    let fuzz = workspace.root.join("fuzz");
    if !fuzz.join(format!("fuzz_targets/{name}.rs")).is_file() {
        bail!("there is no fuzz target {name}: their list is in fuzz/README.md");
    }
    if cmd!(sh, "cargo fuzz --version")
        .quiet()
        .ignore_stdout()
        .ignore_stderr()
        .run()
        .is_err()
    {
        cmd!(sh, "cargo install cargo-fuzz --locked").run()?;
    }
    let seconds = seconds.to_string();
    let corpus = workspace.root.join(&args.corpus).join(name);
    sh.create_dir(&corpus)?;
    let _folder = sh.push_dir(&fuzz);
    // One thread: a target's memory is counted by the thread. Answers of the worker go to standard output.
    cmd!(
        sh,
        "rustup run nightly cargo fuzz run --sanitizer none {name} {corpus} seeds/{name} --
            -dict=dictionaries/{name}.dict -max_total_time={seconds} -rss_limit_mb=2048 -timeout=10 -print_final_stats=1"
    )
    .env("RAYON_NUM_THREADS", "1")
    .ignore_stdout()
    .run()?;
    Ok(())
}
