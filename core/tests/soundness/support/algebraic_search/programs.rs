//! Programs of a few pieces, some of them long straight stretches. Most of them trap or never halt on any input: a malicious
//! prover takes other paths through them.

use super::answers::number;
use super::steering::SteeringPair;
use provable::circuit::field::FieldEncoding;
use provable::lang::isa::{Op, OperandKind};
use provable::lang::program::{Instruction, Program};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// A program, its entries, and positions where pieces begin.
pub struct Drawn {
    pub program: Program,
    pub encoding: FieldEncoding,
    pub starts: Vec<usize>,
    pub public: Vec<u32>,
    /// The difference of control bits that its stretches are for.
    pub delta: Option<i64>,
}

/// Repetitions of a pair by which every field element is reached: one bit each, and a last word of 32 bits.
const LONG: std::ops::Range<usize> = 224..232;

/// Instructions that add or remove a cell by its address.
const PORTS: &[(Op, &[u32])] = &[
    (Op::Dup, &[1, 2]),
    (Op::Swap, &[1, 2]),
    (Op::Put, &[0, 1, u32::MAX]),
    (Op::Loadx, &[0, 1, u32::MAX]),
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
    (Op::Add, &[1, u32::MAX]),
    (Op::Sub, &[1, u32::MAX]),
    (Op::Assert, &[]),
    (Op::Nop, &[]),
    (Op::Halt, &[]),
];
const ASKING: &[(Op, &[u32])] = &[
    (Op::Mul, &[]),
    (Op::Mul, &[0, 3, u32::MAX]),
    (Op::Mulhi, &[]),
    (Op::Mulhi, &[3, u32::MAX]),
    (Op::Rotl, &[]),
    (Op::Rotl, &[0, 1, 31, 32]),
    (Op::Rotr, &[]),
    (Op::Div, &[]),
    (Op::Div, &[0, 3]),
    (Op::Mod, &[]),
    (Op::Shl, &[]),
    (Op::Shr, &[]),
    (Op::And, &[]),
    (Op::Or, &[]),
    (Op::Xor, &[]),
    (Op::Not, &[]),
    (Op::Eq, &[]),
    (Op::Eq, &[0]),
    (Op::Lt, &[]),
    (Op::Lt, &[5]),
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

/// Steers the top, or the top and the word below it, to any field elements; then one instruction uses them.
fn steered(pair: &SteeringPair, rng: &mut StdRng) -> Vec<Instruction> {
    let repeats = rng.gen_range(LONG);
    let stretch = pair.instructions.repeat(repeats);
    // Most often there is a word below it.
    let mut piece = pair.instructions[..usize::from(rng.gen_range(0..4) > 0)].to_vec();
    piece.extend(stretch.clone());
    if rng.gen_range(0..4) > 0 {
        piece.push(pair.instructions[0]);
        piece.extend(stretch);
    }
    // Most often an instruction that adds a cell by its address.
    let (op, operands) = PORTS[rng.gen_range(0..PORTS.len())];
    let operand = operands.choose(rng).copied();
    piece.push(match rng.gen_range(0..4) {
        0 => single(rng),
        _ => Instruction { op, operand },
    });
    // Only RET goes back to the positions of the program.
    if rng.gen_range(0..4) > 0 {
        piece.push(plain(Op::Ret));
    }
    piece
}

/// A program with a stretch of a steering pair, if one is given.
pub fn draw(pair: Option<&SteeringPair>, rng: &mut StdRng) -> Drawn {
    let mut pieces: Vec<Vec<Instruction>> = Vec::new();
    for _ in 0..rng.gen_range(0..6) {
        pieces.push(match rng.gen_range(0..8) {
            0 | 1 => vec![plain(TURNS[rng.gen_range(0..TURNS.len())])],
            2 | 3 => returning(rng),
            _ => (0..rng.gen_range(1..3)).map(|_| single(rng)).collect(),
        });
    }
    let mut stretch = None;
    if let Some(pair) = pair {
        let place = match rng.r#gen() {
            true => pieces.len(),
            false => rng.gen_range(0..=pieces.len()),
        };
        pieces.insert(place, steered(pair, rng));
        stretch = Some(place);
    }
    // Only RET takes a position from the memory. So half of the programs begin with a CALL of a piece that ends with RET; most of
    // these with a CALL in a CALL, so that one RET can go anywhere and another one back.
    let mut first = Vec::new();
    if rng.r#gen() {
        let nested = rng.gen_range(0..4) > 0;
        let before = match nested {
            true => vec![
                vec![plain(Op::Call)],
                vec![plain(Op::Halt)],
                vec![plain(Op::Call)],
                returning(rng),
            ],
            false => vec![vec![plain(Op::Call)], returning(rng)],
        };
        first = if nested { vec![2, 3] } else { vec![1] };
        stretch = stretch.map(|place| place + before.len());
        pieces.splice(0..0, before);
    }
    let mut drawn = finish(&pieces, (pair.map(|pair| pair.delta), first), rng);
    // Paths go to the stretch more often than elsewhere.
    if let Some(begin) = stretch.and_then(|place| drawn.starts.get(place)).copied() {
        drawn.starts.extend([begin; 8]);
    }
    drawn
}

fn plain(op: Op) -> Instruction {
    let operand = (op.spec().operand == OperandKind::Target).then_some(0);
    Instruction { op, operand }
}

fn returning(rng: &mut StdRng) -> Vec<Instruction> {
    let before = (0..rng.gen_range(0..3)).map(|_| single(rng));
    before.chain([plain(Op::Ret)]).collect()
}

/// Joins the pieces. Jumps go to the beginnings of pieces, the first ones to given pieces if there are any.
fn finish(
    pieces: &[Vec<Instruction>],
    (delta, first): (Option<i64>, Vec<usize>),
    rng: &mut StdRng,
) -> Drawn {
    let mut begins = vec![0usize];
    for piece in pieces {
        begins.push(begins[begins.len() - 1] + piece.len());
    }
    let mut instructions = pieces.concat();
    let mut first = first.into_iter();
    for instruction in &mut instructions {
        if instruction.op.spec().operand == OperandKind::Target {
            let drawn = rng.gen_range(0..begins.len());
            let target = begins[first.next().unwrap_or(drawn)];
            instruction.operand = Some(target as u32);
        }
    }
    let program = Program::new(instructions.into_iter().zip(1..));
    let encoding = FieldEncoding::new(&program);
    begins.pop();
    let starts = begins
        .iter()
        .filter_map(|begin| encoding.group(*begin))
        .map(|(_, rows)| rows.start as usize)
        .collect();
    Drawn {
        program,
        encoding,
        starts,
        public: Vec::new(),
        delta,
    }
}
