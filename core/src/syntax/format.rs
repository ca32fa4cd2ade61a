//! The formatter. It works from the tree, so it changes spacing and letter case and nothing else: a line that
//! has an error is left as it is, because nobody knows yet what it is going to be.

use super::parse;
use super::token::is_space;
use super::tree::{Body, Line, Tree};

const INDENT: usize = 4;

/// Trailing comments of neighbouring lines are aligned, but no further right than this; a longer line has its
/// comment directly after it.
const ALIGN_LIMIT: usize = 40;

/// The text in the one style: mnemonics in capitals, labels on lines of their own in the first column, instructions
/// indented by four, the values of neighbouring constants and the comments after neighbouring lines aligned, no two blank lines in a row and none at either end, LF line
/// ends. Formatting twice changes nothing more. A text too large to be read comes back as it is.
pub fn format(text: &str) -> String {
    let tree = parse(text);
    if tree.is_refused() {
        return text.to_owned();
    }
    let pieces = pieces(&tree);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut is_blank_due = false;
    let mut rest = pieces.as_slice();
    while let Some(first) = rest.first() {
        if matches!(first, Piece::Blank) {
            is_blank_due = true;
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        // A byte order mark on a later line is an error there and must not move to the start, where it is none.
        let is_stray_mark = matches!(first, Piece::Kept(text) if text.starts_with('\u{feff}'));
        let is_first = out.is_empty();
        if std::mem::take(&mut is_blank_due) && (!is_first || is_stray_mark) {
            out.push('\n');
        }
        // Lines up to the next blank, comment or broken line share one comment column.
        let length = rest
            .iter()
            .take_while(|piece| matches!(piece, Piece::Code { .. }))
            .count();
        let block = rest.get(..length.max(1)).unwrap_or_default();
        let column = block
            .iter()
            .filter_map(Piece::comment_width)
            .max()
            .unwrap_or(0);
        for piece in block {
            piece.write(&mut out, column);
        }
        rest = rest.get(block.len()..).unwrap_or_default();
    }
    out
}

enum Piece<'a> {
    Blank,
    /// A line that is kept, without its line end and the spaces before it.
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

fn pieces(tree: &Tree) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(tree.lines().len());
    let mut rest = tree.lines();
    while let Some(line) = rest.first() {
        let names = rest.iter().map_while(|line| constant_name(tree, line));
        let (count, width) = names.fold((0, 0), |(count, width), name| {
            let aligned = Some(name.len()).filter(|&width| width <= ALIGN_LIMIT);
            (count + 1, width.max(aligned.unwrap_or(0)))
        });
        if count == 0 {
            push(&mut pieces, tree, line);
        }
        for line in rest.iter().take(count) {
            if let Body::Constant {
                name: Some(name),
                value: Some(value),
                ..
            } = line.body
            {
                let (name, value) = (tree.slice(name), tree.slice(value.span));
                let code = format!(".const {name:width$} {value}");
                pieces.push(Piece::Code {
                    code,
                    comment: comment(tree, line),
                });
            }
        }
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

/// The pieces of a line that defines no constant.
fn push<'a>(pieces: &mut Vec<Piece<'a>>, tree: &'a Tree, line: &Line) {
    let whole = tree.slice(line.span).trim_end_matches(['\n', '\r']);
    if !line.is_well_formed {
        pieces.push(Piece::Kept(whole.trim_end_matches(is_space)));
        return;
    }
    let label = line.label.map(|label| format!("{}:", tree.slice(label)));
    let instruction = instruction(tree, line);
    let comment = comment(tree, line);
    match (label, instruction) {
        (Some(label), Some(code)) => {
            pieces.push(Piece::Code {
                code: label,
                comment: "",
            });
            pieces.push(Piece::Code { code, comment });
        }
        (Some(code), None) | (None, Some(code)) => pieces.push(Piece::Code { code, comment }),
        (None, None) if comment.is_empty() => pieces.push(Piece::Blank),
        (None, None) => {
            let indent = if whole.starts_with(is_space) {
                INDENT
            } else {
                0
            };
            pieces.push(Piece::Comment { indent, comment });
        }
    }
}

fn instruction(tree: &Tree, line: &Line) -> Option<String> {
    let Body::Instruction {
        mnemonic, operand, ..
    } = line.body
    else {
        return None;
    };
    let mut code = " ".repeat(INDENT);
    code.push_str(&tree.slice(mnemonic).to_ascii_uppercase());
    if let Some(operand) = operand {
        code.push(' ');
        code.push_str(tree.slice(operand.span));
    }
    Some(code)
}
