//! Mutations of the rows of the SHA-256 table, and of the column that requests them.

use super::Draw;
use ark_bls12_381::Fr;
use ark_ff::{Field, One, UniformRand, Zero};
use provable::circuit::Circuit;
use provable::circuit::encoding::{Bit, COLUMNS};
use provable::circuit::field::pow2;
use provable::circuit::layout::step;
use provable::circuit::sha256::{
    ACTIVE, AGE, BLOCK, Cut, Digits, Function, Gates, Lane, STATE, Sum, TIME, WORDS, compress,
    spread,
};
use provable::circuit::tuple::shift_of_lane;
use provable::circuit::variable::Var;
use rand::Rng;
use rand::rngs::StdRng;

/// What a column is for.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    Limb,
    /// A piece of this many bits. Its spread form is the next column, if it has more than one bit.
    Piece(u32),
    Form,
    Chunk(Function, Lane, u32),
}

/// The roles of the columns from [`WORDS`] on.
pub fn roles(circuit: &Circuit) -> Vec<Role> {
    let capacities = circuit.layout.capacities;
    let mut roles = Roles {
        limbs: capacities.word_limbs(),
        roles: Vec::new(),
    };
    if capacities.sha256 > 0 {
        compress(&mut roles);
    }
    roles.roles
}

struct Roles {
    limbs: usize,
    roles: Vec<Role>,
}

impl Gates for Roles {
    type Word = ();

    fn given(&mut self, _: (&'static str, usize), cut: Cut) {
        if cut == Cut::Limbs {
            self.roles.extend([Role::Limb].repeat(self.limbs));
        }
        for (_, length) in cut.pieces() {
            self.roles.push(Role::Piece(length));
            self.roles.extend((length > 1).then_some(Role::Form));
        }
    }

    fn add(&mut self, name: (&'static str, usize), sum: Sum<'_, ()>, cut: Cut) {
        for (Digits { function, .. }, lane) in sum.functions.iter().flatten().zip(Lane::ALL) {
            let chunk = |position| Role::Chunk(*function, lane, position);
            self.roles.extend((0..function.chunks()).map(chunk));
        }
        self.given(name, cut);
    }
}

impl Draw<'_> {
    fn hash(&self, row: usize, column: usize) -> Var {
        self.wiring.circuit.layout.sha256.at(row, column)
    }

    pub(super) fn sha256(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let rows = self.wiring.circuit.layout.sha256.rows;
        let row = rng.gen_range(0..rows);
        match rng.gen_range(0..8) {
            0 => {
                let column = rng.gen_range(0..self.wiring.circuit.layout.sha256.width);
                self.more(self.hash(row, column), rng, values);
            }
            1 | 2 => {
                let terms = &self.wiring.sha256_terms;
                let term = terms[rng.gen_range(0..terms.len())];
                self.traded(self.wiring.terms[term], rng, values);
            }
            3 | 4 => self.entry(row, rng, values),
            5 => self.request(row, rng, values),
            6 => self.requests(rng, values),
            _ => {
                for _ in 0..rng.gen_range(1..4) {
                    let var = self.hash(row, rng.gen_range(0..WORDS));
                    self.set(var, rng, values);
                }
            }
        }
    }

    /// A distance between the fields of an addition, or a fraction of one, times a small number.
    pub(super) fn distance(&self, rng: &mut StdRng) -> Fr {
        let lanes = [0, shift_of_lane(Lane::First), shift_of_lane(Lane::Second)];
        let bits = self.wiring.circuit.layout.capacities.range_bits;
        let places = [0, 1, bits, 24, 32, 33, 3 * rng.gen_range(0..33)];
        let exponent = lanes[rng.gen_range(0..3)] + places[rng.gen_range(0..places.len())];
        let power = match rng.gen_range(0..8) {
            0..=3 => pow2(exponent),
            4 => pow2(rng.gen_range(0..254)),
            5 => Fr::rand(rng),
            _ => pow2(exponent).inverse().unwrap_or_default(),
        };
        let times = Fr::from([1u64, 1, 1, 2, 3, 5, 7, 8][rng.gen_range(0..8)]);
        if rng.r#gen() {
            power * times
        } else {
            -power * times
        }
    }

