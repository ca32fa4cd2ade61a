//! What a row would claim if it were honest, and what follows from what it claims.

use super::questions::{answer, question};
use super::{fr, integer, key, Claim, Forger, Port, State};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use provable_core::circuit::encoding::{Bit, Entry};
use provable_core::circuit::tuple::Space;

impl Forger<'_> {
    pub(super) fn honest(&mut self, row: usize, state: &State, entry: Entry) -> Claim {
        use Bit::*;
        let now = row as i64 + 1;
        let has = |bits: &[Bit]| bits.iter().any(|bit| entry.has(*bit));
        let zero = Fr::zero();
        let mut claim = Claim {
            entry,
            result: zero,
            carry: zero,
            fill: zero,
            fill_age: zero,
            second: zero,
            second_age: zero,
            age: zero,
            set: Fr::one(),
        };
        let depth = key(Space::Stack) + integer(state.depth);
        let found = |key| self.bag.get(&key).copied().unwrap_or((zero, 0));
        let age = |time: i64| fr(now - 1 - time);
        if has(&[Imm, Push]) {
            claim.fill = state.top;
        } else if changes_depth(&entry) {
            let (value, time) = found(depth - 1);
            (claim.fill, claim.fill_age) = (value, age(time));
        }
        if has(&[StoreTop]) {
            let (value, time) = found(depth - 2);
            (claim.second, claim.second_age) = (value, age(time));
        }
        let (a, b) = (integer(claim.fill), integer(state.top));
        if has(&[Add]) {
            (claim.result, claim.carry) = (fr((a + b) & 0xffff_ffff), fr((a + b) >> 32));
        }
        if has(&[Sub, Eq, Lt, Gt]) {
            let borrow = i64::from(a < b);
            (claim.result, claim.carry) = (fr(a - b + (borrow << 32)), fr(borrow));
        }
        if has(&[Jz, Jnz, Not, Test]) {
            claim.result = state.top;
        }
        if let (true, Some(asked)) = (self.answering, question(&claim, state.top)) {
            let (result, carry) = answer(asked);
            (claim.result, claim.carry) = (fr(result), fr(carry));
        }
        if has(&[Replace, Ret]) {
            let place = address(state, &claim);
            let (value, time) = found(place);
            (claim.result, claim.age) = (value, age(time));
            claim.set = Fr::from(self.bag.contains_key(&place));
        }
        if has(&[Read]) {
            let word = self.case.public.get(integer(state.read) as usize);
            (claim.result, claim.age) = (Fr::from(word.copied().unwrap_or(0)), fr(now - 1));
        }
        claim
    }

    /// The next row's state, and what the row did to the bag.
    pub(super) fn after(&mut self, row: usize, state: &State, claim: &Claim) -> State {
        use Bit::*;
        let (now, entry, mut next) = (row as i64 + 1, claim.entry, *state);
        let has = |bits: &[Bit]| bits.iter().any(|bit| entry.has(*bit));
        let (zero, one) = (claim.result.is_zero(), Fr::one());
        let depth = key(Space::Stack) + integer(state.depth);
        if self.answering {
            self.questions.extend(question(claim, state.top));
        }
        let mut taken = Fr::from(has(&[Jnz, Jnc, Gt]));
        if zero {
            taken += Fr::from(has(&[Jz, Eq])) - Fr::from(has(&[Jnz, Gt]));
        }
        taken += (Fr::from(has(&[Jc])) - Fr::from(has(&[Jnc]))) * state.flag;
        taken += (Fr::from(has(&[Lt])) - Fr::from(has(&[Gt]))) * claim.carry;
        let target = match has(&[Ret]) {
            true => claim.result,
            false => entry.operand,
        };
        let following = state.pc + one - Fr::from(has(&[Halt]));
        next.pc = following + taken * (target - state.pc - one);
        if has(&[Add, Sub, CopCarry]) {
            next.flag = claim.carry;
        }
        let place = address(state, claim);
        let before = |age: Fr| now - 1 - integer(age);
        if has(&[Replace, Ret, Read]) {
            let (time, set) = (before(claim.age), integer(claim.set));
            self.removed.push((place, time, set, claim.result));
            self.takers.push((row, Port::General));
        }
        if has(&[Imm, Push]) {
            let time = now - integer(claim.fill_age);
            self.bag.insert(depth, (claim.fill, time));
            self.added.push((depth, time, 1, claim.fill));
            next.depth += one;
        } else if changes_depth(&entry) {
            self.bag.remove(&(depth - 1));
            self.removed
                .push((depth - 1, before(claim.fill_age), 1, claim.fill));
            self.takers.push((row, Port::Fill));
            next.depth -= one;
        }
        if has(&[StoreTop]) {
            self.bag.remove(&(depth - 2));
            self.removed
                .push((depth - 2, before(claim.second_age), 1, claim.second));
            self.takers.push((row, Port::Second));
            next.depth -= one;
        }
        next.top = match () {
            () if has(&[Imm]) => entry.operand,
            () if has(&[Result, Add, Sub, Cop, CopCarry]) => claim.result,
            () if has(&[Eq, Lt, Gt]) => taken,
            () if has(&[Jz, Jnz, Drop]) => claim.fill,
            () if has(&[StoreTop]) => claim.second,
            () if has(&[Not]) => Fr::from(u32::MAX) - state.top,
            () => state.top,
        };
        if has(&[Replace]) {
            let value = match (has(&[PutTop]), has(&[StoreTop])) {
                (true, _) => state.top,
                (_, true) => claim.fill,
                _ => claim.result,
            };
            self.bag.insert(place, (value, now));
            self.added.push((place, now, 1, value));
        }
        if has(&[Call]) {
            self.bag.insert(place, (state.pc + one, now));
            self.added.push((place, now, 1, state.pc + one));
            next.calls += one;
        }
        if has(&[Ret]) {
            self.bag.remove(&place);
            next.calls -= one;
        }
        if has(&[Write]) {
            self.wrote.push(state.top);
        }
        if has(&[Push]) && has(&[Result]) && !has(&[Replace, Read]) {
            self.secret.push(claim.result);
        }
        next.read += Fr::from(has(&[Read]));
        next.written += Fr::from(has(&[Write]));
        next
    }
}

/// Whether an entry pops through the stack port.
fn changes_depth(entry: &Entry) -> bool {
    use Bit::*;
    [Add, Sub, Eq, Lt, Gt, Cop, CopCarry, Jz, Jnz, Drop, StoreTop]
        .iter()
        .any(|bit| entry.has(*bit))
}

/// The general port's key.
fn address(state: &State, claim: &Claim) -> i64 {
    use Bit::*;
    let entry = claim.entry;
    let selected = |bit, value: Fr| if entry.has(bit) { integer(value) } else { 0 };
    let base = match entry.has(Call) {
        true => key(Space::Calls),
        false => integer(entry.operand),
    };
    base + selected(AtTop, state.top)
        + selected(AtDepth, state.depth)
        + selected(Call, state.calls)
        + selected(Ret, state.calls)
        + selected(Read, state.read)
        + selected(Write, state.written)
}
