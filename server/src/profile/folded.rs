//! Folded stacks: a line for each path of calls, its frames between semicolons, a space and a number. This is what
//! flame-graph tools take.

use super::flame::FlameTree;
use super::report::rows_of;
use std::io::{self, Write};

/// Writes the rows of a table that each path used.
///
/// # Errors
/// When `out` does not take them.
pub fn write_folded(tree: &FlameTree, table: &str, out: &mut dyn Write) -> io::Result<()> {
    for (number, node) in tree.nodes.iter().enumerate() {
        let rows = rows_of(&node.own, table);
        if rows == 0 {
            continue;
        }
        let path = tree.path(number).into_iter();
        let nodes = path.filter_map(|node| tree.nodes.get(node));
        let names: Vec<String> = nodes.map(|node| frame(&node.name)).collect();
        writeln!(out, "{} {rows}", names.join(";"))?;
    }
    Ok(())
}

/// A name without the characters that end a frame or a line.
fn frame(name: &str) -> String {
    let is_reserved = |c: char| c == ';' || c.is_control();
    name.replace(is_reserved, "_")
}
