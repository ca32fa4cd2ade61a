//! Which file of a crate uses which, and the circles among them.

use super::members::Members;
use super::tree::{Sources, Tree};
use super::uses::{Found, uses};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The files of a crate with the names that each uses of another.
pub struct Graph {
    /// The names, by the file that uses and the file that defines them.
    pub arrows: BTreeMap<(String, String), BTreeSet<String>>,
    /// All files.
    pub files: BTreeSet<String>,
    /// Paths that could not be followed, with the file that has them.
    pub missing: BTreeSet<(String, String)>,
}

impl Graph {
    /// Reads the crate whose root is this file.
    pub fn of(sources: &Sources, root: &str) -> Graph {
        let tree = Tree::new(sources, root);
        let Found { uses, missing } = uses(&tree, &Members::of(&tree));
        let path = |file: usize| tree.files[file].clone();
        let mut arrows: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for (from, to, name) in uses.into_iter().filter(|(from, to, _)| from != to) {
            arrows
                .entry((path(from), path(to)))
                .or_default()
                .insert(name);
        }
        let missing = missing.into_iter().map(|(from, name)| (path(from), name));
        Graph {
            arrows,
            missing: missing.collect(),
            files: tree.files.iter().cloned().collect(),
        }
    }

    /// The files that one uses, directly or through others.
    fn reached(&self, from: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(next) = waiting.pop() {
            for (user, used) in self.arrows.keys() {
                if user == next && reached.insert(used.as_str()) {
                    waiting.push(used);
                }
            }
        }
        reached
    }

    /// Each set of two files or more that all use each other, directly or through others.
    pub fn circles(&self) -> Vec<BTreeSet<&str>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> = self
            .files
            .iter()
            .map(|file| (file.as_str(), self.reached(file)))
            .collect();
        let mut circles: Vec<BTreeSet<&str>> = Vec::new();
        for (file, used) in &reached {
            if used.contains(file) && !circles.iter().any(|circle| circle.contains(file)) {
                let with = used.iter().filter(|other| reached[*other].contains(file));
                circles.push(with.copied().collect());
            }
        }
        circles
    }

    /// A circle for whoever has to open it: each file with the names that it uses of the others.
    pub fn describe(&self, circle: &BTreeSet<&str>) -> String {
        let mut text = format!("a circle of {} files:\n", circle.len());
        for file in circle {
            let _ = writeln!(text, "  {file}");
            for ((from, to), names) in &self.arrows {
                if from == file && circle.contains(to.as_str()) {
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    let _ = writeln!(text, "    uses {to}: {}", names.join(", "));
                }
            }
        }
        text
    }
}
