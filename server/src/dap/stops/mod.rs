//! Where a run is to stop. Whether a position is a stop depends on the position alone, never on the way there, so both
//! directions of time stop at the same ones. Even hits are numbered from the beginning of the run.

mod tally;

pub use tally::Tally;

use super::expression::{Expression, HitCondition, Template, View};
use provable::vm::replay::{Access, AccessKind};
use provable::vm::{Inputs, Machine};

/// Why a movement stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The protocol's word for it.
    pub reason: &'static str,
    /// The breakpoints.
    pub ids: Vec<u64>,
}

/// What else must hold for a breakpoint to stop the program.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// An expression that is not 0.
    pub condition: Option<Expression>,
    /// Which of its hits count.
    pub hits: Option<HitCondition>,
    /// A text to print in place of stopping.
    pub log: Option<Template>,
}

/// Who set a breakpoint; each sets all of its own at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopKind {
    /// On a line.
    Line,
    /// On a label.
    Function,
    /// On an instruction.
    Instruction,
    /// On a heap cell.
    Data,
}

impl StopKind {
    /// The protocol's word for it.
    fn reason(self) -> &'static str {
        match self {
            StopKind::Line => "breakpoint",
            StopKind::Function => "function breakpoint",
            StopKind::Instruction => "instruction breakpoint",
            StopKind::Data => "data breakpoint",
        }
    }
}

/// Which accesses to a heap cell are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// LOAD.
    Read,
    /// STORE.
    Write,
    /// Both.
    ReadWrite,
}

impl Looked {
    fn is_at(self, kind: AccessKind) -> bool {
        match self {
            Looked::Read => kind == AccessKind::Read,
            Looked::Write => kind == AccessKind::Write,
            Looked::ReadWrite => true,
        }
    }
}

/// A breakpoint.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Its number.
    pub id: u64,
    /// Who set it.
    pub kind: StopKind,
    /// The instruction, or the heap cell.
    pub at: u32,
    /// For a heap cell: which accesses.
    pub looked: Looked,
    /// What else must hold.
    pub rule: Rule,
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
        tally: &mut Tally,
    ) -> Option<Hit> {
        let is_marked = self.marked.get(machine.pc() as usize) == Some(&true);
        let is_looked_at = access.is_some() && !self.cells.is_empty();
        match is_marked || is_looked_at {
            true => self.hit(View { machine, inputs }, access, tally),
            false => None,
        }
    }

    #[cold]
    fn hit(&self, view: View<'_>, access: Option<Access>, tally: &mut Tally) -> Option<Hit> {
        if view.machine.has_ended() {
            return None;
        }
        let mut hit: Option<Hit> = None;
        let touched = access.into_iter().flat_map(|access| {
            at(&self.cells, access.address).filter(move |stop| stop.looked.is_at(access.kind))
        });
        for stop in at(&self.places, view.machine.pc()).chain(touched) {
            if tally.lets_pass(stop, view) {
                continue;
            }
            let hit = hit.get_or_insert(Hit {
                reason: stop.kind.reason(),
                ids: Vec::new(),
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
