//! A prover that writes every row itself. The state follows from row to row as the circuit asks; what a row claims to
//! have found (values, times, carries, even its instruction) is the liar's to choose. So a lie keeps everything
//! consistent but the one thing that it is about.

use super::cheat::Cheat;
use super::{assemble, Case};
use ark_bls12_381::Fr;
use ark_ff::{One, PrimeField, Zero};
use provable_core::circuit::builder::Var;
use provable_core::circuit::encoding::{encode_program, Bit, Entry, BITS};
use provable_core::circuit::layout::{arithmetic, bitwise, heap, leftover, program, step, Block};
use provable_core::circuit::tuple::{Space, EMPTY};
use provable_core::circuit::{Circuit, Family};
use std::collections::{BTreeMap, BTreeSet};

/// What a row claims. Honest unless the liar changes it.
#[derive(Clone, Debug)]
pub struct Claim {
    pub entry: Entry,
    pub result: Fr,
    pub carry: Fr,
    pub fill: Fr,
    pub fill_age: Fr,
    pub second: Fr,
    pub second_age: Fr,
    pub age: Fr,
    pub set: Fr,
}

/// The state before a row.
#[derive(Clone, Copy, Debug)]
struct State {
    pc: Fr,
    depth: Fr,
    calls: Fr,
    read: Fr,
    written: Fr,
    top: Fr,
    flag: Fr,
}

pub struct Forger<'a> {
    pub case: Case<'a>,
    /// Cells by key, each with its value and time.
    bag: BTreeMap<i64, (Fr, i64)>,
}

pub fn fr(value: i64) -> Fr {
    Fr::from(value)
}

/// A field element that stands for a small integer of either sign.
pub fn integer(value: Fr) -> i64 {
    let low = |value: Fr| value.into_bigint().0;
    match (low(value), low(-value)) {
        ([small, 0, 0, 0], _) => small as i64,
        (_, [small, 0, 0, 0]) => -(small as i64),
        _ => i64::MAX >> 1,
    }
}

fn key(space: Space) -> i64 {
    space.base_integer() as i64
}

impl<'a> Forger<'a> {
    /// Writes the whole time line of a claimed statement. `lie` sees each row's honest claim and may change it.
    pub fn new(
        circuit: &'a Circuit,
        text: &str,
        (public, outputs): (&[u32], &[u32]),
        lie: impl Fn(usize, &mut Claim),
    ) -> Self {
        let program = assemble(text);
        let entries = encode_program(&program, circuit.layout.capacities.program).unwrap();
        let mut assignment = vec![Fr::zero(); circuit.layout.committed_end()];
        assignment[0] = Fr::one();
        let mut forger = Forger {
            case: Case {
                circuit,
                program,
                public: public.to_vec(),
                outputs: outputs.to_vec(),
                assignment,
            },
            bag: BTreeMap::new(),
        };
        for (index, entry) in entries.iter().enumerate() {
            let block = circuit.layout.program;
            forger.put(block.at(index, program::BITS), entry.bits);
            forger.put(block.at(index, program::OPERAND), entry.operand);
        }
        let zero = Fr::zero();
        let mut state = State {
            pc: zero,
            depth: zero,
            calls: zero,
            read: zero,
            written: zero,
            top: Fr::from(EMPTY),
            flag: zero,
        };
        for row in 0..circuit.layout.step.rows {
            let entry = entries.get(integer(state.pc) as usize).copied();
            let mut claim = forger.honest(row, &state, entry.unwrap_or(Entry::padding()));
            lie(row, &mut claim);
            forger.write(row, &state, &claim);
            state = forger.after(row, &state, &claim);
        }
        forger.tables();
        forger
    }

    pub fn put(&mut self, var: Var, value: impl Into<Fr>) {
        self.case.assignment[var.0 as usize] = value.into();
    }

    /// The families that object, and how many constraints do, after the liar has fixed up all that follows.
    pub fn objections(&mut self) -> (BTreeSet<Family>, usize) {
        self.case.complete();
        let cheat = Cheat::new(self.case.circuit);
        cheat.fix_up(&mut self.case.assignment);
        let matrices = &self.case.circuit.matrices;
        let failing: Vec<usize> = (0..matrices.constraints())
            .filter(|row| !matrices.holds(*row, &self.case.assignment))
            .collect();
        let families = failing.iter().map(|row| self.case.circuit.families[*row]);
        (families.collect(), failing.len())
    }

