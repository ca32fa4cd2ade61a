//! What `ARCHITECTURE.md` and `CONTRIBUTING.md` name is there, every link of a page leads somewhere, every lemma that is named is
//! stated, and every decision is in the list of decisions.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn read(file: &str) -> String {
    let path = provable_tests::root().join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text outside blocks of code.
fn prose(page: &str) -> String {
    let parts: Vec<&str> = page.split("```").step_by(2).collect();
    parts.join("\n")
}

/// The paths in backticks: without spaces, and with a slash or the ending of a file.
fn quoted_paths(page: &str) -> BTreeSet<String> {
    let endings = [
        ".md", ".rs", ".toml", ".svg", ".json", ".sh", ".yml", ".lock",
    ];
    let is_path = |quoted: &&str| {
        !quoted.contains(char::is_whitespace)
            && (quoted.contains('/') || endings.iter().any(|ending| quoted.ends_with(ending)))
    };
    let quoted = prose(page);
    let quoted = quoted.split('`').skip(1).step_by(2);
    quoted.filter(is_path).map(str::to_owned).collect()
}

/// The links that lead to a file or a place in one: the file, empty for the page itself, and the place, if one is named.
fn links(page: &str) -> BTreeSet<(String, Option<String>)> {
    let page = prose(page);
    let targets = page
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| !target.contains("://"))
        .map(|target| match target.split_once('#') {
            Some((file, place)) => (file.to_owned(), Some(place.to_owned())),
            None => (target.to_owned(), None),
        })
        .collect()
}

/// The targets of links that lead to files.
fn linked_paths(page: &str) -> BTreeSet<String> {
    let files = links(page).into_iter().map(|(file, _)| file);
    files.filter(|file| !file.is_empty()).collect()
}

/// Whether a page has a place of this name: a heading, by its words, or an anchor.
fn has_place(page: &str, place: &str) -> bool {
    let name = |heading: &str| -> String {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = words
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    let prose = prose(page);
    let mut headings = prose.lines().filter(|line| line.starts_with('#'));
    headings.any(|heading| name(heading) == place) || page.contains(&format!("id=\"{place}\""))
}

/// Every page of the repository.
fn pages() -> Vec<PathBuf> {
    let output = std::process::Command::new("git")
        .args(["ls-files", "*.md"])
        .current_dir(provable_tests::root())
        .output()
        .expect("git lists the files");
    let names = String::from_utf8(output.stdout).expect("names in UTF-8");
    names.lines().map(PathBuf::from).collect()
}

fn missing(folder: &Path, paths: BTreeSet<String>) -> Vec<String> {
    let is_missing = |path: &String| !folder.join(path).exists();
    paths.into_iter().filter(is_missing).collect()
}

#[test]
fn every_path_in_the_guides_exists() {
    let root = provable_tests::root();
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = read(page);
        let quoted = quoted_paths(&text);
        assert!(quoted.len() > 20, "{page}: {}", quoted.len());
        let missing = [missing(root, quoted), missing(root, linked_paths(&text))].concat();
        assert!(
            missing.is_empty(),
            "{page} names what is not there: {missing:#?}"
        );
    }
}

#[test]
fn every_link_leads_somewhere() {
    let root = provable_tests::root();
    let pages = pages();
    assert!(pages.len() > 20, "{}", pages.len());
    let mut wrong = Vec::new();
    for page in &pages {
        let text = read(&page.to_string_lossy());
        for (file, place) in links(&text) {
            let target = match file.as_str() {
                "" => page.clone(),
                file => page.with_file_name(file),
            };
            let target = root.join(target);
            let leads = match (&place, target.extension()) {
                (Some(place), Some(ending)) if ending == "md" => {
                    std::fs::read_to_string(&target).is_ok_and(|text| has_place(&text, place))
                }
                _ => target.exists(),
            };
            if !leads {
                let place = place.map_or(String::new(), |place| format!("#{place}"));
                wrong.push(format!("{}: {file}{place}", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The lemmas that a page names, as `File.lemma` with a link to the file: the link and the lemma.
fn lemmas(page: &str) -> BTreeSet<(String, String)> {
    let named = page.split("[`").skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once("`](")?;
        let (link, _) = rest.split_once(')')?;
        let (file, lemma) = name.split_once('.')?;
        (link.ends_with(&format!("proofs/{file}.v")) && lemma != "v")
            .then(|| (link.to_owned(), lemma.to_owned()))
    });
    named.collect()
}

/// Whether a file of Coq states or defines something of this name.
fn states(file: &str, lemma: &str) -> bool {
    let kinds = [
        "Lemma",
        "Theorem",
        "Corollary",
        "Definition",
        "Record",
        "Fixpoint",
    ];
    file.lines().any(|line| {
        let mut words = line.split_whitespace();
        words.next().is_some_and(|kind| kinds.contains(&kind))
            && words.next().map(|name| name.trim_end_matches(':')) == Some(lemma)
    })
}

#[test]
fn every_named_lemma_is_stated_in_its_file() {
    let named = lemmas(&read("docs/proof-system.md"));
    assert!(named.len() > 80, "{}", named.len());
    let is_missing = |(link, lemma): &&(String, String)| {
        let file = read(&format!("docs/{link}"));
        !states(&file, lemma)
    };
    let missing: Vec<_> = named.iter().filter(is_missing).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(!states("Lemma other : True.\n(* Lemma name *)", "name"));
}

#[test]
fn every_decision_is_listed_and_has_its_three_parts() {
    let folder = provable_tests::root().join("docs/decisions");
    let listed = linked_paths(&read("docs/decisions/README.md"));
    let records: BTreeSet<String> = std::fs::read_dir(&folder)
        .expect("the decisions are there")
        .map(|entry| {
            let name = entry.expect("an entry of the folder").file_name();
            name.to_string_lossy().into_owned()
        })
        .filter(|name| name != "README.md")
        .collect();
    let recorded = |path: &&String| path.starts_with(char::is_numeric);
    assert_eq!(
        listed
            .iter()
            .filter(recorded)
            .cloned()
            .collect::<BTreeSet<_>>(),
        records
    );
    for (number, name) in (1..).zip(&records) {
        assert!(name.starts_with(&format!("{number:04}-")), "{name}");
        let text = read(&format!("docs/decisions/{name}"));
        for part in ["## Context", "## Decision", "## Consequences"] {
            assert!(text.contains(part), "{name} has no {part}");
        }
        let missing = missing(&folder, linked_paths(&text));
        assert!(missing.is_empty(), "{name}: {missing:#?}");
    }
}

#[test]
fn a_path_is_told_from_other_words_in_backticks() {
    let page = "`core/src` and `cargo test`, `a.rs`, `area: x`, [it](b.md#part) [out](https://c.d)\n```\n`no/path`\n```\n";
    assert_eq!(Vec::from_iter(quoted_paths(page)), ["a.rs", "core/src"]);
    assert_eq!(Vec::from_iter(linked_paths(page)), ["b.md"]);
}

#[test]
fn a_place_is_a_heading_or_an_anchor() {
    let page = "# The `C` flag: set\n<a id=\"not\"></a>\n```\n# code\n```\n";
    assert!(has_place(page, "the-c-flag-set") && has_place(page, "not"));
    assert!(!has_place(page, "code") && !has_place(page, "the-c-flag"));
}
