//! Checkpoints: states of a run at some positions. Their size is bounded, and they are close enough that any position
//! is reached quickly from the checkpoint before it.

use super::shared::Shared;
use crate::lang::program::Program;
use crate::vm::heap::{Heap, Page};
use crate::vm::{Inputs, Limits, Machine};

/// Steps between checkpoints at first: well under a millisecond of running.
const FIRST_SPACING: u64 = if cfg!(test) { 8 } else { 4096 };
/// The most checkpoints. In tests the number is small, so that short runs behave like long ones.
const MOST: usize = if cfg!(test) { 6 } else { 256 };
/// The most bytes that all checkpoints take, unless one alone takes more.
const MOST_BYTES: usize = if cfg!(test) { 32 << 10 } else { 96 << 20 };
/// How many words are compared and copied in less time than one step takes.
const WORDS_A_STEP: u64 = 16;

/// A state of a run that has not ended.
struct Checkpoint {
    steps: u64,
    pc: u32,
    carry: bool,
    public_read: usize,
    secret_read: usize,
    stack: Shared<u32>,
    calls: Shared<u32>,
    outputs: Shared<u32>,
    pages: Shared<Page>,
    page_numbers: Shared<u32>,
}

impl Checkpoint {
    fn new(machine: &Machine<'_>, older: Option<&Checkpoint>) -> Self {
        let (pages, numbers) = machine.heap.parts();
        Checkpoint {
            steps: machine.steps,
            pc: machine.pc,
            carry: machine.carry,
            public_read: machine.public_read,
            secret_read: machine.secret_read,
            stack: Shared::new(&machine.stack, older.map(|one| &one.stack)),
            calls: Shared::new(&machine.calls, older.map(|one| &one.calls)),
            outputs: Shared::new(&machine.outputs, older.map(|one| &one.outputs)),
            pages: Shared::new(pages, older.map(|one| &one.pages)),
            page_numbers: Shared::new(numbers, older.map(|one| &one.page_numbers)),
        }
    }

    fn restore<'a>(&self, program: &'a Program, inputs: &'a Inputs, limits: Limits) -> Machine<'a> {
        let mut machine = Machine::without_data(program, inputs, limits);
        machine.steps = self.steps;
        machine.pc = self.pc;
        machine.carry = self.carry;
        machine.public_read = self.public_read;
        machine.secret_read = self.secret_read;
        machine.stack = self.stack.to_vec();
        machine.calls = self.calls.to_vec();
        machine.outputs = self.outputs.to_vec();
        machine.heap = Heap::from_parts(self.pages.to_vec(), self.page_numbers.to_vec());
        machine
    }

    /// Bytes that this checkpoint takes, without what it shares with the older one.
    fn bytes(&self, older: Option<&Checkpoint>) -> usize {
        size_of::<Checkpoint>()
            + self.stack.bytes(older.map(|one| &one.stack))
            + self.calls.bytes(older.map(|one| &one.calls))
            + self.outputs.bytes(older.map(|one| &one.outputs))
            + self.pages.bytes(older.map(|one| &one.pages))
            + self.page_numbers.bytes(older.map(|one| &one.page_numbers))
    }
}

/// The checkpoints of a run, in order. There is one at the beginning, unless the run has ended there.
pub(super) struct Checkpoints {
    list: Vec<Checkpoint>,
    /// Steps from one checkpoint to the next.
    spacing: u64,
    /// The position of the next checkpoint.
    due: u64,
    bytes: usize,
}

impl Checkpoints {
    /// The list with the checkpoint at the beginning.
    pub fn new(start: &Machine<'_>) -> Self {
        let mut checkpoints = Checkpoints {
            list: Vec::new(),
            spacing: FIRST_SPACING,
            due: 0,
            bytes: 0,
        };
        if !start.has_ended() {
            checkpoints.take(start);
        }
        checkpoints
    }

    /// The position at which the next checkpoint is to be taken.
    #[inline]
    pub fn due(&self) -> u64 {
        self.due
    }

    /// Bytes that all checkpoints take.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes a checkpoint. The machine is past the last checkpoint and has not ended.
    #[cold]
    pub fn take(&mut self, machine: &Machine<'_>) {
        let older = self.list.last();
        let checkpoint = Checkpoint::new(machine, older);
        self.bytes += checkpoint.bytes(older);
        self.list.push(checkpoint);
        while self.list.len() > MOST || (self.bytes > MOST_BYTES && self.list.len() > 1) {
            self.thin();
        }
        // Taking a checkpoint must not cost more than running to it.
        let words = (machine.memory() / size_of::<u32>()) as u64;
        self.due = machine
            .steps
            .saturating_add(self.spacing.max(words / WORDS_A_STEP));
    }

    /// Drops every second checkpoint, and doubles the distance of the next ones.
    fn thin(&mut self) {
        let mut place = 0;
        self.list.retain(|_| {
            place += 1;
            place % 2 == 1
        });
        self.spacing = self.spacing.saturating_mul(2);
        self.recount();
    }

    /// Drops the checkpoints from a position on, because the run changes there.
    pub fn forget_from(&mut self, position: u64) {
        self.list.retain(|one| one.steps < position);
        self.recount();
    }

    fn recount(&mut self) {
        let older = std::iter::once(None).chain(self.list.iter().map(Some));
        self.bytes = self
            .list
            .iter()
            .zip(older)
            .map(|(one, older)| one.bytes(older))
            .sum();
    }

    /// The position of the last checkpoint at or before a position.
    pub fn position_before(&self, position: u64) -> u64 {
        self.before(position).map_or(0, |one| one.steps)
    }

    /// The machine at the last checkpoint at or before a position.
    pub fn restore<'a>(
        &self,
        position: u64,
        program: &'a Program,
        inputs: &'a Inputs,
        limits: Limits,
    ) -> Machine<'a> {
        match self.before(position) {
            Some(one) => one.restore(program, inputs, limits),
            None => Machine::new(program, inputs, limits),
        }
    }

    fn before(&self, position: u64) -> Option<&Checkpoint> {
        let after = self.list.partition_point(|one| one.steps <= position);
        self.list.get(after.checked_sub(1)?)
    }
}