    fn more(&self, var: Var, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        values.push((var.0, self.value(var) + self.distance(rng)));
    }

    /// Other entries: a piece with its spread form, or a chunk.
    fn entry(&self, row: usize, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let roles = &self.wiring.sha256_roles;
        for _ in 0..rng.gen_range(1..3) {
            let place = rng.gen_range(0..roles.len());
            let var = self.hash(row, WORDS + place);
            match roles[place] {
                Role::Piece(1) => values.push((var.0, Fr::one() - self.value(var))),
                Role::Piece(length) => {
                    let number = rng.r#gen::<u32>() >> (u32::BITS - length);
                    let form = self.hash(row, WORDS + place + 1);
                    let forms = rng.gen_range(0..4);
                    if forms != 1 {
                        values.push((var.0, Fr::from(number)));
                    }
                    if forms != 0 {
                        values.push((form.0, Fr::from(spread(number))));
                    }
                }
                Role::Chunk(function, lane, position) => {
                    let digits = (0..function.digits_of_chunk(position)).map(|place| {
                        let digit = rng.gen_range(0..function.results().len());
                        let bit = position * function.chunk() + place;
                        let result = function.results()[digit] << bit;
                        Fr::from(digit as u64) * pow2(3 * bit + shift_of_lane(lane))
                            + Fr::from(result)
                    });
                    values.push((var.0, digits.sum()));
                }
                Role::Limb | Role::Form => self.set(var, rng, values),
            }
        }
    }

    /// What ties a row to its step row: one row in place of another, a copy, another selector, another step row.
    fn request(&self, row: usize, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let block = self.wiring.circuit.layout.sha256;
        let other = rng.gen_range(0..block.rows);
        let first = [0, AGE, WORDS][rng.gen_range(0..3)];
        match rng.gen_range(0..5) {
            0 => {
                for column in first..block.width {
                    let (a, b) = (self.hash(row, column), self.hash(other, column));
                    values.push((a.0, self.value(b)));
                    values.push((b.0, self.value(a)));
                }
            }
            1 => {
                for column in first..block.width {
                    let from = self.hash(other, column);
                    values.push((self.hash(row, column).0, self.value(from)));
                }
            }
            2 => {
                let active = self.hash(row, ACTIVE);
                let half = pow2(1).inverse().unwrap_or_default();
                let others = [Fr::zero(), Fr::one(), Fr::from(2u64), -Fr::one(), half];
                values.push((active.0, others[rng.gen_range(0..others.len())]));
            }
            3 => {
                let from = self.row(rng);
                values.push((self.hash(row, ACTIVE).0, Fr::one()));
                values.push((self.hash(row, TIME).0, Fr::from(from as u64 + 1)));
                for (column, of) in [(BLOCK, step::TOP), (STATE, step::FILL)] {
                    let value = self.value(self.step(from, of));
                    values.push((self.hash(row, column).0, value));
                }
            }
            _ => {
                // Another time, and ages with which the same cells are taken.
                let later = Fr::from(rng.gen_range(1..4u64)) * self.distance(rng);
                for column in (AGE..WORDS).chain([TIME]) {
                    let var = self.hash(row, column);
                    values.push((var.0, self.value(var) + later));
                }
            }
        }
    }

    /// The bit of a step row that requests, by itself or with another bit that makes up for it in the packed bits.
    fn requests(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let Some(column) = self.wiring.circuit.layout.hash() else {
            return;
        };
        let row = self.row(rng);
        let var = self.step(row, column);
        let old = self.value(var);
        let new = match rng.gen_range(0..4) {
            0 | 1 => Fr::one() - old,
            2 => old + self.distance(rng),
            _ => self.other(old, rng),
        };
        values.push((var.0, new));
        if rng.r#gen() {
            let bit = rng.gen_range(0..COLUMNS);
            let other = self.step(row, step::BIT + bit);
            let weight = pow2((Bit::Hash as usize - bit) as u32);
            values.push((other.0, self.value(other) - (new - old) * weight));
        }
    }
}
