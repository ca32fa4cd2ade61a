//! Value histories: what each instruction of a run left on the stack, the first few times.

use super::protocol::ValueHistory;
use provable::lang::isa::Op;
use provable::vm::{Machine, Status, Trap};

/// Values kept of each instruction.
const VALUES: usize = 8;
/// Instructions with a history, in the program's order: what a person scrolls through, and a bound on the answer.
const HISTORIES: usize = 1 << 17;

/// Runs a machine to its end. Gives the history of every instruction that was executed and pushes a word, and of every CALL
/// whose routine came back, by index, and the trap if there was one. A trap's own instruction has done nothing, so it leaves
/// nothing.
pub fn follow(machine: &mut Machine<'_>) -> (Vec<ValueHistory>, Option<Trap>) {
    let instructions = machine.program().instructions();
    let pushing: Vec<bool> = instructions.iter().map(|one| one.pushes()).collect();
    let none = |pc: u32| ValueHistory {
        pc,
        values: Vec::new(),
        count: 0,
    };
    let indices = (0u32..).take(pushing.len().min(HISTORIES));
    let mut value_histories: Vec<ValueHistory> = indices.map(none).collect();
    let trap = loop {
        let index = machine.pc() as usize;
        match machine.step() {
            Ok(Status::Running) => {}
            Ok(Status::Halted) => break None,
            Err(trap) => break Some(trap),
        }
        let is_return = |index: usize| instructions.get(index).is_some_and(|one| one.op == Op::Ret);
        let left = match pushing.get(index) {
            Some(true) => index,
            // RET comes back to the index after the CALL.
            _ if is_return(index) => machine.pc().wrapping_sub(1) as usize,
            _ => continue,
        };
        if let (Some(history), Some(&top)) = (value_histories.get_mut(left), machine.stack().last())
        {
            history.count += 1;
            if history.values.len() < VALUES {
                history.values.push(top);
            }
        }
    };
    value_histories.retain(|history| history.count > 0);
    (value_histories, trap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use provable::lang::program::assemble;
    use provable::vm::{Inputs, Limits};

    /// Runs a program and draws each history as `INDEX: VALUES xCOUNT`.
    fn drawn(text: &str) -> Vec<String> {
        let program = assemble(text).program.unwrap();
        let inputs = Inputs::default();
        let mut machine = Machine::new(&program, &inputs, Limits::default());
        let (value_histories, _) = follow(&mut machine);
        let draw = |one: ValueHistory| format!("{}: {:?} x{}", one.pc, one.values, one.count);
        value_histories.into_iter().map(draw).collect()
    }

    #[test]
    fn a_history_is_what_an_instruction_left_on_top() {
        assert_eq!(
            drawn("PUSH 2\nPUSH 3\nADD\nDUP\nSWAP\nWRITE\nSTORE 1\nHALT\nPUSH 9"),
            ["0: [2] x1", "1: [3] x1", "2: [5] x1", "3: [5] x1"]
        );
    }

    #[test]
    fn an_instruction_that_leaves_what_was_there_has_no_history() {
        assert_eq!(
            drawn("PUSH 5\nPUSH 7\nPUT\nLOADX\nADD 1"),
            ["0: [5] x1", "1: [7] x1", "3: [7] x1", "4: [8] x1"]
        );
    }

    #[test]
    fn a_call_has_what_was_on_top_when_its_routine_came_back() {
        assert_eq!(
            drawn("PUSH 2\nCALL f\nCALL f\nPOP\nCALL g\nHALT\nf: PUSH 3\nMUL\nRET\ng: RET"),
            [
                "0: [2] x1",
                "1: [6] x1",
                "2: [18] x1",
                "6: [3, 3] x2",
                "7: [6, 18] x2"
            ]
        );
    }

    #[test]
    fn the_last_instruction_before_the_end_has_its_value() {
        assert_eq!(drawn("PUSH 7"), ["0: [7] x1"]);
    }

    #[test]
    fn an_instruction_that_traps_leaves_nothing() {
        assert_eq!(drawn("PUSH 1\nPUSH 0\nDIV"), ["0: [1] x1", "1: [0] x1"]);
    }

    #[test]
    fn a_loop_shows_its_first_values_and_how_often_it_ran() {
        let text = "PUSH 10\nagain: PUSH 1\nSUB\nDUP\nJNZ again\n";
        assert_eq!(
            drawn(text),
            [
                "0: [10] x1",
                "1: [1, 1, 1, 1, 1, 1, 1, 1] x10",
                "2: [9, 8, 7, 6, 5, 4, 3, 2] x10",
                "3: [9, 8, 7, 6, 5, 4, 3, 2] x10",
            ]
        );
    }
}