    fn honest(&mut self, row: usize, state: &State, entry: Entry) -> Claim {
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

    fn write(&mut self, row: usize, state: &State, claim: &Claim) {
        let block = self.case.circuit.layout.step;
        for (column, value) in [
            (step::PC, state.pc),
            (step::DEPTH, state.depth),
            (step::CALLS, state.calls),
            (step::READ, state.read),
            (step::WRITTEN, state.written),
            (step::TOP, state.top),
            (step::FLAG, state.flag),
            (step::OPERAND, claim.entry.operand),
            (step::CARRY, claim.carry),
            (step::FILL, claim.fill),
            (step::FILL_AGE, claim.fill_age),
            (step::AGE, claim.age),
            (step::SECOND, claim.second),
            (step::SECOND_AGE, claim.second_age),
            (step::SET, claim.set),
        ] {
            self.put(block.at(row, column), value);
        }
        for bit in 0..BITS {
            self.put(block.at(row, step::BIT + bit), claim.entry.bits >> bit & 1);
        }
        self.limbs(&block, row, step::LIMB, claim.result);
    }

    /// A number in limbs; one that is no small number, whole in the lowest.
    pub fn limbs(&mut self, block: &Block, row: usize, column: usize, value: Fr) {
        let capacities = self.case.circuit.layout.capacities;
        let bits = capacities.range_bits as usize;
        let mut rest = value.into_bigint().0;
        let last = capacities.word_limbs() - 1;
        for limb in 0..=last {
            let var = block.at(row, column + limb);
            match (rest, limb == last) {
                ([small, 0, 0, 0], false) => {
                    self.put(var, small & ((1 << bits) - 1));
                    rest[0] = small >> bits;
                }
                _ => {
                    self.put(var, Fr::from_bigint(ark_ff::BigInt(rest)).unwrap());
                    rest = [0; 4];
                }
            }
        }
    }

    /// The next row's state, and what the row did to the bag.
    fn after(&mut self, row: usize, state: &State, claim: &Claim) -> State {
        use Bit::*;
        let (now, entry, mut next) = (row as i64 + 1, claim.entry, *state);
        let has = |bits: &[Bit]| bits.iter().any(|bit| entry.has(*bit));
        let (zero, one) = (claim.result.is_zero(), Fr::one());
        let depth = key(Space::Stack) + integer(state.depth);
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
        if has(&[Imm, Push]) {
            let time = now - integer(claim.fill_age);
            self.bag.insert(depth, (state.top, time));
            next.depth += one;
        } else if changes_depth(&entry) {
            self.bag.remove(&(depth - 1));
            next.depth -= one;
        }
        if has(&[StoreTop]) {
            self.bag.remove(&(depth - 2));
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
        }
        if has(&[Call]) {
            self.bag.insert(place, (state.pc + one, now));
            next.calls += one;
        }
        if has(&[Ret]) {
            self.bag.remove(&place);
            next.calls -= one;
        }
        next.read += Fr::from(has(&[Read]));
        next.written += Fr::from(has(&[Write]));
        next
    }

    /// What is left in the bag, into the tables that empty it.
    fn tables(&mut self) {
        let layout = &self.case.circuit.layout;
        for (block, space) in [(layout.stack, Space::Stack), (layout.calls, Space::Calls)] {
            for row in 0..block.rows {
                if let Some((value, time)) = self.bag.get(&(key(space) + row as i64)).copied() {
                    self.put(block.at(row, leftover::ACTIVE), 1u64);
                    self.put(block.at(row, leftover::VALUE), value);
                    self.put(block.at(row, leftover::TIME), fr(time));
                }
            }
        }
        let cells: Vec<_> = self
            .bag
            .range(key(Space::Heap)..)
            .map(|(k, c)| (*k, *c))
            .collect();
        let mut free = 0;
        for row in 0..layout.heap.rows {
            let cell = cells.get(row).copied();
            let address = cell.map_or(free, |(place, _)| place - key(Space::Heap));
            let (value, time) = cell.map_or((Fr::zero(), 0), |(_, cell)| cell);
            self.heap_row(
                row,
                address,
                (value, time, cell.is_some()),
                fr(address - free),
            );
            free = address + 1;
        }
        for row in 0..layout.arithmetic.rows {
            self.arithmetic_row(row, [1, 0, 0, 0], 0, [0; 5].map(fr));
        }
        for row in 0..layout.bitwise.rows {
            self.bitwise_row(row, [1, 0], [0, 0]);
        }
    }

    /// A heap row: its address, its last tuple, and the distance it claims.
    pub fn heap_row(&mut self, row: usize, address: i64, last: (Fr, i64, bool), distance: Fr) {
        let block = self.case.circuit.layout.heap;
        self.put(block.at(row, heap::ADDRESS), fr(address));
        self.put(block.at(row, heap::VALUE), last.0);
        self.put(block.at(row, heap::TIME), fr(last.1));
        self.put(block.at(row, heap::SET), u64::from(last.2));
        self.limbs(&block, row, heap::LIMB, distance);
    }

    /// An arithmetic row: MUL, DIV, MOD, SHL; the factor; a, b, high, low, slack.
    pub fn arithmetic_row(&mut self, row: usize, kinds: [i64; 4], factor: i64, words: [Fr; 5]) {
        let block = self.case.circuit.layout.arithmetic;
        for (index, kind) in kinds.into_iter().enumerate() {
            self.put(block.at(row, arithmetic::KIND + index), fr(kind));
        }
        self.put(block.at(row, arithmetic::FACTOR), fr(factor));
        let limbs = self.case.circuit.layout.capacities.word_limbs();
        for (index, word) in words.into_iter().enumerate() {
            self.limbs(&block, row, arithmetic::LIMB + index * limbs, word);
        }
    }

    /// A bitwise row of two words: AND, OR.
    pub fn bitwise_row(&mut self, row: usize, kinds: [i64; 2], [a, b]: [u32; 2]) {
        let block = self.case.circuit.layout.bitwise;
        for (index, kind) in kinds.into_iter().enumerate() {
            self.put(block.at(row, bitwise::KIND + index), fr(kind));
        }
        for (from, word) in [(0, a), (8, b), (16, a & b)] {
            for nibble in 0..8 {
                let var = block.at(row, bitwise::NIBBLE + from + nibble);
                self.put(var, u64::from(word >> (4 * nibble) & 15));
            }
        }
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
