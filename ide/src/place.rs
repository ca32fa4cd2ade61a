//! The part of a line under the cursor.

use super::snapshot::Snapshot;
use provable::lang::isa::Op;
use provable::lang::syntax::{Body, Directive, Line, Operand, Span, Tree};

/// A part of a line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// The name of a label, where it is defined.
    Label,
    /// The mnemonic of an instruction; none if it names no operation.
    Mnemonic(Option<Op>),
    /// The operand of an instruction.
    Operand(Option<Op>, Operand),
    /// The word of a directive.
    Keyword(Directive),
    /// The word `at` of `.data`.
    At,
    /// The name of a constant or of data, where it is defined.
    ConstantName,
    /// The value of a constant, or the address or a word of data.
    ConstantValue(Operand),
    /// A comment.
    Comment,
}

/// A part of a line, its span, and its line (from 0).
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub part: Part,
    pub span: Span,
    pub line: usize,
}

/// The parts of a line, in order.
pub(super) fn parts<'a>(
    tree: &'a Tree,
    line: &Line,
) -> impl Iterator<Item = (Part, Span)> + use<'a> {
    let value = |operand: Operand| (Part::ConstantValue(operand), operand.span);
    let defined = |name| (Part::ConstantName, name);
    let keyword = |directive, span| Some((Part::Keyword(directive), span));
    let label = line.label.map(|span| (Part::Label, span));
    let body = match line.body {
        Body::Instruction {
            mnemonic,
            op,
            operand,
            ..
        } => [
            Some((Part::Mnemonic(op), mnemonic)),
            operand.map(|operand| (Part::Operand(op, operand), operand.span)),
            None,
            None,
        ],
        Body::Constant {
            keyword: word,
            name,
            value: number,
        } => [
            keyword(Directive::Const, word),
            name.map(defined),
            number.map(value),
            None,
        ],
        Body::Data {
            keyword: word,
            name,
            at,
            address,
            ..
        } => [
            keyword(Directive::Data, word),
            name.map(defined),
            at.map(|at| (Part::At, at)),
            address.map(value),
        ],
        Body::Words { keyword: word, .. } => [keyword(Directive::Words, word), None, None, None],
        other => {
            let word = other.directive().zip(other.keyword());
            [
                word.and_then(|(directive, word)| keyword(directive, word)),
                other.defined().map(defined),
                None,
                None,
            ]
        }
    };
    let items = tree.items(&line.body).map(value);
    let comment = line.comment.map(|span| (Part::Comment, span));
    std::iter::once(label)
        .chain(body)
        .flatten()
        .chain(items)
        .chain(comment)
}

/// The part at an offset. Where two parts touch, the one that begins there.
pub(super) fn at(s: &Snapshot, offset: usize) -> Option<Place> {
    let line = s.assembly.tree.line_at(offset)?;
    let row = s.rows().get(line)?;
    let touching = parts(&s.assembly.tree, row).filter(|(_, span)| span.touches(offset));
    let (part, span) = touching.last()?;
    Some(Place { part, span, line })
}
