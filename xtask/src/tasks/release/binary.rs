//! The command for one platform, with completions for each shell, licences and pages.

use super::archive::{self, Entry};
use super::files::Files;
use super::platforms;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use xshell::cmd;

/// The shells with completions, and the file that each looks for.
const SHELLS: [(&str, &str); 5] = [
    ("bash", "provable.bash"),
    ("elvish", "provable.elv"),
    ("fish", "provable.fish"),
    ("powershell", "_provable.ps1"),
    ("zsh", "_provable"),
];

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    files: Files,
    /// Rust's name of the platform, which this machine must be able to run programs of [default: this machine's]
    #[arg(long)]
    target: Option<String>,
    /// Cargo's profile
    #[arg(long, default_value = "release")]
    profile: String,
}

impl Args {
    /// For this machine.
    pub fn optimised(folder: PathBuf) -> Self {
        Self {
            files: Files {
                folder: Some(folder),
            },
            target: None,
            profile: "release".to_owned(),
        }
    }
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    let sh = &workspace.sh;
    let target = match &args.target {
        Some(target) => target.clone(),
        None => host(workspace)?,
    };
    if !platforms::PLATFORMS
        .iter()
        .any(|(known, _)| *known == target)
    {
        bail!(
            "a release has no binary for {target}: add it to xtask/src/tasks/release/platforms.rs"
        );
    }
    let (profile, config) = (&args.profile, workspace.remapped()?);
    cmd!(
        sh,
        "cargo build --locked --package provable-server --bin provable --profile {profile} --target {target} {config...}"
    )
    .run()?;
    // Cargo's folder of the profile `dev` has another name.
    let built = if profile == "dev" { "debug" } else { profile };
    let command = platforms::command(&target);
    let binary = workspace.target.join(&target).join(built).join(command);

    let mut entries = vec![Entry::read(command, &binary, true)?];
    for page in ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
        entries.push(Entry::read(page, &workspace.root.join(page), false)?);
    }
    for (shell, name) in SHELLS {
        let script = cmd!(sh, "{binary} completions {shell}").quiet().output()?;
        let name = format!("completions/{name}");
        entries.push(Entry {
            name,
            bytes: script.stdout,
            executable: false,
        });
    }
    let name = platforms::archive(workspace.version()?, &target);
    let file = args.files.folder(workspace)?.join(&name);
    archive::write(&file, name.trim_end_matches(".tar.gz"), entries)?;
    println!("{}", file.display());
    Ok(())
}

/// Rust's name of this machine's platform.
fn host(workspace: &Workspace) -> Result<String> {
    let version = cmd!(workspace.sh, "rustc --version --verbose")
        .quiet()
        .read()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host
        .context("rustc does not say what machine this is")?
        .to_owned())
}
