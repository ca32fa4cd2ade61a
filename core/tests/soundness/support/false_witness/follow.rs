//! The honest claim of a row, and the state that follows from a claim.

use super::questions::{answer, question};
use super::{Claim, FalseWitness, Port, State, fr, integer, key};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use provable::circuit::encoding::Bit;
use provable::circuit::field::FieldEntry;
use provable::circuit::tuple::Space;

impl FalseWitness<'_> {
    pub(super) fn honest(&mut self, row: usize, state: &State, entry: FieldEntry) -> Claim {
        use Bit::*;
        let now = row as i64 + 1;
        let has = |bits: &[Bit]| entry.any(bits);
        let zero = Fr::zero();
        let mut claim = Claim {
            pc: state.pc,
            entry,
            result: zero,
            carry: zero,
            fill: zero,
            fill_age: zero,
            age: zero,
            set: Fr::one(),
        };
        let found = |key| self.memory.get(&key).copied().unwrap_or((zero, 0));
        let age = |time: i64| fr(now - 1 - time);
        if has(&[Push]) {
            claim.fill = state.top;
        } else if has(&[Call]) {
            claim.fill = state.pc + Fr::one();
        } else if takes(&entry) {
            let (value, time) = found(stack_address(state, &entry));
            (claim.fill, claim.fill_age) = (value, age(time));
        }
        let (a, b) = (integer(claim.fill), integer(state.top));
        if has(&[Add]) {
            (claim.result, claim.carry) = (fr((a + b) & 0xffff_ffff), fr((a + b) >> 32));
        }
        if has(&[Sub]) {
            let borrow = i64::from(a < b);
            (claim.result, claim.carry) = (fr(a - b + (borrow << 32)), fr(borrow));
        }
        if has(&[Imm]) {
            claim.result = entry.operand;
        }
        if has(&[Keep, Ret]) {
            claim.result = claim.fill + entry.operand;
        }
        if let (true, Some(asked)) = (self.answering, question(&claim, state.top)) {
            let (result, carry) = answer(asked);
            (claim.result, claim.carry) = (fr(result), fr(carry));
        }
        if has(&[AtConst, AtTop, AtDepth]) {
            let place = address(state, &claim);
            let (value, time) = found(place);
            (claim.result, claim.age) = (value, age(time));
            claim.set = Fr::from(self.memory.contains_key(&place));
        }
        if has(&[Read]) {
            let word = self.case.public.get(integer(state.read) as usize);
            (claim.result, claim.age) = (Fr::from(word.copied().unwrap_or(0)), fr(now - 1));
        }
        claim
    }

    /// The state of the next row. Also applies the row's claim to the memory.
    pub(super) fn after(&mut self, row: usize, state: &State, claim: &Claim) -> State {
        use Bit::*;
        let (now, entry, mut next) = (row as i64 + 1, claim.entry, *state);
        let has = |bits: &[Bit]| entry.any(bits);
        let bit = |bit: Bit| Fr::from(entry.has(bit));
        let one = Fr::one();
        if self.answering {
            self.questions.extend(question(claim, state.top));
        }
        let tested = if has(&[Drop]) { state.top } else { state.flag };
        let taken = bit(Jnz) + (bit(Jz) - bit(Jnz)) * Fr::from(tested.is_zero());
        let following = state.pc + one;
        next.pc =
            following + taken * (entry.operand - following) + bit(Ret) * (claim.result - following);
        if has(&[Add, Sub, CopCarry]) {
            next.flag = claim.carry;
        }
        let place = address(state, claim);
        let before = |age: Fr| now - 1 - integer(age);
        if has(&[AtConst, AtTop, AtDepth, Read]) {
            let (time, set) = (before(claim.age), integer(claim.set));
            self.removed.push((place, time, set, claim.result));
            self.takers.push((row, Port::General));
        }
        let stack = stack_address(state, &entry);
        if has(&[Push, Call]) {
            let time = now - integer(claim.fill_age);
            self.memory.insert(stack, (claim.fill, time));
            self.added.push((stack, time, 1, claim.fill));
        } else if takes(&entry) {
            self.memory.remove(&stack);
            self.removed
                .push((stack, before(claim.fill_age), 1, claim.fill));
            self.takers.push((row, Port::Fill));
        }
        next.depth += bit(Push) - Fr::from(takes(&entry) && !has(&[Ret]));
        next.calls += bit(Call) - bit(Ret);
        next.top = match () {
            () if has(&[Push, Result, Add, Sub, Cop, CopCarry]) => claim.result,
            () if has(&[Drop]) => claim.fill,
            () => state.top,
        };
        if has(&[AtConst, AtTop, AtDepth]) {
            let old = has(&[AtConst, AtDepth]) && !has(&[Push]);
            let value = if old { state.top } else { next.top };
            self.memory.insert(place, (value, now));
            self.added.push((place, now, 1, value));
        }
        if has(&[Write]) {
            self.wrote.push(state.top);
        }
        if has(&[Push]) && !has(&[Imm, Keep, AtConst, AtDepth, Read]) {
            self.secret.push(claim.result);
        }
        next.read += bit(Read);
        next.written += bit(Write);
        next
    }
}

/// Whether an entry removes a cell through the stack port.
fn takes(entry: &FieldEntry) -> bool {
    use Bit::*;
    entry.any(&[Add, Sub, Cop, CopCarry, Drop, Ret])
}

/// The stack port's key.
fn stack_address(state: &State, entry: &FieldEntry) -> i64 {
    use Bit::*;
    let (space, length) = match entry.any(&[Call, Ret]) {
        true => (Space::Calls, state.calls),
        false => (Space::Stack, state.depth),
    };
    key(space) + integer(length) - i64::from(takes(entry))
}

/// The general port's key.
fn address(state: &State, claim: &Claim) -> i64 {
    use Bit::*;
    let selected = |bit, value: Fr| {
        if claim.entry.has(bit) {
            integer(value)
        } else {
            0
        }
    };
    let in_space = |bits: &[Bit], space: Space| match claim.entry.any(bits) {
        true => key(space),
        false => 0,
    };
    in_space(&[AtConst, AtTop], Space::Heap)
        + in_space(&[AtDepth], Space::Stack)
        + in_space(&[Read], Space::Input)
        + in_space(&[Write], Space::Output)
        + integer(claim.entry.operand)
        + selected(AtTop, state.top)
        + selected(AtDepth, state.depth)
        + selected(Read, state.read)
        + selected(Write, state.written)
}
