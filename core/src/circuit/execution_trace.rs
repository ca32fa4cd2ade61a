//! The execution trace: a run in the form that the circuit takes. It holds what each row commits to, independent of any
//! tier.

use crate::circuit::encoding::{Bit, Encoding, Entry};
use crate::circuit::operations::{self, EMPTY};
use crate::lang::program::Program;
use crate::log;
use crate::vm::{Inputs, Limits, Machine, Status, Trap};
use std::collections::BTreeMap;
use tracing::{debug, debug_span};
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

/// A run that halted. When it is dropped its values are overwritten, except for the questions to the coprocessors.
pub struct ExecutionTrace {
    /// The rows of each step: one or two. If the run reached the end of the program, one more row that halts there.
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
        self.heap.values_mut().for_each(Zeroize::zeroize);
    }
}

impl ExecutionTrace {
    /// Runs the program and records every row.
    ///
    /// # Errors
    /// The trap, if the run traps: such a run has no proof.
    pub fn new(program: &Program, inputs: &Inputs, limits: Limits) -> Result<Self, Trap> {
        let _span = debug_span!(target: log::RUN, "record").entered();
        let Encoding { entries, starts } = Encoding::new(program);
        let mut trace = ExecutionTrace {
            rows: Vec::new(),
            entries,
            heap: BTreeMap::new(),
            stack: Vec::new(),
            calls: Vec::new(),
            questions: BTreeMap::new(),
            outputs: Vec::new(),
            steps: 0,
        };
        let mut machine = Machine::new(program, inputs, limits);
        loop {
            let index = machine.pc() as usize;
            let position = |index: usize| starts.get(index).copied();
            let first = position(index).unwrap_or(0);
            let end = position(index + 1).unwrap_or(first + 1);
            let operand = machine
                .current()
                .and_then(|instruction| instruction.operand);
            let mut row = before(&machine);
            let status = machine.step()?;
            for position in first..end {
                row.pc = position;
                let found = trace.entries.get(position as usize).copied();
                let entry = found.unwrap_or(Entry::halt(position));
                trace.follow(&mut row, entry, operand, &machine);
                trace.rows.push(row);
                row = within(&row, entry);
            }
            if status == Status::Halted {
                break;
            }
        }
        trace.outputs = machine.outputs().to_vec();
        trace.steps = machine.steps();
        let (steps, rows) = (trace.steps, trace.rows.len());
        debug!(target: log::RUN, steps, rows, "recorded");
        Ok(trace)
    }

    /// The questions to one table, with the number of rows that ask each.
    #[cfg(feature = "prover")]
    pub(crate) fn asked(
        &self,
        wanted: crate::circuit::cost::Table,
    ) -> impl Iterator<Item = ((u64, u32, u32), u64)> + '_ {
        let asked = self.questions.iter();
        let asked = asked.filter(move |((op, ..), _)| operations::table(*op) == wanted);
        asked.map(|(question, count)| (*question, *count))
    }

    /// Records what a row did to the memory multiset and what its result was. `operand` is that of the instruction.
    /// `machine` is the state after the step.
    fn follow(&mut self, row: &mut Row, entry: Entry, operand: Option<u32>, machine: &Machine<'_>) {
        use Bit::*;
        let now = self.rows.len() as u32 + 1;
        let age = |cell: Cell| now - 1 - cell.time;
        let top_after = machine.stack().last().copied().unwrap_or(0);
        let word = row.top as u32;
        row.set = true;

        if entry.any(&[Add, Sub, Cop, CopCarry, Drop])
            && let Some(cell) = self.stack.pop()
        {
            (row.fill, row.fill_age) = (cell.value, age(cell));
        }
        if entry.has(Push) {
            row.fill = row.top;
            let cell = Cell {
                value: row.top,
                time: now,
            };
            self.stack.push(cell);
        }
        if entry.has(Call) {
            row.fill = u64::from(row.pc) + 1;
            let cell = Cell {
                value: row.fill,
                time: now,
            };
            self.calls.push(cell);
        }
        if entry.has(Ret)
            && let Some(cell) = self.calls.pop()
        {
            (row.fill, row.fill_age) = (cell.value, age(cell));
            row.result = cell.value as u32;
        }

        if entry.any(&[Add, Sub, CopCarry]) {
            row.carry = machine.carry();
        }
        if entry.any(&[Push, Add, Sub, Cop, CopCarry]) {
            row.result = top_after;
        }
        // If an instruction takes two rows, the first may push a word that differs from the final top.
        if entry.has(Imm) {
            row.result = u32::try_from(entry.operand).unwrap_or(0);
        }
        if entry.has(Keep) {
            row.result = if entry.has(Push) { word } else { row.pc };
        }
        if entry.any(&[Cop, CopCarry])
            && let Some(op) = operations::operation(entry.operand)
        {
            let question = (op, row.fill as u32, word);
            row.carry = operations::carry(op, row.fill as u32, word);
            *self.questions.entry(question).or_default() += 1;
        }

        if entry.any(&[AtConst, AtTop, AtDepth]) {
            let put = match (entry.has(AtTop), entry.any(&[Drop, Push])) {
                // The word that LOAD finds, or that STORE found below its address.
                (true, false) => u64::from(top_after),
                (true, true) => row.fill,
                // SWAP n; the word that LOAD and DUP n find, or that STORE takes.
                (false, true) if entry.has(Push) => u64::from(top_after),
                (false, _) => row.top,
            };
            let added = Cell {
                value: put,
                time: now,
            };
            let removed = if entry.has(AtDepth) {
                let index = row.depth.saturating_sub(operand.unwrap_or(1)) as usize;
                self.stack
                    .get_mut(index)
                    .map(|cell| std::mem::replace(cell, added))
            } else {
                let address = if entry.has(AtTop) {
                    word
                } else {
                    operand.unwrap_or(0)
                };
                self.heap.insert(address, added)
            };
            row.set = removed.is_some();
            let removed = removed.unwrap_or(Cell { value: 0, time: 0 });
            row.age = age(removed);
            row.result = removed.value as u32;
        }
        if entry.has(Read) {
            row.age = now - 1;
        }
    }
}

/// The state in which the second row of an instruction begins.
fn within(row: &Row, entry: Entry) -> Row {
    use Bit::*;
    let (depth, top) = if entry.has(Push) {
        (row.depth.saturating_add(1), u64::from(row.result))
    } else if entry.has(Drop) {
        (row.depth.saturating_sub(1), row.fill)
    } else {
        (row.depth, row.top)
    };
    Row {
        depth,
        top,
        calls: row.calls,
        read: row.read,
        written: row.written,
        flag: row.flag,
        ..Row::default()
    }
}

/// The state before a step.
fn before(machine: &Machine<'_>) -> Row {
    Row {
        depth: machine.stack().len() as u32,
        calls: machine.calls().len() as u32,
        read: machine.public_read() as u32,
        written: machine.outputs().len() as u32,
        top: machine
            .stack()
            .last()
            .map_or(EMPTY, |word| u64::from(*word)),
        flag: machine.carry(),
        ..Row::default()
    }
}
