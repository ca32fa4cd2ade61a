//! Draws the addition to the memory sum that each removal equals.
//!
//! Row by row, a removal takes the latest open addition that it can equal at no cost, as an honest run does; otherwise one of the
//! cheapest. A few removals are *free*: they take any addition that they can equal, or wait for one of a later row. A match makes
//! the whole tuples equal, and the system decides whether that is possible.

use super::form::Poly;
use super::layout::HEAP;
use super::rows::Rows;
use super::system::Cost;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use std::collections::{BTreeSet, HashMap};

/// A removal and the addition that it equals, by their numbers among the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    pub removal: usize,
    pub addition: usize,
    pub cost: Cost,
}

/// How many ways to match the open rest are tried.
const PATIENCE: u32 = 60;
/// The most substitutions of one matching. It ends matchings with many sums of many words, which are seldom solvable.
const EFFORT: u64 = 100_000;
/// The number of open additions that a removal is compared with.
const SIGHT: usize = 24;

pub struct Matching<'r, 'a> {
    pub(super) rows: &'r mut Rows<'a>,
    pub found: Vec<Match>,
    pub(super) additions: Vec<usize>,
    pub(super) removals: Vec<usize>,
    pub(super) left: Vec<usize>,
    reduced: HashMap<usize, Poly>,
    sight: usize,
    pub(super) patience: u32,
    /// The effort of the system at which the matching gives up.
    pub(super) end: u64,
}

impl<'r, 'a> Matching<'r, 'a> {
    pub fn new(rows: &'r mut Rows<'a>) -> Self {
        // In a circuit with SHA-256 a run touches many cells.
        let heap = rows.wiring.circuit.layout.heap.rows.saturating_sub(16);
        let end = rows.system.effort() + EFFORT * (1 + heap as u64);
        let (sight, heap) = (SIGHT + 4 * heap, heap as u32);
        Matching {
            rows,
            end,
            found: Vec::new(),
            additions: Vec::new(),
            removals: Vec::new(),
            left: Vec::new(),
            reduced: HashMap::new(),
            sight,
            patience: PATIENCE + 4 * heap,
        }
    }

    /// Matches everything, with some free removals. Returns whether that was possible.
    pub fn all(&mut self, free: &BTreeSet<usize>, rng: &mut StdRng) -> bool {
        self.sort();
        let mut late = std::mem::take(&mut self.removals);
        self.steps(free, rng);
        if self.patience == 0 {
            return false;
        }
        late.shuffle(rng);
        late.sort_by_key(|index| self.rows.cells[*index].place.0 == HEAP);
        self.removals.extend(late);
        // The forms are long by now, so what is known is substituted once.
        for cell in self.removals.iter().chain(&self.additions) {
            let mut tuple = self.rows.cells[*cell].tuple.clone();
            for form in &mut tuple.0 {
                *form = self.rows.system.reduced(form);
            }
            self.reduced.insert(*cell, tuple);
        }
        self.rest(0, rng)
    }

    fn tuple(&self, cell: usize) -> &Poly {
        self.reduced
            .get(&cell)
            .unwrap_or(&self.rows.cells[cell].tuple)
    }

    /// Requires a removal to equal an addition. If that is impossible, the system stays as it was.
    fn equal(&mut self, removal: usize, addition: usize) -> Option<Cost> {
        let mark = self.rows.system.mark();
        let difference = self.tuple(removal).minus(self.tuple(addition));
        let vars = difference.0.iter().flat_map(|form| form.terms.iter());
        let option = vars
            .map(|(var, _)| *var)
            .find(|var| self.rows.options.contains_key(var) && !self.rows.system.is_solved(*var));
        let tries = match option {
            Some(var) => self.rows.options[&var]
                .map(|value| Some((var, value)))
                .to_vec(),
            None => vec![None],
        };
        for chosen in tries {
            let system = &mut self.rows.system;
            if let Some((var, value)) = chosen {
                let mut form = super::form::Form::var(var);
                form.constant = -value;
                if system.zero(&form).is_err() {
                    system.back(mark);
                    continue;
                }
            }
            match system.vanishes(&difference) {
                Ok(cost) => return Some(cost),
                Err(_) => system.back(mark),
            }
        }
        None
    }

