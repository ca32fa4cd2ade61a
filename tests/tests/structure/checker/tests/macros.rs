//! Names in macros and attributes, whose grammar is their own.

use super::{NONE, arrows};

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
fn what_only_looks_like_a_path_in_a_macro_is_none() {
    let files = [
        ("lib.rs", "mod b; mod c;"),
        (
            "b.rs",
            "pub mod d { pub struct D; } pub fn f() {} pub const N: u32 = 1;",
        ),
        (
            "c.rs",
            "pub use crate::b::{N, d, f}; \
             macro_rules! m { ($f:ident) => { $f } } \
             fn g() { other! { x.f => ::d::D, f: 1, f = 2; let f } }",
        ),
    ];
    assert_eq!(arrows(&files), NONE);
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
