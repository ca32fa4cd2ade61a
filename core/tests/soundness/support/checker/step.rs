//! One row: the instruction at pc, what its columns have to say, and the state after it.

use super::encoding::{Act, encoded, halt};
use super::judge::{RESULT, executes, general, imm, put, removed};
use super::result::result;
use super::sha256::replaced;
use super::text::place;
use super::{Cell, Judged, Row, State, UNDERFLOW, require};
use provable::lang::isa::Op;

const OUTSIDE: &str = "a jump to a place outside the program";
const NOT_HERE: &str = "fill is not the top on which the row works";
const FILLED: &str = "a pop fills another word than the one below";
const LACKING: &str = "an instruction without its operand";

impl State<'_> {
    /// Judges a row whose state columns are right, and moves on. Row i happens at time i + 1.
    pub(super) fn advance(&mut self, row: &Row, index: usize) -> Judged {
        let now = index as i64 + 1;
        let length = self.places.len() as i64;
        let found = usize::try_from(self.pc).ok();
        let found = found.and_then(|pc| self.places.get(pc)).copied();
        let Some(found) = found else {
            require(self.pc == length, OUTSIDE)?;
            return self.halt(row);
        };
        let act = found.act;
        if act == Act::Op(Op::Halt, None) {
            return self.halt(row);
        }
        let asked = encoded(act, self.pc).ok_or(LACKING)?;
        executes(row, asked)?;
        let next = match act {
            Act::Op(op, operand) => self.execute(op, operand, row, now)?,
            Act::Copy(op, word) => {
                let top = *self.stack.last().ok_or(UNDERFLOW)?;
                let r = self.answer(op, top, word, row)?;
                self.push(row, now, r)?;
                None
            }
            Act::Tee(address) => {
                let top = *self.stack.last().ok_or(UNDERFLOW)?;
                self.store(row, now, address, top)?;
                None
            }
            Act::PopJump(target) => {
                self.pop(row, now)?;
                Some(target)
            }
            Act::AssertZero => {
                require(self.pop(row, now)? == 0, "a failed ASSERT")?;
                None
            }
        };
        let next = next.unwrap_or(self.pc + 1);
        require((0..=length).contains(&next), OUTSIDE)?;
        self.pc = next;
        found.ends.map_or(Ok(()), |group| self.compare(group, row))
    }

    /// A row that halts works on the top, whatever that is.
    fn halt(&mut self, row: &Row) -> Judged {
        executes(row, halt())?;
        require(row.fill == Some(self.top()), NOT_HERE)?;
        self.halted = true;
        Ok(())
    }

    /// Executes the instructions of a group whose rows are done, and compares.
    fn compare(&mut self, group: usize, row: &Row) -> Judged {
        let group = &self.groups[group];
        let secret = row.result.and_then(|word| u32::try_from(word).ok());
        for _ in 0..group.count {
            self.text.step(self.claimed, secret)?;
        }
        self.text.flag_is_left |= group.leaves_carry;
        let text = &self.text;
        require(self.stack == text.stack, "another stack than the text's")?;
        let heap = self
            .heap
            .iter()
            .map(|(address, cell)| (*address, cell.word));
        let words = text.heap.iter().map(|(address, word)| (*address, *word));
        require(heap.eq(words), "another heap than the text's")?;
        let flag = self.flag == text.flag || text.flag_is_left;
        require(flag, "another C than the text's")?;
        let tapes = (self.read, self.written) == (text.read, text.written);
        require(tapes, "other tapes than the text's")?;
        let calls = self.calls.len() == text.calls.len();
        require(calls, "other calls than the text's")?;
        let before = self.groups.iter().filter(|one| one.first < text.next);
        let position: usize = before.map(|one| one.acts.len()).sum();
        require(self.pc == position as i64, "another place than the text's")
    }

    /// The effect of an instruction; where it jumps to, if it does.
    fn execute(
        &mut self,
        op: Op,
        operand: Option<i64>,
        row: &Row,
        now: i64,
    ) -> Result<Option<i64>, &'static str> {
        let word = operand.map(|operand| operand as u32);
        match op {
            Op::Push => {
                let word = word.ok_or(LACKING)?;
                imm(row, word)?;
                self.push(row, now, word)?;
            }
            Op::Pop => drop(self.pop(row, now)?),
            Op::Dup if operand.is_none_or(|n| n == 0) => {
                let top = *self.stack.last().ok_or(UNDERFLOW)?;
                imm(row, top)?;
                self.push(row, now, top)?;
            }
            Op::Swap if operand == Some(0) => {
                let top = *self.stack.last().ok_or(UNDERFLOW)?;
                require(row.fill == Some(i64::from(top)), NOT_HERE)?;
                imm(row, top)?;
            }
            Op::Dup => {
                let word = self.word_below(row, now, word.unwrap_or(0), None)?;
                self.push(row, now, word)?;
            }
            Op::Swap => {
                let top = *self.stack.last().ok_or(UNDERFLOW)?;
                let word = self.word_below(row, now, word.unwrap_or(1), Some(top))?;
                *self.stack.last_mut().ok_or(UNDERFLOW)? = word;
            }
            Op::Add
            | Op::Sub
            | Op::Mul
            | Op::Mulhi
            | Op::Div
            | Op::Mod
            | Op::And
            | Op::Or
            | Op::Xor
            | Op::Shl
            | Op::Shr
            | Op::Rotl
            | Op::Eq
            | Op::Lt
            | Op::Gt => self.binary(op, word, row, now)?,
            Op::Jmp => return Ok(operand),
            Op::Jz | Op::Jnz | Op::Assert => {
                let zero = self.pop(row, now)? == 0;
                return match op {
                    Op::Assert if zero => Err("a failed ASSERT"),
                    Op::Jz if zero => Ok(operand),
                    Op::Jnz if !zero => Ok(operand),
                    _ => Ok(None),
                };
            }
            Op::Jc => return Ok(operand.filter(|_| self.flag)),
            Op::Jnc => return Ok(operand.filter(|_| !self.flag)),
            Op::Call => {
                let back = self.pc + 1;
                require(row.fill == Some(back), "a call leaves another address")?;
                let time = put(row, now)?;
                self.calls.push((back, time));
                return Ok(operand);
            }
            Op::Ret => {
                let (back, time) = self.calls.pop().ok_or("a RET without a CALL")?;
                let found = row.fill == Some(back) && row.result == Some(back);
                require(found, "a return to another address")?;
                removed(row.fill_age, now, time)?;
                return Ok(Some(back));
            }
            Op::Load => {
                let found = self.load(row, now, word.ok_or(LACKING)?)?;
                self.push(row, now, found)?;
            }
            Op::Loadx => {
                let base = *self.stack.last().ok_or(UNDERFLOW)?;
                require(row.fill == Some(i64::from(base)), NOT_HERE)?;
                let address = place(base, i64::from(word.unwrap_or(0) as i32))?;
                let found = self.load(row, now, address)?;
                *self.stack.last_mut().ok_or(UNDERFLOW)? = found;
            }
            Op::Store => {
                let stored = self.pop(row, now)?;
                self.store(row, now, word.ok_or(LACKING)?, stored)?;
            }
            Op::Put => {
                let stored = self.pop(row, now)?;
                let base = *self.stack.last().ok_or(UNDERFLOW)?;
                let address = place(base, i64::from(word.unwrap_or(0) as i32))?;
                self.store(row, now, address, stored)?;
            }
            Op::Read => {
                let word = self.claimed.input.get(self.read).copied();
                let word = word.ok_or("a READ past the end of the input")?;
                require(row.result == Some(i64::from(word)), RESULT)?;
                general(row, now, 0, true)?;
                self.read += 1;
                self.push(row, now, word)?;
            }
            Op::Secret => {
                let word = row.result.and_then(|word| u32::try_from(word).ok());
                self.push(row, now, word.ok_or("a secret that is no word")?)?;
            }
            Op::Write => {
                let word = self.pop(row, now)?;
                let claimed = self.claimed.output.get(self.written).copied();
                require(
                    claimed == Some(word),
                    "a WRITE of what the output does not say",
                )?;
                self.written += 1;
            }
            Op::Sha256 => {
                let block = self.pop(row, now)?;
                let state = *self.stack.last().ok_or(UNDERFLOW)?;
                let read = |address| self.heap.get(&address).map(|cell| cell.word);
                for (address, word) in replaced(state, block, read)? {
                    self.heap.insert(address, Cell { word, time: now });
                }
            }
            Op::Nop | Op::Halt | Op::Not | Op::Rotr => {}
        }
        Ok(None)
    }

    /// Loads a word through the general port.
    fn load(&mut self, row: &Row, now: i64, address: u32) -> Result<u32, &'static str> {
        let cell = self.heap.get_mut(&address);
        let cell = cell.ok_or("a LOAD of what was never stored")?;
        require(row.result == Some(i64::from(cell.word)), RESULT)?;
        general(row, now, cell.time, true)?;
        cell.time = now;
        Ok(cell.word)
    }

    /// Stores a word through the general port; r is what was there.
    fn store(&mut self, row: &Row, now: i64, address: u32, word: u32) -> Judged {
        let old = self.heap.insert(address, Cell { word, time: now });
        let found = old.map_or(0, |old| i64::from(old.word));
        require(row.result == Some(found), RESULT)?;
        general(row, now, old.map_or(0, |old| old.time), old.is_some())
    }

    /// Pushes a word: the stack port spills the old top, no earlier than now.
    fn push(&mut self, row: &Row, now: i64, word: u32) -> Judged {
        require(
            row.fill == Some(self.top()),
            "a push spills another word than the top",
        )?;
        self.times.push(put(row, now)?);
        self.stack.push(word);
        Ok(())
    }

    /// Pops a word: the stack port fills the top from the cell below.
    fn pop(&mut self, row: &Row, now: i64) -> Result<u32, &'static str> {
        let word = self.stack.pop().ok_or(UNDERFLOW)?;
        let time = self.times.pop().ok_or(UNDERFLOW)?;
        require(row.fill == Some(self.top()), FILLED)?;
        removed(row.fill_age, now, time)?;
        Ok(word)
    }

    /// The n-th word below the top, through the general port; in its place comes `put`, or itself.
    fn word_below(
        &mut self,
        row: &Row,
        now: i64,
        n: u32,
        put: Option<u32>,
    ) -> Result<u32, &'static str> {
        let depth = self.stack.len();
        let index = depth
            .checked_sub(1)
            .and_then(|top| top.checked_sub(n as usize));
        let slot = index
            .and_then(|index| self.stack.get_mut(index))
            .ok_or(UNDERFLOW)?;
        let word = *slot;
        require(row.result == Some(i64::from(word)), RESULT)?;
        *slot = put.unwrap_or(word);
        let time = self.times.get_mut(depth - n as usize).ok_or(UNDERFLOW)?;
        general(row, now, *time, true)?;
        *time = now;
        Ok(word)
    }

    /// An operation on two words, or on the top and a word.
    fn binary(&mut self, op: Op, word: Option<u32>, row: &Row, now: i64) -> Judged {
        let (a, b) = match word {
            Some(word) => {
                let top = self.stack.pop().ok_or(UNDERFLOW)?;
                require(row.fill == Some(i64::from(top)), NOT_HERE)?;
                (top, word)
            }
            None => {
                let b = self.stack.pop().ok_or(UNDERFLOW)?;
                let a = self.stack.pop().ok_or(UNDERFLOW)?;
                let time = self.times.pop().ok_or(UNDERFLOW)?;
                require(row.fill == Some(i64::from(a)), FILLED)?;
                removed(row.fill_age, now, time)?;
                (a, b)
            }
        };
        let r = self.answer(op, a, b, row)?;
        self.stack.push(r);
        Ok(())
    }

    /// The result of an operation, which also sets C.
    fn answer(&mut self, op: Op, a: u32, b: u32, row: &Row) -> Result<u32, &'static str> {
        let (r, carry) = result(op, a, b)?;
        require(row.result == Some(i64::from(r)), RESULT)?;
        require(row.carry == Some(i64::from(carry)), "a wrong carry")?;
        if matches!(op, Op::Add | Op::Sub | Op::Mul) {
            self.flag = carry;
        }
        Ok(r)
    }
}
