//! A C compiler for wasm32, which builds the portable arithmetic of `blst`.

use super::target::{TARGET, Threads};
use crate::debian;
use anyhow::Result;
use std::ffi::OsString;
use std::path::PathBuf;
use xshell::{Shell, cmd};

/// A compiler, with the archiver that goes with it.
#[derive(Debug)]
pub struct CCompiler {
    pub clang: PathBuf,
    /// Without one, that of the search path is taken.
    pub archiver: Option<PathBuf>,
}

impl CCompiler {
    /// What tells the crate `cc` of it.
    pub fn environment(&self, threads: Threads) -> Vec<(String, OsString)> {
        let name = |what: &str| format!("{what}_{}", TARGET.replace('-', "_"));
        let mut environment = vec![(name("CC"), self.clang.clone().into())];
        if let Some(archiver) = &self.archiver {
            environment.push((name("AR"), archiver.clone().into()));
        }
        if threads == Threads::Yes {
            environment.push((name("CFLAGS"), "-matomics -mbulk-memory".into()));
        }
        environment
    }
}

/// The compiler that the user names, or a `clang` that can build for the target. Apple's cannot.
pub fn found(sh: &Shell) -> Result<Option<CCompiler>> {
    let named = std::env::var_os(format!("CC_{}", TARGET.replace('-', "_")));
    let clang = named.unwrap_or_else(|| "clang".into());
    if !debian::has(sh, &clang.to_string_lossy()) {
        return Ok(None);
    }
    let folder = tempfile::tempdir()?;
    let (source, object) = (folder.path().join("it.c"), folder.path().join("it.o"));
    std::fs::write(&source, "int it(int x) { return x + 1; }\n")?;
    let compile = cmd!(sh, "{clang} --target={TARGET} -c {source} -o {object}").quiet();
    if compile.ignore_stdout().ignore_stderr().run().is_err() {
        return Ok(None);
    }
    let archiver = debian::has(sh, "llvm-ar").then(|| "llvm-ar".into());
    Ok(Some(CCompiler {
        clang: clang.into(),
        archiver,
    }))
}
