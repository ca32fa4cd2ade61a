//! Programs that execute SHA256, on random words at random addresses.

use super::programs::run_of;
use super::rewritten_runs::Run;
use crate::support::random_programs::lines;
use provable::circuit::Circuit;
use provable::lang::program::Program;
use provable::vm::Inputs;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// How often a program is drawn until one fits.
const TRIES: usize = 20;
const BLOCK: u32 = 16;
const STATE: u32 = 8;

/// What keeps a program from having a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trap {
    /// The state and the block share cells.
    Overlap,
    /// A cell was never stored.
    Unset,
    /// A word is past the last address.
    Past,
}

/// A run that halts and fits the circuit.
pub fn draw(circuit: &Circuit, rng: &mut StdRng) -> Option<Run> {
    (0..TRIES).find_map(|_| {
        let (program, inputs) = program(circuit, None, rng);
        run_of(circuit, &program, &inputs)
    })
}

/// A program that traps at SHA256, and its secret words.
pub fn trapping(circuit: &Circuit, rng: &mut StdRng) -> (Program, Inputs) {
    let traps = [Trap::Overlap, Trap::Unset, Trap::Past];
    let trap = traps.choose(rng).copied();
    program(circuit, trap, rng)
}

/// The addresses of a state and of a block.
fn addresses(trap: Option<Trap>, rng: &mut StdRng) -> (u32, u32) {
    let last = u32::MAX;
    let mut near = |count: u32| match rng.gen_range(0..4) {
        0 => rng.gen_range(0..4),
        1 => last - (count - 1) - rng.gen_range(0..3),
        2 => rng.gen_range(0..60),
        _ => rng.gen_range(0..last - BLOCK),
    };
    loop {
        let (mut state, mut block) = (near(STATE), near(BLOCK));
        match (trap, near(BLOCK) % 4) {
            (Some(Trap::Overlap), which) => {
                block = block.clamp(STATE, last - BLOCK - STATE);
                state = block + [0, BLOCK - 1, BLOCK / 2, 3][which as usize];
                if near(STATE) % 2 == 0 {
                    state = block - near(STATE) % (STATE - 1);
                }
                return (state, block);
            }
            (Some(Trap::Past), 0 | 1) => return (near(STATE).min(100), last - BLOCK + 2),
            (Some(Trap::Past), _) => return (last - STATE + 2, near(BLOCK).clamp(100, 1 << 31)),
            (_, 0) => block = state.saturating_add(STATE),
            (_, 1) => state = block.saturating_add(BLOCK),
            _ => {}
        }
        let (state_end, block_end) = (state.checked_add(STATE - 1), block.checked_add(BLOCK - 1));
        if let (Some(state_end), Some(block_end)) = (state_end, block_end)
            && (state_end < block || block_end < state)
        {
            return (state, block);
        }
    }
}

fn word(rng: &mut StdRng) -> u32 {
    match rng.gen_range(0..5) {
        0 => [0, u32::MAX][rng.gen_range(0..2)],
        1 => 1 << rng.gen_range(0..32),
        _ => rng.r#gen(),
    }
}

/// A program: words by data and by stores, an execution, other instructions and more executions between them, and a look at
/// the result.
fn program(circuit: &Circuit, trap: Option<Trap>, rng: &mut StdRng) -> (Program, Inputs) {
    let (state, block) = addresses(trap, rng);
    let span = |from: u32, count: u32| (0..count).filter_map(move |word| from.checked_add(word));
    let mut cells: Vec<u32> = span(state, STATE).chain(span(block, BLOCK)).collect();
    cells.sort_unstable();
    cells.dedup();
    let in_state = |rng: &mut StdRng| state.saturating_add(rng.gen_range(0..STATE));
    let in_block = |rng: &mut StdRng| block.saturating_add(rng.gen_range(0..BLOCK));
    if trap == Some(Trap::Unset) {
        cells.remove(rng.gen_range(0..cells.len()));
    }
    let mut secret = Vec::new();
    let (mut text, mut data) = (String::new(), Vec::new());
    let mut stored = rng.gen_range(0..4);
    cells.shuffle(rng);
    for cell in cells {
        let word = word(rng);
        if stored == 0 {
            data.push((cell, word));
            continue;
        }
        stored -= 1;
        // A cell that the program stores may be in the data too.
        if rng.gen_range(0..3) == 0 {
            data.push((cell, word ^ 1));
        }
        match rng.r#gen() {
            true => text += &format!("PUSH {word},STORE {cell},"),
            false => {
                secret.push(word);
                text += &format!("SECRET,STORE {cell},");
            }
        }
    }
    text += &format!("PUSH {state},PUSH {block},SHA256,");
    let mut executed = 1;
    for _ in 0..rng.gen_range(0..5) {
        let (one, other) = (in_state(rng), in_block(rng));
        let contiguous = state.checked_sub(BLOCK) == Some(block);
        text += &match rng.gen_range(0..6) {
            0 | 1 if executed < circuit.layout.sha256.rows => {
                executed += 1;
                match rng.r#gen::<bool>() && contiguous {
                    // The result is a part of the next block.
                    true => format!("PUSH {block},PUSH {},SHA256,POP,", block + STATE),
                    false => format!("PUSH {block},SHA256,"),
                }
            }
            2 => format!("PUSH {},STORE {one},", word(rng)),
            3 => format!("PUSH {},STORE {other},", word(rng)),
            4 => format!("LOAD {one},STORE {other},"),
            _ => format!("LOAD {other},POP,"),
        };
    }
    for _ in 0..rng.gen_range(1..6) {
        text += &match rng.gen_range(0..4) {
            0 => format!("LOAD {},WRITE,", in_state(rng)),
            1 => format!("LOAD {},WRITE,", in_block(rng)),
            _ => format!("DUP 0,LOADX {},WRITE,", rng.gen_range(0..STATE)),
        };
    }
    let program = Program::new(lines(text.trim_end_matches(',')).into_iter().zip(1..));
    let inputs = Inputs {
        public: Vec::new(),
        secret,
    };
    (program.with_data(data), inputs)
}
