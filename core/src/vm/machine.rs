//! The state of the machine, and the beginning and the end of a step. `execute` has the effect of each instruction.

use super::next::Next;
use super::{Heap, Inputs, Trap, TrapReason};
use crate::lang::program::{Instruction, Program};
use zeroize::Zeroize;

/// The limits of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most steps. If the run would take more, it traps.
    pub max_steps: u64,
    /// The most bytes of stack, heap, call stack and output together. The heap counts in whole pages.
    pub max_memory: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_steps: 10_000_000,
            max_memory: 1 << 30,
        }
    }
}

/// Whether a run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The run goes on.
    Running,
    /// The run halted.
    Halted,
}

/// The state of a run.
///
/// ```
/// use provable::{lang::{isa::Op, program::{Instruction, Program}}, vm::{Inputs, Limits, Machine, Status}};
///
/// let program = Program::new([(Instruction { op: Op::Push, operand: Some(7) }, 1)]);
/// let inputs = Inputs::default();
/// let mut machine = Machine::new(&program, &inputs, Limits::default());
/// assert_eq!(machine.step(), Ok(Status::Running));
/// assert_eq!(machine.step(), Ok(Status::Halted)); // the end of the program: no step
/// assert_eq!((machine.stack(), machine.steps()), (&[7][..], 1));
/// ```
#[derive(Clone)]
pub struct Machine<'a> {
    pub(super) program: &'a Program,
    pub(super) inputs: &'a Inputs,
    pub(super) limits: Limits,
    pub(super) pc: u32,
    pub(super) stack: Vec<u32>,
    pub(super) heap: Heap,
    pub(super) carry: bool,
    pub(super) calls: Vec<u32>,
    pub(super) public_read: usize,
    pub(super) secret_read: usize,
    pub(super) outputs: Vec<u32>,
    pub(super) steps: u64,
    /// The result of the run, once it has ended.
    ended: Option<Result<(), Trap>>,
}

/// The words may be secret, so they are overwritten. The heap overwrites itself.
impl Drop for Machine<'_> {
    fn drop(&mut self) {
        self.stack.zeroize();
        self.calls.zeroize();
    }
}

impl<'a> Machine<'a> {
    /// A machine before its first step, with the program's data in the heap. If they take more memory than the limit
    /// allows, the run has ended in a trap.
    pub fn new(program: &'a Program, inputs: &'a Inputs, limits: Limits) -> Self {
        let mut machine = Machine::without_data(program, inputs, limits);
        for &(address, word) in program.data() {
            if machine.heap.bytes() + machine.heap.growth(address) > limits.max_memory {
                let count = program.data().len();
                let limit = limits.max_memory;
                // The state of such a run is one without data.
                machine.heap = Heap::default();
                let _ = machine.end(Err(TrapReason::DataTooLarge { count, limit }));
                break;
            }
            machine.heap.store(address, word);
        }
        machine
    }

    /// As [`Machine::new`], for a state whose heap is put in afterwards.
    pub(super) fn without_data(program: &'a Program, inputs: &'a Inputs, limits: Limits) -> Self {
        Machine {
            program,
            inputs,
            limits,
            pc: 0,
            stack: Vec::new(),
            heap: Heap::default(),
            carry: false,
            calls: Vec::new(),
            public_read: 0,
            secret_read: 0,
            outputs: Vec::new(),
            steps: 0,
            ended: None,
        }
    }

    /// The index of the next instruction.
    pub fn pc(&self) -> u32 {
        self.pc
    }

    /// The operand stack, top last.
    pub fn stack(&self) -> &[u32] {
        &self.stack
    }

    /// The heap's word at an address; `None` if the address was never stored and holds no data.
    pub fn heap_get(&self, address: u32) -> Option<u32> {
        self.heap.get(address)
    }

    /// Every address that holds a word, with the word, in the order of addresses.
    pub fn heap(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.heap.iter()
    }

    /// The number of addresses that hold a word.
    pub fn heap_len(&self) -> usize {
        self.heap.len()
    }

    /// The carry flag.
    pub fn carry(&self) -> bool {
        self.carry
    }

