//! What is a circle of files, and what is told of it.

use super::{arrows, graph};

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
