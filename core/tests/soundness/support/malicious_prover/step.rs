//! One row: the columns that the circuit requires, and a deviation where that is impossible.

use super::multiset::{Cell, key};
use super::{MaliciousProver, State, integer, is_word};
use crate::support::rows::StepRow;
use ark_bls12_381::Fr;
use provable::circuit::encoding::Bit;
use provable::circuit::encoding::Bit::*;
use provable::circuit::field::FieldEntry;
use provable::circuit::layout::step;
use provable::circuit::operations::WORD_SHIFT;
use provable::circuit::tuple::Space;

const WORDS: i64 = 1 << 32;

/// The row's columns besides its state and its instruction.
#[derive(Clone, Copy, Default)]
struct Seen {
    carry: i64,
    fill: i64,
    fill_age: i64,
    age: i64,
    set: i64,
    result: i64,
}

impl MaliciousProver<'_> {
    pub(super) fn step(&mut self, row: usize, state: State, entry: FieldEntry) -> State {
        let now = row as i64 + 1;
        let has = |bits: &[Bit]| entry.any(bits);
        let bit = |bit| i64::from(entry.has(bit));
        let operand = integer(entry.operand);
        let pops = entry.stack_port() < 0 && !entry.has(Ret);
        let (stack, calls) = (
            key(Space::Stack, state.depth),
            key(Space::Calls, state.calls),
        );
        let mut seen = Seen {
            set: 1,
            ..Seen::default()
        };
        if pops {
            (seen.fill, seen.fill_age) = self.fill(stack - 1, now);
        } else if has(&[Ret]) {
            (seen.fill, seen.fill_age) = self.fill(calls - 1, now);
        } else if has(&[Push, Here]) {
            seen.fill = state.top;
        } else if has(&[Call]) {
            seen.fill = state.pc + 1;
        }
        // What the row cancels from the top, or the base of its address.
        let base = i64::from(has(&[AtAddr, Here])) * seen.fill;
        let port = self.general_key(state, entry, operand as i64 + base);
        if has(&[AtConst, AtAddr, AtDepth, Read]) {
            self.take(&mut seen, port, now, entry);
        } else {
            self.compute(&mut seen, state.top - base, entry, operand);
        }
        if !is_word(seen.result) {
            self.deviate("a result that is no word");
            // It may stay as it is while numbers are small.
            if self.coin() || seen.result.abs() > 1 << 40 {
                seen.result = self.word();
            }
        }
        let pc = self.next_pc(&seen, state, entry, operand);
        let top = match () {
            () if entry.result_is_next_top() => seen.result,
            () if has(&[Drop]) => seen.fill,
            () => state.top,
        };

        let added = |value| Cell {
            value,
            time: now,
            set: 1,
        };
        if has(&[AtConst, AtAddr, AtDepth]) {
            let value = if has(&[Push]) { top } else { state.top };
            self.multiset.add(port, added(value));
        }
        if has(&[Write]) {
            self.write(state.top);
        }
        if entry.stack_port() > 0 && !has(&[Call]) {
            self.multiset.add(stack, added(state.top));
        }
        if has(&[Call]) {
            self.multiset.add(calls, added(state.pc + 1));
        }
        self.columns(row, state, entry, seen);
        State {
            pc,
            depth: state.depth + bit(Push) - i64::from(entry.pops()),
            calls: state.calls + bit(Call) - bit(Ret),
            read: state.read + bit(Read),
            written: state.written + bit(Write),
            top,
            flag: match has(&[Add, Sub, CopCarry]) {
                true => seen.carry,
                false => state.flag,
            },
        }
    }

    /// Removes a cell of a stack. Returns its value and its age.
    fn fill(&mut self, at: i64, now: i64) -> (i64, i64) {
        match self.multiset.remove(at) {
            Some(cell) => (cell.value, now - 1 - cell.time),
            None => {
                self.deviate("a stack cell that is not there");
                (self.guess(), 0)
            }
        }
    }

    fn general_key(&self, state: State, entry: FieldEntry, operand: i64) -> i64 {
        let mut at = operand;
        for (bit, offset) in [
            (AtConst, key(Space::Heap, 0)),
            (AtAddr, key(Space::Heap, 0)),
            (AtDepth, key(Space::Stack, state.depth)),
            (Read, key(Space::Input, state.read)),
            (Write, key(Space::Output, state.written)),
        ] {
            if entry.has(bit) {
                at += offset;
            }
        }
        at
    }

    /// Removes a cell through the general port. Its value is the result of the row.
    fn take(&mut self, seen: &mut Seen, at: i64, now: i64, entry: FieldEntry) {
        if at >= key(Space::Heap, WORDS) {
            self.deviate("an address that is no word");
            // Without a row of the heap's table, or with one.
            if self.coin() {
                seen.result = self.word();
                return;
            }
        }
        let Some(cell) = self.multiset.remove(at) else {
            self.deviate("a cell that is not there");
            seen.result = self.word();
            return;
        };
        (seen.result, seen.age, seen.set) = (cell.value, now - 1 - cell.time, cell.set);
        if seen.set == 0 && entry.any(&[Push, Result]) {
            self.deviate("a cell that was never stored");
            if self.coin() {
                (seen.result, seen.set) = (self.word(), 1);
            }
        }
    }

    /// The result of a row that removes nothing through the general port. `rest` is the top without the base.
    fn compute(&mut self, seen: &mut Seen, rest: i64, entry: FieldEntry, operand: i128) {
        let has = |bits: &[Bit]| entry.any(bits);
        if has(&[Add]) {
            let sum = seen.fill + operand as i64 + rest;
            seen.carry = i64::from(sum >= WORDS);
            seen.result = sum - WORDS * seen.carry;
        } else if has(&[Sub]) {
            let difference = seen.fill + operand as i64 - rest;
            seen.carry = i64::from(difference < 0);
            seen.result = difference + WORDS * seen.carry;
        } else if has(&[Cop, CopCarry]) {
            let (op, word) = (operand & ((1 << WORD_SHIFT) - 1), operand >> WORD_SHIFT);
            (seen.result, seen.carry) = self.ask(op as u64, seen.fill, rest + word as i64);
        } else if has(&[Imm]) {
            seen.result = seen.fill + operand as i64 - rest;
        } else if has(&[Ret]) {
            seen.result = seen.fill + operand as i64;
        } else if has(&[Push]) {
            // The prover chooses the secret input, as long as the run needs. That is no deviation.
            let word = self.secret.next().copied();
            seen.result = word.map_or_else(|| self.word(), i64::from);
        }
    }

    fn next_pc(&mut self, seen: &Seen, state: State, entry: FieldEntry, operand: i128) -> i64 {
        let bit = |bit| i64::from(entry.has(bit));
        if entry == FieldEntry::halt() {
            return state.pc;
        }
        let tested = if entry.has(Drop) {
            state.top
        } else {
            state.flag
        };
        let taken = bit(Jnz) + (bit(Jz) - bit(Jnz)) * i64::from(tested == 0);
        let target = match (taken, entry.has(Ret)) {
            (_, true) => seen.result,
            (0, _) => state.pc + 1,
            _ => state.pc + 1 + operand as i64,
        };
        if (0..=self.length).contains(&target) {
            return target;
        }
        // One way on is to claim the other outcome of the test.
        self.deviate("a place outside the program");
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
            self.deviate("an output that is no word");
            self.word() as u32
        });
        self.outputs.push(word);
    }

    fn columns(&mut self, row: usize, state: State, entry: FieldEntry, seen: Seen) {
        let columns = StepRow {
            pc: Fr::from(state.pc),
            depth: Fr::from(state.depth),
            calls: Fr::from(state.calls),
            read: Fr::from(state.read),
            written: Fr::from(state.written),
            top: Fr::from(state.top),
            flag: Fr::from(state.flag),
            entry,
            carry: Fr::from(seen.carry),
            fill: Fr::from(seen.fill),
            fill_age: Fr::from(seen.fill_age),
            age: Fr::from(seen.age),
            set: Fr::from(seen.set),
        };
        columns.write(&self.circuit.layout, row, &mut self.assignment);
        let block = self.circuit.layout.step;
        self.limbs(&block, row, step::LIMB, seen.result);
    }
}
