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
            top: state.top,
            entry,
            result: zero,
            carry: zero,
            fill: zero,
            fill_age: zero,
            age: zero,
            set: Fr::one(),
            hash: None,
        };
        let found = |key| self.memory.get(&key).copied().unwrap_or((zero, 0));
        let age = |time: i64| fr(now - 1 - time);
        if has(&[Push, Here]) {
            claim.fill = state.top;
        } else if has(&[Call]) {
            claim.fill = state.pc + Fr::one();
        } else if takes(&entry) {
            let (value, time) = found(stack_address(state, &entry));
            (claim.fill, claim.fill_age) = (value, age(time));
        }
        let a = claim.fill + entry.operand;
        let b = state.top - base(&claim);
        if has(&[Add]) {
            let sum = integer(a + b);
            (claim.result, claim.carry) = (fr(sum & 0xffff_ffff), fr(sum >> 32));
        }
        if has(&[Sub]) {
            let difference = integer(a - b);
            let borrow = i64::from(difference < 0);
            (claim.result, claim.carry) = (fr(difference + (borrow << 32)), fr(borrow));
        }
        if has(&[Imm]) {
            claim.result = a - b;
        }
        if has(&[Ret]) {
            claim.result = a;
        }
        if let (true, Some(asked)) = (self.answering, question(&claim, state.top)) {
            let (result, carry) = answer(asked);
            (claim.result, claim.carry) = (fr(result), fr(carry));
        }
        if has(&[AtConst, AtAddr, AtDepth]) {
            let place = address(state, &claim);
            let (value, time) = found(place);
            (claim.result, claim.age) = (value, age(time));
            claim.set = Fr::from(self.memory.contains_key(&place));
        }
        if has(&[Hash]) {
            claim.hash = Some(self.requested(now, state.top, claim.fill));
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
        next.pc = following + taken * entry.operand + bit(Ret) * (claim.result - following);
        if has(&[Add, Sub, CopCarry]) {
            next.flag = claim.carry;
        }
        let place = address(state, claim);
        let before = |age: Fr| now - 1 - integer(age);
        if has(&[AtConst, AtAddr, AtDepth, Read]) {
            let (time, set) = (before(claim.age), integer(claim.set));
            self.removed.push((place, time, set, claim.result));
            self.takers.push((row, Port::General));
        }
        let stack = stack_address(state, &entry);
        if entry.stack_port() > 0 {
            let time = now - integer(claim.fill_age);
            self.memory.insert(stack, (claim.fill, time));
            self.added.push((stack, time, 1, claim.fill));
        } else if takes(&entry) {
            self.memory.remove(&stack);
            self.removed
                .push((stack, before(claim.fill_age), 1, claim.fill));
            self.takers.push((row, Port::Fill));
        }
        next.depth += bit(Push) - fr(entry.pops().into());
        next.calls += bit(Call) - bit(Ret);
        let binary = [Add, Sub, Cop, CopCarry].map(bit).into_iter().sum::<Fr>();
        let found = bit(Push) + bit(Result) + binary - bit(Here);
        next.top += found * (claim.result - state.top) + bit(Drop) * (claim.fill - state.top);
        if has(&[AtConst, AtAddr, AtDepth]) {
            let old = fr(i64::from(!has(&[Push])));
            let value = next.top + old * (state.top - next.top);
            self.memory.insert(place, (value, now));
            self.added.push((place, now, 1, value));
        }
        if let Some(hash) = &claim.hash {
            self.compress(row, hash);
        }
        if has(&[Write]) {
            self.wrote.push(state.top);
        }
        if entry.bits == 1 << Push as u32 {
            self.secret.push(claim.result);
        }
        next.read += bit(Read);
        next.written += bit(Write);
        next
    }
}

/// Whether an entry removes a cell through the stack port.
fn takes(entry: &FieldEntry) -> bool {
    entry.stack_port() < 0
}

/// `fill` where the row works on the top itself, or addresses the heap or a state by it, otherwise zero.
pub(super) fn base(claim: &Claim) -> Fr {
    match claim.entry.any(&[Bit::AtAddr, Bit::Here, Bit::Hash]) {
        true => claim.fill,
        false => Fr::zero(),
    }
}

/// The stack port's key.
fn stack_address(state: &State, entry: &FieldEntry) -> i64 {
    use Bit::*;
    let (space, length) = match entry.any(&[Call, Ret]) {
        true => (Space::Calls, state.calls),
        false => (Space::Stack, state.depth),
    };
    key(space) + integer(length) - i64::from(entry.pops()) - i64::from(entry.has(Ret))
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
    in_space(&[AtConst, AtAddr], Space::Heap)
        + in_space(&[AtDepth], Space::Stack)
        + in_space(&[Read], Space::Input)
        + in_space(&[Write], Space::Output)
        + integer(claim.entry.operand + base(claim))
        + selected(AtDepth, state.depth)
        + selected(Read, state.read)
        + selected(Write, state.written)
}
