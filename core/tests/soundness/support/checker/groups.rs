//! Groups: the instructions of the text that share rows, from the documentation's list. No jump leads into a group, and a
//! group with a jump ends there.

use super::encoding::{Act, jumps};
use provable::lang::isa::Op;
use provable::lang::program::Instruction;

/// Instructions and their rows. The operand of a jump is the index of an instruction.
#[derive(Clone, Debug)]
pub struct Group {
    pub first: usize,
    pub count: usize,
    pub acts: Vec<Act>,
    /// Whether the instructions clear C and the rows do not: nothing reads C before it is set again.
    pub leaves_carry: bool,
}

/// All groups, in order.
pub fn groups(program: &[Instruction]) -> Vec<Group> {
    let targets = program.iter().filter(|one| jumps(one.op));
    let targets: Vec<usize> = targets
        .filter_map(|one| one.operand)
        .map(|target| target as usize)
        .collect();
    let mut groups = Vec::new();
    let mut first = 0;
    while first < program.len() {
        let later = targets.iter().copied().filter(|target| *target > first);
        let end = later.min().unwrap_or(program.len()).min(program.len());
        let (count, acts, leaves_carry) = take(&program[first..end], &program[first..]);
        groups.push(Group {
            first,
            count,
            acts,
            leaves_carry,
        });
        first += count;
    }
    groups
}

/// An instruction of the text, without a default.
type Word = (Op, Option<u32>);

fn plain(instruction: &Instruction) -> Word {
    let default = match instruction.op {
        Op::Dup => Some(0),
        Op::Swap => Some(1),
        Op::Loadx | Op::Put => Some(0),
        _ => None,
    };
    (instruction.op, instruction.operand.or(default))
}

fn act(op: Op, operand: u32) -> Act {
    Act::Op(op, Some(operand.into()))
}

const TWO_WORDS: [Op; 15] = [
    Op::Add,
    Op::Sub,
    Op::Mul,
    Op::Mulhi,
    Op::Div,
    Op::Mod,
    Op::And,
    Op::Or,
    Op::Xor,
    Op::Shl,
    Op::Shr,
    Op::Eq,
    Op::Lt,
    Op::Gt,
    Op::Rotl,
];

/// The operation that gives the same for exchanged words.
fn exchanged(op: Op) -> Option<Op> {
    match op {
        Op::Lt => Some(Op::Gt),
        Op::Gt => Some(Op::Lt),
        Op::Add | Op::Mul | Op::Mulhi | Op::And | Op::Or | Op::Xor | Op::Eq => Some(op),
        _ => None,
    }
}

/// The next group: how many instructions, its rows, and whether C is left. `line` ends where a jump leads to; `on` does
/// not.
fn take(line: &[Instruction], on: &[Instruction]) -> (usize, Vec<Act>, bool) {
    let words: Vec<Word> = line.iter().map(plain).collect();
    if let Some((count, depth, stays, left, adds)) = rotation(&words) {
        let cleared = adds && may_read_carry(&on[count..]);
        let mut acts = match (stays, depth) {
            (false, _) => vec![act(Op::Rotl, left)],
            (true, 0) => vec![Act::Copy(Op::Rotl, left)],
            (true, depth) => vec![act(Op::Dup, depth), act(Op::Rotl, left)],
        };
        acts.extend(cleared.then(|| act(Op::Add, 0)));
        return (count, acts, adds && !cleared);
    }
    if let Some((count, op, word)) = immediate(&words) {
        let test = words.get(count).filter(|_| (op, word) == (Op::Eq, 0));
        let test = match test {
            Some((Op::Jz, target)) => target.map(|target| act(Op::Jnz, target)),
            Some((Op::Jnz, target)) => target.map(|target| act(Op::Jz, target)),
            Some((Op::Assert, _)) => Some(Act::AssertZero),
            _ => None,
        };
        return match test {
            Some(test) => (count + 1, vec![test], false),
            None => (count, vec![act(op, word)], false),
        };
    }
    if let Some((count, acts, leaves)) = copied(&words, on) {
        return (count, acts, leaves);
    }
    let (count, acts) = several(&words).unwrap_or_else(|| (1, alone(&on[0])));
    (count, acts, false)
}

/// "op n": written so; PUSH and an operation; PUSH, SWAP and an operation; NOT. ROTR becomes ROTL.
fn immediate(words: &[Word]) -> Option<(usize, Op, u32)> {
    let two = |op: Op| TWO_WORDS.contains(&op) || op == Op::Rotr;
    let (count, op, word) = match *words {
        [(Op::Push, Some(n)), (Op::Swap, Some(1)), (op, None), ..] if two(op) => {
            (3, exchanged(op)?, n)
        }
        [(Op::Push, Some(n)), (op, None), ..] if two(op) => (2, op, n),
        [(Op::Not, _), ..] => (1, Op::Xor, u32::MAX),
        [(op, Some(n)), ..] if two(op) => (1, op, n),
        _ => return None,
    };
    Some(match op {
        Op::Rotr if word < 32 => (count, Op::Rotl, (32 - word) % 32),
        Op::Rotr => (count, Op::Rotl, word),
        _ => (count, op, word),
    })
}

