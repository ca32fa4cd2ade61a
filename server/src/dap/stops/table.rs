//! Every place to stop at, and whether a position is one.

use super::hit_counter::HitCounter;
use super::stop::{Level, Stop, StopKind};
use crate::dap::expression::View;
use provable::vm::replay::Access;
use provable::vm::{Inputs, Machine};

/// Why a movement stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The protocol's word for it.
    pub reason: &'static str,
    /// The breakpoints.
    pub ids: Vec<u64>,
    /// Where the program is then, if the first of them says so.
    pub level: Option<Level>,
}

/// Every place to stop at.
#[derive(Clone, Debug, Default)]
pub struct Stops {
    /// Those at instructions, by instruction.
    places: Vec<Stop>,
    /// Those at heap cells, by cell.
    cells: Vec<Stop>,
    /// Whether there is one at an instruction, by its index: what is asked at every step.
    marked: Vec<bool>,
}

impl Stops {
    /// Replaces the breakpoints of one kind.
    pub fn set(&mut self, kind: StopKind, stops: Vec<Stop>) {
        let list = match kind {
            StopKind::Data => &mut self.cells,
            _ => &mut self.places,
        };
        list.retain(|stop| stop.kind != kind);
        list.extend(stops);
        list.sort_by_key(|stop| stop.at);
        let last = self.places.last().map_or(0, |stop| stop.at as usize + 1);
        self.marked = vec![false; last];
        for stop in &self.places {
            if let Some(mark) = self.marked.get_mut(stop.at as usize) {
                *mark = true;
            }
        }
    }

    /// Whether hits are to be counted, from the beginning of the run.
    pub fn count_hits(&self) -> bool {
        let mut all = self.places.iter().chain(&self.cells);
        all.any(|stop| stop.rule.hits.is_some())
    }

    /// Whether a position is a stop. The end of the run is none: there it stops anyway.
    #[inline]
    pub fn at(
        &self,
        machine: &Machine<'_>,
        inputs: &Inputs,
        access: Option<Access>,
        counter: &mut HitCounter,
    ) -> Option<Hit> {
        let is_marked = self.marked.get(machine.pc() as usize) == Some(&true);
        let may_be_watched = access.is_some() && !self.cells.is_empty();
        match is_marked || may_be_watched {
            true => self.hit(View { machine, inputs }, access, counter),
            false => None,
        }
    }

    #[cold]
    fn hit(&self, view: View<'_>, access: Option<Access>, counter: &mut HitCounter) -> Option<Hit> {
        if view.machine.has_ended() {
            return None;
        }
        let mut hit: Option<Hit> = None;
        let touched = access.into_iter().flat_map(|access| {
            at(&self.cells, access.address).filter(move |stop| stop.access.includes(access.kind))
        });
        for stop in at(&self.places, view.machine.pc()).chain(touched) {
            if counter.passes(stop, view) {
                continue;
            }
            let hit = hit.get_or_insert(Hit {
                reason: stop.kind.reason(),
                ids: Vec::new(),
                level: stop.level,
            });
            hit.ids.push(stop.id);
        }
        hit
    }
}

/// The stops at a place, of a list in the order of places.
fn at(stops: &[Stop], place: u32) -> impl Iterator<Item = &Stop> {
    let start = stops.partition_point(|stop| stop.at < place);
    let from = stops.get(start..).unwrap_or_default();
    from.iter().take_while(move |stop| stop.at == place)
}
