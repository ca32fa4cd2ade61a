//! The checker itself, on small crates that are made up here.

mod circles;
mod macros;
mod paths;

use super::{Graph, Sources};

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
