//! The instructions of the text, one by one, as `docs/language.md` says what they do. At the end of each group the rows have
//! to have left what the instructions leave.

use super::result::result;
use super::sha256::replaced;
use super::{Claimed, Judged, UNDERFLOW, require};
use provable::lang::isa::Op;
use std::collections::BTreeMap;

/// The state of the machine.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The index of the next instruction.
    pub next: usize,
    pub stack: Vec<u32>,
    pub heap: BTreeMap<u32, u32>,
    /// The index of the instruction after each open CALL.
    pub calls: Vec<usize>,
    pub flag: bool,
    /// The rows have not cleared C where the instructions did.
    pub flag_is_left: bool,
    pub read: usize,
    pub written: usize,
}

impl Text {
    /// The state at the start.
    pub fn of(data: &[(u32, u32)]) -> Self {
        Text {
            heap: data.iter().copied().collect(),
            ..Text::default()
        }
    }

    /// Executes the next instruction. SECRET pushes the given word.
    pub fn step(&mut self, claimed: Claimed<'_>, secret: Option<u32>) -> Judged {
        let instruction = claimed.program.get(self.next).ok_or("no instruction")?;
        let (op, operand) = (instruction.op, instruction.operand);
        self.next += 1;
        let target = operand.map_or(usize::MAX, |target| target as usize);
        match op {
            Op::Push => self.stack.push(operand.ok_or("no operand")?),
            Op::Pop => drop(self.pop()?),
            Op::Dup => {
                let word = *self.below(operand.unwrap_or(0))?;
                self.stack.push(word);
            }
            Op::Swap => {
                let top = *self.below(0)?;
                let slot = self.below(operand.unwrap_or(1))?;
                let word = std::mem::replace(slot, top);
                *self.below(0)? = word;
            }
            Op::Not => {
                let word = self.pop()?;
                self.stack.push(!word);
            }
            Op::Jmp => self.next = target,
            Op::Jz | Op::Jnz | Op::Assert => {
                let zero = self.pop()? == 0;
                require(op != Op::Assert || !zero, "a failed ASSERT")?;
                if op != Op::Assert && zero == (op == Op::Jz) {
                    self.next = target;
                }
            }
            Op::Jc | Op::Jnc => {
                require(!self.flag_is_left, "C is read where the rows left it")?;
                if self.flag == (op == Op::Jc) {
                    self.next = target;
                }
            }
            Op::Call => {
                self.calls.push(self.next);
                self.next = target;
            }
            Op::Ret => self.next = self.calls.pop().ok_or("a RET without a CALL")?,
            Op::Load | Op::Loadx => {
                let offset = match op {
                    Op::Loadx => i64::from(operand.unwrap_or(0) as i32),
                    _ => 0,
                };
                let address = match (op, operand) {
                    (Op::Load, Some(address)) => address,
                    _ => place(self.pop()?, offset)?,
                };
                let found = self.heap.get(&address).copied();
                self.stack
                    .push(found.ok_or("a LOAD of what was never stored")?);
            }
            Op::Store => {
                let address = operand.map_or_else(|| self.pop(), Ok)?;
                let word = self.pop()?;
                self.heap.insert(address, word);
            }
            Op::Put => {
                let word = self.pop()?;
                let address = place(*self.below(0)?, i64::from(operand.unwrap_or(0) as i32))?;
                self.heap.insert(address, word);
            }
            Op::Read => {
                let word = claimed.input.get(self.read).copied();
                self.stack
                    .push(word.ok_or("a READ past the end of the input")?);
                self.read += 1;
            }
            Op::Secret => self.stack.push(secret.ok_or("a secret that is no word")?),
            Op::Write => {
                let word = self.pop()?;
                let said = claimed.output.get(self.written) == Some(&word);
                require(said, "a WRITE of what the output does not say")?;
                self.written += 1;
            }
            Op::Sha256 => {
                let block = self.pop()?;
                let state = *self.below(0)?;
                let left = replaced(state, block, |address| self.heap.get(&address).copied())?;
                self.heap.extend(left);
            }
            Op::Nop => {}
            Op::Halt => self.next -= 1,
            _ => {
                let b = operand.map_or_else(|| self.pop(), Ok)?;
                let a = self.pop()?;
                let (op, b) = match op {
                    Op::Rotr if b >= 32 => return Err("a shift by 32 or more"),
                    Op::Rotr => (Op::Rotl, (32 - b) % 32),
                    _ => (op, b),
                };
                let (word, carry) = result(op, a, b)?;
                self.stack.push(word);
                if [Op::Add, Op::Sub, Op::Mul].contains(&op) {
                    (self.flag, self.flag_is_left) = (carry, false);
                }
            }
        }
        Ok(())
    }

    fn pop(&mut self) -> Result<u32, &'static str> {
        self.stack.pop().ok_or(UNDERFLOW)
    }

    fn below(&mut self, n: u32) -> Result<&mut u32, &'static str> {
        let index = self.stack.len().checked_sub(1);
        let index = index.and_then(|top| top.checked_sub(n as usize));
        index
            .and_then(|index| self.stack.get_mut(index))
            .ok_or(UNDERFLOW)
    }
}

/// An address and a distance, which have to make an address.
pub fn place(base: u32, offset: i64) -> Result<u32, &'static str> {
    u32::try_from(i64::from(base) + offset).map_err(|_| "a distance to no address")
}
