//! The operations of two words: what the interpreter makes of words at the edges, in both forms, with C set and clear before.

use crate::random::random_programs::word;
use crate::text::{COMPUTED, definition, make, numbered, numbers, plain};
use anyhow::{Result, bail};
use provable::lang::isa::Op;
use provable::vm::{Ending, Inputs, Limits, TrapReason, run};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::fmt::Write;

/// In the order of `Machine.binop`.
const OPERATIONS: [Op; 16] = [
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
    Op::Rotl,
    Op::Rotr,
    Op::Eq,
    Op::Lt,
    Op::Gt,
];
/// Words at the edges.
const WORDS: [u32; 14] = [
    0,
    1,
    2,
    3,
    31,
    32,
    33,
    1 << 16,
    (1 << 16) + 1,
    (1 << 31) - 1,
    1 << 31,
    (1 << 31) + 1,
    u32::MAX - 1,
    u32::MAX,
];
/// What stands for a trap.
const TRAP: u64 = 1 << 33;

/// The result, and C at bit 32; or [`TRAP`].
fn outcome(op: Op, is_operand: bool, [a, b]: [u32; 2], carry: u32) -> Result<u64> {
    // 0 − 1 sets C, 0 − 0 clears it.
    let mut code = vec![
        make(Op::Push, 0),
        make(Op::Sub, carry),
        plain(Op::Pop),
        make(Op::Push, a),
    ];
    if is_operand {
        code.push(make(op, b));
    } else {
        code.extend([make(Op::Push, b), plain(op)]);
    }
    let outcome = run(&numbered(code), &Inputs::default(), Limits::default());
    match (&outcome.status, outcome.stack.as_slice()) {
        (Ending::Halted, [word]) => Ok(u64::from(*word) + (u64::from(outcome.carry) << 32)),
        (Ending::Trapped(trap), _) => match trap.reason {
            TrapReason::DivisionByZero | TrapReason::ShiftTooLong { .. } => Ok(TRAP),
            _ => bail!("an operation trapped: {trap}"),
        },
        (Ending::Halted, stack) => bail!("an operation left {stack:?}"),
    }
}

/// The name and the text of the file.
///
/// # Errors
/// When an operation traps as none does, or leaves more than a word.
pub fn file() -> Result<(String, String)> {
    let rng = &mut StdRng::seed_from_u64(16);
    let mut words = WORDS.to_vec();
    words.extend([1, 2].map(|_| rng.r#gen::<u32>()));
    words.extend([1, 2].map(|_| word(rng)));
    let mut rows = Vec::new();
    for op in OPERATIONS {
        for is_operand in [false, true] {
            for a in &words {
                let mut row = Vec::new();
                for b in &words {
                    for carry in [0, 1] {
                        row.push(outcome(op, is_operand, [*a, *b], carry)?);
                    }
                }
                rows.push(numbers(row));
            }
        }
    }
    let mut text = String::from("From Coq Require Import List Uint63.\n");
    text.push_str("From ProvableVM Require Import Comparison.\nImport ListNotations.\n");
    writeln!(text, "Definition words : ints := {}.", numbers(&words))?;
    definition(&mut text, "rows", "ints", &rows)?;
    text.push_str("Example the_operations_are_those_of_the_proof : same_operations words (concat rows) = true.\n");
    text.push_str(COMPUTED);
    Ok(("Operations".into(), text))
}
