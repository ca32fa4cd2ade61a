//! Where a run is to stop. Whether a position is a stop depends on the position alone, never on the way there, so both
//! directions of time stop at the same ones.

use provable_core::vm::replay::Access;
use provable_core::vm::Machine;

/// Why a movement stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The protocol's word for it.
    pub reason: &'static str,
    /// The breakpoints.
    pub ids: Vec<u64>,
}

/// A breakpoint at an instruction.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its number.
    pub id: u64,
    /// The instruction.
    pub index: u32,
}

/// Every place to stop at.
#[derive(Clone, Debug, Default)]
pub struct Stops {
    /// Breakpoints on lines.
    pub lines: Vec<Place>,
    /// Whether there is one at an instruction, by its index: what is asked at every step.
    marked: Vec<bool>,
}

impl Stops {
    /// Replaces the breakpoints on lines.
    pub fn set_lines(&mut self, lines: Vec<Place>) {
        self.lines = lines;
        self.mark();
    }

    fn mark(&mut self) {
        self.marked.clear();
        for place in &self.lines {
            let index = place.index as usize;
            if self.marked.len() <= index {
                self.marked.resize(index + 1, false);
            }
            if let Some(mark) = self.marked.get_mut(index) {
                *mark = true;
            }
        }
    }

    /// Whether a position is a stop. The end of the run is none: there it stops anyway.
    #[inline]
    pub fn at(&self, machine: &Machine<'_>, _access: Option<Access>) -> Option<Hit> {
        match self.marked.get(machine.pc() as usize) {
            Some(true) if !machine.has_ended() => self.hit(machine),
            _ => None,
        }
    }

    #[cold]
    fn hit(&self, machine: &Machine<'_>) -> Option<Hit> {
        let here = self.lines.iter().filter(|one| one.index == machine.pc());
        let ids: Vec<u64> = here.map(|one| one.id).collect();
        (!ids.is_empty()).then_some(Hit {
            reason: "breakpoint",
            ids,
        })
    }
}
