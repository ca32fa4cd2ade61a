//! Properties of every program, well-formed or not.

use super::trace::{captured, naive_digest, states};
use crate::lang::isa::{Carry, Op, SPECS};
use crate::lang::program::{Instruction, Program};
use crate::vm::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::convert::Infallible;

const LIMITS: Limits = Limits {
    max_steps: 300,
    max_memory: 4096,
};

/// Mostly operands with which a run continues (small indices, depths and addresses), and sometimes any number or none.
fn operand() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![8 => (0u32..24).prop_map(Some), 1 => any::<u32>().prop_map(Some), 1 => Just(None)]
}

fn instruction() -> impl Strategy<Value = Instruction> {
    let any_op = (0..SPECS.len()).prop_map(|index| SPECS[index].op);
    let op = prop_oneof![2 => Just(Op::Push), 1 => Just(Op::Dup), 5 => any_op];
    (op, operand()).prop_map(|(op, operand)| Instruction { op, operand })
}

pub(in crate::vm) fn programs() -> impl Strategy<Value = Program> {
    // Some words at the start, so that fewer runs end in an underflow at once.
    let start = (0u32..8).prop_map(|operand| Instruction {
        op: Op::Push,
        operand: Some(operand),
    });
    let data = (0u32..24, any::<u32>());
    (
        prop::collection::vec(start, 0..8),
        prop::collection::vec(instruction(), 0..24),
        prop::collection::vec(data, 0..3),
    )
        .prop_map(|(start, rest, data)| {
            Program::new(start.into_iter().chain(rest).zip(1..)).with_data(data)
        })
}

prop_compose! {
    pub(in crate::vm) fn tapes()(public in prop::collection::vec(any::<u32>(), 0..2),
               secret in prop::collection::vec(any::<u32>(), 0..4)) -> Inputs {
        Inputs { public, secret }
    }
}

/// All of an outcome, in a form that can be compared.
fn all(outcome: &Outcome) -> impl PartialEq + std::fmt::Debug + '_ {
    let heap: BTreeMap<_, _> = outcome.heap.iter().collect();
    (
        (
            &outcome.status,
            outcome.steps,
            outcome.pc,
            &outcome.stack,
            heap,
            outcome.carry,
        ),
        (
            &outcome.calls,
            &outcome.outputs,
            outcome.public_read,
            outcome.secret_read,
        ),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn running_stepping_and_tracing_agree(program in programs(), inputs in tapes()) {
        let outcome = run(&program, &inputs, LIMITS);
        prop_assert!(outcome.steps <= LIMITS.max_steps);

        let mut machine = Machine::new(&program, &inputs, LIMITS);
        let mut observed = Vec::new();
        let ending = loop {
            if machine.will_step() {
                observed.push(captured(&machine));
            }
            match machine.step() {
                Ok(Status::Running) => {}
                Ok(Status::Halted) => break Ending::Halted,
                Err(trap) => break Ending::Trapped(trap),
            }
        };
        observed.push(captured(&machine));
        prop_assert_eq!(&ending, &outcome.status);
        prop_assert_eq!(machine.steps(), outcome.steps);
        prop_assert_eq!(machine.stack(), &outcome.stack[..]);
        prop_assert_eq!(observed.len() as u64, outcome.steps + 1);

        let traced = run_traced(&program, &inputs, LIMITS, |_| Ok::<_, Infallible>(())).unwrap();
        prop_assert_eq!(all(&traced), all(&outcome));
        let (digested, digest) = run_digested(&program, &inputs, LIMITS).unwrap();
        prop_assert_eq!(all(&digested), all(&outcome));
        prop_assert_eq!(&states(&program, &inputs, LIMITS), &observed);
        prop_assert_eq!(digest, naive_digest(&observed));

        let mut file = Vec::new();
        trace_json(&program, &inputs, LIMITS, &mut file).unwrap();
        let file: serde_json::Value = serde_json::from_slice(&file).unwrap();
        prop_assert_eq!(&file["states"], &serde_json::to_value(&observed).unwrap());
    }

    #[test]
    fn every_step_does_what_the_table_says(program in programs(), inputs in tapes()) {
        let mut machine = Machine::new(&program, &inputs, LIMITS);
        while machine.will_step() {
            let before = machine.clone();
            let instruction = machine.current().unwrap();
            let effect = instruction.op.effect(instruction.operand);
            let short = (before.stack().len() as u64) < effect.needs;
            let stepped = machine.step();
            prop_assert_eq!(machine.steps(), before.steps() + 1);
            match stepped {
                Err(Trap { reason, pc, line }) => {
                    prop_assert_eq!(captured(&machine), captured(&before));
                    prop_assert_eq!(machine.calls(), before.calls());
                    prop_assert_eq!(machine.outputs(), before.outputs());
                    prop_assert_eq!(machine.public_read(), before.public_read());
                    prop_assert_eq!(machine.secret_read(), before.secret_read());
                    prop_assert_eq!((pc, line), (before.pc(), Some(before.pc() + 1)));
                    let underflow = matches!(reason, TrapReason::StackUnderflow { .. });
                    prop_assert!(underflow == short || reason == TrapReason::OperandMissing);
                }
                Ok(_) => {
                    prop_assert!(!short);
                    let change = machine.stack().len() as i64 - before.stack().len() as i64;
                    prop_assert_eq!(change, effect.change);
                    let kept = instruction.op.spec().carry == Carry::Kept;
                    prop_assert!(!kept || machine.carry() == before.carry());
                    prop_assert!(machine.pc() as usize <= program.instructions().len());
                }
            }
        }
    }

    #[test]
    fn the_heap_is_a_map_in_address_order(
        entries in prop::collection::vec((prop_oneof![0u32..200, any::<u32>()], any::<u32>()), 0..200),
    ) {
        let (mut heap, mut model) = (Heap::default(), BTreeMap::new());
        for (address, word) in entries {
            prop_assert_eq!(heap.load(address), model.get(&address).copied());
            let (bytes, growth) = (heap.bytes(), heap.growth(address));
            heap.store(address, word);
            model.insert(address, word);
            prop_assert_eq!(heap.bytes(), bytes + growth);
            prop_assert_eq!(heap.get(address), Some(word));
        }
        prop_assert_eq!(heap.len(), model.len());
        prop_assert!(heap.iter().eq(model));
    }

    #[test]
    fn no_inputs_file_causes_a_panic(text in r#"[\[\]{}",:0-9a-z\\ -]{0,40}|\{"(public|secret)": ?\[.{0,20}\]\}"#) {
        let _ = Inputs::from_json(&text);
    }
}
