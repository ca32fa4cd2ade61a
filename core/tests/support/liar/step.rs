//! One row: what the circuit asks of it, and a lie where that cannot be.

use super::bag::{key, Cell};
use super::{integer, is_word, Liar, State};
use ark_bls12_381::Fr;
use provable_core::circuit::encoding::Bit::*;
use provable_core::circuit::encoding::{Bit, Entry, BITS};
use provable_core::circuit::layout::step;
use provable_core::circuit::tuple::Space;

const WORDS: i64 = 1 << 32;

/// The row's own columns, besides its state and its instruction.
#[derive(Clone, Copy, Default)]
struct Seen {
    carry: i64,
    fill: i64,
    fill_age: i64,
    age: i64,
    second: i64,
    second_age: i64,
    set: i64,
    result: i64,
}

impl Liar<'_> {
    pub(super) fn step(&mut self, row: usize, state: State, entry: Entry) -> State {
        let now = row as i64 + 1;
        let has = |bits: &[Bit]| bits.iter().any(|bit| entry.has(*bit));
        let operand = integer(entry.operand);
        let stack = key(Space::Stack, state.depth);
        let push = has(&[Imm, Push]);
        let binary = has(&[Add, Sub, Eq, Lt, Gt, Cop, CopCarry]);
        let mut seen = Seen {
            set: 1,
            ..Seen::default()
        };
        if binary || has(&[Jz, Jnz, Drop, StoreTop]) {
            (seen.fill, seen.fill_age) = self.fill(stack - 1, now);
        } else if push {
            seen.fill = state.top;
        }
        if has(&[StoreTop]) {
            (seen.second, seen.second_age) = self.fill(stack - 2, now);
        }
        let port = self.general_key(state, entry, operand);
        if has(&[Replace, Ret, Read]) {
            self.take(&mut seen, port, now, entry);
        } else {
            self.compute(&mut seen, state, entry, operand);
        }
        if !is_word(seen.result) {
            self.lie("a result that is no word");
            // Kept as it is while numbers stay small.
            if self.coin() || seen.result.abs() > 1 << 40 {
                seen.result = self.word();
            }
        }
        let taken = self.jumps(&mut seen, state, entry, operand);
        let pc = self.next_pc(&seen, state, entry, operand, taken);

        let added = |value| Cell {
            value,
            time: now,
            set: 1,
        };
        if has(&[Replace]) {
            let put = match (has(&[PutTop]), has(&[StoreTop])) {
                (true, _) => state.top,
                (_, true) => seen.fill,
                _ => seen.result,
            };
            self.bag.add(port, added(put));
        }
        if has(&[Call]) {
            self.bag.add(port, added(state.pc + 1));
        }
        if has(&[Write]) {
            self.write(state.top);
        }
        if push {
            self.bag.add(stack, added(state.top));
        }
        self.columns(row, state, entry, seen);
        let popped = i64::from(binary || has(&[Jz, Jnz, Drop])) + 2 * i64::from(has(&[StoreTop]));
        State {
            pc,
            depth: state.depth + i64::from(push) - popped,
            calls: state.calls + i64::from(has(&[Call])) - i64::from(has(&[Ret])),
            read: state.read + i64::from(has(&[Read])),
            written: state.written + i64::from(has(&[Write])),
            top: match () {
                () if has(&[Imm]) => operand,
                () if has(&[Result, Add, Sub, Cop, CopCarry]) => seen.result,
                () if has(&[Eq, Lt, Gt]) => taken,
                () if has(&[Jz, Jnz, Drop]) => seen.fill,
                () if has(&[StoreTop]) => seen.second,
                () if has(&[Not]) => WORDS - 1 - state.top,
                () => state.top,
            },
            flag: match has(&[Add, Sub, CopCarry]) {
                true => seen.carry,
                false => state.flag,
            },
        }
    }

    /// Fills from a stack cell: its value and its age.
    fn fill(&mut self, at: i64, now: i64) -> (i64, i64) {
        match self.bag.remove(at) {
            Some(cell) => (cell.value, now - 1 - cell.time),
            None => {
                self.lie("a stack cell that is not there");
                (self.guess(), 0)
            }
        }
    }

    fn general_key(&self, state: State, entry: Entry, operand: i64) -> i64 {
        let mut at = match entry.has(Call) {
            true => key(Space::Calls, 0),
            false => operand,
        };
        for (bits, offset) in [
            (&[AtTop][..], state.top),
            (&[AtDepth], state.depth),
            (&[Call, Ret], state.calls),
            (&[Read], state.read),
            (&[Write], state.written),
        ] {
            if bits.iter().any(|bit| entry.has(*bit)) {
                at += offset;
            }
        }
        at
    }

    /// The general port's removal, whose value is the result.
    fn take(&mut self, seen: &mut Seen, at: i64, now: i64, entry: Entry) {
        let Some(cell) = self.bag.remove(at) else {
            self.lie("a cell that is not there");
            seen.result = match entry.has(Ret) {
                true => self.index(),
                false => self.word(),
            };
            return;
        };
        (seen.result, seen.age, seen.set) = (cell.value, now - 1 - cell.time, cell.set);
        if seen.set == 0 && (entry.has(Result) || entry.has(Ret)) {
            self.lie("a cell that was never stored");
            if self.coin() {
                (seen.result, seen.set) = (self.word(), 1);
            }
        }
    }

    /// The result where nothing is removed.
    fn compute(&mut self, seen: &mut Seen, state: State, entry: Entry, operand: i64) {
        let has = |bits: &[Bit]| bits.iter().any(|bit| entry.has(*bit));
        if has(&[Add]) {
            let sum = seen.fill + state.top;
            seen.carry = i64::from(sum >= WORDS);
            seen.result = sum - WORDS * seen.carry;
        } else if has(&[Sub, Eq, Lt, Gt]) {
            let difference = seen.fill - state.top;
            seen.carry = i64::from(difference < 0);
            seen.result = difference + WORDS * seen.carry;
        } else if has(&[Cop, CopCarry]) {
            (seen.result, seen.carry) = self.ask(operand as u64, seen.fill, state.top);
        } else if has(&[Jz, Jnz, Not, Test]) {
            seen.result = state.top;
        } else if has(&[Result]) {
            // The secret input is the prover's: as long as the run needs, and no lie.
            let word = self.secret.next().copied();
            seen.result = word.map_or_else(|| self.word(), i64::from);
        }
    }

    /// Whether the row jumps, or what its comparison found.
    fn jumps(&mut self, seen: &mut Seen, state: State, entry: Entry, operand: i64) -> i64 {
        let bit = |bit| i64::from(entry.has(bit));
        let zero = i64::from(seen.result == 0);
        let taken = bit(Jnz)
            + bit(Jnc)
            + bit(Gt)
            + (bit(Jz) + bit(Eq) - bit(Jnz) - bit(Gt)) * zero
            + (bit(Jc) - bit(Jnc)) * state.flag
            + (bit(Lt) - bit(Gt)) * seen.carry;
        let tests = entry.has(Jz) || entry.has(Jnz);
        if tests && taken == 1 && operand > self.length && self.coin() {
            self.lie("a test of another word");
            seen.result = zero;
            return 0;
        }
        taken
    }

    fn next_pc(
        &mut self,
        seen: &Seen,
        state: State,
        entry: Entry,
        operand: i64,
        taken: i64,
    ) -> i64 {
        if entry.has(Halt) {
            return state.pc;
        }
        let target = match (taken, entry.has(Ret)) {
            (0, _) => state.pc + 1,
            (_, true) => seen.result,
            (_, false) => operand,
        };
        if (0..=self.length).contains(&target) {
            return target;
        }
        self.lie("a place outside the program");
        match self.index() % 3 {
            0 => target,
            1 => state.pc + 1,
            _ => self.length,
        }
    }

    fn index(&mut self) -> i64 {
        use rand::Rng;
        self.rng.gen_range(0..=self.length.max(2))
    }

    fn write(&mut self, top: i64) {
        let word = u32::try_from(top).unwrap_or_else(|_| {
            self.lie("an output that is no word");
            self.word() as u32
        });
        self.outputs.push(word);
    }

    fn columns(&mut self, row: usize, state: State, entry: Entry, seen: Seen) {
        let block = self.circuit.layout.step;
        for (column, value) in [
            (step::PC, state.pc),
            (step::DEPTH, state.depth),
            (step::CALLS, state.calls),
            (step::READ, state.read),
            (step::WRITTEN, state.written),
            (step::TOP, state.top),
            (step::FLAG, state.flag),
            (step::CARRY, seen.carry),
            (step::FILL, seen.fill),
            (step::FILL_AGE, seen.fill_age),
            (step::AGE, seen.age),
            (step::SECOND, seen.second),
            (step::SECOND_AGE, seen.second_age),
            (step::SET, seen.set),
        ] {
            self.set(block.at(row, column), value);
        }
        self.assignment[block.at(row, step::OPERAND).0 as usize] = entry.operand;
        for bit in 0..BITS {
            self.assignment[block.at(row, step::BIT + bit).0 as usize] =
                Fr::from(entry.bits >> bit & 1);
        }
        self.limbs(&block, row, step::LIMB, seen.result);
    }
}
