//! Signature help: the operand of an instruction, shown while it is typed.

use super::hover::operand_name;
use super::snapshot::Snapshot;
use provable::lang::isa::{OperandKind, Spec};
use provable::lang::syntax::{Body, Directive, Span};
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

/// The signature of the mnemonic or the directive before an offset on its line.
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
            ..
        } if is_after(mnemonic) => Some(instruction(
            op.spec(),
            operand.is_some_and(|operand| is_after(operand.span)),
        )),
        Body::Constant {
            keyword,
            name,
            value,
        } if is_after(keyword) => {
            let given = [name, value.map(|value| value.span)];
            let past = given.iter().flatten().filter(|span| is_after(**span));
            let about = [NAME, "a number"];
            Some(directive(Directive::Const, &about, past.count()))
        }
        Body::Data {
            keyword,
            name,
            at,
            address,
            ..
        } if is_after(keyword) => {
            // The word `at` is no parameter, but the address comes after it.
            let given = [name.and(at).or(name), address.map(|address| address.span)];
            let past = given.iter().flatten().filter(|span| is_after(**span));
            let about = [NAME, "a number or a constant", WORDS];
            Some(directive(Directive::Data, &about, past.count()))
        }
        Body::Words { keyword, .. } if is_after(keyword) => {
            Some(directive(Directive::Words, &[WORDS], 0))
        }
        _ => None,
    }
}

fn instruction(spec: &Spec, is_past: bool) -> Signature {
    let name = operand_name(spec.operand);
    let parameter = match spec.operand {
        OperandKind::None => String::new(),
        OperandKind::Word => "a number or a constant".into(),
        OperandKind::Target => "a label, a constant or an index".into(),
        OperandKind::OptionalWord => {
            "a number or a constant; without one, the second word is taken from the stack".into()
        }
        OperandKind::OptionalOffset => {
            "a distance from the address on the stack, a number with its sign or a constant; 0 if not given".into()
        }
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

const NAME: &str = "ASCII letters, digits, `_` and `.`, with a letter or `_` first";
const WORDS: &str = "numbers and constants, separated by commas";

/// A directive with the parameter at the cursor, which comes after so many others. `about` says what each may be.
fn directive(directive: Directive, about: &[&str], past: usize) -> Signature {
    let label = directive.usage();
    // In the notation, parameters follow the directive, and `at` is none.
    let mut starts = label.match_indices(' ').map(|(at, _)| at + 1);
    let is_parameter = |start: &usize| !matches!(label.get(*start..), Some(rest) if rest.starts_with("at ") || rest.starts_with("..."));
    let start = starts.by_ref().filter(is_parameter).nth(past);
    let about = about.get(past).copied().unwrap_or("");
    let parameter = start.map(|start| {
        let rest = label.get(start..).unwrap_or("");
        let length = match rest.strip_suffix(", ...") {
            // The list of words is one parameter.
            Some(one) if !one.contains(' ') => rest.len(),
            _ => rest.find(' ').unwrap_or(rest.len()),
        };
        start..start + length
    });
    Signature {
        label: label.into(),
        documentation: directive.summary().into(),
        parameter,
        parameter_documentation: about.into(),
    }
}
