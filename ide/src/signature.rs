//! Signature help: the operand of an instruction, shown while it is typed.

use super::described::markdown;
use super::hover::operand_name;
use super::names;
use super::parameters::parameters;
use super::snapshot::Snapshot;
use provable::lang::isa::{Op, OperandKind, Spec};
use provable::lang::modules::DefinitionKind;
use provable::lang::syntax::{Body, Directive, Line, Span};
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

/// The signature of the mnemonic, the directive or the routine before an offset on its line.
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
    let keyword = row.body.keyword().filter(|keyword| is_after(*keyword))?;
    if let Some(signature) = called(s, row, offset) {
        return Some(signature);
    }
    match row.body {
        Body::Instruction {
            op: Some(op),
            operand,
            ..
        } => Some(instruction(
            op.spec(),
            operand.is_some_and(|operand| is_after(operand.span)),
            s.assembly.tree.has_modules(),
        )),
        body => directive(body.directive()?, row, keyword, offset),
    }
}

/// The routine that is named before an offset, with the parameter or the word at it.
fn called(s: &Snapshot, row: &Line, offset: usize) -> Option<Signature> {
    let (keyword, target) = match row.body {
        Body::Instruction {
            mnemonic,
            operand: Some(operand),
            ..
        } => (mnemonic, operand.span),
        Body::Inline {
            keyword,
            target: Some(target),
            ..
        }
        | Body::Test {
            keyword,
            target: Some(target),
            ..
        } => (keyword, target),
        _ => return None,
    };
    if offset <= target.end as usize {
        return None;
    }
    let tree = &s.assembly.tree;
    let name = tree.slice(target);
    let section = s.assembly.section_at(tree.line_at(offset)?);
    let found = s.modules.find(0, name).ok()?;
    let own = s.assembly.symbols.get_in(section, name);
    // A label of the routine at hand comes first.
    own.is_none_or(names::is_shared).then_some(())?;
    let DefinitionKind::Routine(_) = found.definition.kind else {
        return None;
    };
    let there = names::tree(s, found.file)?;
    let Body::Routine {
        effect, parameters, ..
    } = there.lines().get(found.definition.line)?.body
    else {
        return None;
    };
    let mut label = format!("{} {name}", tree.slice(keyword));
    let mut add = |text: &str| {
        label.push(' ');
        label.push_str(text);
        label.len() - text.len()
    };
    let (is_test, values) = match row.body {
        Body::Test { values, .. } => (true, values),
        _ => (false, None),
    };
    let in_values = is_test && values.is_none_or(|values| offset < values.end as usize);
    let mut marked = None;
    if is_test && let Some(effect) = effect {
        let start = add(there.slice(effect));
        let given = values.map_or(Vec::new(), |values| tree.values(values).0);
        let past = given
            .iter()
            .filter(|value| (value.span.end as usize) < offset);
        let word = there.effect(effect).inputs.get(past.count()).copied();
        let word = word.filter(|_| in_values);
        marked = word.map(|word| moved(word, effect, start));
    }
    if let Some(parameters) = parameters {
        let start = add(there.slice(parameters));
        let after = Span::new(values.unwrap_or(target).end as usize, offset);
        let past = tree.slice(after).matches(',').count();
        let one = there.listed(Some(parameters)).nth(past);
        let one = one.filter(|_| !in_values);
        marked = marked.or(one.map(|one| moved(one.span, parameters, start)));
    }
    let effect = effect.map_or("", |effect| there.slice(effect));
    let documents = markdown(there, found.definition.line);
    Some(Signature {
        documentation: format!("`{effect}`\n\n{documents}").trim_end().to_owned(),
        parameter_documentation: match marked {
            Some(_) if in_values => {
                "a number, an expression in brackets, or a name for a random word"
            }
            Some(_) => "a number or a constant",
            None => "",
        }
        .to_owned(),
        parameter: marked,
        label,
    })
}

/// A part of a span whose text stands at another place.
fn moved(part: Span, of: Span, to: usize) -> Range<usize> {
    let start = to + (part.start.saturating_sub(of.start)) as usize;
    start..start + part.range().len()
}

fn instruction(spec: &Spec, is_past: bool, has_modules: bool) -> Signature {
    let name = operand_name(spec.operand);
    let parameter = match spec.operand {
        OperandKind::None => String::new(),
        OperandKind::Word => "a number or a constant".into(),
        // Where the linker places instructions, a number is no target.
        OperandKind::Target => match (spec.op, has_modules) {
            (Op::Call, true) => "a routine or a label".into(),
            (Op::Call, false) => "a routine, a label, a constant or an index".into(),
            (_, true) => "a label".into(),
            (_, false) => "a label, a constant or an index".into(),
        },
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

/// A directive with the parameter at an offset.
fn directive(directive: Directive, row: &Line, keyword: Span, offset: usize) -> Option<Signature> {
    let (label, about) = parameters(directive, &row.body);
    let past = super::parameters::given(&row.body)
        .into_iter()
        .flatten()
        .filter(|span| (span.end as usize) < offset);
    let place = past.count().min(about.len().saturating_sub(1));
    let (name, about) = about.get(place).copied()?;
    let after = label.get(keyword.range().len()..)?;
    let start = after.find(name).map(|at| at + keyword.range().len());
    Some(Signature {
        parameter: start.map(|start| start..start + name.len()),
        parameter_documentation: about.into(),
        documentation: directive.summary().into(),
        label: label.into(),
    })
}
