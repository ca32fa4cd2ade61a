//! Attributes every row of a run while it runs. What is kept does not grow with the number of steps, but with the
//! distinct questions, addresses and paths of calls, and with the heights of the stacks.

use super::call_tree::CallTree;
use super::frames::Frames;
use super::parts::{InstructionUsage, Profile, ProfileError};
use super::routines::Routines;
use crate::circuit::cost::{self, Table};
use crate::circuit::encoding::Bit;
use crate::circuit::execution_trace::ExecutionTrace;
use crate::circuit::operations;
use crate::circuit::recording::{Recording, RowGroup};
use crate::circuit::usage::Usage;
use crate::lang::program::{Instruction, Program};
use crate::progress::Progress;
use crate::vm::{Inputs, Limits, Status, Trap};

/// Groups of instructions between two reports of progress.
const STRIDE: u64 = 65_536;

/// Runs a program that is known to halt after `steps` steps, and attributes its rows.
///
/// # Errors
/// The trap, or that `progress` cancels.
pub fn profile(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    steps: u64,
    routines: &dyn Routines,
    progress: &dyn Progress,
) -> Result<Profile, ProfileError> {
    let mut recording = Recording::new(program, inputs, limits);
    let mut attribution = Attribution::new(program, &recording);
    let (mut status, mut groups) = (Status::Running, 0u64);
    while status == Status::Running {
        if groups % STRIDE == 0 {
            let done = recording.machine().steps();
            progress.phase("profile", done as f64 / steps.max(1) as f64);
            if progress.is_cancelled() {
                return Err(ProfileError::Cancelled);
            }
        }
        groups += 1;
        status = attribution
            .group(&mut recording, routines)
            .map_err(ProfileError::Trapped)?;
    }
    Ok(attribution.finish(recording.machine().steps()))
}

/// Where a cell of a stack comes from.
#[derive(Clone, Copy)]
struct Origin {
    index: usize,
    node: usize,
}

struct Attribution<'a> {
    program: &'a Program,
    instructions: Vec<InstructionUsage>,
    tree: CallTree,
    frames: Frames,
    /// What was used so far, apart from what is left on the stacks at the end.
    so_far: Usage,
    /// Of each cell of the operand stack and of the call stack, where it comes from.
    stack: Vec<Origin>,
    calls: Vec<Origin>,
}

impl<'a> Attribution<'a> {
    fn new(program: &'a Program, recording: &Recording<'_>) -> Self {
        let length = program.instructions().len();
        let mut instructions = vec![InstructionUsage::default(); length + 1];
        let mut index = 0;
        while let Some((group, rows)) = recording.encoding().group(index) {
            if let Some(first) = instructions.get_mut(group.start) {
                first.usage.program = rows.len();
            }
            index = group.end;
        }
        if let Some(end) = instructions.last_mut() {
            end.usage.program = 1;
        }
        Attribution {
            program,
            instructions,
            tree: CallTree::default(),
            frames: Frames::new(),
            so_far: Usage::default(),
            stack: Vec::new(),
            calls: Vec::new(),
        }
    }

    /// Executes the next group and attributes its rows.
    fn group(
        &mut self,
        recording: &mut Recording<'_>,
        routines: &dyn Routines,
    ) -> Result<Status, Trap> {
        let group = recording.next_group();
        let first = group.instructions.start;
        let copies = routines.inlined(u32::try_from(first).unwrap_or(u32::MAX));
        self.frames.stand_in(&mut self.tree, copies, self.so_far);
        let status = recording.execute(&group)?;
        let is_first = self
            .instructions
            .get(first)
            .is_some_and(|one| one.executions == 0);
        if is_first {
            self.spend(Usage {
                program: group.rows.len(),
                ..Usage::default()
            });
        }
        for index in group.instructions.clone() {
            if let Some(one) = self.instructions.get_mut(index) {
                one.executions += 1;
            }
        }
        for position in group.rows.clone() {
            self.row(recording, &group, position);
        }
        // A CALL or a RET ends its group.
        let last = group.rows.end.saturating_sub(1);
        let last = recording.entry(last);
        if last.has(Bit::Call) {
            let routine = routines.called(recording.machine().pc());
            self.frames.call(&mut self.tree, routine, self.so_far);
        } else if last.has(Bit::Ret) {
            self.frames.ret(self.so_far);
        }
        recording.forget_rows();
        Ok(status)
    }