    /// The flags as one byte: bit 0 is the carry flag, the others are zero.
    pub fn flags(&self) -> u8 {
        u8::from(self.carry)
    }

    /// Return addresses of the open calls, the latest last.
    pub fn calls(&self) -> &[u32] {
        &self.calls
    }

    /// How many public words were read.
    pub fn public_read(&self) -> usize {
        self.public_read
    }

    /// How many secret words were read.
    pub fn secret_read(&self) -> usize {
        self.secret_read
    }

    /// The public output so far.
    pub fn outputs(&self) -> &[u32] {
        &self.outputs
    }

    /// Steps taken. HALT counts, and so does an instruction that trapped. The number never exceeds the limit.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The program that runs.
    pub fn program(&self) -> &'a Program {
        self.program
    }

    /// The instruction at `pc`; `None` at the end of the program.
    pub fn current(&self) -> Option<Instruction> {
        self.program.instructions().get(self.pc as usize).copied()
    }

    /// Whether the run has ended, by halting or by a trap.
    pub fn has_ended(&self) -> bool {
        self.ended.is_some()
    }

    /// The result of the run, once it has ended.
    ///
    /// # Errors
    /// The trap, if the run ended in one.
    pub fn ending(&self) -> Option<Result<(), &Trap>> {
        self.ended.as_ref().map(|how| how.as_ref().copied())
    }

    /// Whether [`Machine::step`] would take a step: the run has not ended, is not at the end of the program, and is
    /// below its limit. The trace consists of the states before every step and the state after the last.
    pub fn will_step(&self) -> bool {
        self.ended.is_none() && self.current().is_some() && self.steps < self.limits.max_steps
    }

    /// Takes a step. At the end of the program the run halts without a step. After the run has ended, returns the same
    /// result again.
    ///
    /// # Errors
    /// A trap. The state stays as it was before the instruction, except for the number of steps: an instruction that
    /// traps is counted. Traps that no instruction causes (at the end of the program, or at the limit of steps) are not
    /// counted.
    #[inline]
    pub fn step(&mut self) -> Result<Status, Trap> {
        if self.ended.is_some() {
            return self.outcome_again();
        }
        let Some(instruction) = self.current() else {
            return self.end(self.all_public_read());
        };
        if self.steps >= self.limits.max_steps {
            return self.end(Err(TrapReason::StepLimit {
                limit: self.limits.max_steps,
            }));
        }
        self.steps += 1;
        match self.execute(instruction) {
            Ok(Next::Following) => self.pc = self.following(),
            Ok(Next::At(target)) => self.pc = target,
            Ok(Next::Halt) => return self.end(Ok(())),
            Err(reason) => return self.end(Err(reason)),
        }
        Ok(Status::Running)
    }

    /// The index after this one. It cannot overflow unless a program takes 48 GiB.
    pub(super) fn following(&self) -> u32 {
        self.pc.wrapping_add(1)
    }

    /// A proof covers the whole public input, so a run may not halt before it has read all of it.
    pub(super) fn all_public_read(&self) -> Result<(), TrapReason> {
        match self.inputs.public.len() - self.public_read {
            0 => Ok(()),
            left => Err(TrapReason::PublicInputUnread { left }),
        }
    }

    /// Bytes taken by everything that grows.
    pub(super) fn memory(&self) -> usize {
        (self.stack.len() + self.calls.len() + self.outputs.len()) * size_of::<u32>()
            + self.heap.bytes()
    }

    #[cold]
    fn end(&mut self, how: Result<(), TrapReason>) -> Result<Status, Trap> {
        let pc = self.pc;
        // The data are of the whole program.
        let is_placed = !matches!(how, Err(TrapReason::DataTooLarge { .. }));
        let line = self.program.line(pc).filter(|_| is_placed);
        self.ended = Some(how.map_err(|reason| Trap { reason, pc, line }));
        self.outcome_again()
    }

    #[cold]
    fn outcome_again(&self) -> Result<Status, Trap> {
        match &self.ended {
            Some(Err(trap)) => Err(trap.clone()),
            Some(Ok(())) => Ok(Status::Halted),
            None => Ok(Status::Running),
        }
    }
}
