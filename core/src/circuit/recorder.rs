//! Records rows: each does what its entry says to the state that the row before it left.
//!
//! The machine runs the program and decides whether it traps. The rows follow the entries and not the instructions,
//! since several instructions may be one row. So this is the step row of `docs/proof-system.md`, computed.

use super::encoding::{Bit, Entry};
use super::execution_trace::{Cell, ExecutionTrace, Row};
use super::operations::{self, EMPTY};
use crate::circuit::cost::Table;
use crate::circuit::execution_trace::Compression;
use crate::lang::program::Program;
use crate::vm::sha256::compress;
use crate::vm::{Inputs, alu};

/// Records the rows of one run.
pub(super) struct Recorder<'a> {
    inputs: &'a Inputs,
    secret_read: usize,
    /// Rows that were recorded, be they kept or not.
    rows: u32,
    /// The state in which the next row begins.
    state: Row,
    /// What is recorded. Rows and executions of SHA256 can be taken away from it: no later row depends on them.
    pub(super) trace: ExecutionTrace,
}

impl<'a> Recorder<'a> {
    /// No rows, and the state in which a run of the program begins.
    pub(super) fn new(program: &Program, inputs: &'a Inputs) -> Self {
        let data = program.data().iter().map(|(address, word)| {
            let value = u64::from(*word);
            (*address, Cell { value, time: 0 })
        });
        let mut trace = ExecutionTrace::default();
        trace.heap.extend(data);
        Recorder {
            inputs,
            secret_read: 0,
            rows: 0,
            state: Row {
                top: EMPTY,
                ..Row::default()
            },
            trace,
        }
    }

    /// The row that executes an entry. The run does not trap there.
    pub(super) fn row(&mut self, position: u32, entry: Entry) {
        use Bit::*;
        let mut row = Row {
            pc: position,
            set: true,
            ..self.state
        };
        self.stack_port(&mut row, &entry);
        self.compute(&mut row, &entry);
        let replaced = self
            .place(&row, &entry)
            .map(|place| (place, self.taken(place)));
        if let Some((_, taken)) = replaced {
            row.set = taken.is_some();
            let taken = taken.unwrap_or_default();
            row.age = self.since(taken.time);
            row.result = taken.value as u32;
        }
        let next_top = if entry.result_is_next_top() {
            u64::from(row.result)
        } else if entry.has(Drop) {
            row.fill
        } else {
            row.top
        };
        if let Some((place, _)) = replaced {
            let loads = entry.has(Push);
            let value = if loads { next_top } else { row.top };
            self.put(place, value);
        }
        if entry.has(Read) {
            row.age = self.since(0);
        }
        if entry.has(Hash) {
            self.hash(row.fill as u32, row.top as u32);
        }
        let moved = i64::from(row.depth) + i64::from(entry.has(Push)) - i64::from(entry.pops());
        self.state = Row {
            depth: moved as u32,
            calls: row.calls + u32::from(entry.has(Call)) - u32::from(entry.has(Ret)),
            read: row.read + u32::from(entry.has(Read)),
            written: row.written + u32::from(entry.has(Write)),
            top: next_top,
            flag: match entry.any(&[Add, Sub, CopCarry]) {
                true => row.carry,
                false => row.flag,
            },
            ..Row::default()
        };
        self.trace.rows.push(row);
        self.rows = self.rows.wrapping_add(1);
    }

    /// The time of the row. Only in runs that are longer than any proof does it begin again.
    fn now(&self) -> u32 {
        self.rows.wrapping_add(1)
    }

    /// The distance in time from a row to this one, minus one.
    fn since(&self, time: u32) -> u32 {
        self.rows.wrapping_sub(time)
    }

    fn stack_port(&mut self, row: &mut Row, entry: &Entry) {
        use Bit::*;
        let time = self.now();
        if entry.any(&[Push, Here]) {
            row.fill = row.top;
        }
        if entry.has(Call) {
            row.fill = u64::from(row.pc) + 1;
        }
        let on_calls = entry.any(&[Call, Ret]);
        let cells = match on_calls {
            true => &mut self.trace.calls,
            false => &mut self.trace.stack,
        };
        let taken = match entry.stack_port() {
            1 => {
                let value = row.fill;
                cells.push(Cell { value, time });
                None
            }
            -1 => cells.pop(),
            _ => None,
        };
        if let Some(cell) = taken {
            (row.fill, row.fill_age) = (cell.value, self.since(cell.time));
        }
    }

