//! What remains of a program after an edit of one of its files.

use crate::generated::{Choices, Extras, World};
use proptest::prelude::*;
use provable::lang::modules::{FileError, Files, MemoryFiles, Modules, Parsed};
use provable::lang::program::{Assembly, assemble_file};
use std::collections::HashMap;
use std::sync::Arc;

/// Files of which each is parsed once.
struct Shared<'a> {
    paths: MemoryFiles,
    parsed: &'a HashMap<String, Arc<Parsed>>,
}

impl Files for Shared<'_> {
    fn resolve(&self, from: &str, path: &str) -> Result<String, FileError> {
        self.paths.resolve(from, path)
    }

    fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        let found = self.parsed.get(id).cloned();
        found.ok_or_else(|| FileError::new("there is no such file"))
    }
}

fn load(texts: &[(String, String)], parsed: &HashMap<String, Arc<Parsed>>) -> Modules {
    let all = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let paths = MemoryFiles::new(all);
    let main = &texts[0].0;
    let files = Shared { paths, parsed };
    Modules::load(main, Arc::clone(&parsed[main]), &files)
}

/// The program before and after a text is replaced by another.
fn before_and_after(texts: &[(String, String)], file: usize, new: &str) -> (Modules, Modules) {
    let one = |(path, text): &(String, String)| (path.clone(), Arc::new(Parsed::new(text)));
    let mut parsed: HashMap<String, Arc<Parsed>> = texts.iter().map(one).collect();
    let before = load(texts, &parsed);
    let path = &texts[file].0;
    let edited = Parsed::edited(parsed[path].tree(), new);
    parsed.insert(path.clone(), Arc::new(edited));
    (before, load(texts, &parsed))
}

/// All that an assembly says, in a form that can be compared.
fn said(assembly: &Assembly) -> String {
    let nodes: Vec<_> = (0..assembly.instruction_count())
        .map(|index| assembly.node(index))
        .collect();
    let symbols: Vec<_> = assembly.symbols.iter().collect();
    format!(
        "{:?}\n{:?}\n{nodes:?}\n{symbols:?}\n{:?}\n{:?}\n{:?}",
        assembly.diagnostics, assembly.program, assembly.sections, assembly.members, assembly.loops
    )
}

/// Panics if a file is called unchanged and is assembled to something else. Gives how many are called so.
fn checked(before: &Modules, after: &Modules) -> usize {
    let unchanged = after.unchanged_since(before);
    for (file, _) in unchanged.iter().enumerate().filter(|(_, is)| **is) {
        let old = said(&assemble_file(before, file));
        assert_eq!(old, said(&assemble_file(after, file)), "file {file}");
    }
    unchanged.into_iter().filter(|is| *is).count()
}

fn owned(texts: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
    texts.iter().map(own).collect()
}

#[test]
fn an_edit_within_a_routine_changes_no_other_file() {
    let texts = owned(&[
        ("main.prov", ".use \"./a\"\nCALL a.f\nPUSH a.K\nHALT\n"),
        (
            "a.prov",
            ".use \"./b\"\n.const K b.N\n.routine f ( -- )\nCALL b.g\nRET\n",
        ),
        (
            "b.prov",
            ".const N 7\n.routine g ( -- )\nPUSH 1\nPOP\nRET\n",
        ),
    ]);
    let edited = |new: &str| {
        let (before, after) = before_and_after(&texts, 2, new);
        checked(&before, &after)
    };
    let text = &texts[2].1;
    assert_eq!(edited(&text.replace("PUSH 1", "PUSH 12")), 2);
    assert_eq!(edited(&text.replace("PUSH 1", "DIVV")), 2);
    // What main sees of it comes through another file.
    assert_eq!(edited(&text.replace("N 7", "N 8")), 0);
    assert_eq!(edited(&text.replace("g ( -- )", "g ( -- a )")), 0);
    assert_eq!(edited(&format!("\n{text}")), 0);
    let (before, after) = before_and_after(&texts, 0, "CALL a.f\nHALT\n");
    assert_eq!(checked(&before, &after), 0);
    let (before, after) = before_and_after(&texts, 0, &texts[0].1.replace("HALT", "NOP\nHALT"));
    assert_eq!(checked(&before, &after), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_called_unchanged_is_assembled_to_the_same(
        bytes in prop::collection::vec(any::<u8>(), 0..500),
        file in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        typed in prop::sample::select(vec![
            "", "#", "\n", " ", "1", "x", "_", ".", "DIVV\n", ".routine x ( -- )\nRET\n", ".const X 1\n", ".var v 2\n",
            ".use \"./no\"\n", ".use \"std@1/math\"\n", ".data D 1, 2\n", "0x", "\"", "(", "-- ",
        ]),
        removed in 0usize..12,
    ) {
        let world = World::new(&mut Choices::new(bytes), true);
        let texts = world.texts(Extras::All);
        let texts: Vec<(String, String)> = texts.into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
        let file = file.index(texts.len());
        let old = &texts[file].1;
        let mut at = at.index(old.len() + 1);
        while !old.is_char_boundary(at) {
            at -= 1;
        }
        let mut end = (at + removed).min(old.len());
        while !old.is_char_boundary(end) {
            end -= 1;
        }
        let new = format!("{}{typed}{}", &old[..at], &old[end..]);
        let (before, after) = before_and_after(&texts, file, &new);
        checked(&before, &after);
    }
}
