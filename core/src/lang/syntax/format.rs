//! The formatter. It works from the tree, so it changes only spacing and letter case. A line with an error is left as
//! it is, because its intended meaning is not known.

use super::body::Body;
use super::format_line::{INDENT, code, spaced};
use super::parse;
use super::token::is_space;
use super::tree::{Line, Tree};

/// The rightmost column to which comments of neighbouring lines are aligned. On a longer line, the comment follows
/// directly.
const ALIGN_LIMIT: usize = 40;

/// Formats a text: mnemonics in capitals; labels on lines of their own in the first column; instructions indented by
/// four, and so are lines that belong to data or to a test; one space after commas and inside the brackets of effects; the values of neighbouring constants aligned, and
/// the comments after neighbouring lines too; no two blank lines in a row and none at either end; LF line ends. Formatting is idempotent. A text over the size limit is
/// returned unchanged.
pub fn format(text: &str) -> String {
    let tree = parse(text);
    if tree.is_refused() {
        return text.to_owned();
    }
    format_tree(&tree).text
}

/// A formatted text that records the result of each line of the tree, so that an editor can change single lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    text: String,
    /// For each line of the tree: the end of its result.
    ends: Vec<usize>,
}

impl Formatted {
    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The result of a line of the tree (from 0), LF line ends included: nothing, one line, or the lines of a label and
    /// an instruction.
    pub fn line(&self, line: usize) -> &str {
        let start = match line.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        };
        let range = start.zip(self.ends.get(line).copied());
        range
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or("")
    }
}

/// Formats a tree as [`format()`] formats its text. The tree of a text that was refused gives an empty one.
pub fn format_tree(tree: &Tree) -> Formatted {
    let pieces = pieces(tree);
    let length = tree.text().len();
    let mut out = String::with_capacity(length + length / 8);
    let mut ends = Vec::with_capacity(tree.lines().len());
    // The first of the blank lines since the last other line. It is the one that is kept, if any.
    let mut blank = None;
    let mut rest = pieces.as_slice();
    while let Some((number, first)) = rest.first() {
        if matches!(first, Piece::Blank) {
            blank = blank.or(Some(*number));
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        // A byte order mark on a later line is an error. At the start it would not be one, so it must not move there.
        let is_stray_mark = matches!(first, Piece::Kept(text) if text.starts_with('\u{feff}'));
        let is_first = out.is_empty();
        if let Some(blank) = blank.take().filter(|_| !is_first || is_stray_mark) {
            ends.resize(blank, out.len());
            out.push('\n');
        }
        // The lines up to the next blank, comment or malformed line share one comment column.
        let length = rest
            .iter()
            .take_while(|(_, piece)| matches!(piece, Piece::Code { .. }))
            .count();
        let block = rest.get(..length.max(1)).unwrap_or_default();
        let column = block
            .iter()
            .filter_map(|(_, piece)| piece.comment_width())
            .max()
            .unwrap_or(0);
        for (line, piece) in block {
            // The second piece of a line must not set the end of the first.
            if ends.len() < *line {
                ends.resize(*line, out.len());
            }
            piece.write(&mut out, column);
        }
        rest = rest.get(block.len()..).unwrap_or_default();
    }
    ends.resize(tree.lines().len(), out.len());
    Formatted { text: out, ends }
}

enum Piece<'a> {
    Blank,
    /// A line that is kept, without its line end and the spaces before the line end.
    Kept(&'a str),
    Comment {
        indent: usize,
        comment: &'a str,
    },
    Code {
        code: String,
        comment: &'a str,
    },
}

impl Piece<'_> {
    /// The width of code that has a comment after it, if the comment is to be aligned.
    fn comment_width(&self) -> Option<usize> {
        match self {
            Piece::Code { code, comment } if !comment.is_empty() => {
                Some(code.chars().count()).filter(|&width| width <= ALIGN_LIMIT)
            }
            _ => None,
        }
    }

    fn write(&self, out: &mut String, column: usize) {
        match self {
            Piece::Blank => {}
            Piece::Kept(text) => out.push_str(text),
            Piece::Comment { indent, comment } => {
                out.extend(std::iter::repeat_n(' ', *indent));
                out.push_str(comment);
            }
            Piece::Code { code, comment } => {
                out.push_str(code);
                if !comment.is_empty() {
                    let padding = column.saturating_sub(code.chars().count());
                    out.extend(std::iter::repeat_n(' ', padding + 2));
                    out.push_str(comment);
                }
            }
        }
        out.push('\n');
    }
}

/// The pieces of all lines, each with the line (from 0) from which it comes.
fn pieces(tree: &Tree) -> Vec<(usize, Piece<'_>)> {
    let mut pieces = Vec::with_capacity(tree.lines().len());
    let mut rest = tree.lines();
    let mut number = 0;
    while let Some(line) = rest.first() {
        let names = rest.iter().map_while(|line| constant_name(tree, line));
        let (count, width) = names.fold((0, 0), |(count, width), name| {
            let aligned = Some(name.len()).filter(|&width| width <= ALIGN_LIMIT);
            (count + 1, width.max(aligned.unwrap_or(0)))
        });
        if count == 0 {
            push(&mut pieces, tree, number, line);
        }
        for (line, number) in rest.iter().zip(number..).take(count) {
            if let Body::Constant {
                name: Some(name),
                value: Some(value),
                ..
            } = line.body
            {
                let (name, value) = (tree.slice(name), spaced(tree.slice(value.span)));
                let code = format!(".const {name:width$} {value}");
                let comment = comment(tree, line);
                pieces.push((number, Piece::Code { code, comment }));
            }
        }
        number += count.max(1);
        rest = rest.get(count.max(1)..).unwrap_or_default();
    }
    pieces
}

/// The name of the constant that a line without errors defines.
fn constant_name<'a>(tree: &'a Tree, line: &Line) -> Option<&'a str> {
    match line.body {
        Body::Constant {
            name: Some(name),
            value: Some(_),
            ..
        } if line.is_well_formed => Some(tree.slice(name)),
        _ => None,
    }
}

fn comment<'a>(tree: &'a Tree, line: &Line) -> &'a str {
    let comment = line.comment.map_or("", |span| tree.slice(span));
    comment.trim_end_matches(is_space)
}

/// The pieces of a line that does not define a constant.
fn push<'a>(pieces: &mut Vec<(usize, Piece<'a>)>, tree: &'a Tree, number: usize, line: &Line) {
    let whole = tree.slice(line.span).trim_end_matches(['\n', '\r']);
    let mut push = |piece| pieces.push((number, piece));
    if !line.is_well_formed {
        push(Piece::Kept(whole.trim_end_matches(is_space)));
        return;
    }
    let label = line.label.map(|label| format!("{}:", tree.slice(label)));
    let code = code(tree, line);
    let comment = comment(tree, line);
    match (label, code) {
        (Some(label), Some(code)) => {
            push(Piece::Code {
                code: label,
                comment: "",
            });
            push(Piece::Code { code, comment });
        }
        (Some(code), None) | (None, Some(code)) => push(Piece::Code { code, comment }),
        (None, None) if comment.is_empty() => push(Piece::Blank),
        (None, None) => {
            let indent = if whole.starts_with(is_space) {
                INDENT
            } else {
                0
            };
            push(Piece::Comment { indent, comment });
        }
    }
}
