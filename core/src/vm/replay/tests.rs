//! Every state of a recording is the interpreter's state at that step, whatever movements led to it.

use super::*;
use crate::lang::program::{Program, assemble};
use crate::vm::tests::properties::{programs, tapes};
use crate::vm::{Inputs, Limits, Machine};
use proptest::prelude::*;

const LIMITS: Limits = Limits {
    max_steps: 2000,
    max_memory: 1 << 20,
};

/// All of a state, in a form that can be compared.
fn all(machine: &Machine<'_>) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        (machine.steps(), machine.pc(), machine.stack().to_vec()),
        (machine.heap().collect::<Vec<_>>(), machine.heap_len()),
        (machine.carry(), machine.calls().to_vec()),
        (machine.outputs().to_vec(), machine.memory()),
        (machine.public_read(), machine.secret_read()),
        machine.ending().map(|how| how.map_err(Clone::clone)),
    )
}

/// Every state of a run from this one on, computed by the interpreter alone.
fn run_on<'a>(mut machine: Machine<'a>) -> Vec<Machine<'a>> {
    let mut states = Vec::new();
    loop {
        if !machine.will_step() {
            let _ = machine.step();
        }
        states.push(machine.clone());
        if machine.has_ended() {
            return states;
        }
        let _ = machine.step();
    }
}

/// A long run that uses everything: a growing stack, calls, a heap on many pages, outputs.
fn busy(turns: u32, stride: u32) -> Program {
    let text = format!(
        "PUSH {turns}\nagain: DUP\nDUP\nPUSH {stride}\nMUL\nSTORE\nDUP\nSTORE 7\nCALL note\nDUP\nSWAP\nPUSH 1\nSUB\n\
         DUP\nJNZ again\nHALT\nnote: DUP\nWRITE\nRET"
    );
    assemble(&text).program.unwrap()
}

#[derive(Clone, Debug)]
enum Move {
    Jump(u64),
    On(u64),
    Rewind(u64),
    /// Forward to the next position with this index.
    Next(u32),
    /// Back to the last earlier position with this index.
    Last(u32),
    Before,
    Stack(usize, u32),
    Heap(u32, u32),
    Carry(bool),
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        4 => (0u64..2100).prop_map(Move::Jump),
        2 => (0u64..40).prop_map(Move::Jump),
        3 => (0u64..300).prop_map(Move::On),
        1 => (0u64..2100).prop_map(Move::Rewind),
        2 => (0u32..20).prop_map(Move::Next),
        3 => (0u32..20).prop_map(Move::Last),
        1 => Just(Move::Before),
        1 => (0usize..4, 0u32..9).prop_map(|(below, word)| Move::Stack(below, word)),
        1 => (0u32..300, any::<u32>()).prop_map(|(address, word)| Move::Heap(address, word)),
        1 => any::<bool>().prop_map(Move::Carry),
    ]
}

