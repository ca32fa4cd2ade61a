//! The language reference says what the instruction table says.
//!
//! After a change of the table: `UPDATE_DOCS=1 cargo test -p provable-tests --test reference`.

use provable::lang::diagnostics::{Code, Severity};
use provable::lang::isa::SPECS;
use provable::lang::syntax::{Directive, TRAP_KINDS};
use provable_tests::{example, provable, reference, root, standard_library};

#[test]
fn the_reference_holds_the_instruction_table() {
    let path = root().join("docs/language.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let updated = reference::updated(&page).expect("the page has a generated section");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &updated).unwrap();
    } else {
        assert!(
            page == updated,
            "docs/language.md is behind the instruction table; UPDATE_DOCS=1 brings it up to date"
        );
    }
}

/// The server is packaged without the folders around it, so it holds a copy of the page.
#[test]
fn the_servers_copy_of_the_reference_is_the_reference() {
    let page = std::fs::read_to_string(root().join("docs/language.md")).unwrap();
    let copy = root().join("server/docs/language.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&copy, &page).unwrap();
    }
    assert!(
        std::fs::read_to_string(copy).unwrap() == page,
        "server/docs/language.md is behind docs/language.md; UPDATE_DOCS=1 brings it up to date"
    );
}

#[test]
fn every_instruction_has_an_anchor_to_link_to() {
    let section = reference::section();
    for spec in &SPECS {
        let anchor = format!("<a id=\"{}\"></a>", spec.mnemonic.to_lowercase());
        assert_eq!(section.matches(&anchor).count(), 1, "{}", spec.mnemonic);
    }
}

#[test]
fn a_page_without_the_section_is_noticed() {
    assert_eq!(reference::updated("# Nothing here"), None);
}

#[test]
fn the_reference_lists_every_code_with_its_severity() {
    let page = std::fs::read_to_string(root().join("docs/language.md")).unwrap();
    for code in Code::ALL {
        let severity = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        let summary = code.summary();
        let row = format!("| <a id=\"{code}\"></a>`{code}` | {severity} | {summary} |");
        assert_eq!(page.matches(&row).count(), 1, "{row}");
    }
    let listed = page.matches("| <a id=\"").count();
    assert_eq!(
        listed,
        Code::ALL.len() + SPECS.len(),
        "nothing else is listed"
    );
}

#[test]
fn the_page_of_the_standard_library_is_made_from_its_documents() {
    let path = root().join("docs/std.md");
    let page = standard_library::page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default() == page,
        "docs/std.md is behind the library's documents; UPDATE_DOCS=1 brings it up to date"
    );
}

#[test]
fn the_reference_lists_every_directive_and_every_kind_of_trap() {
    let page = std::fs::read_to_string(root().join("docs/language.md")).unwrap();
    for directive in Directive::ALL {
        let word = format!("`{}", directive.word());
        assert!(page.contains(&word), "{word}");
        assert!(
            page.contains(&format!("\"{}\"", directive.word())),
            "the grammar has no {word}`"
        );
    }
    for kind in TRAP_KINDS {
        assert!(page.contains(&format!("| `{kind}` |")), "{kind}");
    }
}

#[test]
fn the_program_of_the_librarys_page_writes_the_commitment_that_the_example_opens() {
    let page = standard_library::page();
    let section = page
        .split("\n## ")
        .find(|one| one.starts_with("std@1/commit"));
    let program = section.unwrap().split("```\n").nth(1).unwrap();
    let secret = "48500, hex:a92b3d0ff179e3d816b697fa8b3012600e85a9877a0ef0515071b553768669f8";
    let call = provable(["run", "-", "--json", "--secret", secret]).stdin(program);
    let json = call.call().status(0).json();
    let words = json["public_outputs"].as_array().unwrap().iter();
    let words: Vec<String> = words
        .map(|word| {
            let word = word.as_u64().unwrap();
            format!("0x{:04x}_{:04x}", word >> 16, word & 0xffff)
        })
        .collect();
    let example = std::fs::read_to_string(example("commitment.prov")).unwrap();
    for four in words.chunks(4) {
        let line = format!(".public {}\n", four.join(", "));
        assert!(example.contains(&line), "{line}");
    }
    assert_eq!(words.len(), 8);
}
