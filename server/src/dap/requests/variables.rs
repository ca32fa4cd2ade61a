//! `scopes` and `variables`: the state, group by group.

use super::variable_groups::*;
use crate::dap::expression::List;
use crate::dap::protocol::inspect::{Filter, Format, READ_ONLY, Scope, Variable, Variables};
use crate::dap::protocol::{Answer, Problem, Request, body};
use crate::dap::session::Session;
use crate::dap::values;
use serde_json::json;

/// The most variables in one answer.
const MOST: u64 = 10_000;

pub fn scopes(session: &Session<'_>) -> Answer {
    session.must_be_stopped()?;
    let (machine, inputs) = (session.recording.machine(), session.recording.inputs());
    let scope = |name: &str, reference: u64, length: Option<usize>| Scope {
        name: name.into(),
        presentation_hint: (reference == STACK).then_some("locals"),
        variables_reference: reference,
        indexed_variables: length.map(|length| length as u64),
        expensive: false,
    };
    let scopes = [
        scope(
            "Operand stack",
            STACK,
            Some(group_of(List::Stack, machine, inputs).1),
        ),
        scope("Heap", HEAP, Some(machine.heap_len())),
        scope("Flags", FLAGS, None),
        scope("Tapes", TAPES, None),
        scope("Machine", MACHINE, None),
    ];
    Ok(json!({ "scopes": body(scopes)? }))
}

pub fn variables(session: &mut Session<'_>, request: &Request) -> Answer {
    session.must_be_stopped()?;
    let wanted: Variables = request.arguments()?;
    let variables = match wanted.variables_reference {
        FLAGS | TAPES | MACHINE if wanted.filter == Some(Filter::Indexed) => Vec::new(),
        FLAGS => flags(session, wanted.format),
        TAPES => tapes(session),
        MACHINE => machine(session, wanted.format),
        _ if wanted.filter == Some(Filter::Named) => Vec::new(),
        HEAP => heap(session, &wanted),
        _ => list(session, &wanted)?,
    };
    Ok(json!({ "variables": body(variables)? }))
}

/// The part of a list that is asked for: its start and its length.
fn part(wanted: &Variables) -> (usize, usize) {
    let count = wanted
        .count
        .filter(|count| *count > 0)
        .unwrap_or(MOST)
        .min(MOST);
    let start = usize::try_from(wanted.start.unwrap_or(0)).unwrap_or(usize::MAX);
    (start, usize::try_from(count).unwrap_or(usize::MAX))
}

fn list(session: &Session<'_>, wanted: &Variables) -> Result<Vec<Variable>, Problem> {
    let (machine, inputs) = (session.recording.machine(), session.recording.inputs());
    let (start, count) = part(wanted);
    // Stacks are counted from their top, as DUP counts.
    let (name, words): (_, Box<dyn Iterator<Item = &u32>>) = match wanted.variables_reference {
        STACK => ("stack", Box::new(machine.stack().iter().rev().skip(start))),
        CALLS => ("calls", Box::new(machine.calls().iter().rev().skip(start))),
        PUBLIC => ("public", Box::new(inputs.public.iter().skip(start))),
        SECRET => ("secret", Box::new(inputs.secret.iter().skip(start))),
        OUTPUT => ("output", Box::new(machine.outputs().iter().skip(start))),
        other => {
            return Err(Problem::new(format!(
                "there is no group of variables {other}"
            )));
        }
    };
    let variable = |(place, word): (usize, &u32)| Variable {
        presentation_hint: (name != "stack").then_some(READ_ONLY),
        ..entry(name, place, values::word(*word, wanted.format))
    };
    Ok((start..).zip(words).take(count).map(variable).collect())
}

fn entry(list: &str, place: impl std::fmt::Display, value: String) -> Variable {
    Variable {
        name: format!("[{place}]"),
        value,
        kind: Some("word"),
        evaluate_name: Some(format!("{list}[{place}]")),
        ..Variable::default()
    }
}

