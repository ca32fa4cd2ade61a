//! The standard library: what each of its routines assembles to. A file of a released version never changes, so neither
//! do these digests.
//!
//! For a new version: `UPDATE_EXPECT=1 cargo test -p provable --test language standard_library`.

use crate::several::program;
use expect_test::expect;
use provable::lang::analysis::analyse;
use provable::lang::link::documents;
use provable::lang::modules::{DefinitionKind, Modules};
use provable::lang::program::{SectionKind, assemble_file};
use provable::lang::std_library::{names, parsed};
use provable::lang::syntax::{Body, format};
use std::fmt::Write;

/// The public routines of a file: each with its line, and the number of its parameters.
fn routines(id: &str) -> Vec<(String, usize, usize)> {
    let parsed = parsed(id).unwrap();
    let tree = parsed.tree();
    let mut found = Vec::new();
    for (line, one) in tree.lines().iter().enumerate() {
        if let Body::Routine {
            name: Some(name),
            parameters,
            ..
        } = one.body
        {
            let name = tree.slice(name);
            if !name.starts_with('_') {
                found.push((name.to_owned(), line, tree.listed(parameters).count()));
            }
        }
    }
    found
}

#[test]
fn each_routine_is_the_same_program_forever() {
    let mut table = String::new();
    for id in names() {
        for (name, _, parameters) in routines(id) {
            let arguments: Vec<String> = (1..=parameters).map(|at| at.to_string()).collect();
            let text = format!(
                ".use \"{id}\" as library\nCALL library.{name} {}\nHALT\n",
                arguments.join(", ")
            );
            let digest = program(&[("main.prov", &text)]).0.digest();
            let start: String = digest
                .iter()
                .take(8)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let _ = writeln!(table, "{id}.{name} {start}");
        }
    }
    expect![[]].assert_eq(&table);
}

#[test]
fn each_file_is_formatted_and_has_no_findings() {
    for id in names() {
        let parsed = parsed(id).unwrap();
        assert_eq!(format(parsed.tree().text()), parsed.tree().text(), "{id}");
        let assembly = assemble_file(&Modules::alone(parsed), 0);
        assert_eq!(assembly.diagnostics, [], "{id}");
        assert_eq!(analyse(&assembly).diagnostics, [], "{id}");
        let main = &assembly.sections[0];
        assert!(
            matches!(main.kind, SectionKind::Main) && main.instructions.is_empty(),
            "{id}"
        );
    }
}

#[test]
fn each_name_that_others_may_use_has_documents() {
    for id in names() {
        let parsed = parsed(id).unwrap();
        for (name, definition) in &parsed.interface().definitions {
            let is_routine = matches!(definition.kind, DefinitionKind::Routine(_));
            let needs = is_routine && !name.starts_with('_');
            let documents = documents(parsed.tree(), definition.line);
            assert!(!needs || !documents.concat().is_empty(), "{id}.{name}");
        }
    }
}
