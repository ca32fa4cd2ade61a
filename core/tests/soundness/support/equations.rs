//! Linear equations over the field, solved by substitution.

use ark_bls12_381::Fr;
use ark_ff::{Field, One, Zero};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A linear form in the changes of the variables.
pub type Form = BTreeMap<u32, Fr>;

pub fn add(form: &mut Form, other: &Form, scale: Fr) {
    for (var, value) in other {
        *form.entry(*var).or_default() += *value * scale;
    }
    form.retain(|_, value| !value.is_zero());
}

/// Equations "form = 0". Each is kept as its highest variable in terms of lower ones. Derived variables are high, and are in the
/// equation that determines them, so this is mostly substitution.
#[derive(Clone, Default)]
pub struct Equations(BTreeMap<u32, Form>);

impl Equations {
    pub fn require(&mut self, mut form: Form) {
        form.retain(|_, value| !value.is_zero());
        while let Some((high, value)) = form.pop_last() {
            let Some(known) = self.0.get(&high) else {
                let scale = -value.inverse().unwrap();
                form.values_mut().for_each(|value| *value *= scale);
                self.0.insert(high, form);
                return;
            };
            add(&mut form, &known.clone(), value);
        }
    }

    /// The variables below `end` that may change.
    pub fn movable(&self, start: u32, end: u32) -> BTreeSet<u32> {
        let mut reduced: HashMap<u32, Form> = HashMap::new();
        let mut movable = BTreeSet::new();
        for var in start..end {
            let form = match self.0.get(&var) {
                None => Form::from([(var, Fr::one())]),
                Some(known) => {
                    let mut form = Form::new();
                    for (lower, value) in known {
                        add(&mut form, &reduced[lower], *value);
                    }
                    form
                }
            };
            if !form.is_empty() {
                movable.insert(var);
            }
            reduced.insert(var, form);
        }
        movable
    }

    /// A form in which every solved variable is substituted.
    pub fn reduce(&self, mut form: Form) -> Form {
        let mut rest = Form::new();
        while let Some((high, value)) = form.pop_last() {
            match self.0.get(&high) {
                Some(known) => add(&mut form, known, value),
                None => drop(rest.insert(high, value)),
            }
        }
        rest.retain(|_, value| !value.is_zero());
        rest
    }

    /// Each solved variable in terms of those that are not solved.
    pub fn reduced(&self) -> Vec<(u32, Form)> {
        let solved = self.0.iter();
        solved
            .map(|(var, form)| (*var, self.reduce(form.clone())))
            .collect()
    }
}
