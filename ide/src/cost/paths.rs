//! The rows of the paths through a routine.

use provable::circuit::encoding::groups;
use provable::lang::isa::Op;
use provable::lang::program::Program;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;

/// How many rows a routine takes until it comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    /// On the shortest path.
    pub least: u64,
    /// On the longest one; none if there is a loop.
    pub most: Option<u64>,
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.most {
            None => write!(f, "{} or more, as there is a loop", self.least),
            Some(most) if most == self.least => write!(f, "{most}"),
            Some(most) => write!(f, "{} to {most}", self.least),
        }
    }
}

/// Where control goes after a group of instructions. The places are groups.
#[derive(Clone, Copy)]
enum Then {
    /// Back to the CALL.
    Return,
    /// Nowhere: the run ends.
    Nowhere,
    /// To one of these.
    To(usize, Option<usize>),
    /// To a routine, and when that has come back to the other place.
    Call(usize, usize),
}

/// A part of a path.
struct Step {
    rows: u64,
    then: Then,
}

/// The rows from an instruction until control comes back from the routine that begins there, or comes to the instruction
/// `end`. None if it never does. A run that traps or halts before is no path.
pub(super) fn rows(program: &Program, start: usize, end: Option<usize>) -> Option<Rows> {
    let groups = groups(program);
    let of = |instruction: usize| {
        let found = groups.binary_search_by_key(&instruction, |group| group.first);
        found.unwrap_or(groups.len())
    };
    let instructions = program.instructions();
    let steps: Vec<Step> = groups
        .iter()
        .enumerate()
        .map(|(at, group)| {
            let last = instructions.get(group.first + group.length.saturating_sub(1));
            let target = last.and_then(|last| last.operand).map(|to| of(to as usize));
            let target = target.unwrap_or(groups.len());
            let then = match last.map(|last| last.op) {
                _ if Some(group.first) == end => Then::Return,
                Some(Op::Ret) => Then::Return,
                Some(Op::Halt) | None => Then::Nowhere,
                Some(Op::Jmp) => Then::To(target, None),
                Some(Op::Call) => Then::Call(target, at + 1),
                Some(Op::Jz | Op::Jnz | Op::Jc | Op::Jnc) => Then::To(at + 1, Some(target)),
                Some(_) => Then::To(at + 1, None),
            };
            let is_end = Some(group.first) == end;
            let rows = if is_end { 0 } else { group.rows.len() as u64 };
            Step { rows, then }
        })
        .collect();
    let start = of(start);
    let least = shortest(&steps);
    Some(Rows {
        least: least.get(start).copied().flatten()?,
        most: longest(&steps, &least, start),
    })
}

/// The rows of the shortest path from each step; none from the end of the program. This is Knuth's generalization of
/// Dijkstra's algorithm (D. E. Knuth, "A generalization of Dijkstra's algorithm", Information Processing
/// Letters 6, 1977): a CALL takes the rows of two paths.
fn shortest(steps: &[Step]) -> Vec<Option<u64>> {
    let mut before: Vec<Vec<usize>> = Vec::new();
    before.resize_with(steps.len() + 1, Vec::new);
    let mut queue = BinaryHeap::new();
    for (at, step) in steps.iter().enumerate() {
        let next = match step.then {
            Then::Return => {
                queue.push(Reverse((step.rows, at)));
                [None, None]
            }
            Then::Nowhere => [None, None],
            Then::To(one, other) => [Some(one), other],
            Then::Call(routine, back) => [Some(routine), Some(back)],
        };
        for to in next.into_iter().flatten() {
            if let Some(before) = before.get_mut(to) {
                before.push(at);
            }
        }
    }
    let mut least: Vec<Option<u64>> = vec![None; steps.len() + 1];
    while let Some(Reverse((rows, at))) = queue.pop() {
        match least.get_mut(at) {
            Some(known @ None) => *known = Some(rows),
            _ => continue,
        }
        for &from in before.get(at).into_iter().flatten() {
            let Some(step) = steps.get(from) else {
                continue;
            };
            let known = |at: usize| least.get(at).copied().flatten();
            let after = match step.then {
                Then::Call(routine, back) => known(routine)
                    .zip(known(back))
                    .map(|(routine, back)| routine.saturating_add(back)),
                _ => Some(rows),
            };
            queue.extend(after.map(|after| Reverse((step.rows.saturating_add(after), from))));
        }
    }
    least
}

