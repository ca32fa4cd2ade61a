//! No circle of files in any crate: each file can be read and understood with only those that it uses.

use super::workspace::{crates, graph};

#[test]
fn no_circle_of_files_is_in_any_crate() {
    let mut circles = Vec::new();
    for (folder, root) in crates() {
        let graph = graph(&folder, &root);
        let found = graph.circles();
        circles.extend(
            found
                .iter()
                .map(|circle| format!("{folder}: {}", graph.describe(circle))),
        );
    }
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn every_crate_of_the_workspace_is_read() {
    let crates = crates();
    for folder in [
        "core",
        "host",
        "ide",
        "mapped",
        "msm",
        "packages/verify-server",
        "server",
        "tests",
        "wasm/abi",
        "wasm/server",
        "wasm/verify",
    ] {
        let root = (folder.to_owned(), "src/lib.rs".to_owned());
        assert!(crates.contains(&root), "{folder} is not in {crates:?}");
    }
}

/// A path that is not followed is an arrow that is not seen.
#[test]
fn every_path_is_followed() {
    let mut missing = Vec::new();
    for (folder, root) in crates() {
        for (file, path) in graph(&folder, &root).missing {
            missing.push(format!("{folder}/{file}: {path}"));
        }
    }
    assert!(
        missing.is_empty(),
        "no such item is found:\n{}",
        missing.join("\n")
    );
}
