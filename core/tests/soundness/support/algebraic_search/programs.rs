//! Programs of a few pieces, some of them long straight stretches. Most of them trap or run off on any input: a cheating
//! prover takes paths of its own.

use super::answers::number;
use super::pumps::Pump;
use provable::circuit::encoding::Encoding;
use provable::lang::isa::{Op, OperandKind};
use provable::lang::program::{Instruction, Program};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// A program, its entries, and positions where pieces begin.
pub struct Drawn {
    pub program: Program,
    pub encoding: Encoding,
    pub starts: Vec<usize>,
    pub public: Vec<u32>,
    /// What its stretches are for.
    pub delta: Option<i64>,
}

/// Repetitions of a pair that reach every field element: 224 words 32 bits apart would do, one bit apart it takes these.
const LONG: std::ops::Range<usize> = 224..232;

/// What puts a cell into the memory or takes one out by an address.
const PORTS: &[(Op, &[u32])] = &[
    (Op::Dup, &[1, 2]),
    (Op::Swap, &[1, 2]),
    (Op::Store, &[]),
    (Op::Store, &[0, 5]),
    (Op::Load, &[]),
    (Op::Load, &[0, 5]),
    (Op::Write, &[]),
];
const PLAIN: &[(Op, &[u32])] = &[
    (Op::Secret, &[]),
    (Op::Push, &[]),
    (Op::Pop, &[]),
    (Op::Dup, &[0]),
    (Op::Swap, &[0]),
    (Op::Add, &[]),
    (Op::Sub, &[]),
    (Op::Assert, &[]),
    (Op::Nop, &[]),
    (Op::Halt, &[]),
];
const ASKING: &[(Op, &[u32])] = &[
    (Op::Mul, &[]),
    (Op::Div, &[]),
    (Op::Mod, &[]),
    (Op::Shl, &[]),
    (Op::Shr, &[]),
    (Op::And, &[]),
    (Op::Or, &[]),
    (Op::Xor, &[]),
    (Op::Not, &[]),
    (Op::Eq, &[]),
    (Op::Lt, &[]),
    (Op::Gt, &[]),
];
const TURNS: [Op; 4] = [Op::Jmp, Op::Jz, Op::Jnz, Op::Call];

fn single(rng: &mut StdRng) -> Instruction {
    let group = match rng.gen_range(0..8) {
        0 => ASKING,
        1..=3 => PORTS,
        _ => PLAIN,
    };
    let (op, operands) = group[rng.gen_range(0..group.len())];
    let operand = match op {
        Op::Push => Some(number(rng)),
        _ => operands.choose(rng).copied(),
    };
    Instruction { op, operand }
}

/// The top, or the top and the word below it, become any field elements; and then one instruction.
fn steered(pump: &Pump, rng: &mut StdRng) -> Vec<Instruction> {
    let repeats = rng.gen_range(LONG);
    let stretch = pump.pair.repeat(repeats);
    // Something to lie below, more often than not.
    let mut piece = pump.pair[..usize::from(rng.gen_range(0..4) > 0)].to_vec();
    piece.extend(stretch.clone());
    if rng.gen_range(0..4) > 0 {
        piece.push(pump.pair[0]);
        piece.extend(stretch);
    }
    piece.push(single(rng));
    piece
}

/// A program with a stretch of a pump, if one is given.
pub fn draw(pump: Option<&Pump>, rng: &mut StdRng) -> Drawn {
    let mut pieces: Vec<Vec<Instruction>> = Vec::new();
    for _ in 0..rng.gen_range(0..6) {
        pieces.push(match rng.gen_range(0..8) {
            0 | 1 => vec![plain(TURNS[rng.gen_range(0..TURNS.len())])],
            2 | 3 => returning(rng),
            _ => (0..rng.gen_range(1..3)).map(|_| single(rng)).collect(),
        });
    }
    if let Some(pump) = pump {
        let place = match rng.r#gen() {
            true => pieces.len(),
            false => rng.gen_range(0..=pieces.len()),
        };
        pieces.insert(place, steered(pump, rng));
    }
    // Positions come from memory after a RET alone, so half of the programs come to one at once.
    let first = rng.r#gen::<bool>().then(|| {
        pieces.insert(0, returning(rng));
        pieces.insert(0, vec![plain(Op::Call)]);
        1
    });
    finish(&pieces, (pump.map(|pump| pump.delta), first), rng)
}

fn plain(op: Op) -> Instruction {
    let operand = (op.spec().operand == OperandKind::Target).then_some(0);
    Instruction { op, operand }
}

fn returning(rng: &mut StdRng) -> Vec<Instruction> {
    let before = (0..rng.gen_range(0..3)).map(|_| single(rng));
    before.chain([plain(Op::Ret)]).collect()
}

/// Puts pieces together. Jumps go to where pieces begin, the first one to a given piece if there is one.
fn finish(
    pieces: &[Vec<Instruction>],
    (delta, mut first): (Option<i64>, Option<usize>),
    rng: &mut StdRng,
) -> Drawn {
    let mut begins = vec![0usize];
    for piece in pieces {
        begins.push(begins[begins.len() - 1] + piece.len());
    }
    let mut instructions = pieces.concat();
    for instruction in &mut instructions {
        if instruction.op.spec().operand == OperandKind::Target {
            let drawn = rng.gen_range(0..begins.len());
            let target = begins[first.take().unwrap_or(drawn)];
            instruction.operand = Some(target as u32);
        }
    }
    let program = Program::new(instructions.into_iter().zip(1..));
    let encoding = Encoding::new(&program);
    begins.pop();
    let starts = begins
        .iter()
        .map(|begin| encoding.starts[*begin] as usize)
        .collect();
    Drawn {
        program,
        encoding,
        starts,
        public: Vec::new(),
        delta,
    }
}
