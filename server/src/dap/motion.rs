//! Movements: from a position to the next one, or the one before, that is wanted. They go on piece by piece.

use super::stops::{Hit, Stops};
use provable_core::vm::replay::{Moved, Recording};
use provable_core::vm::Machine;

/// Steps made between two looks at what the client sent: a few thousandths of a second.
const PIECE: u64 = 200_000;

/// The position that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Any that is a stop, and no other.
    Stop,
    /// One with at most this many open calls.
    Depth(usize),
    /// The position after, or before, this many steps.
    Position(u64),
}

impl Goal {
    #[inline]
    fn is_met(self, machine: &Machine<'_>) -> bool {
        match self {
            Goal::Stop => false,
            Goal::Depth(most) => machine.calls().len() <= most,
            Goal::Position(position) => machine.steps() == position,
        }
    }
}

/// A movement on its way.
#[derive(Clone, Copy, Debug)]
pub enum Motion {
    /// On, from the present position.
    Forward(Goal),
    /// Back; all positions after `end` have been looked at.
    Back {
        /// What is looked for.
        goal: Goal,
        /// The last position to look at.
        end: u64,
    },
}

/// Where a movement came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// At what was wanted.
    Goal,
    /// At a stop.
    Hit(Hit),
    /// At the end of the run.
    End,
    /// At its beginning.
    Beginning,
}

impl Motion {
    /// A piece of the movement; what it came to, once it has.
    pub fn advance(&mut self, recording: &mut Recording<'_>, stops: &Stops) -> Option<Arrived> {
        match *self {
            Motion::Forward(goal) => forward(goal, recording, stops),
            Motion::Back { goal, end } => {
                // At the beginning there is nothing before.
                if end == 0 {
                    recording.jump(0);
                    return Some(Arrived::Beginning);
                }
                let (start, found) = recording.look_back(end, |machine, access| {
                    goal.is_met(machine) || stops.at(machine, access).is_some()
                });
                match found {
                    Some(position) => Some(arrive(goal, position, recording, stops)),
                    None => {
                        *self = Motion::Back { goal, end: start };
                        None
                    }
                }
            }
        }
    }
}

fn forward(goal: Goal, recording: &mut Recording<'_>, stops: &Stops) -> Option<Arrived> {
    let mut arrived = None;
    let moved = recording.forward(PIECE, |machine, access| {
        arrived = match goal {
            Goal::Position(_) => None,
            _ => stops.at(machine, access).map(Arrived::Hit),
        };
        if arrived.is_none() && goal.is_met(machine) {
            arrived = Some(Arrived::Goal);
        }
        arrived.is_some()
    });
    match moved {
        _ if recording.machine().has_ended() => Some(Arrived::End),
        Moved::Exhausted => None,
        Moved::Stopped | Moved::Ended => arrived,
    }
}

/// Goes back to a position that was found, and sees again what it is.
fn arrive(goal: Goal, position: u64, recording: &mut Recording<'_>, stops: &Stops) -> Arrived {
    recording.jump(position.saturating_sub(1));
    forward(goal, recording, stops).unwrap_or(Arrived::Goal)
}
