//! The copies that `.inline` makes, and what keeps them from going on without end.

use super::linked::{Copy, Place, Values};
use crate::lang::diagnostics::Code;
use crate::lang::program::RoutineId;

/// How deep copies may be nested.
const DEEPEST: usize = 64;

/// The most copies. Copies of copies of routines without instructions would take no end of time.
const MOST: usize = 1 << 16;

/// The copies of a program.
#[derive(Default)]
pub(super) struct Copies(Vec<Copy>);

impl Copies {
    /// Whether a copy of a routine may stand in a section, or in a copy of one.
    pub fn check(
        &self,
        routine: RoutineId,
        section: RoutineId,
        copy: Option<usize>,
    ) -> Result<(), (Code, String)> {
        if self.0.len() >= MOST {
            let message = format!("the program has more than {MOST} copies of routines");
            return Err((Code::TooManyParts, message));
        }
        let mut depth = 0;
        let mut outer = section;
        let mut at = copy;
        loop {
            if outer == routine {
                let message = "the routine would be copied into itself without end; use CALL";
                return Err((Code::EndlessInline, message.to_owned()));
            }
            let Some(one) = at.and_then(|at| self.0.get(at)) else {
                // The section of the instance itself.
                break;
            };
            depth += 1;
            outer = one.routine;
            at = one.place.copy;
        }
        match depth >= DEEPEST {
            true => Err((
                Code::TooManyParts,
                format!("copies are nested more than {DEEPEST} deep here"),
            )),
            false => Ok(()),
        }
    }

    /// Adds a copy. Returns its index.
    pub fn add(&mut self, place: Place, routine: RoutineId, values: Values) -> usize {
        self.0.push(Copy {
            place,
            routine,
            values,
        });
        self.0.len() - 1
    }

    pub fn into_list(self) -> Vec<Copy> {
        self.0
    }
}
