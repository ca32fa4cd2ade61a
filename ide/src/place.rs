//! The part of a line under the cursor.

use super::snapshot::Snapshot;
use provable::lang::isa::Op;
use provable::lang::syntax::{Body, Line, Operand, Span};

/// A part of a line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// The name of a label, where it is defined.
    Label,
    /// The mnemonic of an instruction; none if it names no operation.
    Mnemonic(Option<Op>),
    /// The operand of an instruction.
    Operand(Option<Op>, Operand),
    /// The word `.const`.
    Keyword,
    /// The name of a constant, where it is defined.
    ConstantName,
    /// The value of a constant.
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
pub(super) fn parts(line: &Line) -> impl Iterator<Item = (Part, Span)> + use<> {
    let label = line.label.map(|span| (Part::Label, span));
    let body = match line.body {
        Body::Instruction {
            mnemonic,
            op,
            operand,
        } => [
            Some((Part::Mnemonic(op), mnemonic)),
            operand.map(|operand| (Part::Operand(op, operand), operand.span)),
            None,
        ],
        Body::Constant {
            keyword,
            name,
            value,
        } => [
            Some((Part::Keyword, keyword)),
            name.map(|name| (Part::ConstantName, name)),
            value.map(|value| (Part::ConstantValue(value), value.span)),
        ],
        Body::Empty | Body::Malformed => [None; 3],
    };
    let comment = line.comment.map(|span| (Part::Comment, span));
    let all = std::iter::once(label)
        .chain(body)
        .chain(std::iter::once(comment));
    all.flatten()
}

/// The part at an offset. Where two parts touch, the one that begins there.
pub(super) fn at(s: &Snapshot, offset: usize) -> Option<Place> {
    let line = s.assembly.tree.line_at(offset)?;
    let row = s.rows().get(line)?;
    let touching = parts(row).filter(|(_, span)| span.touches(offset));
    let (part, span) = touching.last()?;
    Some(Place { part, span, line })
}
