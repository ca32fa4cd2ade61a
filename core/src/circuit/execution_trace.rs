//! The execution trace: a run in the form that the circuit takes. It holds what each row commits to, independent of any
//! tier.

use crate::circuit::encoding::Entry;
use crate::circuit::sha256::{BLOCK_WORDS, STATE_WORDS};
use std::collections::BTreeMap;
use zeroize::{DefaultIsZeroes, Zeroize};

/// What a row commits to in addition to its instruction.
#[derive(Clone, Copy, Default)]
pub struct Row {
    /// Position of the instruction in the program table.
    pub pc: u32,
    /// Stack depth.
    pub depth: u32,
    /// Open calls.
    pub calls: u32,
    /// Public words read.
    pub read: u32,
    /// Public words written.
    pub written: u32,
    /// The top register: a word, or 2^33 if the stack is empty.
    pub top: u64,
    /// Carry flag.
    pub flag: bool,
    /// Carry out.
    pub carry: bool,
    /// The value that the stack port spills or fills.
    pub fill: u64,
    /// Distance in time to the stack cell that is removed, minus one.
    pub fill_age: u32,
    /// The same for the general port.
    pub age: u32,
    /// Whether the removed cell had been stored.
    pub set: bool,
    /// The row's result.
    pub result: u32,
}

impl DefaultIsZeroes for Row {}

/// A live cell: its value, and the time of the row that added it.
#[derive(Clone, Copy, Default)]
pub struct Cell {
    /// The value.
    pub value: u64,
    /// The time.
    pub time: u32,
}

impl DefaultIsZeroes for Cell {}

/// One execution of SHA256.
#[derive(Clone, Copy, Default)]
pub struct Compression {
    /// The number of its step row, counted from 1.
    pub time: u32,
    /// The address of the first word of the block.
    pub block_address: u32,
    /// The address of the first word of the state.
    pub state_address: u32,
    /// The cells of the block: values, and the times at which they were put.
    pub block: [Cell; BLOCK_WORDS],
    /// The cells of the state before.
    pub state: [Cell; STATE_WORDS],
}

impl DefaultIsZeroes for Compression {}

/// A run that halted. When it is dropped its values are overwritten, except for the questions to the coprocessors.
#[derive(Default)]
pub struct ExecutionTrace {
    /// The rows of each group of instructions. If the run reached the end of the program, one more row that halts there.
    pub rows: Vec<Row>,
    /// The entries of the program table, including that of the end.
    pub entries: Vec<Entry>,
    /// Heap cells that the run touched.
    pub heap: BTreeMap<u32, Cell>,
    /// Cells that remain on the operand stack.
    pub stack: Vec<Cell>,
    /// Cells that remain on the call stack.
    pub calls: Vec<Cell>,
    /// Questions to the coprocessors (operation, a, b), and how many rows ask each.
    pub questions: BTreeMap<(u64, u32, u32), u64>,
    /// Executions of SHA256.
    pub compressions: Vec<Compression>,
    /// Public output.
    pub outputs: Vec<u32>,
    /// Steps taken.
    pub steps: u64,
}

impl Drop for ExecutionTrace {
    fn drop(&mut self) {
        self.rows.zeroize();
        self.stack.zeroize();
        self.calls.zeroize();
        self.compressions.zeroize();
        self.heap.values_mut().for_each(Zeroize::zeroize);
    }
}

impl ExecutionTrace {
    /// The questions to one table, with the number of rows that ask each.
    #[cfg(feature = "prover")]
    pub(crate) fn asked(
        &self,
        wanted: crate::circuit::cost::Table,
    ) -> impl Iterator<Item = ((u64, u32, u32), u64)> + '_ {
        let asked = self.questions.iter();
        let asked =
            asked.filter(move |((op, ..), _)| crate::circuit::operations::table(*op) == wanted);
        asked.map(|(question, count)| (*question, *count))
    }
}