/// Makes the moves, and compares the states with those of the interpreter. An edit makes another run, whose states are
/// computed anew.
fn check(program: &Program, inputs: &Inputs, moves: Vec<Move>) -> Result<(), TestCaseError> {
    let mut states = run_on(Machine::new(program, inputs, LIMITS));
    let mut recording = Recording::new(program, inputs, LIMITS);
    for one in moves {
        let (here, last) = (recording.position(), states.len() as u64 - 1);
        let expected = match one {
            Move::Jump(to) => {
                prop_assert_eq!(recording.jump(to), to.min(last));
                Some(to.min(last))
            }
            Move::On(most) => {
                recording.forward(most, |_, _| false);
                Some((here + most).min(last))
            }
            Move::Rewind(to) => {
                recording.rewind(to);
                prop_assert!(recording.position() <= to);
                None
            }
            Move::Next(index) => {
                let moved = recording.forward(u64::MAX, |machine, _| machine.pc() == index);
                let ahead = states.iter().skip(here as usize + 1);
                let found = ahead
                    .filter(|one| one.pc() == index)
                    .map(Machine::steps)
                    .next();
                prop_assert_eq!(moved == Moved::Stopped, found.is_some());
                Some(found.unwrap_or(last))
            }
            Move::Last(index) => {
                let mut end = here.saturating_sub(1);
                let mut found = None;
                while end > 0 && found.is_none() {
                    (end, found) = recording.look_back(end, |machine, _| machine.pc() == index);
                }
                let before = states.iter().take(here as usize).skip(1);
                let expected = before
                    .filter(|one| one.pc() == index)
                    .map(Machine::steps)
                    .next_back();
                prop_assert_eq!(found, expected);
                recording.jump(found.unwrap_or(0));
                Some(found.unwrap_or(0))
            }
            Move::Before => {
                let seen = recording.before(all);
                let expected = here.checked_sub(1).map(|at| all(&states[at as usize]));
                prop_assert_eq!(seen, expected);
                Some(here)
            }
            Move::Stack(..) | Move::Heap(..) | Move::Carry(_) => {
                let edit = match one {
                    Move::Stack(below, word) => Edit::Stack { below, word },
                    Move::Heap(address, word) => Edit::Heap { address, word },
                    Move::Carry(carry) => Edit::Carry(carry),
                    _ => unreachable!(),
                };
                let mut changed = states[here as usize].clone();
                let possible = edit.apply(&mut changed);
                prop_assert_eq!(recording.edit(edit), possible.clone());
                if possible.is_ok() {
                    states.truncate(here as usize);
                    states.extend(run_on(changed));
                }
                Some(here)
            }
        };
        let here = recording.position();
        prop_assert!(expected.is_none_or(|expected| expected == here));
        prop_assert_eq!(all(recording.machine()), all(&states[here as usize]));
        let (furthest, is_end) = recording.furthest();
        prop_assert!(furthest >= here && furthest < states.len() as u64);
        prop_assert!(!is_end || furthest == states.len() as u64 - 1);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_mix_of_moves_shows_the_interpreters_states(
        program in programs(),
        inputs in tapes(),
        moves in prop::collection::vec(moves(), 1..25),
    ) {
        check(&program, &inputs, moves)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

    #[test]
    fn so_it_does_in_long_runs(
        turns in 1u32..60,
        stride in prop_oneof![Just(1u32), 2u32..90, any::<u32>()],
        moves in prop::collection::vec(moves(), 1..25),
    ) {
        check(&busy(turns, stride), &Inputs::default(), moves)?;
    }
}

#[test]
fn what_a_step_does_to_the_heap_is_told_with_the_state_after_it() {
    let program = assemble("PUSH 5\nPUSH 3\nSTORE\nLOAD 3\nPUSH 9\nPUT -2\nLOADX -2\nPUSH 4\nLOAD")
        .program
        .unwrap();
    let inputs = Inputs::default();
    let mut recording = Recording::new(&program, &inputs, LIMITS);
    let mut told = Vec::new();
    recording.forward(u64::MAX, |machine, access| {
        told.extend(access.map(|access| (machine.steps(), access.address, access.kind)));
        false
    });
    // The last LOAD traps: it touched nothing.
    assert_eq!(
        told,
        [
            (3, 3, AccessKind::Write),
            (4, 3, AccessKind::Read),
            (6, 3, AccessKind::Write),
            (7, 3, AccessKind::Read),
        ]
    );
    assert!(matches!(recording.machine().ending(), Some(Err(_))));
}

#[test]
fn checkpoints_stay_within_their_bounds() {
    let (program, inputs) = (busy(u32::MAX, 65), Inputs::default());
    let limits = Limits {
        max_steps: 200_000,
        ..Limits::default()
    };
    let mut recording = Recording::new(&program, &inputs, limits);
    let mut most = 0;
    while recording.forward(997, |_, _| false) != Moved::Ended {
        most = most.max(recording.checkpoint_bytes());
    }
    // One alone may take more: here the heap is larger than the limit in tests.
    let state = recording.machine().memory();
    assert!(
        most <= (32 << 10) + 2 * state,
        "{most} bytes beside a state of {state}"
    );
}

#[test]
fn after_the_end_there_is_nothing_to_change() {
    let program = assemble("PUSH 1").program.unwrap();
    let inputs = Inputs::default();
    let mut recording = Recording::new(&program, &inputs, LIMITS);
    assert_eq!(recording.jump(9), 1);
    let edit = Edit::Stack { below: 0, word: 2 };
    assert_eq!(recording.edit(edit), Err(EditError::Ended));
    recording.jump(0);
    let none = EditError::Depth { depth: 0, below: 0 };
    assert_eq!(recording.edit(edit), Err(none));
    assert!(recording.edits().is_empty());
}
