//! Keeps jumps by index correct when instructions are added or removed before their targets.

use super::super::formatting::Edit;
use super::super::snapshot::Snapshot;
use provable::lang::isa::OperandKind;
use provable::lang::program::SymbolKind;
use provable::lang::syntax::{Body, Value};
use std::ops::Range;

/// The edits that keep every jump by index correct when the index of each instruction becomes `moved(index)`. Jumps
/// inside `removed` (bytes of the text) are removed. None if a jump uses a constant, because the constant may also have
/// other uses.
pub(super) fn shift(
    s: &Snapshot,
    removed: &Range<usize>,
    moved: impl Fn(u32) -> u32,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for row in s.rows() {
        let Body::Instruction {
            op: Some(op),
            operand: Some(operand),
            ..
        } = row.body
        else {
            continue;
        };
        let span = operand.span.range();
        if op.spec().operand != OperandKind::Target || removed.contains(&span.start) {
            continue;
        }
        let index = match operand.value {
            Value::Number(index) => index,
            Value::Name => {
                let symbol = s.assembly.symbols.get(s.assembly.tree.slice(operand.span));
                let constant = symbol.filter(|symbol| symbol.kind == SymbolKind::Constant);
                match constant.and_then(|constant| constant.value) {
                    Some(value) if moved(value) != value => return None,
                    _ => continue,
                }
            }
            Value::Expression | Value::Text | Value::Bad => continue,
        };
        let new = moved(index);
        if new != index {
            edits.push(Edit {
                span,
                text: new.to_string(),
            });
        }
    }
    Some(edits)
}
