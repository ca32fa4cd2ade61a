//! Draws what is discrete in the rows: a path through the program, and where a position and control bits compensate each other.
//!
//! A row may fetch entry j with other control bits: as a number, those of the entry plus Δ. Its position is then j − 2^80·Δ, so
//! that the fetched tuple is the same. The bits are any booleans. Each row passes its Δ on, in line and by a jump, which is
//! relative. Only a row whose next position comes from the memory may set another Δ.

use super::layout::{Counters, after, bits, carries, jumps, rests, returns, wide_bits};
use provable::circuit::field::FieldEntry;
use rand::Rng;
use rand::rngs::StdRng;

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub entry: usize,
    pub delta: i64,
    pub bits: u64,
    pub zero: bool,
    pub carry: bool,
    pub counters: Counters,
}

/// The rows up to rest, the first row of rest included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skeleton {
    pub steps: Vec<Step>,
    /// Rows whose next position is not the honest one.
    pub trades: Vec<usize>,
    /// The words of the block and of the state of each row of the SHA-256 table that is active: one for each step that requests, and
    /// then rows that no step requests.
    pub words: Vec<Words>,
}

/// A block, then a state.
pub type Words = [u32; 24];

/// A difference of control bits: one or two of them, either sign.
pub fn difference(width: u32, rng: &mut StdRng) -> i64 {
    let mut one = || {
        let bit = 1i64 << rng.gen_range(0..width);
        if rng.r#gen() { bit } else { -bit }
    };
    let (first, second) = (one(), one());
    match rng.gen_range(0..3) {
        0 | 1 => first,
        _ => first + second,
    }
}

/// What a path may do.
pub struct Paths<'a> {
    pub entries: &'a [FieldEntry],
    /// Positions where pieces of the program begin.
    pub starts: &'a [usize],
    pub rows: usize,
    /// A difference to prefer, if the program suggests one.
    pub delta: Option<i64>,
    /// Whether to take only paths that a machine could take.
    pub honest: bool,
}

impl Paths<'_> {
    /// A path from the first entry to rest. `None` if it leaves the program or is too long.
    pub fn draw(&self, rng: &mut StdRng) -> Option<Skeleton> {
        let mut found = Skeleton::default();
        let (mut entry, mut delta, mut counters) = (0usize, 0i64, [0i64; 4]);
        let mut open: Vec<usize> = Vec::new();
        // The outcomes of the tests and sums: all alike, or each drawn.
        let (zeros, carry) = (rng.gen_range(0..4), rng.gen_range(0..4) == 0);
        loop {
            let fetched = self.entries.get(entry)?;
            let number = bits(fetched.bits as i64 + delta)?;
            let step = Step {
                entry,
                delta,
                bits: number,
                zero: match zeros {
                    0 => false,
                    1 => true,
                    _ => rng.r#gen(),
                },
                carry: carry && carries(number) && rng.r#gen(),
                counters,
            };
            let row = found.steps.len();
            found.steps.push(step);
            if delta == 0 && rests(fetched) {
                return Some(found);
            }
            if row + 3 > self.rows {
                return None;
            }
            counters = after(number, counters);
            if counters.iter().any(|counter| *counter < 0) {
                return None;
            }
            if counters[1] > step.counters[1] {
                open.push(entry + 1);
            }
            let back = if returns(number) { open.pop() } else { None };
            if returns(number) && (!self.honest || back.is_some()) {
                match back {
                    Some(back) if self.honest || rng.r#gen() => {
                        (entry, delta) = (back, 0);
                    }
                    _ => {
                        entry = self.anywhere(rng);
                        delta = self.any(rng);
                        found.trades.push(row);
                    }
                }
            } else if jumps(number, step.zero) {
                // A jump is relative, so it keeps Δ.
                let distance = super::form::small(fetched.operand)?;
                entry = usize::try_from(entry as i128 + 1 + distance).ok()?;
            } else {
                entry += 1;
            }
        }
    }

    fn anywhere(&self, rng: &mut StdRng) -> usize {
        match rng.gen_range(0..8) {
            0 => rng.gen_range(0..self.entries.len()),
            _ if self.starts.is_empty() => 0,
            _ => self.starts[rng.gen_range(0..self.starts.len())],
        }
    }

    fn any(&self, rng: &mut StdRng) -> i64 {
        match (rng.gen_range(0..8), self.delta) {
            (0, _) => 0,
            (1..=4, Some(delta)) => delta,
            _ => difference(super::layout::WIDTH as u32, rng),
        }
    }
}

/// The path in line from the first entry to rest, but for what follows the first visit of some entries: another entry and
/// a difference of control bits.
pub fn along(entries: &[FieldEntry], turns: &[(usize, usize, i64)]) -> Option<Skeleton> {
    let mut turns = turns.to_vec();
    let mut found = Skeleton::default();
    let (mut entry, mut delta, mut counters) = (0, 0, [0; 4]);
    loop {
        let fetched = entries.get(entry)?;
        let number = wide_bits(fetched.bits as i64 + delta)?;
        found.steps.push(Step {
            entry,
            delta,
            bits: number,
            zero: false,
            carry: false,
            counters,
        });
        if rests(&FieldEntry {
            bits: number,
            ..*fetched
        }) {
            return Some(found);
        }
        counters = after(number, counters);
        let turn = turns.iter().position(|(from, _, _)| *from == entry);
        (entry, delta) = match turn.map(|turn| turns.remove(turn)) {
            Some((_, to, delta)) => {
                found.trades.push(found.steps.len() - 1);
                (to, delta)
            }
            None if rests(fetched) => (entry, 0),
            None => (entry + 1, delta),
        };
    }
}
