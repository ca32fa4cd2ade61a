//! The dependencies of each set of features: who embeds a part builds no more than that part needs.

use super::workspace::cargo;
use std::collections::BTreeSet;

/// A package with features, and what its build has to do with.
struct Build {
    package: &'static str,
    /// Features beside none.
    features: &'static str,
    /// Crates that are needed, so that a misspelt name is no proof.
    has: &'static [&'static str],
    /// Crates that are not built, even for a dependency. A `*` stands for any ending.
    lacks: &'static [&'static [&'static str]],
    /// Crates that a dependency may bring, but this package does not call.
    does_not_call: &'static [&'static str],
}

/// Curves, fields and proofs.
const ALGEBRA: &[&str] = &["ark-*", "blst"];
/// What only making a proof needs.
const PROVER: &[&str] = &["provable-msm", "provable-mapped", "rayon*"];
/// Files.
const DISK: &[&str] = &["tempfile", "memmap2", "directories"];
/// Protocols of editors, and what serves them.
const PROTOCOL: &[&str] = &["tower*", "ls-types", "lsp-types", "tokio*"];

const BUILDS: &[Build] = &[
    Build {
        package: "provable",
        features: "",
        has: &["serde_json"],
        lacks: &[ALGEBRA, PROVER, DISK, PROTOCOL],
        does_not_call: &[],
    },
    Build {
        package: "provable",
        features: "verifier",
        has: &["ark-bls12-381", "ark-ec", "ark-ff", "ark-serialize", "blst"],
        lacks: &[PROVER, DISK, PROTOCOL],
        // `ark-ec` depends on it with any features.
        does_not_call: &["ark-poly"],
    },
    Build {
        package: "provable",
        features: "prover",
        has: &["ark-poly", "provable-msm", "rayon"],
        lacks: &[DISK, PROTOCOL],
        does_not_call: &[],
    },
    Build {
        package: "provable",
        features: "store",
        has: &["tempfile", "directories"],
        lacks: &[ALGEBRA, PROVER, PROTOCOL],
        does_not_call: &[],
    },
    Build {
        package: "provable",
        features: "prover,store",
        has: &["provable-msm", "tempfile", "memmap2", "directories"],
        lacks: &[PROTOCOL],
        does_not_call: &[],
    },
    Build {
        package: "provable-ide",
        features: "",
        has: &["provable"],
        lacks: &[ALGEBRA, PROVER, DISK, PROTOCOL],
        does_not_call: &[],
    },
    Build {
        package: "provable-server",
        features: "",
        has: &["provable-ide", "tower-lsp-server"],
        lacks: &[ALGEBRA, PROVER, &["memmap2"]],
        does_not_call: &[],
    },
    // The verifiers that are delivered or shown to others.
    Build {
        package: "provable-verify-wasm",
        features: "",
        has: &["provable", "blst"],
        lacks: &[PROVER, DISK, PROTOCOL],
        does_not_call: &["ark-*"],
    },
    Build {
        package: "provable-verify-server",
        features: "",
        has: &["provable", "blst", "axum"],
        lacks: &[PROVER, DISK, &["ls-types", "lsp-types", "tower-lsp-server"]],
        does_not_call: &["ark-*"],
    },
];

impl Build {
    /// The crates of the build, as deep as this, without what its tests and build scripts need.
    fn crates(&self, depth: &str) -> BTreeSet<String> {
        let mut arguments = vec!["tree", "--offline", "--locked", "--edges", "normal"];
        arguments.extend(["--prefix", "none", "--depth", depth]);
        arguments.extend(["--package", self.package, "--no-default-features"]);
        arguments.extend(["--features", self.features]);
        let text = cargo(&arguments);
        let names = text.lines().filter_map(|line| line.split(' ').next());
        names.map(str::to_owned).collect()
    }
}

fn fits(name: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == pattern,
    }
}

#[test]
fn no_set_of_features_brings_more_than_it_needs() {
    let mut wrong = Vec::new();
    for build in BUILDS {
        let what = format!("{} with features \"{}\"", build.package, build.features);
        let (all, direct) = (build.crates("999"), build.crates("1"));
        for name in build.has {
            if !all.contains(*name) {
                wrong.push(format!("{what} lacks {name}"));
            }
        }
        let found = |among: &BTreeSet<String>, pattern: &str| {
            let names = among.iter().filter(|name| fits(name, pattern));
            names.cloned().collect::<Vec<_>>()
        };
        for name in build
            .lacks
            .iter()
            .copied()
            .flatten()
            .flat_map(|pattern| found(&all, pattern))
        {
            wrong.push(format!(
                "{what} builds {name}; `cargo tree --invert {name}` shows for whom"
            ));
        }
        for name in build
            .does_not_call
            .iter()
            .flat_map(|pattern| found(&direct, pattern))
        {
            wrong.push(format!("{what} depends on {name} itself"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