    /// The open additions that a removal can equal, with their costs, the latest first. Unless all are requested, the list ends with the
    /// first that costs nothing.
    fn candidates(&mut self, removal: usize, all: bool) -> Vec<(Cost, usize)> {
        let mut found = Vec::new();
        let heaps = |cell: usize, rows: &Rows<'_>| rows.cells[cell].place.0 == HEAP;
        let mut untouched = false;
        for place in (0..self.additions.len()).rev().take(self.sight) {
            let addition = self.additions[place];
            // All untouched cells of the heap's table are alike.
            if heaps(addition, self.rows) && !heaps(removal, self.rows) {
                if untouched {
                    continue;
                }
                untouched = true;
            }
            let mark = self.rows.system.mark();
            if let Some(cost) = self.equal(removal, addition) {
                self.rows.system.back(mark);
                found.push((cost, place));
                if cost == Cost::Nothing && !all {
                    break;
                }
            }
        }
        found
    }

    fn take(&mut self, removal: usize, place: usize) {
        let addition = self.additions[place];
        if let Some(cost) = self.equal(removal, addition) {
            self.additions.remove(place);
            self.found.push(Match {
                removal,
                addition,
                cost,
            });
        }
    }

    pub(super) fn step(&mut self, removal: usize, free: bool, rng: &mut StdRng) {
        if !free && self.plain(removal) {
            return;
        }
        let mut found = self.candidates(removal, free);
        if !free {
            let least = found.iter().map(|(cost, _)| *cost).min();
            found.retain(|(cost, _)| Some(*cost) == least);
        }
        match found.choose(rng) {
            Some((_, place)) if !free || rng.r#gen() => self.take(removal, *place),
            _ => self.removals.push(removal),
        }
    }

    /// Takes the latest addition if that costs nothing. That is so for most steps.
    fn plain(&mut self, removal: usize) -> bool {
        let Some(addition) = self.additions.last().copied() else {
            return false;
        };
        let mark = self.rows.system.mark();
        match self.equal(removal, addition) {
            Some(Cost::Nothing) => {
                self.additions.pop();
                self.found.push(Match {
                    removal,
                    addition,
                    cost: Cost::Nothing,
                });
                true
            }
            _ => {
                self.rows.system.back(mark);
                false
            }
        }
    }

    /// Matches what is open, by backtracking.
    fn rest(&mut self, from: usize, rng: &mut StdRng) -> bool {
        let Some(removal) = self.removals.get(from).copied() else {
            return self.leave();
        };
        // An untouched cell of the heap's table is as good as any other.
        let places = &self.rows.cells;
        let own = |addition: &usize| {
            places[removal].place.0 == HEAP && places[*addition].place == places[removal].place
        };
        let mut found = match self.additions.iter().position(own) {
            Some(place) => vec![(Cost::Nothing, place)],
            None => self.candidates(removal, true),
        };
        found.shuffle(rng);
        found.sort_by_key(|(cost, _)| *cost);
        for (_, place) in found {
            if self.patience == 0 || self.rows.system.effort() > self.end {
                return false;
            }
            self.patience -= 1;
            let (mark, matches, additions) = (
                self.rows.system.mark(),
                self.found.len(),
                self.additions.clone(),
            );
            self.take(removal, place);
            if self.rest(from + 1, rng) {
                return true;
            }
            self.rows.system.back(mark);
            self.found.truncate(matches);
            self.additions = additions;
        }
        false
    }

    /// Leaves the remaining additions on the stacks.
    fn leave(&mut self) -> bool {
        let mut left = self.left.clone();
        let open = self.additions.clone();
        for addition in open {
            let fits = |place: &usize| {
                let mark = self.rows.system.mark();
                let found = self.equal(left[*place], addition);
                if found.is_none() {
                    self.rows.system.back(mark);
                }
                found.is_some()
            };
            let Some(place) = (0..left.len()).find(fits) else {
                return false;
            };
            let removal = left.remove(place);
            self.found.push(Match {
                removal,
                addition,
                cost: Cost::Nothing,
            });
        }
        true
    }
}