/// Two shifts of one word in opposite directions by amounts that add up to 32, joined by OR, XOR or ADD: the number of
/// instructions, the depth of the word, whether it stays, the rotation to the left, whether ADD joins.
fn rotation(words: &[Word]) -> Option<(usize, u32, bool, u32, bool)> {
    let [(Op::Dup, Some(depth)), ..] = *words else {
        return None;
    };
    let (one, first, by) = immediate(&words[1..])?;
    let stays = match *words.get(1 + one)? {
        (Op::Dup, Some(again)) if again == depth + 1 => true,
        (Op::Swap, Some(1)) if depth == 0 => false,
        _ => return None,
    };
    let (two, second, rest) = immediate(&words[2 + one..])?;
    let left = match (first, second) {
        (Op::Shl, Op::Shr) => by,
        (Op::Shr, Op::Shl) => rest,
        _ => return None,
    };
    let whole = (1..32).contains(&by) && by + rest == 32;
    let join = *words.get(2 + one + two).filter(|_| whole)?;
    let adds = match join {
        (Op::Or | Op::Xor, None) => false,
        (Op::Add, None) => true,
        _ => return None,
    };
    Some((3 + one + two, depth, stays, left, adds))
}

/// Whether C may be read before it is set.
fn may_read_carry(on: &[Instruction]) -> bool {
    let decides = |one: &&Instruction| {
        let sets = [Op::Add, Op::Sub, Op::Mul].contains(&one.op);
        sets || jumps(one.op) || [Op::Ret, Op::Halt].contains(&one.op)
    };
    let first = on.iter().find(decides).map(|one| one.op);
    first.is_some_and(|op| jumps(op) || op == Op::Ret)
}

/// DUP 0 and what works on the copy.
fn copied(words: &[Word], on: &[Instruction]) -> Option<(usize, Vec<Act>, bool)> {
    let [(Op::Dup, Some(0)), after @ ..] = words else {
        return None;
    };
    match *after {
        [(Op::Push, Some(a)), (Op::Store, None), ..] => return Some((3, vec![Act::Tee(a)], false)),
        [(Op::Store, Some(a)), ..] => return Some((2, vec![Act::Tee(a)], false)),
        _ => {}
    }
    // A rotation in place is an operation on the top, too, unless it has to clear C.
    let rotated = || {
        let (count, _, stays, left, adds) = rotation(after)?;
        let clears = adds && may_read_carry(&on[1 + count..]);
        (!stays && !clears).then_some((count, Op::Rotl, left, adds))
    };
    let plain = immediate(after).map(|(count, op, word)| (count, op, word, false));
    let (count, op, word, leaves) = plain.or_else(rotated)?;
    let tests = [Op::Jz, Op::Jnz, Op::Assert];
    let next = after.get(count).map(|next| next.0);
    if (op, word) == (Op::Eq, 0) && next.is_some_and(|next| tests.contains(&next)) {
        return None;
    }
    Some((1 + count, vec![Act::Copy(op, word)], leaves))
}

/// The other idioms.
fn several(words: &[Word]) -> Option<(usize, Vec<Act>)> {
    let put = act(Op::Put, 0);
    let pop = Act::Op(Op::Pop, None);
    let two = match *words {
        [(Op::Pop, _), (Op::Jmp, Some(target)), ..] => vec![Act::PopJump(target.into())],
        [(Op::Push, Some(a)), (op @ (Op::Load | Op::Store), None), ..] => vec![act(op, a)],
        [(Op::Store, Some(a)), (Op::Load, Some(b)), ..] if a == b => vec![Act::Tee(a)],
        [(Op::Dup, Some(1)), (Op::Store, None), ..] => vec![put],
        [(Op::Swap, Some(1)), (Op::Store, None), ..] => vec![put, pop],
        [(Op::Swap, Some(1)), (op, None), ..] if exchanged(op).is_some() => {
            vec![Act::Op(exchanged(op)?, None)]
        }
        _ => vec![],
    };
    if !two.is_empty() {
        return Some((2, two));
    }
    // STORE of a word that is made before its address. PUT takes the address first.
    let [word, address, (Op::Store, None), ..] = *words else {
        return None;
    };
    let address = match address {
        (Op::Load, Some(a)) => act(Op::Load, a),
        // DUP 1 and STORE are one row.
        (Op::Dup, Some(n)) if n > 1 => act(Op::Dup, n - 1),
        _ => return None,
    };
    let word = match word {
        (op @ (Op::Push | Op::Load), Some(n)) => act(op, n),
        (Op::Dup, Some(n)) if n < u32::MAX => act(Op::Dup, n + 1),
        _ => return None,
    };
    Some((3, vec![address, word, put, pop]))
}

/// An instruction by itself.
fn alone(instruction: &Instruction) -> Vec<Act> {
    let one = |op| Act::Op(op, None);
    match (instruction.op, instruction.operand) {
        (Op::Store, None) => vec![act(Op::Swap, 1), act(Op::Put, 0), one(Op::Pop)],
        (Op::Rotr, None) => vec![act(Op::Xor, 31), one(Op::Rotl), act(Op::Rotl, 1)],
        (Op::Load, None) => vec![act(Op::Loadx, 0)],
        (op, operand) => vec![Act::Op(op, operand.map(i64::from))],
    }
}
