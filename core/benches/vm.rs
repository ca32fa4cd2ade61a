//! How many steps a second the machine takes: bare, on the heap, and with a digest of its trace.

use divan::{Bencher, counter::ItemsCount};
use provable::lang::isa::Op::{self, *};
use provable::lang::program::{Instruction, Program};
use provable::vm::{Inputs, Limits, run, run_digested};

fn main() {
    divan::main();
}

fn program(instructions: &[(Op, Option<u32>)]) -> Program {
    Program::new(
        instructions
            .iter()
            .map(|&(op, operand)| (Instruction { op, operand }, 1)),
    )
}

/// Counts down to 0: four steps a turn.
fn counting(turns: u32) -> Program {
    program(&[
        (Push, Some(turns)),
        (Push, Some(1)), // 1: the loop
        (Sub, None),
        (Dup, Some(0)),
        (Jnz, Some(1)),
    ])
}

/// Stores the counter at addresses a page apart, and loads another word each time: eleven steps a turn.
fn storing(turns: u32) -> Program {
    program(&[
        (Push, Some(turns)),
        (Dup, Some(0)),
        (Store, Some(0)),
        (Dup, Some(0)), // 3: the loop
        (Dup, Some(0)),
        (Push, Some(64)),
        (Mul, None),
        (Store, None),
        (Load, Some(0)),
        (Pop, None),
        (Push, Some(1)),
        (Sub, None),
        (Dup, Some(0)),
        (Jnz, Some(3)),
    ])
}

fn measure(bencher: Bencher, program: &Program) {
    let inputs = Inputs::default();
    let steps = run(program, &inputs, Limits::default()).steps;
    bencher
        .counter(ItemsCount::new(steps))
        .bench(|| run(divan::black_box(program), &inputs, Limits::default()).steps);
}

#[divan::bench]
fn counting_loop(bencher: Bencher) {
    measure(bencher, &counting(1_000_000));
}

#[divan::bench]
fn scattered_heap(bencher: Bencher) {
    measure(bencher, &storing(50_000));
}

#[divan::bench]
fn counting_loop_with_digest(bencher: Bencher) {
    let (program, inputs) = (counting(10_000), Inputs::default());
    let steps = run(&program, &inputs, Limits::default()).steps;
    bencher.counter(ItemsCount::new(steps)).bench(|| {
        run_digested(divan::black_box(&program), &inputs, Limits::default())
            .map(|(_, digest)| digest)
    });
}
