//! Terms of Coq. Coq reads lists of machine integers fast, so most of what is dumped are such lists.

use anyhow::{Context, Result, bail};
use provable::lang::isa::{Op, OperandKind};
use provable::lang::program::{Instruction, Program};
use std::fmt::Write;

/// Elements of one definition: Coq's parser is slow on long lists.
const CHUNK: usize = 64;

/// The end of a proof by computation.
pub const COMPUTED: &str = "Proof. vm_cast_no_check (@eq_refl bool true). Qed.\n";

/// A list of machine integers.
pub fn numbers<N: ToString>(all: impl IntoIterator<Item = N>) -> String {
    let all: Vec<_> = all.into_iter().map(|number| number.to_string()).collect();
    format!("[{}]%uint63", all.join("; "))
}

/// The definition of a list of terms, in parts.
///
/// # Errors
/// When the text can not be written.
pub fn definition(text: &mut String, name: &str, element: &str, all: &[String]) -> Result<()> {
    let mut parts = Vec::new();
    for (part, terms) in all.chunks(CHUNK).enumerate() {
        let terms = terms.join(";\n");
        writeln!(
            text,
            "Definition {name}_{part} : list ({element}) := [\n{terms}]."
        )?;
        parts.push(format!("{name}_{part}"));
    }
    let whole = parts.join(" ++ ");
    writeln!(
        text,
        "Definition {name} : list ({element}) := ({whole})%list."
    )?;
    Ok(())
}

/// An instruction.
pub fn make(op: Op, operand: impl Into<Option<u32>>) -> Instruction {
    let operand = operand.into();
    Instruction { op, operand }
}

/// An instruction without operand.
pub fn plain(op: Op) -> Instruction {
    make(op, None::<u32>)
}

/// A program of these instructions.
pub fn numbered(instructions: Vec<Instruction>) -> Program {
    Program::new(instructions.into_iter().zip(1..))
}

/// A program: `Comparison.program_of`.
///
/// # Errors
/// When an instruction lacks its operand.
pub fn program(program: &Program) -> Result<String> {
    let data = program.data().iter();
    let data = numbers(data.flat_map(|(address, word)| [address, word]));
    Ok(format!("(program_of {} {data})", code(program)?))
}

/// A program's instructions: `Comparison.instruction`.
///
/// # Errors
/// When an instruction lacks its operand.
pub fn code(program: &Program) -> Result<String> {
    let code = program.instructions().iter().map(instruction);
    Ok(numbers(code.collect::<Result<Vec<_>>>()?))
}

/// The number of an operation; whether there is an operand; and the operand.
fn instruction(instruction: &Instruction) -> Result<u64> {
    let Instruction { op, operand } = *instruction;
    let op_number = op as u64;
    match operand {
        Some(word) => Ok(op_number + (1 << 6) + (u64::from(word) << 7)),
        None if needs_operand(op) => bail!("{} has no operand", op.spec().mnemonic),
        None => Ok(op_number),
    }
}

fn needs_operand(op: Op) -> bool {
    matches!(op.spec().operand, OperandKind::Word | OperandKind::Target)
}

/// An entry of the program table as two numbers: `Comparison.entries_of`.
///
/// # Errors
/// When the entry is not of that form.
pub fn entry(bits: u64, operand: i128) -> Result<[u64; 2]> {
    let word = u64::try_from((operand + (1 << 35)) >> 36).context("the word of an operand")?;
    let number = operand - (i128::from(word) << 36) + (1 << 40);
    if bits >= 1 << 21 || word >= 1 << 32 {
        bail!("an entry is too large");
    }
    let number = u64::try_from(number).context("the number of an operand")?;
    Ok([bits + (word << 21), number])
}
