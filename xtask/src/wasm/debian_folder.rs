//! Debian 12's compiler for the web browsers that it builds, unpacked into `.cache/wasm-toolchain` of the repository.
//!
//! The packages are downloaded as any user and unpacked, never installed: the system's own compiler stays as it is.

use super::c_compiler::CCompiler;
use super::target::TARGET;
use crate::debian;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// The compiler with its sources, and the LLVM that it was built with.
pub const PACKAGES: [&str; 6] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "lld-22",
    "clang-22",
    "llvm-22",
];

/// The folder of that LLVM's programs and libraries.
const LLVM: &str = "usr/lib/llvm-22";

/// The folder of libraries.
fn libraries() -> String {
    format!("usr/lib/{}-linux-gnu", env::consts::ARCH)
}

fn root(workspace: &Workspace) -> PathBuf {
    workspace.root.join(".cache/wasm-toolchain/root")
}

/// The file that is written when all packages are unpacked.
fn stamp(workspace: &Workspace) -> PathBuf {
    workspace.root.join(".cache/wasm-toolchain/complete")
}

/// The folder, if all packages lie in it.
pub fn complete(workspace: &Workspace) -> Option<PathBuf> {
    let listed = fs::read_to_string(stamp(workspace)).ok()?;
    (listed == PACKAGES.join("\n")).then(|| root(workspace))
}

/// Downloads and unpacks the packages, if they are not there. `None` on a system that has no such packages.
pub fn fill(workspace: &Workspace) -> Result<Option<PathBuf>> {
    if let Some(folder) = complete(workspace) {
        return Ok(Some(folder));
    }
    let sh = &workspace.sh;
    if !debian::has(sh, "apt-get") || !debian::has(sh, "dpkg-deb") {
        return Ok(None);
    }
    let base = workspace.root.join(".cache/wasm-toolchain");
    sh.remove_path(&base)?;
    let archives = base.join("archives");
    fs::create_dir_all(archives.join("partial"))?;
    if download(sh, &archives, None).is_err() {
        // The lists of a fresh machine are empty or old. They are read anew into this folder, for which no one has to be root.
        let lists = base.join("lists");
        fs::create_dir_all(lists.join("partial"))?;
        let update = apt(sh, &archives, Some(&lists)).args(["-qq", "update"]);
        if update.run().is_err() || download(sh, &archives, Some(&lists)).is_err() {
            return Ok(None);
        }
    }
    let root = root(workspace);
    fs::create_dir_all(&root)?;
    for package in sh.read_dir(&archives)? {
        if package.extension().is_some_and(|ending| ending == "deb") {
            cmd!(sh, "dpkg-deb --extract {package} {root}")
                .quiet()
                .run()?;
        }
    }
    for needed in [cargo(&root), root.join(LLVM).join("bin/wasm-ld")] {
        if !needed.exists() {
            bail!("{} is in none of {}", needed.display(), PACKAGES.join(", "));
        }
    }
    for program in ["clang", "llvm-ar"] {
        write_starter(sh, &root, program)?;
    }
    sh.remove_path(&archives)?;
    sh.remove_path(base.join("lists"))?;
    fs::write(stamp(workspace), PACKAGES.join("\n"))?;
    Ok(Some(root))
}

/// `apt-get` with folders of its own.
fn apt<'a>(sh: &'a Shell, archives: &Path, lists: Option<&Path>) -> xshell::Cmd<'a> {
    let setting = |name: &str, folder: &Path| format!("--option=Dir::{name}={}", folder.display());
    let folders = [
        Some(setting("Cache::archives", archives)),
        lists.map(|lists| setting("State::lists", lists)),
    ];
    cmd!(sh, "env DEBIAN_FRONTEND=noninteractive apt-get")
        .args(folders.into_iter().flatten())
        // It locks the system's folders, which any user may not write, and nothing is written there.
        .arg("--option=Debug::NoLocking=1")
}

/// Downloads the packages and those they need that the system lacks.
fn download(sh: &Shell, archives: &Path, lists: Option<&Path>) -> Result<()> {
    // Also those that the system has: they are needed in the folder.
    apt(sh, archives, lists)
        .args(["-qq", "install", "--yes", "--no-install-recommends"])
        .args(["--download-only", "--reinstall"])
        .args(PACKAGES)
        .run()
        .context("the packages cannot be downloaded")
}

/// The folder's cargo.
pub fn cargo(root: &Path) -> PathBuf {
    root.join("usr/bin/cargo")
}

/// The folder's C compiler.
pub fn c_compiler(root: &Path) -> CCompiler {
    CCompiler {
        clang: starter(root, "clang"),
        archiver: Some(starter(root, "llvm-ar")),
    }
}

/// The script that starts a program of the folder. What else cargo starts does not get the folder's libraries so.
fn starter(root: &Path, program: &str) -> PathBuf {
    root.join("start").join(program)
}

fn write_starter(sh: &Shell, root: &Path, program: &str) -> Result<()> {
    let file = starter(root, program);
    let libraries = libraries();
    let text = format!(
        "#!/bin/sh\nroot=$(dirname \"$0\")/..\nLD_LIBRARY_PATH=$root/{libraries}:$root/{LLVM}/lib exec \"$root/{LLVM}/bin/{program}\" \"$@\"\n"
    );
    fs::create_dir_all(root.join("start"))?;
    fs::write(&file, text)?;
    cmd!(sh, "chmod +x {file}").quiet().run()?;
    Ok(())
}

/// What the folder's compiler needs around it.
pub fn environment(root: &Path) -> Result<Vec<(String, OsString)>> {
    let llvm = root.join(LLVM);
    let libraries = env::join_paths([root.join(libraries()), llvm.join("lib")])?;
    let programs = [root.join("usr/bin"), llvm.join("bin")];
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(programs.into_iter().chain(env::split_paths(&path)))?;
    let linker = format!(
        "CARGO_TARGET_{}_LINKER",
        TARGET.replace('-', "_").to_uppercase()
    );
    Ok(vec![
        ("LD_LIBRARY_PATH".to_owned(), libraries),
        ("PATH".to_owned(), path),
        ("RUSTC".to_owned(), root.join("usr/bin/rustc").into()),
        (linker, llvm.join("bin/wasm-ld").into()),
    ])
}
