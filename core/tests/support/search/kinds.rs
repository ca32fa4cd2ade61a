//! Kinds of change to an assignment: what a prover might put in a few places, the rest staying as it is.

use super::local::Change;
use super::wiring::Wiring;
use crate::support::forger::integer;
use ark_bls12_381::Fr;
use ark_ff::{Field, One, UniformRand, Zero};
use provable_core::circuit::builder::{pow2, Var};
use provable_core::circuit::encoding::{encode_program, Bit, BITS};
use provable_core::circuit::layout::{arithmetic, heap, leftover, step, Block};
use provable_core::program::Program;
use rand::rngs::StdRng;
use rand::Rng;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One value.
    Cell,
    /// A few values of one row.
    Row,
    /// A column from one row to another.
    Column,
    /// A limb gains its base, the next loses one.
    Limb,
    /// Two fields of one packed tuple are traded.
    Trade,
    /// Control bits that are none, and pack as before.
    Bits,
    /// Two values that keep one constraint.
    Pair,
    /// Two rows change places.
    Swap,
    /// Two rows take each other's cells.
    Exchange,
    /// A row executes another instruction.
    Disguise,
    /// A row and the ones that follow happen earlier or later.
    Shift,
    /// A row of a table.
    Table,
}

use Kind::*;

impl Kind {
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
            Disguise => "disguise",
            Shift => "shift",
            Table => "table",
        }
    }

    pub const ALL: [Kind; 12] = [
        Cell, Row, Column, Limb, Trade, Bits, Pair, Swap, Exchange, Disguise, Shift, Table,
    ];
}

/// What a change is drawn for.
#[derive(Clone, Copy)]
pub struct Draw<'a> {
    pub wiring: &'a Wiring<'a>,
    pub program: &'a Program,
    pub assignment: &'a [Fr],
    /// Rows before the machine halts, and the first that repeats HALT.
    pub live: usize,
}