    /// Records a row, and attributes it and the rows of other tables that it asks for.
    fn row(&mut self, recording: &mut Recording<'_>, group: &RowGroup, position: u32) {
        let before = Sizes::of(recording.trace());
        recording.row(position);
        let after = Sizes::of(recording.trace());
        let first = group.instructions.start;
        let one = Usage {
            rows: 1,
            ..Usage::default()
        };
        self.take(first, one);
        let mut asked = Usage::default();
        let entry = recording.entry(position);
        let operation = operations::operation(entry.operand);
        if let (Some((op, _)), true) = (operation, after.questions > before.questions) {
            match operations::table(op) {
                Table::Arithmetic => asked.arithmetic = 1,
                Table::Bitwise => asked.bitwise = 1,
                _ => asked.compare = 1,
            }
            self.take(self.asker(group, operations::table(op)), asked);
        }
        if after.heap > before.heap {
            let heap = Usage {
                heap: after.heap - before.heap,
                ..Usage::default()
            };
            self.take(self.asker(group, Table::Heap), heap);
        }
        if after.compressions > before.compressions {
            let sha256 = Usage {
                sha256: after.compressions - before.compressions,
                ..Usage::default()
            };
            self.take(self.asker(group, Table::Sha256), sha256);
        }
        let origin = Origin {
            index: first,
            node: self.frames.node(),
        };
        self.stack.resize(after.stack, origin);
        self.calls.resize(after.calls, origin);
    }

    /// The instruction of a group that uses a table, or its first: ROTR without operand takes a row of a table that is
    /// not its own.
    fn asker(&self, group: &RowGroup, table: Table) -> usize {
        let all = self.program.instructions();
        let instructions = all.get(group.instructions.clone()).unwrap_or_default();
        let uses = |one: &Instruction| cost::table(one.op) == Some(table);
        let place = instructions.iter().position(uses);
        group.instructions.start + place.unwrap_or(0)
    }

    /// Attributes a usage to an instruction, and to the path of calls that is open.
    fn take(&mut self, index: usize, usage: Usage) {
        if let Some(one) = self.instructions.get_mut(index) {
            one.usage += usage;
        }
        self.spend(usage);
    }

    /// Attributes a usage to the path of calls that is open.
    fn spend(&mut self, usage: Usage) {
        self.tree.add(self.frames.node(), usage);
        self.so_far += usage;
    }

    fn finish(mut self, steps: u64) -> Profile {
        let (stack, calls) = (
            Usage {
                stack: 1,
                ..Usage::default()
            },
            Usage {
                calls: 1,
                ..Usage::default()
            },
        );
        let stack = self.stack.iter().map(|origin| (*origin, stack));
        let left = stack.chain(self.calls.iter().map(|origin| (*origin, calls)));
        for (origin, one) in left {
            self.tree.add(origin.node, one);
            if let Some(instruction) = self.instructions.get_mut(origin.index) {
                instruction.usage += one;
            }
        }
        let data = Usage {
            heap: self.program.data().len(),
            ..Usage::default()
        };
        let mut usage = data;
        let mut not_executed = Usage::default();
        for one in &self.instructions {
            usage += one.usage;
            if one.executions == 0 {
                not_executed.program += one.usage.program;
            }
        }
        Profile {
            steps,
            usage,
            instructions: self.instructions,
            data,
            routines: self.frames.finish(&self.tree, self.so_far),
            not_executed,
            calls: self.tree,
        }
    }
}

/// The sizes of what a row may make longer.
struct Sizes {
    questions: usize,
    heap: usize,
    compressions: usize,
    stack: usize,
    calls: usize,
}

impl Sizes {
    fn of(trace: &ExecutionTrace) -> Sizes {
        Sizes {
            questions: trace.questions.len(),
            heap: trace.heap.len(),
            compressions: trace.compressions.len(),
            stack: trace.stack.len(),
            calls: trace.calls.len(),
        }
    }
}
