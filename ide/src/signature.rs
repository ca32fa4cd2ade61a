//! Signature help: the operand of an instruction, shown while it is typed.

use super::hover::operand_name;
use super::snapshot::Snapshot;
use provable::lang::isa::{OperandKind, Spec};
use provable::lang::syntax::{Body, Operand, Span};
use std::ops::Range;

/// An instruction or directive, and the parameter at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Its notation.
    pub label: String,
    /// What it does, in Markdown.
    pub documentation: String,
    /// The bytes of `label` that are the parameter at the cursor; none after the last parameter.
    pub parameter: Option<Range<usize>>,
    /// What the parameter may be. Empty if there is no parameter.
    pub parameter_documentation: String,
}

/// The signature of the mnemonic (or `.const`) before an offset on its line.
pub fn signature(s: &Snapshot, offset: usize) -> Option<Signature> {
    let offset = s.clamp(offset);
    let line = s.assembly.tree.line_at(offset)?;
    // A cursor after the last line end is on a line of its own.
    if s.lines.line_column(offset).line != line {
        return None;
    }
    let row = s.rows().get(line)?;
    if row
        .comment
        .is_some_and(|span| (span.start as usize) < offset)
    {
        return None;
    }
    let is_after = |span: Span| (span.end as usize) < offset;
    match row.body {
        Body::Instruction {
            mnemonic,
            op: Some(op),
            operand,
        } if is_after(mnemonic) => Some(instruction(
            op.spec(),
            operand.is_some_and(|operand| is_after(operand.span)),
        )),
        Body::Constant {
            keyword,
            name,
            value,
        } if is_after(keyword) => Some(constant(
            name.is_some_and(is_after),
            value.is_some_and(|Operand { span, .. }| is_after(span)),
        )),
        _ => None,
    }
}

fn instruction(spec: &Spec, is_past: bool) -> Signature {
    let name = operand_name(spec.operand);
    let parameter = match spec.operand {
        OperandKind::None => String::new(),
        OperandKind::Word => "a number or a constant".into(),
        OperandKind::Target => "a label, a constant or an index".into(),
        OperandKind::OptionalAddress => {
            "a number or a constant; without one, the address is taken from the stack".into()
        }
        OperandKind::OptionalDepth(default) => {
            format!("how far below the top, a number or a constant; {default} if not given")
        }
    };
    let documentation = format!("`{}`\n\n{}", spec.stack, spec.summary);
    let label = [spec.mnemonic, name].join(" ").trim_end().to_owned();
    let is_there = !name.is_empty() && !is_past;
    // Brackets mean that the operand is optional. They are not part of its name.
    let start = spec.mnemonic.len() + 1 + usize::from(name.starts_with('['));
    let end = start + name.trim_matches(['[', ']']).len();
    Signature {
        label,
        documentation,
        parameter: is_there.then_some(start..end),
        parameter_documentation: if is_there { parameter } else { String::new() },
    }
}

fn constant(is_past_name: bool, is_past_value: bool) -> Signature {
    let (parameter, about) = match (is_past_name, is_past_value) {
        (_, true) => (None, ""),
        (true, _) => (Some(12..17), "a number"),
        (false, _) => (
            Some(7..11),
            "ASCII letters, digits, `_` and `.`, with a letter or `_` first",
        ),
    };
    Signature {
        label: ".const NAME value".into(),
        documentation: "Names a number.".into(),
        parameter,
        parameter_documentation: about.into(),
    }
}
