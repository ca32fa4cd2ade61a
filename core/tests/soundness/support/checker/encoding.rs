//! The rows that the documentation gives a program: what each does, and its control bits and operand.

use super::groups::{Group, groups};
use provable::lang::isa::Op;
use provable::lang::program::Instruction;

/// The control bits that are columns, in the order of the documentation's table. Push, Call, Read and Write are what the
/// counters of a row and the next say. A circuit without a table of SHA-256 has no column of Hash, which is the last.
pub const BITS: [&str; 15] = [
    "Add", "Sub", "Imm", "Here", "Cop", "CopCarry", "Jz", "Jnz", "Drop", "AtConst", "AtAddr",
    "AtDepth", "Result", "Ret", "Hash",
];

/// A position that no table has, and a distance beyond every table.
pub const NOWHERE: i64 = u32::MAX as i64;

/// What one row does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// An instruction, with its operand; a jump's is a position.
    Op(Op, Option<i64>),
    /// Pushes the result of an operation on the top and a word.
    Copy(Op, u32),
    /// Stores the top at an address, and keeps it.
    Tee(u32),
    /// Pops a word and goes to a position.
    PopJump(i64),
    /// Pops a word that has to be 0.
    AssertZero,
}

/// A row of the program table.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub act: Act,
    /// The group of which this is the last row.
    pub ends: Option<usize>,
}

/// The rows of the program table without the HALT at the end, and the groups that they are made of.
pub fn places(program: &[Instruction]) -> (Vec<Place>, Vec<Group>) {
    let groups = groups(program);
    let mut starts = vec![NOWHERE; program.len() + 1];
    let mut position = 0;
    for group in &groups {
        starts[group.first] = position;
        position += group.acts.len() as i64;
    }
    starts[program.len()] = position;
    let start = |index: i64| starts.get(index as usize).copied().unwrap_or(NOWHERE);
    let mut places = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        for act in &group.acts {
            let act = match *act {
                Act::Op(op, Some(target)) if jumps(op) => Act::Op(op, Some(start(target))),
                Act::PopJump(target) => Act::PopJump(start(target)),
                act => act,
            };
            places.push(Place { act, ends: None });
        }
        if let Some(last) = places.last_mut() {
            last.ends = Some(index);
        }
    }
    (places, groups)
}

/// Whether the operand is a place in the program.
pub fn jumps(op: Op) -> bool {
    [Op::Jmp, Op::Jz, Op::Jnz, Op::Jc, Op::Jnc, Op::Call].contains(&op)
}

/// HALT, and the end of the program.
pub fn halt() -> (Vec<&'static str>, i128) {
    (vec!["Jz", "Jnz", "Drop", "Here", "Result"], -1)
}

/// The bit of an operation of two words, and the coprocessor's number for it.
fn unit(op: Op) -> Option<(&'static str, i128)> {
    Some(match op {
        Op::Add => ("Add", 0),
        Op::Sub => ("Sub", 0),
        Op::Mod => ("Cop", 1),
        Op::Mul => ("CopCarry", 2),
        Op::Shl => ("Cop", 4),
        Op::Div => ("Cop", 5),
        Op::Mulhi => ("Cop", 6),
        Op::Shr => ("Cop", 7),
        Op::Lt => ("Cop", 9),
        Op::Eq => ("Cop", 10),
        Op::Gt => ("Cop", 11),
        Op::Rotl => ("Cop", 40),
        Op::And => ("Cop", 0x5555_5555),
        Op::Or => ("Cop", 0xaaaa_aaaa),
        Op::Xor => ("Cop", 0xffff_ffff),
        _ => return None,
    })
}

/// The bit and the operand of an operation on a word that the row does not pop.
fn with_word(op: Op, word: i64) -> Option<(&'static str, i128)> {
    let word = i128::from(word);
    let (bit, number) = unit(op)?;
    Some(match op {
        Op::Add => (bit, word),
        Op::Sub => (bit, -word),
        _ => (bit, number + word * (1 << 36)),
    })
}

/// The bits and the operand of a row at a position; `None` for one without the operand that it needs.
pub fn encoded(act: Act, position: i64) -> Option<(Vec<&'static str>, i128)> {
    let to = |target: i64| i128::from(target - position - 1);
    let (op, given) = match act {
        Act::Op(op, given) => (op, given),
        Act::Copy(op, word) => {
            let (bit, operand) = with_word(op, word.into())?;
            return Some((vec![bit, "Here"], operand));
        }
        Act::Tee(address) => return Some((vec!["AtConst"], address.into())),
        Act::PopJump(target) => return Some((vec!["Jz", "Jnz", "Drop"], to(target))),
        Act::AssertZero => return Some((vec!["Jnz", "Drop"], NOWHERE.into())),
    };
    if unit(op).is_some() {
        return Some(match given {
            Some(word) => {
                let (bit, operand) = with_word(op, word)?;
                (vec![bit, "Here", "Result"], operand)
            }
            None => unit(op).map(|(bit, number)| (vec![bit], number))?,
        });
    }
    let signed = || i128::from(given.unwrap_or(0) as i32);
    Some(match op {
        Op::Push => (vec!["Imm"], given?.into()),
        Op::Pop => (vec!["Drop"], 0),
        Op::Dup => match given.unwrap_or(0) {
            0 => (vec!["Imm", "Drop", "Here"], 0),
            n => (vec!["AtDepth"], (-n).into()),
        },
        Op::Swap => match given.unwrap_or(1) {
            0 => (vec!["Imm", "Drop", "Here", "Result"], 0),
            n => (vec!["Result", "AtDepth"], (-n).into()),
        },
        Op::Jmp | Op::Call => (vec!["Jz", "Jnz"], to(given?)),
        Op::Jz => (vec!["Jz", "Drop"], to(given?)),
        Op::Jnz => (vec!["Jnz", "Drop"], to(given?)),
        Op::Jc => (vec!["Jnz"], to(given?)),
        Op::Jnc => (vec!["Jz"], to(given?)),
        Op::Ret => (vec!["Ret"], 0),
        Op::Load => (vec!["AtConst"], given?.into()),
        Op::Loadx => (vec!["Drop", "AtAddr"], signed()),
        Op::Put => (vec!["Drop", "AtAddr"], signed()),
        Op::Store => (vec!["Drop", "AtConst"], given?.into()),
        Op::Read | Op::Secret | Op::Nop => (vec![], 0),
        Op::Write => (vec!["Drop"], 0),
        // JZ to a position that no table has.
        Op::Assert => (vec!["Jz", "Drop"], NOWHERE.into()),
        Op::Sha256 => (vec!["Drop", "Hash"], 0),
        Op::Halt => halt(),
        // Several rows, or the row of another operation.
        _ => return None,
    })
}
