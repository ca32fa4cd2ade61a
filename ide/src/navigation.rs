//! From a name to its definition and its uses.

use super::place::{Part, at};
use super::snapshot::Snapshot;
use provable::lang::isa::OperandKind;
use provable::lang::syntax::Value;
use std::ops::Range;

/// How a name is used at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It is defined.
    Definition,
    /// It is used.
    Use,
}

/// The definition of the name at an offset, or the target of the index at it. Returns the range at the offset and the
/// range of the target. The index after the last instruction leads to the end of the text.
pub fn definition(s: &Snapshot, offset: usize) -> Option<(Range<usize>, Range<usize>)> {
    if let Some((symbol, span)) = s.assembly.symbol_at(offset) {
        return Some((span.range(), symbol.definition.range()));
    }
    let place = at(s, offset)?;
    let index = index(&place.part)?;
    let is_inside = index <= s.assembly.instruction_count();
    is_inside.then(|| (place.span.range(), s.assembly.span_of(index)))
}

/// The index, if the operand of a jump is a number.
pub(super) fn index(part: &Part) -> Option<usize> {
    match part {
        Part::Operand(Some(op), operand) if op.spec().operand == OperandKind::Target => {
            match operand.value {
                Value::Number(index) => usize::try_from(index).ok(),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The uses of the name at an offset, in the order of the text.
pub fn references(s: &Snapshot, offset: usize, with_definition: bool) -> Vec<Range<usize>> {
    let all = highlights(s, offset).into_iter();
    all.filter(|(_, access)| with_definition || *access == Access::Use)
        .map(|(span, _)| span)
        .collect()
}

/// Every place of the name at an offset, in the order of the text.
pub fn highlights(s: &Snapshot, offset: usize) -> Vec<(Range<usize>, Access)> {
    let Some((symbol, _)) = s.assembly.symbol_at(offset) else {
        return Vec::new();
    };
    let uses = &symbol.references;
    let before = uses.partition_point(|span| span.start < symbol.definition.start);
    let mut all: Vec<_> = uses
        .iter()
        .map(|span| (span.range(), Access::Use))
        .collect();
    all.insert(before, (symbol.definition.range(), Access::Definition));
    all
}
