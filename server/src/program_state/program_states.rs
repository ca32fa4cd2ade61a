//! The states of all programs. A few states of closed programs are kept, so that closing a program and opening it again
//! loses nothing.

use super::document_id::DocumentId;
use super::state::ProgramState;
use crate::mutex::lock;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Mutex;

/// How many states of closed programs are kept. Each may hold a whole run.
const MAX_CLOSED: usize = 32;

/// The states, by the places of their programs.
#[derive(Debug, Default)]
pub struct ProgramStates {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    program_states: HashMap<DocumentId, Numbered>,
    /// How many numbers were given to states.
    numbers: u64,
    uses: u64,
}

#[derive(Debug)]
struct Numbered {
    /// The number of the state, which stays when the program is renamed. Jobs refer to it.
    number: u64,
    /// When it was last used, as a count of uses.
    used: u64,
    program_state: ProgramState,
}

/// The states that a renaming concerns, by their numbers.
#[derive(Debug, Default)]
pub struct Renamed {
    /// Those that moved to another place.
    pub moved: HashSet<u64>,
    /// Those that another state replaced.
    pub replaced: HashSet<u64>,
}

impl Kept {
    fn at(&mut self, place: &DocumentId) -> &mut Numbered {
        self.uses += 1;
        let used = self.uses;
        let numbers = &mut self.numbers;
        let numbered = self.program_states.entry(place.clone()).or_insert_with(|| {
            *numbers += 1;
            Numbered {
                number: *numbers,
                used,
                program_state: ProgramState::default(),
            }
        });
        numbered.used = used;
        numbered
    }
}

impl ProgramStates {
    /// Changes the state of the program at a place.
    pub fn change<T>(&self, place: &DocumentId, change: impl FnOnce(&mut ProgramState) -> T) -> T {
        change(&mut lock(&self.kept).at(place).program_state)
    }

    /// Changes the state with this number, wherever its program lies now. Does nothing if the state was replaced.
    pub fn change_numbered(&self, number: u64, change: impl FnOnce(&mut ProgramState)) {
        let mut kept = lock(&self.kept);
        let mut program_states = kept.program_states.values_mut();
        if let Some(numbered) = program_states.find(|one| one.number == number) {
            change(&mut numbered.program_state);
        }
    }

    /// The number of the state of the program at a place. Begins a state if there is none.
    pub fn number(&self, place: &DocumentId) -> u64 {
        lock(&self.kept).at(place).number
    }

    /// The number of the state of the program at a place, if there is a state.
    pub fn known_number(&self, place: &DocumentId) -> Option<u64> {
        let kept = lock(&self.kept);
        kept.program_states.get(place).map(|one| one.number)
    }

    /// Forgets all states but those that are needed and the few others that were used last.
    pub fn keep_few(&self, is_needed: impl Fn(&DocumentId, u64) -> bool) {
        let program_states = &mut lock(&self.kept).program_states;
        let others = program_states
            .iter()
            .filter(|(place, one)| !is_needed(place, one.number));
        let mut others: Vec<(u64, DocumentId)> = others
            .map(|(place, one)| (one.used, place.clone()))
            .collect();
        others.sort();
        let surplus = others.len().saturating_sub(MAX_CLOSED);
        for (_, place) in others.drain(..surplus) {
            program_states.remove(&place);
        }
    }

    /// Forgets the failures of all jobs.
    pub fn forget_failures(&self) {
        for one in lock(&self.kept).program_states.values_mut() {
            one.program_state.forget_failure();
        }
    }

    /// Moves the states of a file, or of the files in a folder, that has a new name.
    pub fn renamed(&self, old: &Path, new: &Path) -> Renamed {
        let program_states = &mut lock(&self.kept).program_states;
        let named = |place: &DocumentId| Some((place.clone(), place.renamed(old, new)?));
        let moved: Vec<_> = program_states.keys().filter_map(named).collect();
        // All are removed before one is inserted: the new name may lie within the old one.
        let moved: Vec<_> = moved
            .into_iter()
            .filter_map(|(old, new)| Some((new, program_states.remove(&old)?)))
            .collect();
        let mut renamed = Renamed::default();
        for (place, one) in moved {
            renamed.moved.insert(one.number);
            let replaced = program_states.insert(place, one);
            renamed.replaced.extend(replaced.map(|one| one.number));
        }
        renamed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program_state::results::Activity;
    use crate::worker::job_kind::JobKind;

    fn file(name: &str) -> DocumentId {
        DocumentId::File(Path::new("/w").join(name))
    }

    fn note(program_states: &ProgramStates, name: &str, job: u64) {
        program_states.change(&file(name), |program_state| {
            program_state.activity = Some(Activity {
                job,
                kind: JobKind::Run,
                phase: None,
            });
        });
    }

    fn job(program_states: &ProgramStates, name: &str) -> Option<u64> {
        let kept = lock(&program_states.kept);
        let activity = kept
            .program_states
            .get(&file(name))?
            .program_state
            .activity
            .as_ref();
        activity.map(|activity| activity.job)
    }

    #[test]
    fn needed_states_and_the_last_used_others_are_kept() {
        let program_states = ProgramStates::default();
        for number in 0..100 {
            note(&program_states, &number.to_string(), number);
        }
        note(&program_states, "1", 1);
        program_states.keep_few(|one, _| *one == file("0"));
        let kept: Vec<u64> = (0..100)
            .filter_map(|one| job(&program_states, &one.to_string()))
            .collect();
        let mut expected = vec![0, 1];
        expected.extend(69..100);
        assert_eq!(kept, expected);
    }

    #[test]
    fn a_state_follows_its_renamed_file_and_its_renamed_folder() {
        let program_states = ProgramStates::default();
        note(&program_states, "a/x.prov", 1);
        note(&program_states, "ab/x.prov", 2);
        let number = program_states.number(&file("a/x.prov"));
        program_states.renamed(Path::new("/w/a"), Path::new("/w/b"));
        program_states.renamed(Path::new("/w/b/x.prov"), Path::new("/w/y.prov"));
        assert_eq!(job(&program_states, "y.prov"), Some(1));
        assert_eq!(job(&program_states, "a/x.prov"), None);
        assert_eq!(job(&program_states, "ab/x.prov"), Some(2));
        assert_eq!(program_states.number(&file("y.prov")), number);
        program_states.change_numbered(number, |program_state| program_state.activity = None);
        assert_eq!(job(&program_states, "y.prov"), None);
    }
}
