//! The file format of speedscope.app, version 0.0.1: <https://www.speedscope.app/file-format-schema.json>.

use super::flame::FlameTree;
use super::report::rows_of;
use provable::circuit::usage::TABLES;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{self, Write};

/// Writes a profile of each table that is used, the wanted one first.
///
/// # Errors
/// When `out` does not take it.
pub fn write_speedscope(
    name: &str,
    tree: &FlameTree,
    table: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut frames: Vec<Value> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut frame_of: Vec<usize> = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        let number = *numbers.entry(&node.name).or_insert_with(|| {
            let mut frame = json!({ "name": node.name });
            if let (Some(line), Some(map)) = (node.line, frame.as_object_mut()) {
                map.insert("file".into(), json!(node.file));
                map.insert("line".into(), json!(line));
            }
            frames.push(frame);
            frames.len() - 1
        });
        frame_of.push(number);
    }
    let (wanted, others) = TABLES
        .iter()
        .partition::<Vec<_>, _>(|(one, _)| *one == table);
    let profiles: Vec<Value> = wanted
        .into_iter()
        .chain(others)
        .filter_map(|(table, what)| sampled(tree, &frame_of, table, what))
        .collect();
    let file = json!({
        "$schema": "https://www.speedscope.app/file-format-schema.json",
        "name": name,
        "exporter": concat!("provable ", env!("CARGO_PKG_VERSION")),
        "activeProfileIndex": 0,
        "shared": { "frames": frames },
        "profiles": profiles,
    });
    writeln!(out, "{file}")
}

/// The profile of one table: a sample for each path that used it. None if nothing did.
fn sampled(tree: &FlameTree, frame_of: &[usize], table: &str, what: &str) -> Option<Value> {
    let (mut samples, mut weights) = (Vec::new(), Vec::new());
    for (number, node) in tree.nodes.iter().enumerate() {
        let rows = rows_of(&node.own, table);
        if rows > 0 {
            let path = tree.path(number).into_iter();
            let frames = path.filter_map(|node| frame_of.get(node).copied());
            samples.push(frames.collect::<Vec<usize>>());
            weights.push(rows);
        }
    }
    let sum: usize = weights.iter().sum();
    (sum > 0).then(|| {
        json!({
            "type": "sampled",
            "name": what,
            "unit": "none",
            "startValue": 0,
            "endValue": sum,
            "samples": samples,
            "weights": weights,
        })
    })
}
