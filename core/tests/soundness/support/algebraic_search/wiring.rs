//! The constraints of a table's row, and the kind of each, read from the matrices and the derivations.

use ark_bls12_381::Fr;
use ark_ff::One;
use provable::circuit::builder::Rule;
use provable::circuit::{Circuit, Family};
use std::collections::{HashMap, HashSet};

/// What a constraint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It determines a variable as A·B.
    Product(u32),
    /// It and the next determine a variable: what the next's C is where this one's B is zero, else zero.
    WhereZero(u32),
    /// A term of a sum, with the sign that the sum gives it.
    Term { sum: Family, minus: bool },
    /// A value that is not zero, because the constraint determines its inverse.
    Inverse,
    /// No equation for the system: booleans that the skeleton chooses, inverses, sums.
    Skipped,
    /// A·B = C between variables that are defined already.
    Plain,
}

/// A circuit, its constraints by the row of the table that they are about.
pub struct Wiring<'a> {
    pub circuit: &'a Circuit,
    pub kinds: Vec<Kind>,
    /// For each block of the layout and each of its rows, the constraints, in their order.
    pub rows: Vec<Vec<Vec<u32>>>,
    /// Constraints about no row: what is derived from the challenges alone.
    pub globals: Vec<u32>,
}

impl<'a> Wiring<'a> {
    pub fn new(circuit: &'a Circuit) -> Self {
        let matrices = &circuit.matrices;
        let constraints = matrices.constraints();
        let mut kinds = vec![Kind::Plain; constraints];
        let mut derived: HashMap<u32, u32> = HashMap::new();
        for derivation in &circuit.derivations {
            let row = derivation.constraint as usize;
            kinds[row] = match derivation.rule {
                Rule::Product => Kind::Product(derivation.var),
                Rule::WhereZero => Kind::WhereZero(derivation.var),
                // Terms of sums are found below. The inverse of a zero test belongs to that.
                Rule::Quotient if matrices.abc[2].row(row).eq([(0, 0)]) => Kind::Inverse,
                Rule::Quotient => Kind::Skipped,
            };
            derived.insert(derivation.var, derivation.constraint);
        }
        for (row, family) in circuit.families.iter().enumerate() {
            match family {
                Family::MemorySum
                | Family::RangeSum
                | Family::TopSum
                | Family::FetchSum
                | Family::CoprocessorSum
                | Family::DigitSum
                | Family::PowerSum
                | Family::Sha256Sums => {
                    kinds[row] = Kind::Skipped;
                    for (var, coefficient) in matrices.abc[0].row(row) {
                        if let Some(term) = derived.get(&var) {
                            let minus = !matrices.coefficients[coefficient as usize].is_one();
                            kinds[*term as usize] = Kind::Term {
                                sum: *family,
                                minus,
                            };
                        }
                    }
                }
                Family::ControlBits | Family::CarryBit | Family::Blind => {
                    kinds[row] = Kind::Skipped;
                }
                _ => {}
            }
        }
        let mut wiring = Wiring {
            circuit,
            kinds,
            rows: Vec::new(),
            globals: Vec::new(),
        };
        wiring.group();
        wiring
    }

    /// The constraints of a step have columns of the next row too, so they belong to the lowest row. In the other tables a row has
    /// columns of the row before.
    fn group(&mut self) {
        let blocks = self.circuit.layout.blocks();
        self.rows = blocks
            .iter()
            .map(|block| vec![Vec::new(); block.rows])
            .collect();
        let place = |var: u32| {
            let found = |(index, block): (usize, &&provable::circuit::layout::Block)| {
                Some((index, block.place(var as usize)?.0))
            };
            blocks.iter().enumerate().find_map(found)
        };
        let mut owner: HashMap<u32, (usize, usize)> = HashMap::new();
        let mut global: HashSet<u32> = HashSet::new();
        for row in 0..self.kinds.len() {
            let vars = self
                .circuit
                .matrices
                .abc
                .iter()
                .flat_map(|matrix| matrix.row(row));
            let places =
                vars.filter_map(|(var, _)| owner.get(&var).copied().or_else(|| place(var)));
            let mut places: Vec<(usize, usize)> = places.collect();
            places.sort_unstable();
            let found = match places.first() {
                Some((0, lowest)) => Some((0, *lowest)),
                Some(_) => places.last().copied(),
                None => None,
            };
            let Some((block, index)) = found else {
                self.globals.push(row as u32);
                if let Kind::Product(var) = self.kinds[row] {
                    global.insert(var);
                }
                continue;
            };
            if self.kinds[row] != Kind::Skipped {
                self.rows[block][index].push(row as u32);
            }
            let defined = self
                .circuit
                .matrices
                .abc
                .iter()
                .flat_map(|matrix| matrix.row(row));
            for (var, _) in defined {
                let derived = var as usize >= self.circuit.layout.committed_end();
                if derived && !global.contains(&var) {
                    owner.entry(var).or_insert((block, index));
                }
            }
        }
    }

    /// The coefficient of an entry of a matrix.
    pub fn coefficient(&self, index: u32) -> Fr {
        self.circuit.matrices.coefficients[index as usize]
    }
}