    /// The result and the carry, unless the general port gives the result.
    fn compute(&mut self, row: &mut Row, entry: &Entry) {
        use Bit::*;
        let here = entry.has(Here);
        let (fill, top) = (row.fill as u32, row.top as u32);
        if entry.any(&[Add, Sub]) {
            let operation = if entry.has(Add) { alu::add } else { alu::sub };
            let word = entry.operand.unsigned_abs() as u32;
            let other = if here { word } else { top };
            (row.result, row.carry) = operation(fill, other);
        } else if entry.any(&[Cop, CopCarry]) {
            if let Some((op, word)) = operations::operation(entry.operand) {
                let other = if here { word } else { top };
                row.result = answer(op, fill, other);
                row.carry = operations::carry(op, fill, other);
                *self.trace.questions.entry((op, fill, other)).or_default() += 1;
            }
        } else if entry.has(Imm) {
            row.result = if here { top } else { entry.operand as u32 };
        } else if entry.has(Ret) {
            row.result = fill;
        } else if entry.has(Read) {
            let word = self.inputs.public.get(row.read as usize);
            row.result = word.copied().unwrap_or(0);
        } else if entry.bits == 1 << Push as u32 {
            let word = self.inputs.secret.get(self.secret_read);
            row.result = word.copied().unwrap_or(0);
            self.secret_read += 1;
        }
    }

    /// What a row of the SHA-256 table does on behalf of this row.
    fn hash(&mut self, state_address: u32, block_address: u32) {
        let time = self.now();
        let heap = &mut self.trace.heap;
        let mut compression = Compression {
            time,
            block_address,
            state_address,
            ..Compression::default()
        };
        for (offset, cell) in (0..).zip(&mut compression.block) {
            let address = block_address.wrapping_add(offset);
            *cell = heap.get(&address).copied().unwrap_or_default();
            let value = cell.value;
            heap.insert(address, Cell { value, time });
        }
        for (offset, cell) in (0..).zip(&mut compression.state) {
            let address = state_address.wrapping_add(offset);
            *cell = heap.get(&address).copied().unwrap_or_default();
        }
        let state = compression.state.map(|cell| cell.value as u32);
        let block = compression.block.map(|cell| cell.value as u32);
        for (offset, word) in (0..).zip(compress(state, block)) {
            let address = state_address.wrapping_add(offset);
            let value = u64::from(word);
            heap.insert(address, Cell { value, time });
        }
        self.trace.compressions.push(compression);
    }

    /// The cell that the general port replaces.
    fn place(&self, row: &Row, entry: &Entry) -> Option<Place> {
        use Bit::*;
        if entry.has(AtDepth) {
            let index = i128::from(row.depth) + entry.operand;
            return Some(Place::Stack(index as usize));
        }
        let base = if entry.has(AtAddr) { row.fill } else { 0 };
        let address = i128::from(base) + entry.operand;
        entry
            .any(&[AtConst, AtAddr])
            .then_some(Place::Heap(address as u32))
    }

    fn taken(&self, place: Place) -> Option<Cell> {
        match place {
            Place::Heap(address) => self.trace.heap.get(&address).copied(),
            Place::Stack(index) => self.trace.stack.get(index).copied(),
        }
    }

    fn put(&mut self, place: Place, value: u64) {
        let time = self.now();
        let cell = Cell { value, time };
        match place {
            Place::Heap(address) => {
                self.trace.heap.insert(address, cell);
            }
            Place::Stack(index) => {
                if let Some(slot) = self.trace.stack.get_mut(index) {
                    *slot = cell;
                }
            }
        }
    }
}

/// A cell of the heap, or of the stack below the top.
#[derive(Clone, Copy)]
enum Place {
    Heap(u32),
    Stack(usize),
}

/// The result of a coprocessor operation.
fn answer(op: u64, a: u32, b: u32) -> u32 {
    use operations::*;
    match operations::table(op) {
        Table::Arithmetic => {
            let answer = Answer::new(op, a, b);
            match op {
                COP_ROTL => answer.result.wrapping_add(answer.other),
                _ => answer.result,
            }
        }
        _ => match op {
            COP_LT => alu::lt(a, b),
            COP_EQ => alu::eq(a, b),
            COP_GT => alu::gt(a, b),
            COP_AND => alu::and(a, b),
            COP_OR => alu::or(a, b),
            _ => alu::xor(a, b),
        },
    }
}
