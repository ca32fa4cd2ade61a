//! False claims of a row.

use super::FalseClaims;
use crate::support::false_witness::questions::question;
use crate::support::false_witness::{Claim, Port, Tuple, fr, integer};
use ark_bls12_381::Fr;
use ark_ff::{Field, One, Zero};
use provable::circuit::encoding::Bit::{self, *};
use provable::circuit::field::pow2;
use provable::circuit::operations::{COP_SHL, COP_SHR};
use rand::Rng;

/// What is changed in a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    /// A port removes a tuple that some honest row added.
    General,
    Fill,
    /// The general port removes the first tuple of a cell.
    First,
    Set,
    /// A push claims a later time, or spills another word.
    Late,
    Spill,
    Result,
    /// A result that is no word.
    Over,
    /// Another answer of a coprocessor.
    Answer,
    /// The other carry, with the result that belongs to it.
    Borrow,
    /// A result that is larger by one, and a carry that is no bit and compensates it.
    Fraction,
    /// Another instruction of the program.
    Execute,
}

const ALL: [Move; 12] = [
    Move::General,
    Move::Fill,
    Move::First,
    Move::Set,
    Move::Late,
    Move::Spill,
    Move::Result,
    Move::Over,
    Move::Answer,
    Move::Borrow,
    Move::Fraction,
    Move::Execute,
];

/// The control bits of the rows that use what a move changes.
const USES: [(Move, &[Bit]); 13] = [
    (Move::General, &[AtConst, AtAddr, AtDepth, Read]),
    (Move::General, &[AtConst, AtAddr, AtDepth]),
    (Move::First, &[AtConst, AtAddr, AtDepth]),
    (Move::Set, &[AtConst, AtAddr, AtDepth, Read]),
    (Move::Late, &[Push, Call]),
    (Move::Spill, &[Push, Call]),
    (Move::Fill, &[Add, Sub, Cop, CopCarry, Drop, Ret]),
    (Move::Borrow, &[Add, Sub, CopCarry]),
    (Move::Fraction, &[Add, Sub]),
    (Move::Result, &[Add, Sub, Push, Result]),
    (Move::Over, &[Push, Result, Add, Sub]),
    (Move::Answer, &[Cop, CopCarry]),
    (Move::Answer, &[Cop, CopCarry]),
];

impl FalseClaims<'_> {
    /// Applies the exchanged removals to the row.
    pub(super) fn exchange(&mut self, row: usize, claim: &mut Claim) {
        let now = row as i64 + 1;
        for (_, port, (_, time, set, value)) in self.exchanged.iter().filter(|found| found.0 == row)
        {
            let age = fr(now - 1 - time);
            match port {
                Port::General => (claim.result, claim.age, claim.set) = (*value, age, fr(*set)),
                Port::Fill => (claim.fill, claim.fill_age) = (*value, age),
                Port::Hash(index) => {
                    let hash = claim.hash.as_mut();
                    if let Some(cell) = hash.and_then(|hash| hash.cells.get_mut(*index)) {
                        *cell = (*value, age);
                    }
                }
            }
        }
    }

    /// Changes one claim of a row, most often one that its instruction uses.
    pub(super) fn change(&mut self, row: usize, claim: &mut Claim) {
        let now = row as i64 + 1;
        if claim.hash.is_some() && self.rng.gen_range(0..12) > 0 {
            return self.compression(now, claim);
        }
        let used = USES.iter().filter(|(_, bits)| claim.entry.any(bits));
        let mut moves: Vec<Move> = used.map(|(chosen, _)| *chosen).collect();
        moves.extend([Move::Execute, ALL[self.rng.gen_range(0..ALL.len())]]);
        match moves[self.rng.gen_range(0..moves.len())] {
            Move::General => {
                let (value, time) = self.tuple(now, (claim.result, claim.age));
                (claim.result, claim.age, claim.set) = (value, fr(now - 1 - time), Fr::one());
            }
            Move::Fill => {
                let (value, time) = self.tuple(now, (claim.fill, claim.fill_age));
                (claim.fill, claim.fill_age) = (value, fr(now - 1 - time));
            }
            Move::First => (claim.result, claim.age, claim.set) = (fr(0), fr(now - 1), fr(0)),
            Move::Set => claim.set = [fr(-2), fr(0), fr(1)][self.rng.gen_range(0..3)],
            Move::Late => claim.fill_age -= fr(self.rng.gen_range(0..20)),
            Move::Spill => claim.fill = self.other(claim.fill),
            Move::Result => claim.result = self.other(claim.result),
            Move::Over => {
                let over = [pow2(32), -pow2(32), -Fr::one()];
                claim.result += over[self.rng.gen_range(0..3)];
            }
            Move::Answer => self.answer(claim),
            Move::Borrow => {
                claim.carry = Fr::one() - claim.carry;
                claim.result += pow2(32) * (claim.carry + claim.carry - Fr::one());
            }
            Move::Fraction => {
                claim.result += Fr::one();
                let up = claim.entry.has(Add);
                let sign = if up { Fr::one() } else { -Fr::one() };
                claim.carry -= sign * pow2(32).inverse().unwrap_or_default();
            }
            Move::Execute => {
                claim.entry = self.entries[self.rng.gen_range(0..self.entries.len())];
            }
        }
    }

    /// Claims another answer of a coprocessor, and notes it for the table.
    fn answer(&mut self, claim: &mut Claim) {
        // The top of the stack is not known here. So the table finds the question by the operation and a.
        let Some((op, a, _)) = question(claim, Fr::zero()) else {
            return;
        };
        let factor = self.rng.gen_range(0..40u32);
        let (result, factor) = match op {
            COP_SHL if self.rng.r#gen() => (a.wrapping_mul(factor).into(), Some(factor)),
            COP_SHR if self.rng.r#gen() => {
                (a.checked_div(factor).unwrap_or(0).into(), Some(factor))
            }
            _ => (self.other(claim.result), None),
        };
        self.answers.insert((op, a), (result, factor));
        claim.result = result;
    }

    pub(super) fn other(&mut self, old: Fr) -> Fr {
        match self.rng.gen_range(0..6) {
            0 => old + Fr::one(),
            1 => old - Fr::one(),
            2 => old + pow2(32),
            3 => Fr::zero(),
            4 => Fr::one(),
            _ => fr(self.rng.gen_range(0..40)),
        }
    }

    /// The value and the time of a tuple that some honest row added: one of the same cell, or any.
    pub(super) fn tuple(&mut self, now: i64, (value, age): (Fr, Fr)) -> (Fr, i64) {
        let time = now - 1 - integer(age);
        let (added, removed) = (&self.honest.added, &self.honest.removed);
        let own = removed
            .iter()
            .find(|tuple| tuple.1 == time && tuple.3 == value);
        let same = |tuple: &&Tuple| own.is_some_and(|own| own.0 == tuple.0);
        let same: Vec<&Tuple> = added.iter().filter(same).collect();
        let any = self.rng.gen_range(0..3) == 0 || same.is_empty();
        let found = match any {
            true => added.get(self.rng.gen_range(0..added.len().max(1))),
            false => same.get(self.rng.gen_range(0..same.len())).copied(),
        };
        found.map_or((value, time), |tuple| (tuple.3, tuple.1))
    }
}
