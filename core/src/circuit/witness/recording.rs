//! A run as the circuit sees it: what each step's row commits to, independent of any tier.

use crate::circuit::encoding::{encode, Bit, Entry};
use crate::circuit::tuple::EMPTY;
use crate::program::Program;
use crate::vm::{Inputs, Limits, Machine, Status, Trap};
use std::collections::BTreeMap;
use zeroize::{DefaultIsZeroes, Zeroize};

/// What a row commits to besides its instruction.
#[derive(Clone, Copy, Default)]
pub struct Row {
    /// Index of the instruction.
    pub pc: u32,
    /// Stack depth.
    pub depth: u32,
    /// Open calls.
    pub calls: u32,
    /// Public words read.
    pub read: u32,
    /// Public words written.
    pub written: u32,
    /// The top register: a word, or 2^33 over an empty stack.
    pub top: u64,
    /// Carry flag.
    pub flag: bool,
    /// Carry out.
    pub carry: bool,
    /// The value the stack port spills or fills.
    pub fill: u64,
    /// Distance in time to the removed stack cell, less one.
    pub fill_age: u32,
    /// The same for the general port.
    pub age: u32,
    /// The second fill.
    pub second: u64,
    /// Its distance in time.
    pub second_age: u32,
    /// Whether the removed cell was stored.
    pub set: bool,
    /// The row's result.
    pub result: u32,
}

impl DefaultIsZeroes for Row {}

/// A live cell: its value and the row's time it was added at.
#[derive(Clone, Copy, Default)]
pub struct Cell {
    /// The value.
    pub value: u64,
    /// The time.
    pub time: u32,
}

impl DefaultIsZeroes for Cell {}

/// A run that halted. Its values are overwritten when it is dropped, but for the coprocessors' questions.
pub struct Recording {
    /// One row a step; if the run fell off the program's end, one more that halts there.
    pub rows: Vec<Row>,
    /// The program table entry at each index, the end's included.
    pub entries: Vec<Entry>,
    /// Heap cells that were touched.
    pub heap: BTreeMap<u32, Cell>,
    /// Cells left on the operand stack.
    pub stack: Vec<Cell>,
    /// Cells left on the call stack.
    pub calls: Vec<Cell>,
    /// Coprocessor questions (operation, a, b), and how many rows ask each.
    pub questions: BTreeMap<(u64, u32, u32), u64>,
    /// Public output.
    pub outputs: Vec<u32>,
    /// Steps taken.
    pub steps: u64,
}

impl Drop for Recording {
    fn drop(&mut self) {
        self.rows.zeroize();
        self.stack.zeroize();
        self.calls.zeroize();
        self.heap.values_mut().for_each(Zeroize::zeroize);
    }
}

impl Recording {
    /// Runs the program and notes every row.
    ///
    /// # Errors
    /// The trap, if the run traps: such a run has no proof.
    pub fn new(program: &Program, inputs: &Inputs, limits: Limits) -> Result<Self, Trap> {
        let mut entries: Vec<Entry> = Vec::with_capacity(program.instructions().len() + 1);
        for (index, instruction) in program.instructions().iter().enumerate() {
            entries.push(encode(*instruction, index as u32));
        }
        entries.push(Entry::end());
        let mut recording = Recording {
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
            let mut row = before(&machine);
            let entry = recording.entries.get(machine.pc() as usize).copied();
            let entry = entry.unwrap_or(Entry::end());
            let operand = machine
                .current()
                .and_then(|instruction| instruction.operand);
            let status = machine.step()?;
            recording.follow(&mut row, entry, operand, &machine);
            recording.rows.push(row);
            if status == Status::Halted {
                break;
            }
        }
        recording.outputs = machine.outputs().to_vec();
        recording.steps = machine.steps();
        Ok(recording)
    }

    /// Notes what a step did to the memory bag and what its result was. `machine` is after the step.
    fn follow(&mut self, row: &mut Row, entry: Entry, operand: Option<u32>, machine: &Machine<'_>) {
        use Bit::*;
        let now = self.rows.len() as u32 + 1;
        let has = |bits: &[Bit]| bits.iter().any(|bit| entry.has(*bit));
        let age = |cell: Cell| now - 1 - cell.time;
        let top_after = machine.stack().last().copied().unwrap_or(0);
        let word = row.top as u32;
        row.set = true;

        if has(&[Add, Sub, Eq, Lt, Gt, Cop, CopCarry, Jz, Jnz, Drop, StoreTop]) {
            if let Some(cell) = self.stack.pop() {
                (row.fill, row.fill_age) = (cell.value, age(cell));
            }
        }
        if has(&[StoreTop]) {
            if let Some(cell) = self.stack.pop() {
                (row.second, row.second_age) = (cell.value, age(cell));
            }
        }
        let below = row.fill as u32;
        if has(&[Add, Sub, CopCarry]) {
            row.carry = machine.carry();
        }
        if has(&[Eq, Lt, Gt]) {
            (row.result, row.carry) = below.overflowing_sub(word);
        }
        if has(&[Result, Add, Sub, Cop, CopCarry]) {
            row.result = top_after;
        }
        if has(&[Jz, Jnz, Not, Test]) {
            row.result = word;
        }
        if has(&[Cop, CopCarry]) {
            if let Some(op) = super::coprocessors::operation(entry.operand) {
                row.carry = super::coprocessors::carry(op, below, word);
                *self.questions.entry((op, below, word)).or_default() += 1;
            }
        }

        if has(&[Replace]) {
            let put = match (entry.has(StoreTop), entry.has(PutTop)) {
                (true, _) => row.fill,
                (false, true) => row.top,
                (false, false) => u64::from(top_after),
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
        if has(&[Read]) {
            row.age = now - 1;
        }
        if has(&[Call]) {
            self.calls.push(Cell {
                value: u64::from(row.pc) + 1,
                time: now,
            });
        }
        if has(&[Ret]) {
            row.result = machine.pc();
            if let Some(cell) = self.calls.pop() {
                row.age = age(cell);
            }
        }
        if has(&[Imm, Push]) {
            row.fill = row.top;
            self.stack.push(Cell {
                value: row.top,
                time: now,
            });
        }
    }
}

/// The state before a step.
fn before(machine: &Machine<'_>) -> Row {
    Row {
        pc: machine.pc(),
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
