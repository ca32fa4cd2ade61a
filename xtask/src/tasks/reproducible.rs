//! `cargo xtask reproducible`: whether the last commit makes one binary and one VS Code package, wherever and whenever
//! it is built.
//!
//! Builds both twice, with folders, a cargo home and a umask that differ, and prints the hashes. Two optimised builds
//! take minutes. Somebody else's hash is compared with these: same commit, same compiler, same system, same hash.

use super::release::sha256;
use crate::debian;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use xshell::{Cmd, Shell, cmd};

pub fn run(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    let commit = cmd!(sh, "git rev-parse HEAD").read()?;
    let work = tempfile::tempdir()?;
    let source = work.path().join("source.tar");
    cmd!(sh, "git archive --output {source} {commit}").run()?;

    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
        .context("there is no CARGO_HOME and no home")?;
    let other_home = work.path().join("another home");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&home, &other_home)?;
    #[cfg(not(unix))]
    bail!(
        "binaries hold the paths of this system, {}",
        other_home.display()
    );

    let one = work.path().join("one");
    let two = work.path().join("another place/of a longer name");
    let builds = [
        Build {
            folder: one.clone(),
            target: one.join("target"),
            home,
            umask: "022",
        },
        Build {
            folder: two,
            target: work.path().join("built"),
            home: other_home,
            umask: "077",
        },
    ];
    for build in &builds {
        build.run(sh, &source)?;
    }

    println!("commit {commit}");
    let rustc = cmd!(sh, "rustc --version --verbose").quiet().read()?;
    for line in rustc.lines() {
        if line.starts_with("release:") || line.starts_with("host:") {
            println!("rustc {line}");
        }
    }
    let [one, two] = &builds;
    let mut same = compare(&one.binary(), &two.binary())?;
    for package in one.packages()? {
        let name = package.file_name().context("a package without a name")?;
        same &= compare(&package, &two.extension().join(name))?;
    }
    if same {
        return Ok(());
    }
    bail!("both are kept in {}", work.keep().display())
}

struct Build {
    folder: PathBuf,
    target: PathBuf,
    home: PathBuf,
    umask: &'static str,
}

impl Build {
    fn run(&self, sh: &Shell, source: &Path) -> Result<()> {
        let Self {
            folder,
            target,
            home,
            ..
        } = self;
        sh.create_dir(folder)?;
        self.command(sh, &["tar", "-x", "--no-same-permissions", "-C"])
            .args([folder.as_path(), "-f".as_ref(), source])
            .run()?;
        let _folder = sh.push_dir(folder);
        let _target = sh.push_env("CARGO_TARGET_DIR", target);
        let _home = sh.push_env("CARGO_HOME", home);
        let setting = cmd!(sh, "server/remapped.sh").read()?;
        let build = [
            "cargo",
            "build",
            "--release",
            "--locked",
            "--package",
            "provable-server",
        ];
        self.command(sh, &build)
            .args(["--config", &setting])
            .run()?;
        if !debian::has(sh, "npm") {
            println!("no npm: the VS Code package is not made");
            return Ok(());
        }
        let _folder = sh.push_dir("editors/vscode");
        self.command(sh, &["sh", "scripts/dependencies.sh"]).run()?;
        self.command(sh, &["npm", "run", "package", "--", "--binary"])
            .arg(self.binary())
            .run()?;
        Ok(())
    }

    /// The command, with this build's umask. Flags of the user's shell would make another binary.
    fn command<'a>(&self, sh: &'a Shell, words: &[&str]) -> Cmd<'a> {
        let mask = format!("umask {}; exec \"$@\"", self.umask);
        let mut command = cmd!(sh, "sh -c {mask} sh {words...}");
        for variable in [
            "RUSTFLAGS",
            "CARGO_ENCODED_RUSTFLAGS",
            "CARGO_BUILD_RUSTFLAGS",
            "SOURCE_DATE_EPOCH",
        ] {
            command = command.env_remove(variable);
        }
        command
    }

    fn binary(&self) -> PathBuf {
        self.target.join("release/provable")
    }

    fn extension(&self) -> PathBuf {
        self.folder.join("editors/vscode")
    }

    fn packages(&self) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(self.extension())? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "vsix") {
                found.push(path);
            }
        }
        Ok(found)
    }
}

/// Whether two files are the same, said with their hashes.
fn compare(one: &Path, other: &Path) -> Result<bool> {
    let name = one.file_name().unwrap_or_default().to_string_lossy();
    let (first, second) = (sha256(one)?, sha256(other)?);
    if first == second {
        println!("same       {first}  {name}");
    } else {
        println!("DIFFERENT  {first}  {name}\n           {second}");
    }
    Ok(first == second)
}
