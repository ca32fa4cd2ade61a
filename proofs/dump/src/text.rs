//! Programs as Coq terms of `Machine.program`.

use anyhow::{Result, bail};
use provable::lang::isa::Op;
use provable::lang::program::{Instruction, Program};

/// A list of numbers.
pub fn numbers<N: ToString>(all: impl IntoIterator<Item = N>) -> String {
    list(all.into_iter().map(|number| number.to_string()))
}

/// A list of terms.
pub fn list(all: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", all.into_iter().collect::<Vec<_>>().join("; "))
}

/// A program.
///
/// # Errors
/// When an instruction lacks its operand.
pub fn program(program: &Program) -> Result<String> {
    let code = program.instructions().iter().map(instruction);
    let code = code.collect::<Result<Vec<_>>>()?;
    let data = program
        .data()
        .iter()
        .map(|(address, word)| format!("({address}, {word})"));
    Ok(format!(
        "{{| code := {}; data := {} |}}",
        list(code),
        list(data)
    ))
}

/// An instruction, with its default operand written out.
fn instruction(instruction: &Instruction) -> Result<String> {
    let Instruction { op, operand } = *instruction;
    let name = match op {
        Op::Rotl => "ROTL",
        Op::Rotr => "ROTR",
        _ => op.spec().mnemonic,
    };
    let Some(word) = operand else {
        return Ok(match op {
            Op::Dup => "DUP 0".into(),
            Op::Swap => "SWAP 1".into(),
            Op::Loadx | Op::Put => format!("{name} 0"),
            Op::Push | Op::Jmp | Op::Jz | Op::Jnz | Op::Jc | Op::Jnc | Op::Call => {
                bail!("{name} has no operand")
            }
            op if is_operation(op) => format!("BIN {name}"),
            _ => name.into(),
        });
    };
    Ok(match op {
        Op::Load => format!("LOADI {word}"),
        Op::Store => format!("STOREI {word}"),
        Op::Loadx | Op::Put => format!("{name} ({})", word as i32),
        op if is_operation(op) => format!("BINI {name} {word}"),
        _ => format!("{name} {word}"),
    })
}

/// Whether the instruction is an operation of two words.
fn is_operation(op: Op) -> bool {
    op.spec().operand == provable::lang::isa::OperandKind::OptionalWord
}