/// The rows of the longest path from a step; none if a path may be of any length. Steps from which no path leads back are
/// left out.
fn longest(steps: &[Step], least: &[Option<u64>], start: usize) -> Option<u64> {
    #[derive(Clone, Copy)]
    enum State {
        New,
        Begun,
        Done(u64),
    }
    let is_path = |at: &usize| least.get(*at).is_some_and(Option::is_some);
    let mut states = vec![State::New; steps.len() + 1];
    let mut stack = vec![start];
    while let Some(&at) = stack.last() {
        let step = steps.get(at);
        let then = step.map_or(Then::Return, |step| step.then);
        let next: Vec<usize> = match then {
            Then::Return | Then::Nowhere => Vec::new(),
            Then::To(one, other) => [Some(one), other].into_iter().flatten().collect(),
            Then::Call(routine, back) => vec![routine, back],
        };
        let next: Vec<usize> = next.into_iter().filter(is_path).collect();
        let state = states.get(at).copied();
        if let (Some(State::New), Some(slot)) = (state, states.get_mut(at)) {
            *slot = State::Begun;
            for to in next {
                match states.get(to) {
                    Some(State::New) => stack.push(to),
                    Some(State::Begun) => return None,
                    _ => {}
                }
            }
            continue;
        }
        stack.pop();
        if !matches!(state, Some(State::Begun)) {
            continue;
        }
        let mut sum = step.map_or(0, |step| step.rows);
        let mut greatest = 0u64;
        for to in next {
            let Some(State::Done(rows)) = states.get(to).copied() else {
                return None;
            };
            match then {
                Then::Call(..) => sum = sum.saturating_add(rows),
                _ => greatest = greatest.max(rows),
            }
        }
        if let Some(slot) = states.get_mut(at) {
            *slot = State::Done(sum.saturating_add(greatest));
        }
    }
    match states.get(start) {
        Some(State::Done(rows)) => Some(*rows),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use provable::lang::program::assemble;

    fn of(text: &str, end: Option<usize>) -> Option<Rows> {
        rows(&assemble(text).program?, 0, end)
    }

    #[test]
    fn the_paths_of_a_branch_are_both_counted() {
        let text = "JZ less\nPUSH 1\nPOP\nless: RET\n";
        let found = Rows {
            least: 2,
            most: Some(4),
        };
        assert_eq!(of(text, None), Some(found));
        // What is copied ends there.
        let found = Rows {
            least: 1,
            most: Some(3),
        };
        assert_eq!(of(text, Some(3)), Some(found));
    }

    #[test]
    fn a_call_takes_the_rows_of_what_it_calls() {
        let found = of(
            "CALL f\nCALL f\nRET\nf: JZ less\nPUSH 1\nPOP\nless: RET\n",
            None,
        );
        let rows = Rows {
            least: 7,
            most: Some(11),
        };
        assert_eq!(found, Some(rows));
    }

    #[test]
    fn loops_and_recursion_have_no_longest_path() {
        for text in [
            "again: PUSH 1\nJZ again\nRET\n",
            "JZ less\nCALL 0\nless: RET\n",
        ] {
            let told = of(text, None).map(|found| found.to_string());
            let told = told.unwrap_or_default();
            assert!(
                told.ends_with("or more, as there is a loop"),
                "{text}: {told}"
            );
        }
    }

    #[test]
    fn what_never_comes_back_has_no_rows_and_a_branch_that_does_not_is_no_path() {
        assert_eq!(of("again: JMP again\n", None), None);
        assert_eq!(of("HALT\n", None), None);
        let found = of("JZ over\nRET\nover: PUSH 1\nJMP over\n", None);
        let rows = Rows {
            least: 2,
            most: Some(2),
        };
        assert_eq!(found, Some(rows));
    }
}
