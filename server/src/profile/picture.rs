//! A flame picture as SVG, without scripts. The root is on top; a frame is as wide as the rows that it and its calls used.

use super::flame::{FlameNode, FlameTree};
use super::report::rows_of;
use provable::lang::quote;
use std::io::{self, Write};

/// The width of all frames together, in pixels.
const WIDTH: f64 = 1200.0;
/// The height of a frame.
const HEIGHT: usize = 18;
/// The space above the frames and beside them.
const MARGIN: usize = 10;
/// The height of the title.
const TITLE: usize = 28;
/// The width of a character.
const CHARACTER: f64 = 7.3;
/// A narrower frame is not drawn.
const NARROWEST: f64 = 0.4;

/// A frame on the picture.
struct Drawn<'a> {
    node: &'a FlameNode,
    rows: usize,
    x: f64,
    width: f64,
    level: usize,
}

/// Writes the picture of one table.
///
/// # Errors
/// When `out` does not take it.
pub fn write_picture(
    title: &str,
    tree: &FlameTree,
    table: &str,
    what: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let totals = totals(tree, table);
    let roots = tree.nodes.iter().zip(&totals);
    let roots = roots.filter(|(node, _)| node.parent.is_none());
    let all: usize = roots.map(|(_, total)| *total).sum();
    let drawn = layout(tree, &totals, all);
    let levels = drawn.iter().map(|one| one.level + 1).max().unwrap_or(0);
    let width = WIDTH as usize + 2 * MARGIN;
    let height = TITLE + levels * HEIGHT + 2 * MARGIN;
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"monospace\" font-size=\"12\">"
    )?;
    writeln!(
        out,
        "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"
    )?;
    let title = escaped(&format!("{title}: {all} {what}"));
    let baseline = MARGIN + 14;
    writeln!(
        out,
        "<text x=\"{MARGIN}\" y=\"{baseline}\" font-weight=\"bold\">{title}</text>"
    )?;
    for one in &drawn {
        write_frame(one, all, what, out)?;
    }
    writeln!(out, "</svg>")
}

fn write_frame(one: &Drawn<'_>, all: usize, what: &str, out: &mut dyn Write) -> io::Result<()> {
    let Drawn {
        node,
        rows,
        x,
        width,
        level,
    } = one;
    let (x, y) = (x + MARGIN as f64, TITLE + MARGIN + level * HEIGHT);
    let percent = *rows as f64 * 100.0 / all.max(1) as f64;
    let place = match node.line {
        Some(line) => format!(" ({}:{line})", node.file),
        None => String::new(),
    };
    let full = escaped(&format!(
        "{}{place}: {rows} {what}, {percent:.1}%",
        node.name
    ));
    let height = HEIGHT - 1;
    let hue = hue(&node.name);
    writeln!(
        out,
        "<g><title>{full}</title><rect x=\"{x:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"{height}\" \
         fill=\"hsl({hue},70%,75%)\" stroke=\"#ffffff\" stroke-width=\"0.5\"/>"
    )?;
    let fits = ((width - 6.0) / CHARACTER).max(0.0) as usize;
    if fits >= 3 {
        let name = quote::name(&node.name);
        let name = match name.chars().count() <= fits {
            true => name,
            false => name.chars().take(fits - 1).chain(['…']).collect(),
        };
        let (x, y) = (x + 3.0, y + 13);
        writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{y}\">{}</text>",
            escaped(&name)
        )?;
    }
    writeln!(out, "</g>")
}

/// The rows that each path and all that begin with it used.
fn totals(tree: &FlameTree, table: &str) -> Vec<usize> {
    let own = tree.nodes.iter().map(|node| rows_of(&node.own, table));
    let mut totals: Vec<usize> = own.collect();
    // Each parent comes before its children, so from the last on each total is complete when it is added.
    for (number, node) in tree.nodes.iter().enumerate().rev() {
        let total = totals.get(number).copied().unwrap_or(0);
        if let Some(parent) = node.parent.and_then(|parent| totals.get_mut(parent)) {
            *parent += total;
        }
    }
    totals
}

/// Where each frame is drawn that is wide enough to be seen.
fn layout<'a>(tree: &'a FlameTree, totals: &[usize], all: usize) -> Vec<Drawn<'a>> {
    let mut drawn = Vec::new();
    // Of each node the level of its children and the place of the next one.
    let mut next: Vec<(usize, f64)> = Vec::with_capacity(tree.nodes.len());
    let mut next_root = 0.0;
    for (node, rows) in tree.nodes.iter().zip(totals) {
        let width = *rows as f64 * WIDTH / all.max(1) as f64;
        let parent = node.parent.and_then(|parent| next.get_mut(parent));
        let (level, x) = match parent {
            Some((level, x)) => {
                let here = (*level, *x);
                *x += width;
                here
            }
            None => {
                let here = (0, next_root);
                next_root += width;
                here
            }
        };
        next.push((level + 1, x));
        if width >= NARROWEST {
            drawn.push(Drawn {
                node,
                rows: *rows,
                x,
                width,
                level,
            });
        }
    }
    drawn
}

/// A colour for a name: the same in every picture.
fn hue(name: &str) -> u32 {
    let hash = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(16_777_619);
    name.bytes().fold(2_166_136_261, hash) % 60
}

/// A text for XML: with its control characters shown, and without what ends an element or an attribute.
fn escaped(text: &str) -> String {
    let shown = quote::name(text);
    let mut escaped = String::with_capacity(shown.len());
    for character in shown.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // XML has no such characters.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}
