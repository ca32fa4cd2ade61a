//! From a name to its definition and its uses.

use super::names::{self, Meaning, Shared, named, use_lines};
use super::place::{Part, at};
use super::snapshot::Snapshot;
use provable::lang::isa::OperandKind;
use provable::lang::modules::UseLine;
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

/// Where something is defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What leads there, in this text.
    pub origin: Range<usize>,
    /// The file, as an index among the files of [`Snapshot::modules`]; 0 is this text.
    pub file: usize,
    /// The place in the text of that file.
    pub target: Range<usize>,
}

/// The definition of the name at an offset, the file of a path, or the target of the index at it. The index after the last
/// instruction leads to the end of the text.
pub fn definition(s: &Snapshot, offset: usize) -> Option<Definition> {
    if let Some(file) = file_at(s, offset) {
        return Some(file);
    }
    if let Some((meaning, span)) = named(s, offset) {
        let (file, target) = match meaning {
            Meaning::Own(symbol) => (0, symbol.definition.range()),
            Meaning::Member(found) => (found.file, found.definition.name.range()),
        };
        return Some(Definition {
            origin: span.range(),
            file,
            target,
        });
    }
    let place = at(s, offset)?;
    let index = index(&place.part)?;
    let is_inside = index <= s.assembly.instruction_count();
    is_inside.then(|| Definition {
        origin: place.span.range(),
        file: 0,
        target: s.assembly.span_of(index),
    })
}

/// The file that a `.use` line names, from its path and from its name for the file.
fn file_at(s: &Snapshot, offset: usize) -> Option<Definition> {
    let here = s.assembly.tree.line_at(offset)?;
    let (line, file) = use_lines(s).find(|(line, _)| line.line == here)?;
    let path = inside(line);
    // A name in the path is a part of the path.
    let alias = line.alias.as_ref().map(|(_, alias)| alias.range());
    let origin = [Some(path), alias].into_iter().flatten();
    let origin = origin
        .into_iter()
        .find(|span| span.start <= offset && offset <= span.end)?;
    Some(Definition {
        origin,
        file: file?,
        target: 0..0,
    })
}

/// The paths of `.use` lines without their quotes, each with the index of its file among the files of
/// [`Snapshot::modules`]. A path without a file is left out.
pub fn links(s: &Snapshot) -> Vec<(Range<usize>, usize)> {
    let found = use_lines(s).filter_map(|(line, file)| Some((inside(line), file?)));
    found.collect()
}

/// Where the path of a `.use` line is, without its quotes.
fn inside(line: &UseLine) -> Range<usize> {
    line.span.start as usize + 1..(line.span.end as usize).saturating_sub(1)
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
    let of = |file, line| names::uses(s, Shared { file, line });
    let (uses, definition) = match named(s, offset) {
        Some((Meaning::Own(symbol), _)) if names::is_shared(symbol) => {
            (of(0, symbol.line), Some(symbol.definition))
        }
        Some((Meaning::Own(symbol), _)) => {
            let uses = symbol.references.iter().map(|span| span.range());
            (uses.collect(), Some(symbol.definition))
        }
        Some((Meaning::Member(found), _)) => {
            let own = (found.file == 0).then_some(found.definition.name);
            (of(found.file, found.definition.line), own)
        }
        None => return Vec::new(),
    };
    let mut all: Vec<_> = uses.into_iter().map(|span| (span, Access::Use)).collect();
    if let Some(definition) = definition {
        let before = all.partition_point(|(span, _)| span.start < definition.start as usize);
        all.insert(before, (definition.range(), Access::Definition));
    }
    all
}
