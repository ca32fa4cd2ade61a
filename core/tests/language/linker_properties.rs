//! What the linker promises, of random programs of several files.

use crate::generated::{Choices, Extras, World, contracts, reference};
use crate::texts::programs;
use proptest::prelude::*;
use provable::lang::analysis::analyse;
use provable::lang::diagnostics::{Code, Diagnostic, Severity};
use provable::lang::link::{Linked, flat_text, link};
use provable::lang::modules::{Modules, Parsed};
use provable::lang::program::{Program, assemble};
use provable::lang::syntax::format;
use provable::vm::{Ending, Inputs, Limits, run};
use std::sync::Arc;

type Texts = Vec<(&'static str, String)>;

fn worlds() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..500)
}

fn world(bytes: &[u8]) -> World {
    World::new(&mut Choices::new(bytes.to_vec()), true)
}

fn linked(texts: &Texts) -> (Modules, Linked) {
    let modules = World::modules(texts);
    let linked = link(&modules);
    (modules, linked)
}

fn program(texts: &Texts) -> Program {
    let (_, linked) = linked(texts);
    let found: Vec<_> = (0..linked.assemblies.len())
        .flat_map(|file| linked.diagnostics_of(file))
        .collect();
    match linked.program {
        Some(program) => program,
        None => panic!("{found:?}\n{}", shown(texts)),
    }
}

fn shown(texts: &Texts) -> String {
    let one = |(path, text): &(&str, String)| format!("--- {path}\n{text}");
    texts.iter().map(one).collect()
}

/// The codes of all findings, file by file.
fn codes(texts: &Texts) -> Vec<Vec<Code>> {
    let (_, linked) = linked(texts);
    let files = linked.assemblies.iter().enumerate();
    let of = |all: Vec<Diagnostic>| all.into_iter().map(|one| one.code);
    files
        .map(|(file, assembly)| {
            of(linked.diagnostics_of(file))
                .chain(of(analyse(assembly).diagnostics))
                .collect()
        })
        .collect()
}

