//! The parts of every profile add up to what the run uses.

use super::programs::{PROGRAMS, assemble};
use super::random::texts;
use super::{Entries, profiled};
use proptest::prelude::*;
use provable::circuit::profile::{Frame, Profile};
use provable::circuit::{ExecutionTrace, Usage};
use provable::lang::program::Program;
use provable::vm::{Inputs, Limits, run_traced};
use std::convert::Infallible;

fn sum(parts: impl IntoIterator<Item = Usage>) -> Usage {
    let mut sum = Usage::default();
    for part in parts {
        sum += part;
    }
    sum
}

/// Checks every sum of a profile, and returns what the run uses.
fn add_up(program: &Program, inputs: &Inputs) -> Result<Usage, TestCaseError> {
    let limits = Limits::default();
    let trace = ExecutionTrace::new(program, inputs, limits).unwrap();
    let usage = trace.usage();
    let Profile {
        steps,
        usage: whole,
        instructions,
        data,
        routines,
        not_executed,
        calls,
    } = profiled(program, inputs, &Entries);
    prop_assert_eq!(steps, trace.steps);
    prop_assert_eq!(whole, usage);
    let by_instruction = instructions.iter().map(|one| one.usage);
    prop_assert_eq!(sum(by_instruction.chain([data])), usage);
    let outside = [data, not_executed];
    let by_routine = routines.iter().map(|one| one.own);
    prop_assert_eq!(sum(by_routine.chain(outside)), usage);
    let by_path = calls.nodes().iter().map(|one| one.own);
    prop_assert_eq!(sum(by_path.chain(outside)), usage);
    // Main calls everything.
    prop_assert_eq!(routines[0].frame, Frame::Main);
    prop_assert_eq!(sum([routines[0].total].into_iter().chain(outside)), usage);
    for one in &routines {
        let pairs = one.own.counts().into_iter().zip(one.total.counts());
        prop_assert!(pairs.into_iter().all(|(own, total)| own <= total));
        // Without recursion and cuts the total of a routine is the sum of its subtrees.
        if !calls.is_cut() {
            let below =
                (0..calls.nodes().len()).filter(|node| calls.path(*node).contains(&one.frame));
            let below = below.map(|node| calls.nodes()[node].own);
            prop_assert_eq!(sum(below), one.total, "{:?}", one.frame);
        }
    }
    // Executions are steps, and the machine counts them apart from this.
    let mut counts = vec![0u64; instructions.len()];
    let counted = run_traced::<Infallible>(program, inputs, limits, |machine| {
        if machine.will_step() {
            counts[machine.pc() as usize] += 1;
        }
        Ok(())
    });
    let Ok(outcome) = counted;
    let executions: Vec<u64> = instructions.iter().map(|one| one.executions).collect();
    let length = program.instructions().len();
    prop_assert_eq!(&executions[..length], &counts[..length]);
    prop_assert_eq!(executions[length], u64::from(outcome.pc as usize == length));
    prop_assert_eq!(counts.iter().sum::<u64>(), steps);
    Ok(usage)
}

#[test]
fn programs_with_every_instruction_add_up() {
    for (name, text, public, secret) in PROGRAMS {
        let inputs = Inputs::new(public.to_vec(), secret.to_vec());
        add_up(&assemble(text), &inputs).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn random_programs_add_up(text in texts()) {
        let program: Program = text.parse().unwrap();
        add_up(&program, &Inputs::default())?;
    }
}

#[test]
fn random_programs_use_every_table_but_that_of_open_calls() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut all = Usage::default();
    for _ in 0..50 {
        let text = texts().new_tree(&mut runner).unwrap().current();
        all += add_up(&text.parse().unwrap(), &Inputs::default()).unwrap();
    }
    let calls = all.calls;
    let others = all.counts().into_iter().filter(|count| *count == 0).count();
    assert_eq!((calls, others), (0, 1), "{all:?}");
}
