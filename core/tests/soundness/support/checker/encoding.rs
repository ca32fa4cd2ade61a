//! The rows that the documentation gives a program: control bits and an operand each.

use provable::lang::isa::Op;
use provable::lang::program::Instruction;

/// The control bits that are columns, in the order of the documentation's table. Push, Call, Read and Write are what the
/// counters of a row and the next say.
pub const BITS: [&str; 14] = [
    "Add", "Sub", "Imm", "Keep", "Cop", "CopCarry", "Jz", "Jnz", "Drop", "AtConst", "AtTop",
    "AtDepth", "Result", "Ret",
];

/// A position that no table has.
const NOWHERE: i64 = u32::MAX as i64;

/// What one row does: an instruction, or the first half of STORE without operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// With its operand; a jump's is a position.
    Op(Op, Option<i64>),
    /// Stores the word below the top at the address on top, and pops the address.
    StoreBelow,
}

/// One act a row of the program table, without the HALT at the end.
pub fn acts(program: &[Instruction]) -> Vec<Act> {
    let length = |instruction: &Instruction| match (instruction.op, instruction.operand) {
        (Op::Swap, Some(0)) | (Op::Not, _) | (Op::Store, None) => 2,
        _ => 1,
    };
    let mut starts = vec![0i64];
    for instruction in program {
        starts.push(starts[starts.len() - 1] + length(instruction));
    }
    let mut acts = Vec::new();
    for instruction in program {
        let operand = instruction.operand.map(i64::from);
        let position = operand.map(|index| starts.get(index as usize).copied().unwrap_or(NOWHERE));
        match (instruction.op, operand) {
            (Op::Swap, Some(0)) => {
                acts.extend([Act::Op(Op::Dup, Some(0)), Act::Op(Op::Pop, None)]);
            }
            (Op::Not, _) => {
                let ones = Some(i64::from(u32::MAX));
                acts.extend([Act::Op(Op::Push, ones), Act::Op(Op::Xor, None)]);
            }
            (Op::Store, None) => acts.extend([Act::StoreBelow, Act::Op(Op::Pop, None)]),
            (op @ (Op::Jmp | Op::Jz | Op::Jnz | Op::Jc | Op::Jnc | Op::Call), _) => {
                acts.push(Act::Op(op, position));
            }
            (op, operand) => acts.push(Act::Op(op, operand)),
        }
    }
    acts
}

/// HALT at a position, and the end of the program there: a jump to itself.
pub fn halt(position: i64) -> (&'static [&'static str], i64) {
    (&["Jz", "Jnz", "Keep"], position)
}

/// The bits and the operand of a row at a position; `None` for one without the operand that it needs.
pub fn encoded(act: Act, position: i64) -> Option<(&'static [&'static str], i64)> {
    let Act::Op(op, given) = act else {
        return Some((&["Drop", "AtTop"], 0));
    };
    Some(match op {
        Op::Push => (&["Imm"], given?),
        Op::Pop => (&["Drop"], 0),
        Op::Dup => match given.unwrap_or(0) {
            0 => (&["Keep"], 0),
            n => (&["AtDepth"], -n),
        },
        Op::Swap => (&["Result", "AtDepth"], -given.unwrap_or(1)),
        Op::Add => (&["Add"], 0),
        Op::Sub => (&["Sub"], 0),
        Op::Mod => (&["Cop"], 1),
        Op::Mul => (&["CopCarry"], 2),
        Op::Shl => (&["Cop"], 4),
        Op::Div => (&["Cop"], 5),
        Op::Shr => (&["Cop"], 7),
        Op::Lt => (&["Cop"], 9),
        Op::Eq => (&["Cop"], 10),
        Op::Gt => (&["Cop"], 11),
        Op::And => (&["Cop"], 0x5555_5555),
        Op::Or => (&["Cop"], 0xaaaa_aaaa),
        Op::Xor => (&["Cop"], 0xffff_ffff),
        Op::Jmp => (&["Jz", "Jnz"], given?),
        Op::Jz => (&["Jz", "Drop"], given?),
        Op::Jnz => (&["Jnz", "Drop"], given?),
        Op::Jc => (&["Jnz"], given?),
        Op::Jnc => (&["Jz"], given?),
        Op::Call => (&["Jz", "Jnz"], given?),
        Op::Ret => (&["Ret"], 0),
        Op::Load => match given {
            Some(address) => (&["AtConst"], address),
            None => (&["Result", "AtTop"], 0),
        },
        Op::Store => (&["Drop", "AtConst"], given?),
        Op::Read => (&[], 0),
        Op::Secret => (&[], 0),
        Op::Write => (&["Drop"], 0),
        // JZ to a position that no table has.
        Op::Assert => (&["Jz", "Drop"], NOWHERE),
        Op::Nop => (&[], 0),
        Op::Halt => halt(position),
        // Two rows, each another act.
        Op::Not => return None,
    })
}