/// The flat text assembles by itself, to the same digest.
fn flat_is_equal(modules: &Modules, linked: &Linked) -> Result<(), TestCaseError> {
    let names = |file: usize| modules.files()[file].id.clone();
    let flat = flat_text(modules, linked, &names).unwrap();
    let assembly = assemble(&flat);
    prop_assert_eq!(&assembly.diagnostics, &[], "{}", flat);
    let digest = assembly.program.as_ref().map(Program::digest);
    prop_assert_eq!(
        digest,
        linked.program.as_ref().map(Program::digest),
        "{}",
        flat
    );
    analyse(&assembly);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn linked_text_is_a_plain_program_with_the_same_digest(bytes in worlds()) {
        let texts = world(&bytes).texts(Extras::None);
        program(&texts);
        let (modules, linked) = linked(&texts);
        flat_is_equal(&modules, &linked)?;
    }

    #[test]
    fn a_linked_program_does_what_its_routines_say(bytes in worlds()) {
        let world = world(&bytes);
        let texts = world.texts(Extras::None);
        let run = run(&program(&texts), &Inputs::default(), Limits::default());
        let expected = reference::run(&world);
        prop_assert_eq!(run.status, Ending::Halted, "{}", shown(&texts));
        prop_assert_eq!(run.stack, expected.stack, "{}", shown(&texts));
        prop_assert_eq!(run.outputs, expected.output, "{}", shown(&texts));
    }

    #[test]
    fn a_linked_program_does_not_depend_on_what_it_does_not_reach(bytes in worlds()) {
        let world = world(&bytes);
        let (less, more) = (world.texts(Extras::None), world.texts(Extras::All));
        let digest = program(&less).digest();
        prop_assert_eq!(program(&less).digest(), digest);
        prop_assert_eq!(program(&more).digest(), digest, "{}", shown(&more));
        let (modules, linked) = linked(&more);
        flat_is_equal(&modules, &linked)?;
    }

    #[test]
    fn every_instruction_has_a_place_in_the_texts(bytes in worlds()) {
        let texts = world(&bytes).texts(Extras::All);
        let (modules, linked) = linked(&texts);
        let length = linked.program.as_ref().unwrap().instructions().len();
        prop_assert_eq!(linked.places.len(), length);
        for (index, place) in (0u32..).zip(&linked.places) {
            let line = &modules.tree(place.file).unwrap().lines()[place.line];
            prop_assert!(line.body.is_code());
            prop_assert!(place.copy.is_none_or(|copy| copy < linked.copies.len()));
            prop_assert!(linked.instructions_on(place.file, place.line).contains(&index));
            prop_assert!(linked.chain(*place).len() <= 64);
            let part = linked.part(index).unwrap();
            prop_assert!(part.instructions.contains(&index));
        }
    }

    #[test]
    fn formatting_changes_neither_the_program_nor_the_findings(bytes in worlds()) {
        let texts = world(&bytes).texts(Extras::All);
        let after: Texts = texts.iter().map(|(path, text)| (*path, format(text))).collect();
        for (_, text) in &after {
            prop_assert_eq!(&format(text), text);
        }
        prop_assert_eq!(program(&after).digest(), program(&texts).digest());
        prop_assert_eq!(codes(&after), codes(&texts), "{}", shown(&texts));
    }

    #[test]
    fn a_program_that_keeps_its_contracts_has_no_error_and_no_broken_one(bytes in worlds()) {
        let texts = world(&bytes).texts(Extras::None);
        let (_, linked) = linked(&texts);
        for (assembly, (path, _)) in linked.assemblies.iter().zip(&texts) {
            let analysis = analyse(assembly);
            let broken = analysis.diagnostics.iter().find(|one| {
                one.severity == Severity::Error || matches!(one.code.as_str(), "W101" | "W102" | "W103" | "W113" | "W114")
            });
            prop_assert_eq!(broken, None, "{}: {}", path, shown(&texts));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plain_program_is_linked_as_it_is(text in programs()) {
        let assembly = assemble(&text);
        let linked = link(&Modules::alone(Arc::new(Parsed::new(&text))));
        let digest = linked.program.as_ref().map(Program::digest);
        prop_assert_eq!(digest, assembly.program.as_ref().map(Program::digest));
        let lines: Vec<_> = (0..assembly.instruction_count()).map(|at| assembly.line_of(at)).collect();
        prop_assert_eq!(linked.places.iter().map(|place| Some(place.line)).collect::<Vec<_>>(), lines);
        prop_assert_eq!(flat_text(&Modules::default(), &linked, &|_| String::new()), Some(text));
    }
}

/// A change to one line of a text.
fn changed(text: &str, line: usize, change: usize) -> String {
    const LINES: [&str; 9] = [
        "",
        "    POP",
        "    PUSH 1",
        "    RET",
        "    DUP 3",
        "    SWAP 2",
        "    JMP end",
        "    CALL end",
        "end:",
    ];
    let mut lines: Vec<&str> = text.lines().collect();
    let line = line % lines.len().max(1);
    let new = LINES[change % LINES.len()];
    match change / LINES.len() {
        0 => lines.insert(line, new),
        _ => {
            if let Some(old) = lines.get_mut(line) {
                *old = new;
            }
        }
    }
    lines.join("\n") + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, max_global_rejects: 1_000_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the turns and branches of a run are: if the analysis finds nothing, no routine touches a word below its
    /// inputs, and each leaves what its line says.
    #[test]
    fn a_contract_that_the_analysis_passes_holds_on_every_path(
        bytes in worlds(),
        changes in prop::collection::vec((any::<usize>(), any::<usize>(), 0usize..18), 0..3),
        outcomes in prop::collection::vec(any::<u64>(), 6),
    ) {
        let mut texts = World::new(&mut Choices::new(bytes), false).texts(Extras::None);
        for (file, line, change) in changes {
            let file = file % texts.len();
            texts[file].1 = changed(&texts[file].1, line, change);
        }
        let (_, linked) = linked(&texts);
        prop_assume!(linked.program.is_some());
        let is_quiet = linked.assemblies.iter().all(|assembly| {
            let analysis = analyse(assembly);
            analysis.diagnostics.iter().all(|one| matches!(one.code.as_str(), "W105" | "H106" | "W108"))
        });
        prop_assume!(is_quiet);
        for mut random in outcomes {
            let broken = contracts::broken(&linked, || {
                random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                random >> 63 == 1
            });
            prop_assert_eq!(broken, None, "{}", shown(&texts));
        }
    }
}
