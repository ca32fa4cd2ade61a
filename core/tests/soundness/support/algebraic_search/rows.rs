//! From the constraints of a table's row to equations and tuples. The skeleton determines the row's discrete columns.

use super::form::{Form, Poly};
use super::system::{Contradiction, System};
use super::wiring::{Kind, Wiring};
use ark_bls12_381::Fr;
use ark_ff::Zero;
use provable::circuit::Family;
use provable::circuit::layout::statement::{BETA, GAMMA};
use std::collections::HashMap;

/// What is known of a variable.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// A committed one that the system is about.
    #[default]
    Free,
    Known(Fr),
    /// A polynomial that its constraint determines.
    Derived(Poly),
}

/// A term of the memory sum: how often a tuple is added; removed, if that is negative.
#[derive(Clone, Debug)]
pub struct Cell {
    pub tuple: Poly,
    pub count: i64,
    /// Block of the layout and row.
    pub place: (usize, usize),
}

/// The equations of some rows.
pub struct Rows<'a> {
    pub wiring: &'a Wiring<'a>,
    values: Vec<Value>,
    touched: Vec<u32>,
    pub system: System,
    /// The memory sum's terms.
    pub cells: Vec<Cell>,
    /// The questions of rows to other tables, by row.
    pub questions: Vec<(usize, Poly)>,
    /// The answers of tables' rows.
    pub answers: Vec<Poly>,
    /// The drawn factor of a table's row whose two factors are unknown, and the amount of its shift.
    pub factor: Fr,
    pub amount: u64,
    /// Numbers in the program, which are likely factors.
    pub hints: Vec<u32>,
    /// Variables that have one of two values.
    pub options: HashMap<u32, [Fr; 2]>,
    /// What must not be zero.
    pub nonzero: Vec<Form>,
    /// Whether each push claims its own time, though it may claim a later one.
    pub punctual: bool,
    /// How many variables beyond the circuit's are in use.
    pub extra: u32,
}

/// Variables beyond the circuit's: claimed outputs and the like.
const EXTRA: usize = 256;

impl<'a> Rows<'a> {
    pub fn new(wiring: &'a Wiring<'a>) -> Self {
        let variables = wiring.circuit.variables;
        let mut rows = Rows {
            wiring,
            values: vec![Value::Free; variables],
            touched: Vec::new(),
            system: System::new(variables + EXTRA),
            cells: Vec::new(),
            questions: Vec::new(),
            answers: Vec::new(),
            factor: Fr::zero(),
            amount: 0,
            hints: Vec::new(),
            options: HashMap::new(),
            nonzero: Vec::new(),
            punctual: true,
            extra: 0,
        };
        rows.clear();
        rows
    }

    /// Removes everything except for the circuit.
    pub fn clear(&mut self) {
        for var in self.touched.drain(..) {
            self.values[var as usize] = Value::Free;
        }
        self.system.clear();
        self.cells.clear();
        self.questions.clear();
        self.answers.clear();
        self.options.clear();
        self.nonzero.clear();
        self.extra = 0;
        let wiring = self.wiring;
        for row in &wiring.globals {
            if let Kind::Product(var) = wiring.kinds[*row as usize] {
                // Products of challenges have no unknowns.
                let _ = self.product(*row as usize, var);
            }
        }
    }

    pub fn know(&mut self, var: u32, value: Fr) {
        self.set(var, Value::Known(value));
    }

    pub(super) fn set(&mut self, var: u32, value: Value) {
        self.touched.push(var);
        self.values[var as usize] = value;
    }

    /// The value of a variable that is known.
    pub fn known(&self, var: u32) -> Option<Fr> {
        match self.values.get(var as usize)? {
            Value::Known(value) => Some(*value),
            _ => None,
        }
    }

    /// All variables, those beyond the circuit's too.
    pub fn variables(&self) -> usize {
        self.values.len() + EXTRA
    }

    /// A variable beyond the circuit's, in a range.
    pub fn fresh(&mut self, low: i64, high: i64) -> Result<u32, Contradiction> {
        if self.extra as usize >= EXTRA {
            return Err(Contradiction);
        }
        let var = self.values.len() as u32 + self.extra;
        self.extra += 1;
        self.system.range(var, low, high);
        Ok(var)
    }

    /// One side of a constraint without γ.
    pub(super) fn side(&self, matrix: usize, row: usize) -> Poly {
        let mut poly = Poly::default();
        let mut constant = Fr::zero();
        for (var, index) in self.wiring.circuit.matrices.abc[matrix].row(row) {
            let factor = || self.wiring.coefficient(index);
            match &self.values[var as usize] {
                Value::Known(value) if value.is_zero() => {}
                Value::Known(value) if index == 0 => constant += value,
                Value::Known(value) => constant += factor() * value,
                Value::Derived(derived) => poly.gather(derived, factor()),
                Value::Free if var == 0 => constant += factor(),
                Value::Free if var == BETA.0 => poly.at(1).constant += factor(),
                Value::Free if var == GAMMA.0 => {}
                Value::Free => poly.at(0).terms.push((var, factor())),
            }
        }
        if !constant.is_zero() {
            poly.at(0).constant += constant;
        }
        poly.tidy();
        poly
    }

    /// Takes in the constraints of a row without its fetch. `zero` is the outcome of a zero test that nothing else determines.
    pub fn take(&mut self, place: (usize, usize), zero: bool) -> Result<(), Contradiction> {
        let wiring = self.wiring;
        for row in &wiring.rows[place.0][place.1] {
            let row = *row as usize;
            match wiring.kinds[row] {
                Kind::Skipped
                | Kind::Term {
                    sum: Family::FetchSum,
                    ..
                } => {}
                Kind::Product(var) => self.product(row, var)?,
                Kind::WhereZero(var) => self.where_zero(row, var, zero)?,
                Kind::Term { sum, minus } => self.term(row, sum, minus, place)?,
                Kind::Inverse => {
                    let value = self.side(1, row);
                    self.nonzero.extend(value.0.first().cloned());
                }
                Kind::Plain => self.plain(row, place)?,
            }
        }
        Ok(())
    }

    /// The tuple of a row's fetch. The skeleton determines the entry that it equals.
    pub fn fetch(&mut self, place: (usize, usize)) -> Result<Poly, Contradiction> {
        let wiring = self.wiring;
        let mut tuple = Err(Contradiction);
        for row in &wiring.rows[place.0][place.1] {
            let row = *row as usize;
            match wiring.kinds[row] {
                Kind::Product(var) if wiring.circuit.families[row] == Family::Fetch => {
                    self.product(row, var)?;
                }
                Kind::Term {
                    sum: Family::FetchSum,
                    ..
                } => tuple = Ok(self.tuple(row)),
                _ => {}
            }
        }
        tuple
    }

    pub(super) fn tuple(&self, row: usize) -> Poly {
        Poly::default().minus(&self.side(1, row))
    }
}
