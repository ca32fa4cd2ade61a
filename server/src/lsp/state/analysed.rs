//! What is known of a program with its files, without running it.

use super::view_test::ViewTest;
use provable::lang::line_index::LineIndex;
use provable::lang::link::{Entry, Linked, link_entry};
use provable::lang::modules::{Module, Modules, Used};
use provable::lang::program::assemble_file;
use provable_ide::Snapshot;
use std::sync::{Arc, OnceLock};

/// The analysis of a text. What takes longer than that is found out when it is asked for.
#[derive(Debug)]
pub struct Analysed {
    /// The text, assembled and analysed.
    pub snapshot: Snapshot,
    linked: OnceLock<Arc<Linked>>,
    pub(super) tests: OnceLock<Vec<ViewTest>>,
    /// Where the lines of each file begin.
    lines: Vec<OnceLock<LineIndex>>,
}

impl Analysed {
    /// Of the main file of a program.
    pub fn new(modules: Modules) -> Self {
        let lines = modules.files().iter().map(|_| OnceLock::new()).collect();
        Analysed {
            snapshot: Snapshot::of(modules),
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
        own.len() == others.len() && own.iter().zip(others).all(|(a, b)| is_same(a, b))
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
            let rest = (1..self.files().len()).map(|file| Arc::new(assemble_file(modules, file)));
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

fn is_same(a: &Module, b: &Module) -> bool {
    let gives = |a: &Used, b: &Used| a.file == b.file && a.is_too_many == b.is_too_many;
    a.id == b.id
        && Arc::ptr_eq(&a.parsed, &b.parsed)
        && a.uses.len() == b.uses.len()
        && a.uses.iter().zip(&b.uses).all(|(a, b)| gives(a, b))
}
