//! The workspace's crates, and the texts of their sources.

use super::checker::{Graph, Sources};
use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs cargo at the repository's root and gives what it printed. Panics, with what it said, when it fails.
pub fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(provable_tests::root())
        .output()
        .expect("cargo starts");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo {}: {complaint}",
        arguments.join(" ")
    );
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

/// Every library and program of the workspace: the folder in the repository and the root file in it.
pub fn crates() -> Vec<(String, String)> {
    let text = cargo(&[
        "metadata",
        "--offline",
        "--locked",
        "--no-deps",
        "--format-version",
        "1",
    ]);
    let metadata: Value = serde_json::from_str(&text).expect("cargo writes JSON");
    let mut crates = Vec::new();
    for package in metadata["packages"].as_array().expect("packages") {
        let path = |value: &Value| PathBuf::from(value.as_str().expect("a path"));
        let manifest = path(&package["manifest_path"]);
        let folder = manifest.parent().expect("the manifest's folder");
        for target in package["targets"].as_array().expect("targets") {
            let root = path(&target["src_path"]);
            let root = relative(folder, &root);
            if root.starts_with("src/") {
                crates.push((relative(provable_tests::root(), folder), root));
            }
        }
    }
    crates.sort();
    crates
}

/// The file graph of a crate.
pub fn graph(folder: &str, root: &str) -> Graph {
    let folder = provable_tests::root().join(folder);
    let mut sources = Sources::new();
    read(&folder, &folder.join("src"), &mut sources);
    Graph::of(&sources, root)
}

fn read(base: &Path, folder: &Path, sources: &mut Sources) {
    let entries = std::fs::read_dir(folder);
    for entry in entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            read(base, &path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path);
            let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            sources.insert(relative(base, &path), text);
        }
    }
}

/// A path within a folder, with `/` between the names.
fn relative(folder: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    let names = inner
        .components()
        .map(|name| name.as_os_str().to_string_lossy());
    names.collect::<Vec<_>>().join("/")
}
