//! What a routine takes in a proof: the rows of the step table each time that it is called or copied, and the entries of
//! the program's table.

mod paths;

use super::snapshot::Snapshot;
use paths::{Rows, rows};
use provable::circuit::encoding::groups;
use provable::lang::isa::Op;
use provable::lang::link::{Entry, Linked, link_entry};
use provable::lang::modules::Found;
use provable::lang::program::{
    Assembly, Instruction, Invocation, Node, Program, assemble_file, routine_id,
};
use provable::lang::syntax::Body;
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

/// The most instructions that are looked at, with those of what the routine calls.
const INSTRUCTIONS: usize = 1 << 16;

/// The lines of a list that say what a routine takes, with the arguments that the line gives it if it is named in a CALL, an
/// `.inline` or a test there. None while a file that it needs has an error, and if it lacks arguments.
pub(super) fn lines(s: &Snapshot, found: Found, line: usize) -> Option<String> {
    let invocation = invocation(s, found, line)?;
    let linked = linked(s, invocation, line)?;
    let program = linked.program.as_ref()?;
    let count = program.instructions().len();
    let mut parts = linked.parts.iter();
    let part = parts.find(|part| part.routine == Some(invocation.routine))?;
    let part = part.instructions.start as usize..part.instructions.end as usize;
    if count > INSTRUCTIONS || part.is_empty() {
        return None;
    }
    let (copy, end) = copied(program, &part);
    let mut out = String::new();
    let called = rows(program, part.start, None);
    let inlined = rows(&copy, part.start, Some(end));
    if let (Some(called), Some(inlined)) = (called, inlined) {
        let call = Rows {
            least: called.least.saturating_add(1),
            most: called.most.map(|most| most.saturating_add(1)),
        };
        let _ = writeln!(out, "- rows of a CALL: {call}; of an `.inline`: {inlined}");
    }
    let begun = linked
        .parts
        .first()
        .map_or(0, |first| first.instructions.end);
    let all = entries(program, &(begun as usize..count));
    let own = entries(program, &part);
    let of_copy = entries(&copy, &(part.start..part.end.min(end)));
    let _ = write!(
        out,
        "- entries of the program: {own} for all CALLs, {of_copy} for each `.inline`"
    );
    match all.saturating_sub(own) {
        0 => out.push('\n'),
        others => {
            let _ = writeln!(out, "; {others} of what it calls");
        }
    }
    Some(out)
}

/// The routine with the arguments that a line gives it.
fn invocation(s: &Snapshot, found: Found, line: usize) -> Option<Invocation> {
    let routine = routine_id(found)?;
    let node = s.assembly.instruction_on(line);
    match node.map(|node| s.assembly.node(node)) {
        Some(Node::Call(named) | Node::Inline(named)) if named.routine == routine => {
            return Some(named);
        }
        _ => {}
    }
    let arguments = match s.rows().get(line)?.body {
        Body::Test { arguments, .. } => arguments,
        _ => None,
    };
    Some(Invocation {
        routine,
        contract: s.modules.contract(found)?,
        arguments,
    })
}

/// A program that calls the routine and nothing else. Files that it cannot reach are left empty.
fn linked(s: &Snapshot, invocation: Invocation, line: usize) -> Option<Linked> {
    let files = s.modules.files();
    let mut is_needed = vec![false; files.len()];
    let mut queue = vec![invocation.routine.file];
    while let Some(file) = queue.pop() {
        let Some(needed @ false) = is_needed.get_mut(file) else {
            continue;
        };
        *needed = true;
        let uses = files.get(file).map(|module| &module.uses);
        let used = uses.into_iter().flatten();
        queue.extend(used.filter_map(|used| used.file.as_ref().ok()));
    }
    let assembled = is_needed.iter().enumerate().map(|(file, is_needed)| {
        Arc::new(match (file, is_needed) {
            (0, _) => return Arc::clone(&s.assembly),
            (file, true) => assemble_file(&s.modules, file),
            (_, false) => Assembly::default(),
        })
    });
    let entry = Entry::Call {
        invocation,
        line,
        values: 0,
    };
    let linked = link_entry(&s.modules, assembled.collect(), entry);
    linked.program.is_some().then_some(linked)
}

/// The program with a part as `.inline` copies it, and where the copy ends: a RET at its end goes, and every other RET is a
/// jump there.
fn copied(program: &Program, part: &Range<usize>) -> (Program, usize) {
    let all = program.instructions();
    let is_ret = |index: usize| all.get(index).is_some_and(|one| one.op == Op::Ret);
    let last = part.end.saturating_sub(1);
    // Otherwise what follows may be a routine that it calls.
    let end = if is_ret(last) { last } else { all.len() };
    let target = u32::try_from(end).ok();
    let made = |op, operand| Instruction { op, operand };
    let copied = all.iter().enumerate().map(|(index, &instruction)| {
        let instruction = match index {
            index if index == end => made(Op::Halt, None),
            index if part.contains(&index) && is_ret(index) => made(Op::Jmp, target),
            _ => instruction,
        };
        (instruction, 0)
    });
    let halt = (made(Op::Halt, None), 0);
    (Program::new(copied.chain([halt])), end)
}

/// How many entries the instructions of a range take.
fn entries(program: &Program, range: &Range<usize>) -> usize {
    let all = groups(program).into_iter();
    let own = all.filter(|group| range.contains(&group.first));
    own.map(|group| group.rows.len()).sum()
}