impl Draw<'_> {
    pub fn change(&self, kind: Kind, rng: &mut StdRng) -> Change {
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
            Disguise => self.disguise(rng, values),
            Shift => {
                let row = self.row(rng);
                let last = self.wiring.circuit.layout.step.rows - 1;
                let back = rng.gen();
                for at in row..last {
                    let (to, from) = if back { (at, at + 1) } else { (at + 1, at) };
                    for column in 0..self.wiring.circuit.layout.step.width {
                        let value = self.value(self.step(from, column));
                        values.push((self.step(to, column).0, value));
                    }
                }
            }
            Table => self.table(rng, values),
        }
        change
    }

    fn value(&self, var: Var) -> Fr {
        self.assignment[var.0 as usize]
    }

    fn step(&self, row: usize, column: usize) -> Var {
        self.wiring.circuit.layout.step.at(row, column)
    }

    /// Rows that do something, and a few of those that only repeat HALT.
    fn row(&self, rng: &mut StdRng) -> usize {
        rng.gen_range(0..(self.live + 3).min(self.wiring.circuit.layout.step.rows))
    }

    /// A column of a step row; control bits are many and count less.
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

    /// What a liar might put in place of a value.
    pub fn other(&self, old: Fr, rng: &mut StdRng) -> Fr {
        let bits = self.wiring.circuit.layout.capacities.range_bits;
        let one = Fr::one();
        // Distances that packing, limbs and the number under an empty stack know.
        let near = [0, 1, bits, 20, 32, 33, 36, 40, 60, 80];
        let distance = pow2(near[rng.gen_range(0..near.len())]);
        let small = Fr::from(rng.gen_range(0..40u64));
        match rng.gen_range(0..14) {
            0 | 1 => old + one,
            2 | 3 => old - one,
            4 => old + distance,
            5 => old - distance,
            6 => old + distance.inverse().unwrap_or(one),
            7 => one - old,
            8 => -old,
            9 => Fr::from(rng.gen::<u32>()),
            10 => -Fr::from(2u64),
            11 => self.value(self.step(self.row(rng), self.column(rng))),
            12 => Fr::rand(rng),
            _ => small,
        }
    }

    fn columns(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let rows = self.wiring.circuit.layout.step.rows;
        let (from, column) = (self.row(rng), rng.gen_range(0..step::BIT));
        let to = if rng.gen() {
            rows - 1
        } else {
            rng.gen_range(from..rows)
        };
        let old = self.value(self.step(from, column));
        let new = self.other(old, rng);
        let all = rng.gen::<bool>();
        for row in from..=to {
            let var = self.step(row, column);
            values.push((
                var.0,
                if all {
                    new
                } else {
                    self.value(var) + new - old
                },
            ));
        }
    }

    fn limb(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let layout = &self.wiring.circuit.layout;
        let limbs = layout.capacities.word_limbs();
        let (block, row, first) = match rng.gen_range(0..4) {
            0 => (layout.heap, rng.gen_range(0..layout.heap.rows), heap::LIMB),
            1 => {
                let word = rng.gen_range(0..arithmetic::WORDS);
                let row = rng.gen_range(0..layout.arithmetic.rows);
                (layout.arithmetic, row, arithmetic::LIMB + word * limbs)
            }
            _ => (layout.step, self.row(rng), step::LIMB),
        };
        let from = rng.gen_range(0..limbs);
        let to = rng.gen_range(0..limbs);
        let base = pow2(layout.capacities.range_bits);
        let (low, high) = (block.at(row, first + from), block.at(row, first + to));
        let amount = [
            Fr::one(),
            -Fr::one(),
            Fr::from(2u64),
            base.inverse().unwrap_or_default(),
        ];
        let amount = amount[rng.gen_range(0..amount.len())];
        let weight = base.pow([limbs as u64]);
        let scale = base.pow([from as u64])
            * weight
            * (base.pow([to as u64]) * weight)
                .inverse()
                .unwrap_or_default();
        if from != to {
            values.push((
                low.0,
                self.value(low) + amount * scale.inverse().unwrap_or_default(),
            ));
            values.push((high.0, self.value(high) - amount));
        }
    }

    /// Two committed values of one tuple, moved so that the tuple stays.
    fn trade(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let terms = &self.wiring.terms;
        let term = terms[rng.gen_range(0..terms.len())];
        let entries = self.entries(1, term.constraint);
        if entries.len() < 2 {
            return self.cell(rng, values);
        }
        let (x, cx) = entries[rng.gen_range(0..entries.len())];
        let (y, cy) = entries[rng.gen_range(0..entries.len())];
        if x == y {
            return self.cell(rng, values);
        }
        let new = self.other(self.value(x), rng);
        let moved = (new - self.value(x)) * cx * cy.inverse().unwrap_or_default();
        values.push((x.0, new));
        values.push((y.0, self.value(y) - moved));
    }

    fn bits(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let row = self.row(rng);
        let (one, other) = (rng.gen_range(0..BITS), rng.gen_range(0..BITS));
        let (low, high) = (one.min(other), one.max(other));
        let sign = if rng.gen() { Fr::one() } else { -Fr::one() };
        if low < high {
            let (low_var, high_var) = (
                self.step(row, step::BIT + low),
                self.step(row, step::BIT + high),
            );
            values.push((high_var.0, self.value(high_var) + sign));
            let weight = pow2((high - low) as u32);
            values.push((low_var.0, self.value(low_var) - sign * weight));
        }
    }

    /// The committed variables of one side of a constraint.
    fn entries(&self, side: usize, row: u32) -> Vec<(Var, Fr)> {
        let (matrices, layout) = (&self.wiring.circuit.matrices, &self.wiring.circuit.layout);
        let committed = layout.committed_start() as u32..layout.committed_end() as u32;
        let found = matrices.abc[side].row(row as usize);
        let found = found.filter(|(var, _)| committed.contains(var));
        found
            .map(|(var, index)| (Var(var), matrices.coefficients[index as usize]))
            .collect()
    }

    /// One value changed, and another solved for in a constraint that both stand in.
    fn pair(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let matrices = &self.wiring.circuit.matrices;
        let row = rng.gen_range(0..matrices.constraints()) as u32;
        let sides: Vec<Vec<(Var, Fr)>> = (0..3).map(|side| self.entries(side, row)).collect();
        let all: Vec<Var> = sides.iter().flatten().map(|(var, _)| *var).collect();
        if all.len() < 2 {
            return self.cell(rng, values);
        }
        let (x, y) = (
            all[rng.gen_range(0..all.len())],
            all[rng.gen_range(0..all.len())],
        );
        let of = |side: usize, var: Var| -> Fr {
            let found = sides[side].iter().find(|(found, _)| *found == var);
            found.map_or(Fr::zero(), |(_, coefficient)| *coefficient)
        };
        if x == y || !(of(0, y) * of(1, y)).is_zero() {
            return self.cell(rng, values);
        }
        let new = self.other(self.value(x), rng);
        let moved = new - self.value(x);
        let at = |side| matrices.dot(side, row as usize, self.assignment) + of(side, x) * moved;
        let (a, b, c) = (at(0), at(1), at(2));
        // (a + of(0)·d)(b + of(1)·d) = c + of(2)·d, in which the product of the two is zero.
        let slope = of(0, y) * b + of(1, y) * a - of(2, y);
        let Some(inverse) = slope.inverse() else {
            return self.cell(rng, values);
        };
        values.push((x.0, new));
        values.push((y.0, self.value(y) + (c - a * b) * inverse));
    }

    /// Two removals of one port change rows: values and times go with them.
    fn exchange(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let ports = [
            (step::FILL, step::FILL_AGE),
            (step::SECOND, step::SECOND_AGE),
            (step::LIMB, step::AGE),
        ];
        let (value, age) = ports[rng.gen_range(0..3)];
        let (one, other) = (self.row(rng), self.row(rng));
        let later = Fr::from(other as u64) - Fr::from(one as u64);
        let width = match value {
            step::LIMB => self.wiring.circuit.layout.capacities.word_limbs(),
            _ => 1,
        };
        for column in value..value + width {
            let (a, b) = (self.step(one, column), self.step(other, column));
            values.push((a.0, self.value(b)));
            values.push((b.0, self.value(a)));
        }
        let (a, b) = (self.step(one, age), self.step(other, age));
        values.push((a.0, self.value(b) - later));
        values.push((b.0, self.value(a) + later));
        if rng.gen() {
            let (a, b) = (self.step(one, step::SET), self.step(other, step::SET));
            values.push((a.0, self.value(b)));
            values.push((b.0, self.value(a)));
        }
    }

    fn disguise(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let capacity = self.wiring.circuit.layout.capacities.program;
        let Some(entries) = encode_program(self.program, capacity) else {
            return;
        };
        let row = self.row(rng);
        let index = rng.gen_range(0..=self.program.instructions().len());
        let mut bits = entries[index].bits;
        if rng.gen_range(0..3) == 0 {
            bits ^= 1 << rng.gen_range(0..BITS);
        }
        for bit in 0..BITS {
            let var = self.step(row, step::BIT + bit);
            values.push((var.0, Fr::from(bits >> bit & 1)));
        }
        let operand = match rng.gen_range(0..3) {
            0 => self.value(self.step(row, step::OPERAND)),
            _ => entries[index].operand,
        };
        values.push((self.step(row, step::OPERAND).0, operand));
        if rng.gen() {
            values.push((self.step(row, step::PC).0, Fr::from(index as u64)));
        }
        if bits >> Bit::Halt as u32 & 1 == 1 && rng.gen() {
            // Halted from here on.
            let last = self.wiring.circuit.layout.step.rows;
            for (at, column) in
                (row + 1..last).flat_map(|at| (0..step::BIT).map(move |column| (at, column)))
            {
                let var = self.step(row, column);
                let known = values
                    .iter()
                    .find(|(found, _)| *found == var.0)
                    .map(|(_, value)| *value);
                values.push((self.step(at, column).0, known.unwrap_or(self.value(var))));
            }
        }
    }

    fn table(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let layout = &self.wiring.circuit.layout;
        let blocks = [
            layout.heap,
            layout.stack,
            layout.calls,
            layout.program,
            layout.arithmetic,
            layout.bitwise,
        ];
        let block: Block = blocks[rng.gen_range(0..blocks.len())];
        let row = rng.gen_range(0..block.rows);
        let at = |row, column| block.at(row, column);
        match rng.gen_range(0..4) {
            // Two rows change places.
            0 => {
                let other = rng.gen_range(0..block.rows);
                for column in 0..block.width {
                    values.push((at(row, column).0, self.value(at(other, column))));
                    values.push((at(other, column).0, self.value(at(row, column))));
                }
            }
            // One row as another.
            1 => {
                let other = rng.gen_range(0..block.rows);
                for column in 0..block.width {
                    values.push((at(row, column).0, self.value(at(other, column))));
                }
            }
            // A leftover appears with a tuple of a step row, or goes.
            2 if block.width == leftover::WIDTH => {
                let active = at(row, leftover::ACTIVE);
                values.push((active.0, Fr::one() - self.value(active)));
                let from = self.row(rng);
                values.push((
                    at(row, leftover::VALUE).0,
                    self.value(self.step(from, step::TOP)),
                ));
                values.push((at(row, leftover::TIME).0, Fr::from(from as u64 + 1)));
            }
            _ => {
                for _ in 0..rng.gen_range(1..5) {
                    self.set(at(row, rng.gen_range(0..block.width)), rng, values);
                }
            }
        }
    }
}

/// The rows before HALT repeats.
pub fn live(wiring: &Wiring<'_>, assignment: &[Fr]) -> usize {
    let layout = &wiring.circuit.layout;
    let halted = |row: &usize| {
        let bit = layout.step.at(*row, step::BIT + Bit::Halt as usize);
        integer(assignment[bit.0 as usize]) == 1
    };
    (0..layout.step.rows)
        .find(halted)
        .map_or(layout.step.rows, |row| row + 1)
}
