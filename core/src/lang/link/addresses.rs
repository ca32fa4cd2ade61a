//! The addresses of data and variables.

use super::no_value::no_value;
use super::reach::Reached;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::modules::{Addresses, DefinitionKind, Evaluator, Modules, Worth};
use crate::lang::syntax::{Body, Span};

/// The first address that the linker chooses. Addresses that a text chooses are usually small.
pub const FIRST: u32 = 0x4000_0000;

/// The end of the address space: one more than the last address.
const END: u64 = 1 << 32;

/// Data or a variable with its address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub file: usize,
    pub line: usize,
    pub name: Span,
    pub address: u32,
    pub length: u64,
    pub is_data: bool,
}

/// The data and variables of a program.
pub(super) struct Placement {
    /// By address.
    pub list: Vec<Placed>,
    pub addresses: Addresses,
}

/// Chooses the addresses that the texts do not choose: one after the other, by file in the order in which the program
/// reaches them, and in the order of the text.
pub(super) fn choose(
    modules: &Modules,
    reached: &Reached,
    found: &mut Vec<(usize, Diagnostic)>,
) -> Placement {
    let mut addresses = Addresses::new();
    let mut next = u64::from(FIRST);
    let mut fixed = Vec::new();
    let mut list = Vec::new();
    for &file in &reached.order {
        for (name, line, kind) in definitions(modules, reached, file) {
            let is_data = matches!(kind, DefinitionKind::Data(_));
            let length = match kind {
                DefinitionKind::Data(words) => u64::from(words),
                _ => size(modules, &addresses, file, line, name, found),
            };
            let placed = Placed {
                file,
                line,
                name,
                address: 0,
                length,
                is_data,
            };
            if is_fixed(modules, file, line) {
                fixed.push(placed);
                continue;
            }
            match u32::try_from(next) {
                Ok(address) if next + length <= END => {
                    addresses.insert((file, line), address);
                    list.push(Placed { address, ..placed });
                }
                _ => found.push((file, past_the_end(name))),
            }
            next += length;
        }
    }
    // Their addresses may depend on those that are chosen.
    let mut evaluator = Evaluator::linked(modules, &addresses);
    for placed in fixed {
        match evaluator.definition(placed.file, placed.line) {
            Worth::Number(number) => {
                let address = crate::lang::expression::word(number).unwrap_or(0);
                if u64::from(address) + placed.length > END {
                    found.push((placed.file, past_the_end(placed.name)));
                    continue;
                }
                list.push(Placed { address, ..placed });
            }
            other => no_value(found, placed.file, other, placed.name),
        }
    }
    list.sort_by_key(|placed| (placed.address, placed.file, placed.line));
    overlaps(modules, &list, found);
    Placement { list, addresses }
}

/// The data and variables of a file that the program uses, in the order of the text.
fn definitions(
    modules: &Modules,
    reached: &Reached,
    file: usize,
) -> Vec<(Span, usize, DefinitionKind)> {
    let Some(module) = modules.files().get(file) else {
        return Vec::new();
    };
    let all = module.parsed.interface().definitions.values();
    let used = all.filter(|one| reached.used.contains(&(file, one.line)));
    let mut used: Vec<_> = used.map(|one| (one.name, one.line, one.kind)).collect();
    used.sort_by_key(|&(_, line, _)| line);
    used
}

fn is_fixed(modules: &Modules, file: usize, line: usize) -> bool {
    let body = modules
        .tree(file)
        .and_then(|tree| tree.lines().get(line))
        .map(|line| line.body);
    matches!(
        body,
        Some(
            Body::Data {
                address: Some(_),
                ..
            } | Body::Variable {
                address: Some(_),
                ..
            }
        )
    )
}

fn size(
    modules: &Modules,
    addresses: &Addresses,
    file: usize,
    line: usize,
    name: Span,
    found: &mut Vec<(usize, Diagnostic)>,
) -> u64 {
    match Evaluator::linked(modules, addresses).size(file, line) {
        Worth::Number(number) => match u64::try_from(number) {
            Ok(size @ 1..=END) => size,
            _ => {
                let message =
                    format!("a variable has at least one word, and this one has {number}");
                found.push((file, Diagnostic::new(Code::MisplacedData, name, message)));
                1
            }
        },
        Worth::Later => {
            let message = "the size depends on an address that the linker has not chosen yet";
            found.push((file, Diagnostic::new(Code::NoValue, name, message)));
            1
        }
        other => {
            no_value(found, file, other, name);
            1
        }
    }
}

fn past_the_end(name: Span) -> Diagnostic {
    let message = format!("these words end past the last address, {}", END - 1);
    Diagnostic::new(Code::MisplacedData, name, message)
}

fn overlaps(modules: &Modules, list: &[Placed], found: &mut Vec<(usize, Diagnostic)>) {
    let mut last: Option<&Placed> = None;
    let end = |placed: &Placed| u64::from(placed.address) + placed.length;
    let name = |placed: &Placed| {
        let tree = modules.tree(placed.file);
        tree.map_or("", |tree| tree.slice(placed.name)).to_owned()
    };
    for placed in list {
        if let Some(before) = last.filter(|before| u64::from(placed.address) < end(before)) {
            let file = match before.file == placed.file {
                true => String::new(),
                false => format!(" of {}", modules.stem(before.file)),
            };
            let line = before.line + 1;
            let message = format!(
                "`{}` overlaps `{}`{file}, line {line}, at address {}",
                name(placed),
                name(before),
                placed.address
            );
            found.push((
                placed.file,
                Diagnostic::new(Code::MisplacedData, placed.name, message),
            ));
        }
        if last.is_none_or(|before| end(before) < end(placed)) {
            last = Some(placed);
        }
    }
}
