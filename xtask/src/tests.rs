//! What the tasks hold together: documents and the task runner, the release's table and its workflow.

use crate::Xtask;
use crate::tasks::editors::generated_by;
use crate::tasks::release::archive::{self, Entry};
use crate::tasks::release::{notes, platforms::PLATFORMS, sha256};
use crate::tasks::{damaged_proofs, feature_sets, toolchain_agrees};
use crate::workspace::root;
use clap::{CommandFactory, Parser};
use std::fs;
use std::process::Command;

fn read(file: &str) -> String {
    fs::read_to_string(root().unwrap().join(file)).unwrap()
}

/// The text files that git knows.
fn tracked() -> Vec<(String, String)> {
    let root = root().unwrap();
    let files = Command::new("git")
        .arg("ls-files")
        .current_dir(&root)
        .output()
        .unwrap();
    String::from_utf8(files.stdout)
        .unwrap()
        .lines()
        .filter_map(|file| Some((file.to_owned(), fs::read_to_string(root.join(file)).ok()?)))
        .collect()
}

#[test]
fn the_command_line_is_sound() {
    Xtask::command().debug_assert();
}

#[test]
fn every_task_that_a_document_or_a_comment_names_exists() {
    let mut seen = 0;
    for (file, text) in tracked() {
        for (_, rest) in text
            .match_indices("cargo xtask ")
            .map(|(at, found)| text.split_at(at + found.len()))
        {
            let line = rest.lines().next().unwrap_or_default();
            let quoted = line
                .split(['`', '"', '\'', '#', ':', ';', ',', '|'])
                .next()
                .unwrap_or_default();
            let words: Vec<&str> = quoted.split_whitespace().collect();
            let Some(task) = words
                .first()
                .filter(|word| word.starts_with(|sign: char| sign.is_ascii_lowercase()))
            else {
                continue;
            };
            seen += 1;
            let all = Xtask::command();
            let Some(task) = all.get_subcommands().find(|one| one.get_name() == *task) else {
                panic!("{file} names `cargo xtask {line}`, and there is no such task");
            };
            let second = words.get(1).filter(|word| {
                task.has_subcommands() && word.starts_with(|sign: char| sign.is_ascii_lowercase())
            });
            if let Some(second) = second {
                assert!(
                    task.find_subcommand(second).is_some(),
                    "{file} names `cargo xtask {line}`, and there is no such part"
                );
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_proof_seed_differs_from_its_copies_in_points_alone() {
    let proof = serde_json::from_str(&read("fuzz/seeds/proof/sum.json")).unwrap();
    for (name, damaged) in damaged_proofs(&proof) {
        let changed: Vec<&String> = proof
            .as_object()
            .unwrap()
            .iter()
            .filter(|(field, value)| damaged[field.as_str()] != **value)
            .map(|(field, _)| field)
            .collect();
        assert!(!changed.is_empty(), "{name}");
        assert!(
            changed
                .iter()
                .all(|field| ["a", "c"].contains(&field.as_str())),
            "{name}: {changed:?}"
        );
    }
}

#[test]
fn every_feature_is_built_alone_and_all_are_built_together() {
    let features = ["default", "prover", "verifier"].map(str::to_owned);
    let sets: Vec<String> = feature_sets(&features)
        .iter()
        .map(|set| set.join(" "))
        .collect();
    assert_eq!(
        sets,
        [
            "--no-default-features",
            "--no-default-features --features prover",
            "--no-default-features --features verifier",
            "",
            "--all-features",
        ]
    );
}

#[test]
fn a_toolchain_older_than_the_claimed_version_is_refused() {
    let channel = |channel: &str| {
        toolchain_agrees(&format!("[toolchain]\nchannel = \"{channel}\"\n"), "1.89")
    };
    assert!(channel("stable").is_ok());
    assert!(channel("1.89").is_ok());
    assert!(channel("1.100.1").is_ok());
    assert!(channel("1.88.0").is_err());
    assert!(channel("nightly").is_err());
    assert!(toolchain_agrees("[toolchain]\n", "1.89").is_err());
}

#[test]
fn a_section_of_the_changelog_ends_at_the_next_version() {
    let changes = "# Changes\n\n## Unreleased\n\nnew\n\n## 0.2.0 (2026-01-02)\n\n### Added\n\nmore\n\n## [0.1.0]\nfirst\n";
    assert_eq!(notes::section(changes, "Unreleased"), Some("new"));
    assert_eq!(notes::section(changes, "0.2.0"), Some("### Added\n\nmore"));
    assert_eq!(notes::section(changes, "0.1.0"), Some("first"));
    assert_eq!(notes::section(changes, "0.2"), None);
}

#[test]
fn the_changelog_has_a_section_that_can_be_released() {
    assert!(notes::section(&read("CHANGELOG.md"), "Unreleased").is_some());
}

#[test]
fn the_workflow_builds_every_platform_of_the_release() {
    let workflow = read(".github/workflows/release.yml");
    for (target, _) in PLATFORMS {
        assert!(workflow.contains(&format!("target: {target}")), "{target}");
    }
    assert_eq!(workflow.matches("target: ").count(), PLATFORMS.len());
}

#[test]
fn an_archive_of_the_same_files_has_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let entry = |name: &str, bytes: &[u8]| Entry {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
        executable: true,
    };
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    archive::write(
        &one,
        "it",
        vec![entry("a", b"first"), entry("b/c", b"second")],
    )
    .unwrap();
    archive::write(
        &two,
        "it",
        vec![entry("b/c", b"second"), entry("a", b"first")],
    )
    .unwrap();
    assert_eq!(sha256(&one).unwrap(), sha256(&two).unwrap());
    assert_eq!(archive::read(&one, "it/b/c").unwrap(), b"second");
    assert!(archive::read(&one, "it/d").is_err());
}

#[test]
fn the_grammar_says_what_generated_it() {
    let page = read("syntaxes/tree-sitter-provable/README.md");
    assert_eq!(generated_by(&page).unwrap().split('.').count(), 3);
    assert!(generated_by("nothing").is_err());
}

#[test]
fn a_task_that_needs_a_name_does_not_start_without() {
    assert!(Xtask::try_parse_from(["cargo xtask", "fuzz"]).is_err());
    assert!(Xtask::try_parse_from(["cargo xtask"]).is_ok());
}
