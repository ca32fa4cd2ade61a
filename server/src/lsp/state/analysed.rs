//! What is known of a program with its files, without running it.

use super::view_test::ViewTest;
use provable::lang::line_index::LineIndex;
use provable::lang::link::{Entry, Linked, link_entry};
use provable::lang::modules::{Module, Modules};
use provable::lang::program::{Assembly, assemble_file};
use provable_ide::Snapshot;
use std::sync::{Arc, OnceLock};

/// The analysis of a text. What takes longer than that is found out when it is asked for.
#[derive(Debug)]
pub struct Analysed {
    /// The text, assembled and analysed.
    pub snapshot: Snapshot,
    /// The other files, assembled. The first is not in use.
    assemblies: Vec<OnceLock<Arc<Assembly>>>,
    linked: OnceLock<Arc<Linked>>,
    pub(super) tests: OnceLock<Vec<ViewTest>>,
    /// Where the lines of each file begin.
    lines: Vec<OnceLock<LineIndex>>,
}

impl Analysed {
    /// Of the main file of a program. What an earlier analysis found of files and still holds is not found again.
    pub fn new(modules: Modules, earlier: Option<&Analysed>) -> Self {
        let lines = modules.files().iter().map(|_| OnceLock::new()).collect();
        let unchanged = match earlier {
            Some(earlier) => modules.unchanged_since(&earlier.snapshot.modules),
            None => vec![false; modules.files().len()],
        };
        let known = |(file, is_unchanged): (usize, &bool)| {
            let earlier = earlier.filter(|_| *is_unchanged);
            let assembly = earlier.and_then(|earlier| earlier.assemblies.get(file)?.get().cloned());
            assembly.map_or_else(OnceLock::new, OnceLock::from)
        };
        let assemblies = unchanged.iter().enumerate().map(known).collect();
        let is_same = unchanged.first() == Some(&true);
        let snapshot = match earlier.filter(|_| is_same) {
            Some(earlier) => earlier.snapshot.among(modules),
            None => Snapshot::of(modules),
        };
        Analysed {
            snapshot,
            assemblies,
            linked: OnceLock::new(),
            tests: OnceLock::new(),
            lines,
        }
    }

    /// The files. The first is the text itself.
    pub fn files(&self) -> &[Module] {
        self.snapshot.modules.files()
    }

    /// Whether it is the analysis of these files: the very same texts, which use each other in the same way.
    pub fn is_of(&self, modules: &Modules) -> bool {
        let (own, others) = (self.files(), modules.files());
        own.len() == others.len()
            && own
                .iter()
                .zip(others)
                .all(|(a, b)| Arc::ptr_eq(&a.parsed, &b.parsed) && a.uses_the_same(b))
    }

    /// Whether the text, or a file that it uses, names a file that cannot be used.
    pub fn lacks_a_file(&self) -> bool {
        let mut uses = self.files().iter().flat_map(|module| &module.uses);
        uses.any(|used| used.file.is_err())
    }

    /// The index of the file with an id.
    pub fn file(&self, id: &str) -> Option<usize> {
        self.files().iter().position(|module| module.id == id)
    }

    /// The program, linked.
    pub fn linked(&self) -> &Arc<Linked> {
        self.linked.get_or_init(|| {
            let modules = &self.snapshot.modules;
            let other = |(file, assembly): (usize, &OnceLock<Arc<Assembly>>)| {
                Arc::clone(assembly.get_or_init(|| Arc::new(assemble_file(modules, file))))
            };
            let rest = self.assemblies.iter().enumerate().skip(1).map(other);
            let assemblies = std::iter::once(Arc::clone(&self.snapshot.assembly)).chain(rest);
            Arc::new(link_entry(modules, assemblies.collect(), Entry::Main))
        })
    }

    /// Where the lines of a file begin.
    pub fn lines(&self, file: usize) -> Option<&LineIndex> {
        if file == 0 {
            return Some(&self.snapshot.lines);
        }
        let tree = self.snapshot.modules.tree(file)?;
        Some(self.lines.get(file)?.get_or_init(|| tree.line_index()))
    }
}
