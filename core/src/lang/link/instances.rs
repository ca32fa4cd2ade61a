//! The parts of a program while it is linked: routines with the values of their arguments.

use super::linked::{Place, Values};
use super::names::Names;
use crate::lang::isa::Op;
use crate::lang::program::RoutineId;
use hashbrown::HashMap;

/// The operand of an instruction while its place in the program is not known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// No operand.
    None,
    /// This one.
    Word(u32),
    /// An instruction of the same instance, by its distance from the first.
    Offset(usize),
    /// The first instruction of an instance.
    Instance(usize),
}

/// An instruction of an instance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub op: Op,
    pub target: Target,
    pub place: Place,
}

/// The most parts of a program: routines, each with every set of arguments that it is called with. A routine that calls
/// itself with another argument each time would have no end of them.
pub(super) const MOST: usize = 1 << 16;

/// A routine with its arguments, which becomes one part of the program.
#[derive(Debug)]
pub(super) struct Instance {
    pub routine: Option<RoutineId>,
    pub values: Values,
    pub name: String,
    pub code: Vec<Item>,
    /// Labels in it: the distance from its first instruction, and the name.
    pub labels: Vec<(usize, String)>,
}

/// The instances of a program. The first is the code with which it begins.
#[derive(Default)]
pub(super) struct Instances {
    pub list: Vec<Instance>,
    known: HashMap<(RoutineId, Vec<i128>), usize>,
    names: Names,
}

impl Instances {
    /// The instance of a routine with arguments; a new one without code if there is none yet. None if there are too many.
    pub fn get(
        &mut self,
        routine: RoutineId,
        arguments: Vec<i128>,
        name: &str,
        values: Values,
    ) -> Option<usize> {
        let key = (routine, arguments);
        if let Some(&known) = self.known.get(&key) {
            return Some(known);
        }
        if self.list.len() >= MOST {
            return None;
        }
        let mut full = name.to_owned();
        for argument in &key.1 {
            // A sign cannot be part of a name.
            full.push_str(&format!(".{argument}").replace('-', "minus"));
        }
        let name = self.name(&full);
        let place = self.list.len();
        self.known.insert(key, place);
        self.list.push(Instance {
            routine: Some(routine),
            values,
            name,
            code: Vec::new(),
            labels: Vec::new(),
        });
        Some(place)
    }

    /// A name that no instance and no copy has.
    pub fn name(&mut self, wanted: &str) -> String {
        self.names.fresh(wanted)
    }
}
