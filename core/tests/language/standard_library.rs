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
    expect![[r#"
        std@1/bits.rotate_left 24b829d9c85fada3
        std@1/bits.rotate_right 38b45ab19e3e02ef
        std@1/bits.swap_bytes 18c1a11f4fa0accb
        std@1/bits.ones dac95ca38a73bdae
        std@1/bits.leading_zeros 90b8696f81e0d536
        std@1/bits.trailing_zeros a951903f7783dac9
        std@1/blake2s.words fca0927f16450912
        std@1/blake2s.bytes 86510e6b8dcf3e99
        std@1/check.le 23cc0afbb277f62a
        std@1/check.range 7c98b65ef2b8775d
        std@1/check.between 3709712e9f9f0f08
        std@1/check.bits 0a888df40142f571
        std@1/check.flag 0a888df40142f571
        std@1/commit.digest 6ea2dfb0853c2e9d
        std@1/commit.open c3f9fc43ef69eee6
        std@1/commit.digest_short 01f30d73849ae0f2
        std@1/commit.open_short c9122286ba9379d3
        std@1/math.min d50d0bd9a8a7958a
        std@1/math.max b83a1dda24b30963
        std@1/math.mul64 18077875966a9618
        std@1/math.divmod fd3313ee5eb47f88
        std@1/math.div64 ce9336153503fcfb
        std@1/math.muladd efad959e56bf0e92
        std@1/math.mulmod 4830833e147411bd
        std@1/math.mulmod_hint 941122290801749e
        std@1/mem.copy 8a6f1af0fb95050c
        std@1/mem.copy8 13f1396c673e27ce
        std@1/mem.fill d28aaf33eb4f6088
        std@1/mem.equal 0307e496537d0eac
        std@1/mem.from_public dc9b46369b807508
        std@1/mem.from_secret ada920cffda2136e
        std@1/mem.from_secret8 6411adf3b56ce277
        std@1/mem.to_public 0b872f4e2e687212
        std@1/merkle.root 4bb6dea343d78dba
        std@1/merkle.path efec502abe4fbb8b
        std@1/sha256.start e68b2cfdea5dc93d
        std@1/sha256.block 42f3e556264856ac
        std@1/sha256.node 8ac89b44d8140115
        std@1/sha256.words 71c5d4dafff9ff03
        std@1/sha256.bytes 394eabebae3f5af3
        std@1/sha256.expect b628f55e108f3d67
        std@1/sort.ascending ea2f2b64023d35b2
        std@1/sort.strictly_ascending c9e89b6a73dc99d3
        std@1/sort.permutation e491458fad9a6a75
        std@1/text.words 1d6f43f55b493175
        std@1/text.bytes 19d82b9b3abdaedd
        std@1/text.digits 34e5b4d6c125722e
        std@1/text.number 330ed6f745f7cf40
        std@1/u256.plus 4ecd8f3c3e3cc6a9
        std@1/u256.minus d7eec12aa67cd565
        std@1/u256.times 639e686335b34226
        std@1/u256.less 2daa1776f15bd705
        std@1/u256.equal 2a0931b2444edd07
        std@1/u64.plus 9046d4458b521ef6
        std@1/u64.minus 40f6a20459429df9
        std@1/u64.plus_word a4099080102be23a
        std@1/u64.times cac2c84d2ac027eb
        std@1/u64.divmod_word e75086ab8312fc00
        std@1/u64.less 2745e9e29a9d567e
        std@1/u64.equal 117e5abbee8de084
    "#]]
    .assert_eq(&table);
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