/// The cells that were stored. The one that the last step stored is shown with its former value.
fn heap(session: &mut Session<'_>, wanted: &Variables) -> Vec<Variable> {
    let stored = session.last_step().and_then(|step| step.stored);
    let (start, count) = part(wanted);
    let cells = session.recording.machine().heap().skip(start).take(count);
    let variable = |(address, word): (u32, u32)| {
        let value = values::word(word, wanted.format);
        let value = match stored {
            Some((at, None)) if at == address => format!("{value}  (new)"),
            Some((at, Some(was))) if at == address => {
                format!("{value}  (was {})", values::word(was, wanted.format))
            }
            _ => value,
        };
        entry("heap", address, value)
    };
    cells.map(variable).collect()
}

fn flags(session: &mut Session<'_>, format: Option<Format>) -> Vec<Variable> {
    let is_new = session.last_step().is_some_and(|step| step.changed_carry);
    let carry = u32::from(session.recording.machine().carry());
    let value = values::word(carry, format);
    vec![Variable {
        name: "C".into(),
        value: match is_new {
            true => format!("{value}  (was {})", 1 - carry),
            false => value,
        },
        kind: Some("carry flag"),
        evaluate_name: Some("carry".into()),
        ..Variable::default()
    }]
}

fn tapes(session: &Session<'_>) -> Vec<Variable> {
    let (machine, inputs) = (session.recording.machine(), session.recording.inputs());
    let tape = |name: &str, list: List, evaluate_name: &str, read: Option<usize>| {
        let (reference, length) = group_of(list, machine, inputs);
        Variable {
            name: name.into(),
            value: match read {
                Some(read) => format!("{read} of {length} read"),
                None => format!("{length} written"),
            },
            kind: Some("tape"),
            presentation_hint: Some(READ_ONLY),
            evaluate_name: Some(evaluate_name.into()),
            // An empty list cannot be opened.
            variables_reference: if length > 0 { reference } else { 0 },
            indexed_variables: (length > 0).then_some(length as u64),
        }
    };
    vec![
        tape(
            "public input",
            List::Public,
            "public",
            Some(machine.public_read()),
        ),
        tape(
            "secret input",
            List::Secret,
            "secret",
            Some(machine.secret_read()),
        ),
        tape("public output", List::Output, "output", None),
    ]
}

/// The machine itself, and what its last step did.
fn machine(session: &mut Session<'_>, format: Option<Format>) -> Vec<Variable> {
    let last = session.last_step();
    let machine = session.recording.machine();
    let row = |name: &str, value: String, evaluate_name: Option<&str>| Variable {
        name: name.into(),
        value,
        presentation_hint: Some(READ_ONLY),
        evaluate_name: evaluate_name.map(str::to_owned),
        ..Variable::default()
    };
    let next = match machine.ending() {
        Some(Ok(())) => "none: the run has halted".to_owned(),
        Some(Err(trap)) => format!("none: {}", trap.reason),
        None => session.debuggee.instruction_text(machine.pc()),
    };
    let mut rows = vec![
        row("step", machine.steps().to_string(), Some("step")),
        row("pc", machine.pc().to_string(), Some("pc")),
        row("next instruction", next, None),
        row(
            "stack depth",
            machine.stack().len().to_string(),
            Some("depth"),
        ),
    ];
    let calls = machine.calls().len();
    rows.push(Variable {
        variables_reference: if calls > 0 { CALLS } else { 0 },
        indexed_variables: (calls > 0).then_some(calls as u64),
        ..row("open calls", calls.to_string(), Some("calls"))
    });
    if let Some(last) = last {
        let text = session.debuggee.instruction_text(last.index);
        rows.push(row("last instruction", text, None));
        let result = last.result.map(|word| values::word(word, format));
        let stored = last
            .stored
            .map(|(address, _)| format!("stored to heap[{address}]"));
        let trapped = last.trapped.then(|| "trapped".to_owned());
        if let Some(result) = trapped.or(result).or(stored) {
            rows.push(row("last result", result, None));
        }
    }
    rows
}
