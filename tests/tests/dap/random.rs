//! Any mix of movements through the adapter leads to a state of the interpreter's run.

use super::Desk;
use provable::lang::program::assemble;
use provable::vm::{Inputs, Limits, Machine};
use provable_tests::dap::Debugger;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;

/// A program that counts down, with random work in its loop, part of it in a routine.
fn program(rng: &mut StdRng) -> String {
    let mut text = format!("PUSH {}\nloop:\n", rng.gen_range(1..9));
    let work = [
        "DUP\nDUP\nSTORE",
        "DUP\nWRITE",
        "CALL work",
        "PUSH 7\nADD\nPUSH 7\nSUB",
        "DUP\nNOT\nPOP",
        "NOP",
    ];
    for _ in 0..rng.gen_range(1..6) {
        text.push_str(work[rng.gen_range(0..work.len())]);
        text.push('\n');
    }
    let end = ["HALT", "PUSH 0\nASSERT", "POP\nPOP", "RET"][rng.gen_range(0..4)];
    text.push_str(&format!(
        "PUSH 1\nSUB\nDUP\nJNZ loop\n{end}\nJMP over\nwork: DUP\nSTORE 5\nRET\nover:\n"
    ));
    text
}

#[test]
fn any_mix_of_movements_leads_to_a_state_of_the_run() {
    let seed: u64 = 0x5eed_0007;
    let mut rng = StdRng::seed_from_u64(seed);
    for round in 0..8 {
        let text = program(&mut rng);
        let assembly = assemble(&text);
        let program = assembly.program.as_ref().expect("it assembles");
        let inputs = Inputs::default();
        let mut machine = Machine::new(program, &inputs, Limits::default());
        let mut states = vec![machine.clone()];
        while machine.step().is_ok() && !machine.has_ended() {
            states.push(machine.clone());
        }
        if machine.steps() as usize == states.len() {
            states.push(machine);
        }
        let desk = Desk::new(&text);
        let mut debugger = Debugger::at_entry(&desk.program);
        let lines = text.lines().count();
        for turn in 0..25 {
            if rng.gen_range(0..4) == 0 {
                let line = rng.gen_range(1..=lines);
                debugger.break_at(&desk.program, json!([{ "line": line }]));
            }
            let moves = [
                "next",
                "stepIn",
                "stepOut",
                "stepBack",
                "reverseContinue",
                "stepBack",
                "reverseContinue",
                "goto",
                "continue",
            ];
            let command = moves[rng.gen_range(0..moves.len())];
            let at_end = debugger.step() as usize == states.len() - 1;
            match command {
                "goto" => drop(debugger.goto(rng.gen_range(0..states.len() as u64 + 3))),
                // From the end it would end the session.
                "continue" if at_end => drop(debugger.goto(0)),
                other => drop(debugger.go(other)),
            }
            let place = format!("round {round}, turn {turn}, {command}, of\n{text}");
            let state = &states[debugger.step() as usize];
            let words = |list: &mut dyn Iterator<Item = u32>| {
                list.map(|word| word.to_string()).collect::<Vec<_>>()
            };
            let stack = words(&mut state.stack().iter().rev().copied());
            assert_eq!(debugger.values("Operand stack"), stack, "{place}");
            let heap = debugger.scope("Heap");
            let cells = debugger.variables(heap).into_iter();
            let cells: Vec<(String, String)> = cells
                .map(|(name, value)| (name, value.split(' ').next().unwrap_or("").to_owned()))
                .collect();
            let expected: Vec<_> = state
                .heap()
                .map(|(at, word)| (format!("[{at}]"), word.to_string()))
                .collect();
            assert_eq!(cells, expected, "{place}");
            assert_eq!(debugger.value("pc"), state.pc().to_string(), "{place}");
            assert_eq!(
                debugger.value("carry"),
                u8::from(state.carry()).to_string(),
                "{place}"
            );
            assert_eq!(debugger.frames().len(), state.calls().len() + 1, "{place}");
        }
    }
}
