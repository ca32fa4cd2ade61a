//! The checker itself, on small crates that are made up here.

use super::graph::Graph;
use super::tree::Sources;

/// The graph of a crate with these files, by their paths in `src`.
fn graph(files: &[(&str, &str)]) -> Graph {
    let sources: Sources = files
        .iter()
        .map(|(path, text)| (format!("src/{path}"), (*text).to_owned()))
        .collect();
    Graph::of(&sources, "src/lib.rs")
}

/// The arrows as `from -> to: names`, without `src/` and `.rs`.
fn arrows(files: &[(&str, &str)]) -> Vec<String> {
    let graph = graph(files);
    assert!(graph.missing.is_empty(), "{:?}", graph.missing);
    let short = |path: &str| path.replace("src/", "").replace(".rs", "");
    let arrows = graph.arrows.iter().map(|((from, to), names)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!("{} -> {}: {}", short(from), short(to), names.join(" "))
    });
    arrows.collect()
}

const NONE: &[&str] = &[];

#[test]
fn a_parent_that_declares_its_child_is_in_no_circle() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod b; pub use b::B; pub struct A;"),
        ("a/b.rs", "use super::A; pub struct B(A);"),
    ];
    assert_eq!(arrows(&files), ["a/b -> a/mod: A"]);
    assert!(graph(&files).circles().is_empty());
}

#[test]
fn a_parent_that_uses_its_child_is_in_a_circle_with_it() {
    let graph = graph(&[
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod b; pub use b::B; pub struct A(B);"),
        ("a/b.rs", "use super::A; pub struct B(Box<A>);"),
    ]);
    let [circle] = &graph.circles()[..] else {
        panic!("{:?}", graph.circles())
    };
    let text = "a circle of 2 files:\n  src/a/b.rs\n    uses src/a/mod.rs: A\n  src/a/mod.rs\n    uses src/a/b.rs: B\n";
    assert_eq!(graph.describe(circle), text);
}

#[test]
fn a_circle_through_a_re_export_is_found() {
    let graph = graph(&[
        ("lib.rs", "mod a; mod b; mod c; pub use b::Second;"),
        ("a.rs", "pub struct First(Box<crate::Second>);"),
        ("b.rs", "pub struct Second(Box<super::c::Third>);"),
        (
            "c.rs",
            "use crate::a::{self as first}; pub struct Third(first::First);",
        ),
    ]);
    let circles = graph.circles();
    assert_eq!(circles.len(), 1);
    assert!(
        circles[0].iter().eq(&["src/a.rs", "src/b.rs", "src/c.rs"]),
        "{circles:?}"
    );
}

#[test]
fn two_circles_are_told_apart() {
    let graph = graph(&[
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "use crate::b::B; pub struct A(Box<B>);"),
        (
            "b.rs",
            "use crate::a::A; use crate::c::C; pub struct B(Box<A>, C);",
        ),
        ("c.rs", "use crate::d::D; pub struct C(Box<D>);"),
        ("d.rs", "use crate::c::C; pub struct D(Box<C>);"),
    ]);
    assert_eq!(graph.circles().len(), 2);
}

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
fn paths_in_macros_are_followed() {
    let files = [
        ("lib.rs", "#[macro_use] mod a; mod b; mod c;"),
        (
            "a.rs",
            "macro_rules! made { ($x:ident) => { $crate::b::B; $x }; }",
        ),
        (
            "b.rs",
            "pub struct B; pub const N: u32 = 1; pub fn f(x: u32) {}",
        ),
        (
            "c.rs",
            "fn g(f: u32) { println!(\"{}\", crate::b::N); other! { f.B => crate::b::f(f) } }",
        ),
    ];
    assert_eq!(arrows(&files), ["a -> b: B", "c -> b: N f"]);
}

#[test]
fn a_macro_of_a_module_around_is_used_where_it_is_called() {
    let files = [
        ("lib.rs", "macro_rules! list { () => {} } mod a;"),
        ("a.rs", "list! {}"),
    ];
    assert_eq!(arrows(&files), ["a -> lib: list"]);
}

#[test]
fn a_macro_is_no_function_of_its_name() {
    let files = [
        ("lib.rs", "mod a; mod text; pub use text::format;"),
        ("text.rs", "pub fn format() {}"),
        ("a.rs", "fn f() -> String { format!(\"\") }"),
    ];
    assert_eq!(arrows(&files), NONE);
}

#[test]
fn what_a_macro_makes_is_of_the_file_that_calls_it() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "codes! { First, Second }"),
        ("b.rs", "use crate::a::Code; fn f() -> Code { Code::First }"),
    ];
    assert_eq!(arrows(&files), ["b -> a: Code"]);
}

#[test]
fn a_star_brings_in_a_modules_names_and_an_enumerations_variants() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; pub use a::*;"),
        (
            "a.rs",
            "pub use crate::c::Bit; pub const WIDTH: u8 = 1; pub struct Unused;",
        ),
        (
            "b.rs",
            "use crate::*; fn f(b: Bit) -> u8 { use Bit::*; match b { On => WIDTH, Off => 0 } }",
        ),
        ("c.rs", "pub enum Bit { On, Off }"),
    ];
    assert_eq!(arrows(&files), ["b -> a: WIDTH", "b -> c: Bit"]);
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
fn a_function_that_serde_is_given_as_text_is_used() {
    let files = [
        ("lib.rs", "mod a; mod hex;"),
        (
            "a.rs",
            "use crate::hex; struct A { #[serde(serialize_with = \"hex::write\")] b: u8 }",
        ),
        ("hex.rs", "pub fn write() {}"),
    ];
    assert_eq!(arrows(&files), ["a -> hex: write"]);
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
