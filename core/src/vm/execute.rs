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
            Op::Add => self.carrying(instruction, alu::add)?,
            Op::Sub => self.carrying(instruction, alu::sub)?,
            Op::Mul => self.carrying(instruction, alu::mul)?,
            Op::Div => self.dividing(instruction, alu::div)?,
            Op::Mod => self.dividing(instruction, alu::modulo)?,
            Op::And => self.binary(instruction, alu::and)?,
            Op::Or => self.binary(instruction, alu::or)?,
            Op::Xor => self.binary(instruction, alu::xor)?,
            Op::Not => self.not()?,
            Op::Shl => self.shifting(instruction, alu::shl)?,
            Op::Shr => self.shifting(instruction, alu::shr)?,
            Op::Eq => self.binary(instruction, alu::eq)?,
            Op::Lt => self.binary(instruction, alu::lt)?,
            Op::Gt => self.binary(instruction, alu::gt)?,
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
            Op::Rotl => self.shifting(instruction, alu::rotl)?,
            Op::Rotr => self.shifting(instruction, alu::rotr)?,
            Op::Mulhi => self.binary(instruction, alu::mulhi)?,
            Op::Loadx => self.load_at(offset(instruction))?,
            Op::Put => self.put(offset(instruction))?,
            Op::Sha256 => self.sha256()?,
            Op::Halt => return self.all_public_read().map(|()| Next::Halt),
        }
        Ok(Next::Following)
    }

    pub(super) fn underflow(&self, needs: u64) -> TrapReason {
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

    /// Replaces the two top words by the result of `operator`, unless it traps. If the instruction has an operand, that
    /// is the second word, and only the top word is replaced.
    #[inline(always)]
    fn replace<T>(
        &mut self,
        instruction: Instruction,
        operator: impl FnOnce(u32, u32) -> Result<(u32, T), TrapReason>,
    ) -> Result<T, TrapReason> {
        match (instruction.operand, self.stack.as_mut_slice()) {
            (Some(b), [.., a]) => {
                let (word, rest) = operator(*a, b)?;
                *a = word;
                Ok(rest)
            }
            (None, [.., a, b]) => {
                let (word, rest) = operator(*a, *b)?;
                *a = word;
                self.stack.pop();
                Ok(rest)
            }
            (Some(_), []) => Err(self.underflow(1)),
            (None, _) => Err(self.underflow(2)),
        }
    }

    #[inline(always)]
    fn binary(&mut self, instruction: Instruction, operator: impl Fn(u32, u32) -> u32) -> Done {
        self.replace(instruction, |a, b| Ok((operator(a, b), ())))
    }

    #[inline(always)]
    fn carrying(
        &mut self,
        instruction: Instruction,
        operator: impl Fn(u32, u32) -> (u32, bool),
    ) -> Done {
        self.carry = self.replace(instruction, |a, b| Ok(operator(a, b)))?;
        Ok(())
    }

    #[inline(always)]
    fn dividing(
        &mut self,
        instruction: Instruction,
        operator: impl Fn(u32, u32) -> Option<u32>,
    ) -> Done {
        self.replace(instruction, |a, b| match operator(a, b) {
            Some(word) => Ok((word, ())),
            None => Err(TrapReason::DivisionByZero),
        })
    }

    #[inline(always)]
    fn shifting(
        &mut self,
        instruction: Instruction,
        operator: impl Fn(u32, u32) -> Option<u32>,
    ) -> Done {
        self.replace(instruction, |a, distance| match operator(a, distance) {
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

    /// Replaces the address on top by the word at the address that is `distance` further.
    fn load_at(&mut self, distance: u32) -> Done {
        let address = self.address(self.top()?, distance)?;
        let word = self
            .heap
            .load(address)
            .ok_or(TrapReason::NeverStored { address })?;
        if let Some(top) = self.stack.last_mut() {
            *top = word;
        }
        Ok(())
    }

    /// Stores the top word at the address that is `distance` further than the word below it, and pops it.
    fn put(&mut self, distance: u32) -> Done {
        let [.., base, word] = self.stack.as_slice() else {
            return Err(self.underflow(2));
        };
        let (address, word) = (self.address(*base, distance)?, *word);
        self.check_memory(self.heap.growth(address))?;
        self.heap.store(address, word);
        self.stack.pop();
        Ok(())
    }

    fn address(&self, base: u32, distance: u32) -> Result<u32, TrapReason> {
        let offset = distance as i32;
        alu::offset(base, distance).ok_or(TrapReason::NoAddress { base, offset })
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

/// How far from the address on the stack LOADX and PUT reach.
fn offset(instruction: Instruction) -> u32 {
    instruction.operand.unwrap_or(0)
}

/// How far below the top DUP and SWAP read.
fn depth(instruction: Instruction) -> u32 {
    instruction
        .operand
        .unwrap_or(u32::from(instruction.op == Op::Swap))
}
