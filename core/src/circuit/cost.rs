//! What an instruction costs in a proof. This is for people who want a program to fit a smaller tier.

use crate::lang::isa::Op;

/// A table in which an instruction may take a row. In addition, every instruction takes step rows, unless it shares them
/// with its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// Multiplications, divisions, shifts and rotations: a row for each distinct pair of words with each operation.
    Arithmetic,
    /// AND, OR, XOR and NOT: a row for each distinct pair of words with each of them.
    Bitwise,
    /// EQ, LT and GT: a row for each distinct pair of words with each of them.
    Compare,
    /// The heap: a row for each distinct address.
    Heap,
    /// SHA-256: a row for each execution of SHA256.
    Sha256,
}

/// The table in which an instruction takes a row when its words (or its address) are new to the run.
pub fn table(op: Op) -> Option<Table> {
    match op {
        Op::Mul | Op::Mulhi | Op::Div | Op::Mod => Some(Table::Arithmetic),
        Op::Shl | Op::Shr | Op::Rotl | Op::Rotr => Some(Table::Arithmetic),
        // NOT is an XOR with all ones.
        Op::And | Op::Or | Op::Xor | Op::Not => Some(Table::Bitwise),
        Op::Eq | Op::Lt | Op::Gt => Some(Table::Compare),
        Op::Load | Op::Store | Op::Loadx | Op::Put => Some(Table::Heap),
        Op::Sha256 => Some(Table::Sha256),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::{ExecutionTrace, Usage};
    use crate::lang::isa::{OperandKind, SPECS};
    use crate::lang::program::assemble;
    use crate::vm::{Inputs, Limits};

    fn usage(text: &str) -> Usage {
        let program = assemble(text).program.unwrap();
        let inputs = Inputs {
            public: if text.contains("READ") {
                vec![1]
            } else {
                vec![]
            },
            secret: vec![1],
        };
        let trace = ExecutionTrace::new(&program, &inputs, Limits::default());
        trace
            .map_err(|trap| format!("{text}: {trap:?}"))
            .unwrap()
            .usage()
    }

    #[test]
    fn instructions_take_rows_in_the_table_that_is_said_and_in_no_other() {
        for spec in SPECS.iter().filter(|spec| spec.op != Op::Ret) {
            let operand = match spec.operand {
                // Every target is the next instruction.
                OperandKind::Target => "4",
                OperandKind::Word => "5",
                // Without its operand, ROTR takes rows of two tables.
                _ if spec.op == Op::Rotr => "5",
                _ => "",
            };
            let load = matches!(spec.op, Op::Load | Op::Loadx);
            // The NOP keeps the words from being one row with the instruction.
            let before = "PUSH 9\nPUSH 3\nNOP";
            // What is loaded was stored before, so it has a row already.
            let words = vec!["5"; 24].join(", ");
            let hashed = format!(".data words at 0\n.words {words}\nPUSH 0\nPUSH 8\nNOP");
            let before = match spec.op {
                Op::Sha256 => &hashed,
                _ if load => "PUSH 9\nSTORE 3\nPUSH 3\nNOP",
                _ => before,
            };
            let without = usage(&before.replace("STORE 3", "POP"));
            let with = usage(&format!("{before}\n{} {operand}", spec.mnemonic));
            let taken: Vec<Table> = [
                (with.arithmetic - without.arithmetic, Table::Arithmetic),
                (with.bitwise - without.bitwise, Table::Bitwise),
                (with.compare - without.compare, Table::Compare),
                (with.heap - without.heap, Table::Heap),
                (with.sha256 - without.sha256, Table::Sha256),
            ]
            .into_iter()
            .flat_map(|(rows, table)| std::iter::repeat_n(table, rows))
            .collect();
            let said: Vec<Table> = table(spec.op).into_iter().collect();
            assert_eq!(taken, said, "{}", spec.mnemonic);
        }
    }
}
