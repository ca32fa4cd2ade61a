//! Movements: from a position to the next or the previous one that is wanted. A movement goes on piece by piece.

use super::goal::Goal;
use super::stops::{Hit, HitCounter, Stops};
use provable::vm::Machine;
use provable::vm::replay::{Access, Moved, Recording};

/// Steps between two checks for messages of the client: a few thousandths of a second.
const PIECE: u64 = 200_000;

/// Where a movement came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// At the goal.
    Goal,
    /// At a stop.
    Hit(Hit),
    /// At the end of the run.
    End,
    /// At its beginning.
    Beginning,
    /// Where it began, since the goal is nowhere on the way.
    Nowhere,
}

/// A movement in progress.
pub struct Motion {
    goal: Goal,
    /// Where it began.
    origin: u64,
    /// Whether stops end it.
    heeds_stops: bool,
    way: Way,
    counter: HitCounter,
}

enum Way {
    /// On. Hits up to the origin are only counted.
    Forward,
    /// Back, a range of positions at a time; all positions after `end` have been checked.
    Back { end: u64 },
    /// From the beginning of the run to `end`, since hits are numbered from there; the last that was found.
    Recount {
        end: u64,
        found: Option<(u64, Arrived)>,
    },
}

impl Motion {
    /// On, to the first position after this one that is wanted.
    pub fn forward(goal: Goal, recording: &mut Recording<'_>, stops: &Stops) -> Motion {
        let mut motion = Motion::new(goal, recording.position(), Way::Forward);
        if motion.heeds_stops && stops.count_hits() {
            motion.count_from_the_beginning(recording, stops);
        }
        motion
    }

    /// Back, to the last position before this one that is wanted.
    pub fn back(goal: Goal, recording: &mut Recording<'_>, stops: &Stops) -> Motion {
        let origin = recording.position();
        let end = origin.saturating_sub(1);
        let mut motion = Motion::new(goal, origin, Way::Back { end });
        if motion.heeds_stops && stops.count_hits() && origin > 0 {
            motion.way = Way::Recount { end, found: None };
            motion.count_from_the_beginning(recording, stops);
        }
        motion
    }

    /// On, past every stop.
    pub fn quietly_forward(goal: Goal, recording: &Recording<'_>) -> Motion {
        Motion {
            heeds_stops: false,
            ..Motion::new(goal, recording.position(), Way::Forward)
        }
    }

    /// Back, past every stop.
    pub fn quietly_back(goal: Goal, recording: &Recording<'_>) -> Motion {
        let origin = recording.position();
        let end = origin.saturating_sub(1);
        Motion {
            heeds_stops: false,
            ..Motion::new(goal, origin, Way::Back { end })
        }
    }

    /// To a position, in either direction.
    pub fn to(position: u64, recording: &mut Recording<'_>) -> Motion {
        let origin = recording.position();
        recording.rewind(position);
        Motion::new(Goal::Position(position), origin, Way::Forward)
    }

    fn new(goal: Goal, origin: u64, way: Way) -> Motion {
        Motion {
            goal,
            origin,
            heeds_stops: goal.heeds_stops(),
            way,
            counter: HitCounter::default(),
        }
    }

    fn count_from_the_beginning(&mut self, recording: &mut Recording<'_>, stops: &Stops) {
        recording.jump(0);
        let inputs = recording.inputs();
        stops.at(recording.machine(), inputs, None, &mut self.counter);
    }

    /// A piece of the movement; what it came to, once it has.
    pub fn advance(&mut self, recording: &mut Recording<'_>, stops: &Stops) -> Option<Arrived> {
        let arrived = self.piece(recording, stops)?;
        let is_wanted = match (self.goal, &arrived) {
            (Goal::Instruction(_), Arrived::End) => false,
            // The beginning has no step before it that could be checked, so it is checked by itself.
            (Goal::Instruction(_), Arrived::Beginning | Arrived::Hit(_)) => {
                self.origin > 0 && self.goal.is_met(recording.machine())
            }
            _ => return Some(arrived),
        };
        if is_wanted {
            return Some(Arrived::Goal);
        }
        // The movement failed, so the position stays as it was.
        recording.jump(self.origin);
        Some(Arrived::Nowhere)
    }

