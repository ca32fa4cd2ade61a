//! The effect of each instruction on the state. All trap conditions are checked before anything is changed, so a trap
//! leaves the state as it was.

use super::next::Next;
use super::{Machine, TrapReason, alu};
use crate::lang::isa::Op;
use crate::lang::program::Instruction;

type Done = Result<(), TrapReason>;

impl Machine<'_> {
    #[inline(always)] // the loop of `run` is this match
    pub(super) fn execute(&mut self, instruction: Instruction) -> Result<Next, TrapReason> {
        match instruction.op {
            Op::Push => self.push(required(instruction)?)?,
            Op::Pop => drop(self.pop()?),
            Op::Dup => self.dup(depth(instruction))?,
            Op::Swap => self.swap(depth(instruction))?,
            Op::Add => self.carrying(alu::add)?,
            Op::Sub => self.carrying(alu::sub)?,
            Op::Mul => self.carrying(alu::mul)?,
            Op::Div => self.dividing(alu::div)?,
            Op::Mod => self.dividing(alu::modulo)?,
            Op::And => self.binary(alu::and)?,
            Op::Or => self.binary(alu::or)?,
            Op::Xor => self.binary(alu::xor)?,
            Op::Not => self.not()?,
            Op::Shl => self.shifting(alu::shl)?,
            Op::Shr => self.shifting(alu::shr)?,
            Op::Eq => self.binary(alu::eq)?,
            Op::Lt => self.binary(alu::lt)?,
            Op::Gt => self.binary(alu::gt)?,
            Op::Jmp => return self.jump(instruction),
            Op::Jz => return self.jump_on_word(instruction, |word| word == 0),
            Op::Jnz => return self.jump_on_word(instruction, |word| word != 0),
            Op::Jc => return self.jump_if(instruction, self.carry),
            Op::Jnc => return self.jump_if(instruction, !self.carry),
            Op::Call => return self.call(instruction),
            Op::Ret => return self.calls.pop().map(Next::At).ok_or(TrapReason::NoOpenCall),
            Op::Load => self.load(instruction.operand)?,
            Op::Store => self.store(instruction.operand)?,
            Op::Read => self.read()?,
            Op::Secret => self.secret()?,
            Op::Write => self.write()?,
            Op::Assert => self.assert()?,
            Op::Nop => {}
            Op::Halt => return self.all_public_read().map(|()| Next::Halt),
        }
        Ok(Next::Following)
    }

    fn underflow(&self, needs: u64) -> TrapReason {
        TrapReason::StackUnderflow {
            needs,
            depth: self.stack.len(),
        }
    }

    fn check_memory(&self, bytes: usize) -> Done {
        if self.memory().saturating_add(bytes) <= self.limits.max_memory {
            Ok(())
        } else {
            Err(TrapReason::MemoryLimit {
                limit: self.limits.max_memory,
            })
        }
    }

    fn top(&self) -> Result<u32, TrapReason> {
        self.stack.last().copied().ok_or_else(|| self.underflow(1))
    }

    fn pop(&mut self) -> Result<u32, TrapReason> {
        let top = self.top()?;
        self.stack.pop();
        Ok(top)
    }

    fn push(&mut self, word: u32) -> Done {
        self.check_memory(size_of::<u32>())?;
        self.stack.push(word);
        Ok(())
    }

    fn dup(&mut self, n: u32) -> Done {
        match self.stack.iter().nth_back(n as usize) {
            Some(&word) => self.push(word),
            None => Err(self.underflow(u64::from(n) + 1)),
        }
    }

    fn swap(&mut self, n: u32) -> Done {
        let depth = self.stack.len();
        let mut words = self.stack.iter_mut();
        let underflow = TrapReason::StackUnderflow {
            needs: u64::from(n) + 1,
            depth,
        };
        let Some(top) = words.next_back() else {
            return Err(underflow);
        };
        if n == 0 {
            return Ok(());
        }
        match words.nth_back(n as usize - 1) {
            Some(other) => {
                std::mem::swap(top, other);
                Ok(())
            }
            None => Err(underflow),
        }
    }

    /// Replaces the two top words by the result of `operator`, unless it traps.
    #[inline(always)]
    fn replace<T>(
        &mut self,
        operator: impl FnOnce(u32, u32) -> Result<(u32, T), TrapReason>,
    ) -> Result<T, TrapReason> {
        let [.., a, b] = self.stack.as_mut_slice() else {
            return Err(self.underflow(2));
        };
        let (word, rest) = operator(*a, *b)?;
        *a = word;
        self.stack.pop();
        Ok(rest)
    }

    #[inline(always)]
    fn binary(&mut self, operator: impl Fn(u32, u32) -> u32) -> Done {
        self.replace(|a, b| Ok((operator(a, b), ())))
    }

    #[inline(always)]
    fn carrying(&mut self, operator: impl Fn(u32, u32) -> (u32, bool)) -> Done {
        self.carry = self.replace(|a, b| Ok(operator(a, b)))?;
        Ok(())
    }

    #[inline(always)]
    fn dividing(&mut self, operator: impl Fn(u32, u32) -> Option<u32>) -> Done {
        self.replace(|a, b| match operator(a, b) {
            Some(word) => Ok((word, ())),
            None => Err(TrapReason::DivisionByZero),
        })
    }

    #[inline(always)]
    fn shifting(&mut self, operator: impl Fn(u32, u32) -> Option<u32>) -> Done {
        self.replace(|a, distance| match operator(a, distance) {
            Some(word) => Ok((word, ())),
            None => Err(TrapReason::ShiftTooLong { distance }),
        })
    }

    fn not(&mut self) -> Done {
        let Some(top) = self.stack.last_mut() else {
            return Err(self.underflow(1));
        };
        *top = alu::not(*top);
        Ok(())
    }

    /// The operand as an index at which to continue: an instruction, or the end of the program.
    fn target(&self, instruction: Instruction) -> Result<u32, TrapReason> {
        let target = required(instruction)?;
        let length = self.program.instructions().len();
        if target as usize <= length {
            Ok(target)
        } else {
            Err(TrapReason::JumpOutside { target, length })
        }
    }

    fn jump(&self, instruction: Instruction) -> Result<Next, TrapReason> {
        self.target(instruction).map(Next::At)
    }

    fn jump_if(&self, instruction: Instruction, taken: bool) -> Result<Next, TrapReason> {
        // A missing operand traps whether or not the jump is taken.
        required(instruction)?;
        if taken {
            self.jump(instruction)
        } else {
            Ok(Next::Following)
        }
    }

    #[inline(always)]
    fn jump_on_word(
        &mut self,
        instruction: Instruction,
        taken: impl Fn(u32) -> bool,
    ) -> Result<Next, TrapReason> {
        let next = self.jump_if(instruction, taken(self.top()?))?;
        self.stack.pop();
        Ok(next)
    }

    fn call(&mut self, instruction: Instruction) -> Result<Next, TrapReason> {
        let next = self.jump(instruction)?;
        self.check_memory(size_of::<u32>())?;
        self.calls.push(self.following());
        Ok(next)
    }

    fn load(&mut self, operand: Option<u32>) -> Done {
        let address = match operand {
            Some(address) => address,
            None => self.top()?,
        };
        let word = self
            .heap
            .load(address)
            .ok_or(TrapReason::NeverStored { address })?;
        match (operand, self.stack.last_mut()) {
            (None, Some(top)) => *top = word,
            _ => self.push(word)?,
        }
        Ok(())
    }

    fn store(&mut self, operand: Option<u32>) -> Done {
        let (word, address) = match (operand, self.stack.as_slice()) {
            (Some(address), [.., word]) => (*word, address),
            (None, [.., word, address]) => (*word, *address),
            (Some(_), _) => return Err(self.underflow(1)),
            (None, _) => return Err(self.underflow(2)),
        };
        self.check_memory(self.heap.growth(address))?;
        self.heap.store(address, word);
        self.stack.pop();
        if operand.is_none() {
            self.stack.pop();
        }
        Ok(())
    }

    fn read(&mut self) -> Done {
        let read = self.public_read;
        match self.inputs.public.get(read) {
            Some(&word) => self.push(word)?,
            None => return Err(TrapReason::PublicInputExhausted { read }),
        }
        self.public_read += 1;
        Ok(())
    }

    fn secret(&mut self) -> Done {
        let read = self.secret_read;
        match self.inputs.secret.get(read) {
            Some(&word) => self.push(word)?,
            None => return Err(TrapReason::SecretInputExhausted { read }),
        }
        self.secret_read += 1;
        Ok(())
    }

    /// The word moves from the stack to the output, so the memory does not grow.
    fn write(&mut self) -> Done {
        let word = self.pop()?;
        self.outputs.push(word);
        Ok(())
    }

    fn assert(&mut self) -> Done {
        match self.top()? {
            0 => Err(TrapReason::AssertionFailed),
            _ => self.pop().map(drop),
        }
    }
}

/// The operand of an operation that needs one.
fn required(instruction: Instruction) -> Result<u32, TrapReason> {
    instruction.operand.ok_or(TrapReason::OperandMissing)
}

/// How far below the top DUP and SWAP read.
fn depth(instruction: Instruction) -> u32 {
    instruction
        .operand
        .unwrap_or(u32::from(instruction.op == Op::Swap))
}
