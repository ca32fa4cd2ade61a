//! `scopes` and `variables`: the state, group by group.

use crate::dap::protocol::inspect::{Scope, Variable, Variables};
use crate::dap::protocol::{body, Problem, Request};
use crate::dap::session::Session;
use serde_json::{json, Value};

const STACK: u64 = 1;
const HEAP: u64 = 2;
const FLAGS: u64 = 3;
const TAPES: u64 = 4;
const MACHINE: u64 = 5;
const PUBLIC_INPUT: u64 = 6;
const SECRET_INPUT: u64 = 7;
const PUBLIC_OUTPUT: u64 = 8;

/// Variables that are given at a time.
const MOST: u64 = 10_000;

pub fn scopes(session: &Session<'_>) -> Result<Value, Problem> {
    session.must_be_stopped()?;
    let machine = session.recording.machine();
    let list = |name: &str, reference: u64, length: usize| Scope {
        name: name.into(),
        variables_reference: reference,
        indexed_variables: Some(length as u64),
        ..Scope::default()
    };
    let named = |name: &str, reference: u64| Scope {
        name: name.into(),
        variables_reference: reference,
        ..Scope::default()
    };
    let mut stack = list("Operand stack", STACK, machine.stack().len());
    stack.presentation_hint = Some("locals");
    let scopes = [
        stack,
        list("Heap", HEAP, machine.heap_len()),
        named("Flags", FLAGS),
        named("Tapes", TAPES),
        named("Machine", MACHINE),
    ];
    Ok(json!({ "scopes": body(scopes)? }))
}

pub fn variables(session: &Session<'_>, request: &Request) -> Result<Value, Problem> {
    session.must_be_stopped()?;
    let wanted: Variables = request.arguments()?;
    let start = wanted.start.unwrap_or(0);
    let count = wanted
        .count
        .filter(|count| *count > 0)
        .unwrap_or(MOST)
        .min(MOST);
    let (start, count) = (start as usize, count as usize);
    let machine = session.recording.machine();
    let inputs = session.recording.inputs();
    let tape = |words: &[u32], name: &str| -> Vec<Variable> {
        let part = words.iter().enumerate().skip(start).take(count);
        part.map(|(place, word)| of_word(format!("[{place}]"), *word, format!("{name}[{place}]")))
            .collect()
    };
    let variables: Vec<Variable> = match wanted.variables_reference {
        STACK => {
            let part = machine
                .stack()
                .iter()
                .rev()
                .enumerate()
                .skip(start)
                .take(count);
            part.map(|(below, word)| {
                of_word(format!("[{below}]"), *word, format!("stack[{below}]"))
            })
            .collect()
        }
        HEAP => {
            let part = machine.heap().skip(start).take(count);
            part.map(|(address, word)| {
                of_word(format!("[{address}]"), word, format!("heap[{address}]"))
            })
            .collect()
        }
        FLAGS => vec![of_word(
            "C".into(),
            u32::from(machine.carry()),
            "carry".into(),
        )],
        TAPES => {
            let one = |name: &str, reference: u64, length: usize, read: String| Variable {
                name: name.into(),
                value: read,
                variables_reference: reference,
                indexed_variables: Some(length as u64),
                ..Variable::default()
            };
            let (public, secret) = (inputs.public.len(), inputs.secret.len());
            let outputs = machine.outputs().len();
            vec![
                one(
                    "public input",
                    PUBLIC_INPUT,
                    public,
                    format!("{} of {public} read", machine.public_read()),
                ),
                one(
                    "secret input",
                    SECRET_INPUT,
                    secret,
                    format!("{} of {secret} read", machine.secret_read()),
                ),
                one(
                    "public output",
                    PUBLIC_OUTPUT,
                    outputs,
                    format!("{outputs} written"),
                ),
            ]
        }
        PUBLIC_INPUT => tape(&inputs.public, "public"),
        SECRET_INPUT => tape(&inputs.secret, "secret"),
        PUBLIC_OUTPUT => tape(machine.outputs(), "output"),
        MACHINE => vec![
            text("step", machine.steps().to_string()),
            text("pc", machine.pc().to_string()),
            text("depth", machine.stack().len().to_string()),
            text("calls", machine.calls().len().to_string()),
        ],
        other => return Err(Problem::new(format!("there are no variables {other}"))),
    };
    Ok(json!({ "variables": body(variables)? }))
}

fn of_word(name: String, word: u32, evaluate_name: String) -> Variable {
    Variable {
        name,
        value: word.to_string(),
        kind: Some("word"),
        evaluate_name: Some(evaluate_name),
        ..Variable::default()
    }
}

fn text(name: &str, value: String) -> Variable {
    Variable {
        name: name.into(),
        value,
        evaluate_name: Some(name.into()),
        ..Variable::default()
    }
}