    fn piece(&mut self, recording: &mut Recording<'_>, stops: &Stops) -> Option<Arrived> {
        match &mut self.way {
            Way::Forward => self.go_on(recording, stops),
            Way::Back { end: 0 } => {
                recording.jump(0);
                Some(match self.heeds_stops {
                    true => beginning(recording, stops),
                    false => Arrived::Beginning,
                })
            }
            Way::Back { end } => {
                let inputs = recording.inputs();
                let mut last = None;
                let (start, found) = recording.look_back(*end, |machine, access| {
                    let arrived = seen(
                        (self.goal, self.heeds_stops),
                        stops,
                        &mut self.counter,
                        machine,
                        inputs,
                        access,
                    );
                    let is_wanted = arrived.is_some();
                    last = arrived.or(last.take());
                    is_wanted
                });
                *end = start;
                recording.jump(found?);
                last
            }
            Way::Recount { end, found } => {
                let (end, inputs) = (*end, recording.inputs());
                let most = end.saturating_sub(recording.position()).min(PIECE);
                recording.forward(most, |machine, access| {
                    let arrived = seen(
                        (self.goal, self.heeds_stops),
                        stops,
                        &mut self.counter,
                        machine,
                        inputs,
                        access,
                    );
                    if let Some(arrived) = arrived {
                        *found = Some((machine.steps(), arrived));
                    }
                    false
                });
                if recording.position() < end {
                    return None;
                }
                match found.take() {
                    Some((position, arrived)) => {
                        recording.jump(position);
                        Some(arrived)
                    }
                    None => {
                        recording.jump(0);
                        Some(beginning(recording, stops))
                    }
                }
            }
        }
    }

    fn go_on(&mut self, recording: &mut Recording<'_>, stops: &Stops) -> Option<Arrived> {
        if self.goal == Goal::Position(recording.position()) {
            return Some(match recording.machine().has_ended() {
                true => Arrived::End,
                false => Arrived::Goal,
            });
        }
        let inputs = recording.inputs();
        let is_jump = matches!(self.goal, Goal::Position(_));
        let mut arrived = None;
        let moved = recording.forward(PIECE, |machine, access| {
            let is_ahead = is_jump || machine.steps() > self.origin;
            self.counter.logs = is_ahead;
            let found = seen(
                (self.goal, self.heeds_stops),
                stops,
                &mut self.counter,
                machine,
                inputs,
                access,
            );
            arrived = found.filter(|_| is_ahead);
            arrived.is_some()
        });
        match moved {
            _ if recording.machine().has_ended() => Some(Arrived::End),
            Moved::Exhausted => None,
            Moved::Stopped | Moved::Ended => arrived,
        }
    }

    /// Abandons the movement, at a position that it has reached.
    pub fn abandon(&self, recording: &mut Recording<'_>) {
        match &self.way {
            // A jump stays where it is; another movement never ends behind its beginning.
            Way::Forward if matches!(self.goal, Goal::Position(_)) => {}
            Way::Forward => drop(recording.jump(self.origin.max(recording.position()))),
            Way::Back { end } => drop(recording.jump(*end)),
            Way::Recount { .. } => drop(recording.jump(self.origin)),
        }
    }

    /// What log points have printed.
    pub fn take_lines(&mut self) -> Vec<String> {
        self.counter.take_lines()
    }

    /// Why a condition has no value.
    pub fn take_condition_error(&mut self) -> Option<String> {
        self.counter.take_condition_error()
    }
}

/// Whether a position is wanted, or a stop.
#[inline(always)] // the loop of every movement
fn seen(
    (goal, heeds_stops): (Goal, bool),
    stops: &Stops,
    counter: &mut HitCounter,
    machine: &Machine<'_>,
    inputs: &provable::vm::Inputs,
    access: Option<Access>,
) -> Option<Arrived> {
    if heeds_stops && let Some(hit) = stops.at(machine, inputs, access, counter) {
        return Some(Arrived::Hit(hit));
    }
    goal.is_met(machine).then_some(Arrived::Goal)
}

/// At the beginning nothing was stepped over, but there may be a breakpoint.
pub fn beginning(recording: &Recording<'_>, stops: &Stops) -> Arrived {
    let (machine, inputs) = (recording.machine(), recording.inputs());
    match stops.at(machine, inputs, None, &mut HitCounter::default()) {
        Some(hit) => Arrived::Hit(hit),
        None => Arrived::Beginning,
    }
}
