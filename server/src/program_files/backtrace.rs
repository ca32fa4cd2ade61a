//! How a run came to a trap: the CALLs that were open, and the `.inline` lines that copied what was executed.

use provable::lang::link::{Linked, Place};

/// The most lines of a [`Backtrace`].
const MOST_LINES: usize = 32;

/// How one line of a program led to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// It called a routine.
    Call,
    /// It was replaced by a copy of a routine.
    Inline,
}

impl Via {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Via::Call => "call",
            Via::Inline => "inline",
        }
    }

    /// What stands before the file and the line, for people.
    pub fn told(self) -> &'static str {
        match self {
            Via::Call => "called from",
            Via::Inline => "copied by `.inline` at",
        }
    }
}

/// The lines that led to an instruction, the nearest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backtrace {
    /// The nearest ones, at most 32.
    pub lines: Vec<(Via, Place)>,
    /// How many CALLs are open that have no line here.
    pub calls_left: usize,
}

impl Backtrace {
    /// Of the instruction at which a run ended. `calls` are the return addresses of the open calls, the latest last.
    pub fn new(linked: &Linked, pc: u32, calls: &[u32]) -> Backtrace {
        let mut lines = copied(linked, pc);
        let mut calls_left = calls.len();
        for after in calls.iter().rev() {
            if lines.len() >= MOST_LINES {
                break;
            }
            // A return address is behind its CALL.
            let call = after.saturating_sub(1);
            if let Some(place) = linked.places.get(call as usize) {
                lines.push((Via::Call, *place));
            }
            lines.extend(copied(linked, call));
            calls_left -= 1;
        }
        lines.truncate(MOST_LINES);
        Backtrace { lines, calls_left }
    }

    /// Without all but so many lines.
    pub fn shortened(&self, most: usize) -> Backtrace {
        let rest = self.lines.iter().skip(most);
        let calls = rest.filter(|(via, _)| *via == Via::Call).count();
        Backtrace {
            lines: self.lines.iter().take(most).copied().collect(),
            calls_left: self.calls_left + calls,
        }
    }
}

/// The `.inline` lines that copied an instruction, the innermost first; none at the end of the program.
fn copied(linked: &Linked, index: u32) -> Vec<(Via, Place)> {
    let place = linked.places.get(index as usize);
    let chain = place.map_or(Vec::new(), |place| linked.chain(*place));
    chain
        .into_iter()
        .map(|place| (Via::Inline, place))
        .collect()
}
