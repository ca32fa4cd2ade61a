//! The control bits and the operand that the documentation gives an instruction.

use provable_core::isa::Op;
use provable_core::program::Instruction;

/// The control bits in the order of the documentation's table.
pub const BITS: [&str; 27] = [
    "Imm", "Push", "Result", "Add", "Sub", "Eq", "Lt", "Gt", "Cop", "CopCarry", "Jz", "Jnz", "Jc",
    "Jnc", "Drop", "Replace", "AtTop", "AtDepth", "PutTop", "StoreTop", "Halt", "Not", "Call",
    "Ret", "Read", "Write", "Test",
];

/// Memory keys are space·2^36 + address.
const fn space(number: i64) -> i64 {
    number << 36
}
const STACK: i64 = space(1);
const CALLS: i64 = space(2);
const INPUT: i64 = space(3);
const OUTPUT: i64 = space(4);
const HEAP: i64 = space(5);

/// What halts: HALT, and the end of the program.
pub const HALT: (&[&str], i64) = (&["Halt"], 0);

/// The bits and the operand of an instruction; `None` for one without the operand that it needs.
pub fn encoded(instruction: Instruction) -> Option<(&'static [&'static str], i64)> {
    let given = instruction.operand.map(i64::from);
    Some(match instruction.op {
        Op::Push => (&["Imm"], given?),
        Op::Pop => (&["Drop"], 0),
        Op::Dup => match given.unwrap_or(0) {
            0 => (&["Push", "Test"], 0),
            n => (&["Push", "Result", "Replace", "AtDepth"], STACK - n),
        },
        Op::Swap => match given.unwrap_or(1) {
            0 => (&["Test"], 0),
            n => (&["Result", "Replace", "AtDepth", "PutTop"], STACK - n),
        },
        Op::Add => (&["Add"], 0),
        Op::Sub => (&["Sub"], 0),
        Op::Mul => (&["CopCarry"], 2),
        Op::Div => (&["Cop"], 5),
        Op::Mod => (&["Cop"], 1),
        Op::Shl => (&["Cop"], 4),
        Op::Shr => (&["Cop"], 7),
        Op::And => (&["Cop"], 0x5555_5555),
        Op::Or => (&["Cop"], 0xAAAA_AAAA),
        Op::Xor => (&["Cop"], 0xFFFF_FFFF),
        Op::Not => (&["Not"], 0),
        Op::Eq => (&["Cop"], 10),
        Op::Lt => (&["Cop"], 9),
        Op::Gt => (&["Cop"], 11),
        Op::Jmp => (&["Jc", "Jnc"], given?),
        Op::Jz => (&["Jz"], given?),
        Op::Jnz => (&["Jnz"], given?),
        Op::Jc => (&["Jc"], given?),
        Op::Jnc => (&["Jnc"], given?),
        Op::Call => (&["Jc", "Jnc", "Call"], given?),
        Op::Ret => (&["Jc", "Jnc", "Ret"], CALLS - 1),
        Op::Load => match given {
            Some(address) => (&["Push", "Result", "Replace"], HEAP + address),
            None => (&["Result", "Replace", "AtTop"], HEAP),
        },
        Op::Store => match given {
            Some(address) => (&["Drop", "Replace", "PutTop"], HEAP + address),
            None => (&["Replace", "AtTop", "StoreTop"], HEAP),
        },
        Op::Read => (&["Push", "Result", "Read"], INPUT),
        Op::Secret => (&["Push", "Result"], 0),
        Op::Write => (&["Drop", "PutTop", "Write"], OUTPUT),
        // JZ to an index that no table has.
        Op::Assert => (&["Jz"], i64::from(u32::MAX)),
        Op::Nop => (&[], 0),
        Op::Halt => HALT,
    })
}
