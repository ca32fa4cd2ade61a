//! Requests: a row of a table outside the steps that replaces heap cells on behalf of a step row.
//!
//! The step row puts one tuple into the memory, its request: (request space, its own time, set, value, address). Only
//! control bits put requests, and the times of step rows differ. So each request is in the memory once. The table's row
//! takes a request where its boolean `active` is 1. The memory sum closes only if each request is taken exactly once.
//! So active rows and requesting step rows match one to one, and an active row has the time, the value and the address
//! of its step row.
//!
//! This makes `active` as good as a control bit for the row's own cells, although the prover chooses it: it is 1 exactly
//! on the rows that a step row asked for. [`Context::put`] still refuses it. The only thing that a row can do with it is
//! [`Context::replace`]: take a cell that was stored before the step, and put the same cell at the time of the step. So
//! a request never makes a cell, never loses one, and never makes another request.

use super::context::{Numerator, Sum};
use super::tuples::{Memory, TimesBeta, TimesBetaSquared};
use super::{Bounded, Context, Interval};
use crate::circuit::family::Family;
use crate::circuit::tuple::Space;

/// What a row of a table takes from the step row that it belongs to.
pub(in crate::circuit) struct Request {
    /// The time of the step row.
    pub time: Bounded,
    /// The first number of the request.
    pub value: TimesBeta,
    /// The second number of the request.
    pub address: TimesBetaSquared,
}

/// A row that is active exactly if a step row requested it. Only [`Context::requested`] makes one.
pub(in crate::circuit) struct Requested {
    active: Bounded,
    time: Bounded,
}

/// A heap cell that a requested row replaces.
pub(in crate::circuit) struct Replaced {
    /// The address.
    pub address: TimesBetaSquared,
    /// The distance in time between the step and the cell that is taken, minus one. It is at least 0.
    pub age: Bounded,
    /// The value that is taken.
    pub old: TimesBeta,
    /// The value that is put.
    pub new: TimesBeta,
}

impl Context<'_> {
    /// Takes a request where `active` is 1.
    pub fn requested(&mut self, family: Family, request: Request, active: Bounded) -> Requested {
        if !active.is_boolean() {
            let why = "which is not 0 or 1".into();
            self.ledger.refuse("a request", "its selector", why);
        }
        let time = request.time.clone();
        let cell = Memory {
            time: request.time,
            space: Bounded::constant(Space::Request as i128),
            set: Bounded::constant(1),
            value: Some(request.value),
            address: request.address,
        };
        self.remove(family, "request", cell, &active);
        Requested { active, time }
    }

    /// Takes a heap cell that was stored before the step, and puts it at the time of the step, with another value.
    pub fn replace(&mut self, family: Family, row: &Requested, cell: Replaced) {
        let at_least_zero = Interval::of(0, i128::MAX);
        if !cell.age.interval.is_within(at_least_zero) {
            let why = "which may be later than its row".into();
            self.ledger.refuse("requested, out", "a time", why);
        }
        let one = Bounded::constant(1);
        let old = Memory {
            time: row.time.clone() - &one - &cell.age,
            space: Bounded::constant(Space::Heap as i128),
            set: one.clone(),
            value: Some(cell.old),
            address: cell.address.clone(),
        };
        self.remove(family, "requested, out", old, &row.active);
        let new = Memory {
            time: row.time.clone(),
            space: Bounded::constant(Space::Heap as i128),
            set: one,
            value: Some(cell.new),
            address: cell.address,
        };
        let tuple = self.memory_tuple("requested, in", new);
        let active = Numerator::Selector(row.active.clone());
        self.add(Sum::Memory, family, tuple, active);
    }
}
