//! Kinds of mutation: other values in a few places of an assignment.

mod packing;
mod rows;
mod sha256;
mod table;

pub use sha256::{Role, roles};

use super::incremental::Change;
use super::wiring::Wiring;
use crate::support::false_witness::integer;
use ark_bls12_381::Fr;
use ark_ff::{Field, One, UniformRand};
use provable::circuit::encoding::Bit;
use provable::circuit::field::pow2;
use provable::circuit::layout::step;
use provable::circuit::variable::Var;
use provable::lang::program::Program;
use rand::Rng;
use rand::rngs::StdRng;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mutation {
    /// One value.
    Cell,
    /// A few values of one row.
    Row,
    /// A column from one row to another.
    Column,
    /// A limb gains its base, the next loses one.
    Limb,
    /// Two fields of one packed tuple change, and the tuple stays.
    Trade,
    /// Control bits that are no booleans, and pack as before.
    Bits,
    /// Two values change, and one constraint stays satisfied.
    Pair,
    /// Two rows change places.
    Swap,
    /// Two rows exchange the cells that they remove.
    Exchange,
    /// A row executes another instruction.
    Substitute,
    /// A row and the ones that follow happen earlier or later.
    Shift,
    /// A row of a table.
    Table,
    /// A row of the table of SHA-256.
    Sha256,
}

use Mutation::*;

impl Mutation {
    pub fn name(self) -> &'static str {
        match self {
            Cell => "cell",
            Row => "row",
            Column => "column",
            Limb => "limb",
            Trade => "trade",
            Bits => "bits",
            Pair => "pair",
            Swap => "swap",
            Exchange => "exchange",
            Substitute => "substitute",
            Shift => "shift",
            Table => "table",
            Sha256 => "SHA-256",
        }
    }

    pub const ALL: [Mutation; 12] = [
        Cell, Row, Column, Limb, Trade, Bits, Pair, Swap, Exchange, Substitute, Shift, Table,
    ];

    /// A kind that changes something in the circuit.
    pub fn draw(wiring: &Wiring<'_>, rng: &mut StdRng) -> Self {
        match wiring.sha256_terms.is_empty() || rng.gen_range(0..3) == 0 {
            true => Mutation::ALL[rng.gen_range(0..Mutation::ALL.len())],
            false => Sha256,
        }
    }
}

/// What a mutation is drawn for.
#[derive(Clone, Copy)]
pub struct Draw<'a> {
    pub wiring: &'a Wiring<'a>,
    pub program: &'a Program,
    pub assignment: &'a [Fr],
    /// The number of rows up to the first that halts.
    pub live: usize,
}

impl Draw<'_> {
    pub fn change(&self, kind: Mutation, rng: &mut StdRng) -> Change {
        let mut change = Change::default();
        let values = &mut change.values;
        match kind {
            Cell => self.cell(rng, values),
            Row => {
                let row = self.row(rng);
                for _ in 0..rng.gen_range(2..5) {
                    self.set(self.step(row, self.column(rng)), rng, values);
                }
            }
            Column => self.columns(rng, values),
            Limb => self.limb(rng, values),
            Trade => self.trade(rng, values),
            Bits => self.bits(rng, values),
            Pair => self.pair(rng, values),
            Swap => {
                let (one, other) = (self.row(rng), self.row(rng));
                let from = [0, step::OPERAND][rng.gen_range(0..2)];
                for column in from..self.wiring.circuit.layout.step.width {
                    let (a, b) = (self.step(one, column), self.step(other, column));
                    values.push((a.0, self.value(b)));
                    values.push((b.0, self.value(a)));
                }
            }
            Exchange => self.exchange(rng, values),
            Substitute => self.substitute(rng, values),
            Shift => {
                let row = self.row(rng);
                let last = self.wiring.circuit.layout.step.rows - 1;
                let back = rng.r#gen();
                for at in row..last {
                    let (to, from) = if back { (at, at + 1) } else { (at + 1, at) };
                    for column in 0..self.wiring.circuit.layout.step.width {
                        let value = self.value(self.step(from, column));
                        values.push((self.step(to, column).0, value));
                    }
                }
            }
            Table => self.table(rng, values),
            Sha256 => self.sha256(rng, values),
        }
        change
    }

    fn value(&self, var: Var) -> Fr {
        self.assignment[var.0 as usize]
    }

    fn step(&self, row: usize, column: usize) -> Var {
        self.wiring.circuit.layout.step.at(row, column)
    }

    /// A row before the halt, or one of the first that repeat HALT.
    fn row(&self, rng: &mut StdRng) -> usize {
        rng.gen_range(0..(self.live + 3).min(self.wiring.circuit.layout.step.rows))
    }

    /// A column of a step row. The control bits are many, so they get less weight.
    fn column(&self, rng: &mut StdRng) -> usize {
        match rng.gen_range(0..8) {
            0 => rng.gen_range(step::BIT..step::LIMB),
            1 | 2 => rng.gen_range(step::LIMB..self.wiring.circuit.layout.step.width),
            _ => rng.gen_range(0..step::BIT),
        }
    }

    fn cell(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let layout = &self.wiring.circuit.layout;
        let var = match rng.gen_range(0..4) {
            0 => Var(
                rng.gen_range(layout.committed_start()..layout.range.at(0, 0).0 as usize) as u32,
            ),
            _ => self.step(self.row(rng), self.column(rng)),
        };
        self.set(var, rng, values);
    }

    fn set(&self, var: Var, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        values.push((var.0, self.other(self.value(var), rng)));
    }

    /// Another value in place of the old one.
    pub fn other(&self, old: Fr, rng: &mut StdRng) -> Fr {
        let bits = self.wiring.circuit.layout.capacities.range_bits;
        let one = Fr::one();
        // Distances of the packing, of the limbs and of the number under an empty stack.
        let near = [0, 1, bits, 24, 32, 33, 36, 40, 68, 76, 80, 112];
        let distance = pow2(near[rng.gen_range(0..near.len())]);
        // Fractions of these: with them one packed field compensates another.
        let fraction = Fr::from(rng.gen_range(1..40u64)) * distance.inverse().unwrap_or(one);
        let small = Fr::from(rng.gen_range(0..40u64));
        match rng.gen_range(0..16) {
            14 => old + fraction,
            15 => old - fraction,
            0 | 1 => old + one,
            2 | 3 => old - one,
            4 => old + distance,
            5 => old - distance,
            6 => old + distance.inverse().unwrap_or(one),
            7 => one - old,
            8 => -old,
            9 => Fr::from(rng.r#gen::<u32>()),
            10 => -Fr::from(2u64),
            11 => self.value(self.step(self.row(rng), self.column(rng))),
            12 => Fr::rand(rng),
            _ => small,
        }
    }
}

/// The number of rows up to the first that halts.
pub fn live(wiring: &Wiring<'_>, assignment: &[Fr]) -> usize {
    let layout = &wiring.circuit.layout;
    let halted = |row: &usize| {
        [Bit::Jz, Bit::Here].iter().all(|bit| {
            let bit = layout.step.at(*row, step::BIT + *bit as usize);
            integer(assignment[bit.0 as usize]) == 1
        })
    };
    (0..layout.step.rows)
        .find(halted)
        .map_or(layout.step.rows, |row| row + 1)
}
