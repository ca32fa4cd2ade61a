//! Where paths and imports lead.

use super::{NONE, arrows, graph};

#[test]
fn a_function_and_its_module_can_share_a_name() {
    let files = [
        ("lib.rs", "mod prove; mod a; pub use prove::prove;"),
        ("prove.rs", "pub fn prove() {} pub struct Proved;"),
        (
            "a.rs",
            "use crate::{prove, prove::Proved}; fn f() -> Proved { prove() }",
        ),
    ];
    assert_eq!(arrows(&files), ["a -> prove: Proved prove"]);
}

#[test]
fn what_only_tests_have_is_left_out() {
    let files = [
        ("lib.rs", "pub mod a; pub mod b; #[cfg(test)] mod tests;"),
        (
            "a.rs",
            "#[cfg(all(test, unix))] mod tests { use crate::b::B; } \
             #[cfg(test)] use crate::b::B; \
             impl A { #[cfg(test)] fn f() -> crate::b::B { crate::b::B } } \
             #[cfg(not(test))] fn g() -> crate::b::G {} struct A;",
        ),
        ("b.rs", "pub struct B; pub struct G;"),
    ];
    assert_eq!(arrows(&files), ["a -> b: G"]);
}

#[test]
fn an_impl_for_a_type_of_another_file_uses_that_file() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "pub struct A;"),
        ("b.rs", "impl crate::a::A { pub fn new() -> Self { Self } }"),
        ("c.rs", "use crate::a::A; fn f() -> A { A::new() }"),
    ];
    assert_eq!(arrows(&files), ["b -> a: A", "c -> a: A", "c -> b: A::new"]);
}

#[test]
fn an_import_is_a_use_though_nothing_else_names_it() {
    let files = [
        ("lib.rs", "mod a; mod b; pub(crate) use b::Trait;"),
        (
            "a.rs",
            "use crate::Trait; use crate::b::Other as _; fn f() { g().h() }",
        ),
        ("b.rs", "pub trait Trait {} pub trait Other {}"),
    ];
    assert_eq!(arrows(&files), ["a -> b: Other Trait"]);
}

#[test]
fn a_star_brings_in_a_modules_names_and_an_enumerations_variants() {
    let files = [
        (
            "lib.rs",
            "mod a; mod b; mod c; mod d; pub use a::*; pub use c::Bit::*;",
        ),
        (
            "a.rs",
            "pub use crate::c::Bit; pub const WIDTH: u8 = 1; pub struct Unused;",
        ),
        (
            "b.rs",
            "use crate::*; fn f(b: Bit) -> u8 { use Bit::*; match b { On => WIDTH, Off => 0 } }",
        ),
        ("c.rs", "pub enum Bit { On, Off }"),
        ("d.rs", "fn f() { crate::On; }"),
    ];
    assert_eq!(
        arrows(&files),
        ["b -> a: WIDTH", "b -> c: Bit", "d -> c: Bit"]
    );
}

#[test]
fn a_variable_is_not_the_function_of_its_name() {
    let files = [
        (
            "lib.rs",
            "mod a; pub use a::count; fn f(count: u32) -> u32 { count + g!(count) }",
        ),
        ("a.rs", "pub fn count() {}"),
    ];
    assert_eq!(arrows(&files), NONE);
}

#[test]
fn a_module_within_a_file_is_of_that_file() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "pub mod inner { pub struct I(super::A, super::super::b::B); } struct A;",
        ),
        (
            "b.rs",
            "pub struct B; fn f() { use crate::a::inner; inner::I; }",
        ),
    ];
    assert_eq!(arrows(&files), ["a -> b: B", "b -> a: I"]);
}

#[test]
fn names_from_outside_and_imports_of_each_other_end() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "pub use crate::b::*; pub use std::io::Error; use ::serde::b; fn f(e: u64) -> ::b::X {}",
        ),
        (
            "b.rs",
            "pub use crate::a::*; use crate::a::Error; fn g(e: Error) -> Nowhere {}",
        ),
    ];
    assert_eq!(arrows(&files), NONE);
}

#[test]
fn a_path_that_cannot_be_followed_is_reported() {
    let graph = graph(&[
        ("lib.rs", "mod a; use crate::a::Gone;"),
        ("a.rs", "pub struct A;"),
    ]);
    let missing: Vec<_> = graph.missing.into_iter().collect();
    assert_eq!(
        missing,
        [("src/lib.rs".to_owned(), "crate::a::Gone".to_owned())]
    );
}

#[test]
#[should_panic(expected = "src/a/mod.rs is declared as a module and is not there")]
fn a_file_that_is_not_there_is_named() {
    graph(&[("lib.rs", "mod a;")]);
}
