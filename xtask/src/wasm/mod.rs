//! WebAssembly modules of this workspace's crates, for wasm32-unknown-unknown.
//!
//! ```ignore
//! let module = wasm::build(workspace, &Module { package: "provable-verify-wasm", features: &[], fast: &[], threads: Threads::No })?;
//! ```
//!
//! `wasm-opt` is not run: that of binaryen 132 with `-Oz` makes the verifier's file 13 % smaller, and 1 % when it is compressed.
//!
//! A crate that is built so is a `cdylib` over `provable-wasm-abi`, which says what a host calls and gives.

mod c_compiler;
mod debian_folder;
mod shrink;
mod target;
mod toolchain;

pub use target::{TARGET, Threads};
pub use toolchain::Toolchain;

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use xshell::cmd;

/// The first pages of a shared memory, of 64 KiB each, and the most. The host that makes the memory states both.
pub const SHARED_PAGES: (u32, u32) = (512, 16384);

/// A module to build.
#[derive(Clone, Copy, Debug)]
pub struct Module<'a> {
    /// The package, a `cdylib`.
    pub package: &'a str,
    /// Its features, beside none.
    pub features: &'a [&'a str],
    /// The packages that are optimised for speed, and not for size as the others are.
    pub fast: &'a [&'a str],
    /// Whether there are threads.
    pub threads: Threads,
}

/// The modules that `cargo xtask wasm` builds.
pub const MODULES: &[Module] = &[VERIFIER, LANGUAGE_SERVER, WORKER, WORKER_WITH_THREADS];

/// The verifier, as the npm package `provable-verify` has it.
pub const VERIFIER: Module = Module {
    package: "provable-verify-wasm",
    features: &[],
    fast: &[],
    threads: Threads::No,
};

/// What takes the time of a proof, of a run and of a keystroke.
const FAST: &[&str] = &[
    "ark-bls12-381",
    "ark-ec",
    "ark-ff",
    "ark-poly",
    "blst",
    "provable",
    "provable-msm",
    "rayon",
    "rayon-core",
    "sha2",
];

/// The language server and the debugger, as a page has them.
pub const LANGUAGE_SERVER: Module = Module {
    package: "provable-wasm-server",
    features: &["server"],
    fast: FAST,
    threads: Threads::No,
};

/// What proves in a page, on one thread.
pub const WORKER: Module = Module {
    package: "provable-wasm-server",
    features: &["worker"],
    fast: FAST,
    threads: Threads::No,
};

/// What proves in a page, on several threads.
pub const WORKER_WITH_THREADS: Module = Module {
    package: "provable-wasm-server",
    features: &["threads"],
    fast: FAST,
    threads: Threads::Yes,
};

/// Builds a module and gives the path of its file, `target/wasm/{single,threads}/PACKAGE+FEATURES.wasm`.
pub fn build(workspace: &Workspace, module: &Module) -> Result<PathBuf> {
    let toolchain = Toolchain::find(workspace, module.threads)?;
    build_with(workspace, &toolchain, module)
}

/// As [`build`], with a toolchain that was found before.
pub fn build_with(
    workspace: &Workspace,
    toolchain: &Toolchain,
    module: &Module,
) -> Result<PathBuf> {
    let Module {
        package,
        features,
        fast,
        threads,
    } = *module;
    let folder = workspace.target.join("wasm").join(threads.name());
    let cargo = &toolchain.cargo;
    let features = features.join(",");
    let settings = settings(fast, threads);
    let settings = settings.iter().flat_map(|one| ["--config", one]);
    let standard_library = match toolchain.builds_std {
        true => ["-Z", "build-std=std,panic_abort"].as_slice(),
        false => &[],
    };
    let command = cmd!(
        workspace.sh,
        "{cargo} build --release --locked --package {package} --lib --no-default-features --features {features}"
    );
    toolchain
        .applied_to(command)
        .args(["--target", TARGET, "--target-dir"])
        .arg(&folder)
        .args(standard_library)
        .args(settings)
        .run()?;
    let crate_name = package.replace('-', "_");
    let built = folder.join(format!("{TARGET}/release/{crate_name}.wasm"));
    let name = match features.is_empty() {
        true => package.to_owned(),
        false => format!("{package}+{}", features.replace(',', "+")),
    };
    // The next build with other features writes over the first file.
    let kept = folder.join(format!("{name}.wasm"));
    let bytes = fs::read(&built).with_context(|| format!("{} was not built", built.display()))?;
    fs::write(&kept, shrink::without_custom_sections(&bytes)?)?;
    Ok(kept)
}

/// The settings of cargo for such a build, beside those in `.cargo/config.toml`.
fn settings(fast: &[&str], threads: Threads) -> Vec<String> {
    let mut settings = vec![
        "profile.release.opt-level=\"s\"".to_owned(),
        "profile.release.lto=\"fat\"".to_owned(),
        "profile.release.codegen-units=1".to_owned(),
        // A panic is a trap, and a trap is an error to the host.
        "profile.release.panic=\"abort\"".to_owned(),
        "profile.release.strip=true".to_owned(),
        "profile.release.debug=false".to_owned(),
    ];
    let fast = fast.iter();
    settings.extend(fast.map(|name| format!("profile.release.package.{name}.opt-level=3")));
    if threads == Threads::Yes {
        settings.push(format!("target.{TARGET}.rustflags={}", thread_flags()));
    }
    settings
}

/// The flags of the compiler for shared memory, as a TOML array. Cargo adds them to those of `.cargo/config.toml`.
fn thread_flags() -> String {
    let (first, most) = SHARED_PAGES;
    let link = [
        "--shared-memory".to_owned(),
        "--import-memory".to_owned(),
        format!("--initial-memory={}", u64::from(first) << 16),
        format!("--max-memory={}", u64::from(most) << 16),
        "--export=__wasm_init_tls".to_owned(),
        "--export=__tls_size".to_owned(),
        "--export=__tls_align".to_owned(),
        "--export=__stack_pointer".to_owned(),
    ];
    let features = "-Ctarget-feature=+atomics,+bulk-memory,+mutable-globals".to_owned();
    let link = link.iter().map(|flag| format!("-Clink-arg={flag}"));
    let flags = [features].into_iter().chain(link);
    let flags: Vec<String> = flags.map(|flag| format!("\"{flag}\"")).collect();
    format!("[{}]", flags.join(", "))
}
