//! `cargo xtask python`: the test vectors are judged by a second verifier, which is written in Python from `docs/formats.md` and
//! `docs/language.md` alone. See `tests/python`.

use crate::debian;
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use xshell::{Shell, cmd};

#[derive(clap::Args)]
pub struct Args {
    /// Run only the vectors whose names have this part, and no other tests
    part: Option<String>,
}

/// Where the pairing library is installed, from the root of the workspace.
const ENVIRONMENT: &str = ".cache/python";

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    prepare(workspace)?;
    judge(workspace, args.part.as_deref())
}

/// Judges the vectors, in the environment that is there.
pub fn judge(workspace: &Workspace, part: Option<&str>) -> Result<()> {
    let sh = &workspace.sh;
    let python = sh.current_dir().join(ENVIRONMENT).join("bin/python");
    let _folder = sh.push_dir("tests/python");
    cmd!(sh, "{python} vectors.py {part...}").run()?;
    if part.is_none() {
        cmd!(sh, "{python} -m unittest").run()?;
    }
    Ok(())
}

/// Makes the environment, or completes it.
pub fn prepare(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    if !can_make_environments(sh) {
        debian::install(sh, &["python3", "python3-venv"])?;
    }
    let old = "import sys; sys.exit(sys.version_info < (3, 9))";
    if cmd!(sh, "python3 -c {old}").quiet().run().is_err() {
        bail!("the second verifier of proofs needs Python 3.9 or later: https://www.python.org");
    }
    cmd!(sh, "python3 -m venv {ENVIRONMENT}").run()?;
    // Every file that may be installed is named by its hash. None is built from sources, which would need a compiler and more packages.
    cmd!(
        sh,
        "{ENVIRONMENT}/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --requirement tests/python/requirements.txt"
    )
    .run()?;
    Ok(())
}

/// Whether there is a Python with what makes environments: Debian packs it apart.
fn can_make_environments(sh: &Shell) -> bool {
    debian::has(sh, "python3")
        && cmd!(sh, "python3 -c")
            .arg("import ensurepip, venv")
            .quiet()
            .ignore_stderr()
            .run()
            .is_ok()
}
