//! What came of the jobs of every program: one sheet a file. Sheets of programs that are no longer open are kept, a few of
//! them, so that closing a tab loses nothing.

use super::Sheet;
use crate::lsp::identity::DocumentId;
use crate::lsp::session::lock;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Mutex;

/// Sheets of closed programs that are kept. Each may hold a whole run.
const MOST_CLOSED: usize = 32;

/// The sheets, by where their programs lie.
#[derive(Debug, Default)]
pub struct Sheets {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    sheets: HashMap<DocumentId, Numbered>,
    /// Numbers that were given to sheets.
    numbers: u64,
    uses: u64,
}

#[derive(Debug)]
struct Numbered {
    /// The sheet's own, which it keeps when its program is renamed: jobs know it by this.
    number: u64,
    /// When it was last used.
    used: u64,
    sheet: Sheet,
}

/// The numbers of sheets.
#[derive(Debug, Default)]
pub struct Renamed {
    /// Those that went along.
    pub moved: HashSet<u64>,
    /// Those of programs whose places were taken.
    pub replaced: HashSet<u64>,
}

impl Kept {
    fn at(&mut self, place: &DocumentId) -> &mut Numbered {
        self.uses += 1;
        let used = self.uses;
        let numbers = &mut self.numbers;
        let numbered = self.sheets.entry(place.clone()).or_insert_with(|| {
            *numbers += 1;
            Numbered {
                number: *numbers,
                used,
                sheet: Sheet::default(),
            }
        });
        numbered.used = used;
        numbered
    }
}

impl Sheets {
    /// Changes what is known of the program at a place.
    pub fn change<T>(&self, place: &DocumentId, change: impl FnOnce(&mut Sheet) -> T) -> T {
        change(&mut lock(&self.kept).at(place).sheet)
    }

    /// Changes what is known of the program whose sheet has this number, wherever it lies now. Nothing is changed if
    /// another program has taken its place.
    pub fn change_numbered(&self, number: u64, change: impl FnOnce(&mut Sheet)) {
        let mut kept = lock(&self.kept);
        let mut sheets = kept.sheets.values_mut();
        if let Some(numbered) = sheets.find(|one| one.number == number) {
            change(&mut numbered.sheet);
        }
    }

    /// The number of the sheet of the program at a place.
    pub fn number(&self, place: &DocumentId) -> u64 {
        lock(&self.kept).at(place).number
    }

    /// As [`Self::number`], of a program of which something is known.
    pub fn known_number(&self, place: &DocumentId) -> Option<u64> {
        let kept = lock(&self.kept);
        kept.sheets.get(place).map(|one| one.number)
    }

    /// Forgets all but those that are needed and a few that were used last.
    pub fn keep_few(&self, is_needed: impl Fn(&DocumentId, u64) -> bool) {
        let sheets = &mut lock(&self.kept).sheets;
        let others = sheets
            .iter()
            .filter(|(place, one)| !is_needed(place, one.number));
        let mut others: Vec<(u64, DocumentId)> = others
            .map(|(place, one)| (one.used, place.clone()))
            .collect();
        others.sort();
        let surplus = others.len().saturating_sub(MOST_CLOSED);
        for (_, place) in others.drain(..surplus) {
            sheets.remove(&place);
        }
    }

    /// Forgets which jobs came to nothing.
    pub fn forget_failures(&self) {
        for one in lock(&self.kept).sheets.values_mut() {
            one.sheet.forget_failure();
        }
    }

    /// Takes in that a file, or a folder with files, has another name now.
    pub fn renamed(&self, old: &Path, new: &Path) -> Renamed {
        let sheets = &mut lock(&self.kept).sheets;
        let named = |place: &DocumentId| Some((place.clone(), place.renamed(old, new)?));
        let moved: Vec<_> = sheets.keys().filter_map(named).collect();
        // All are taken out before one is put in, in case the one name is within the other.
        let moved: Vec<_> = moved
            .into_iter()
            .filter_map(|(old, new)| Some((new, sheets.remove(&old)?)))
            .collect();
        let mut renamed = Renamed::default();
        for (place, one) in moved {
            renamed.moved.insert(one.number);
            let replaced = sheets.insert(place, one);
            renamed.replaced.extend(replaced.map(|one| one.number));
        }
        renamed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::results::{Activity, Kind};

    fn file(name: &str) -> DocumentId {
        DocumentId::File(Path::new("/w").join(name))
    }

    fn note(sheets: &Sheets, name: &str, job: u64) {
        sheets.change(&file(name), |sheet| {
            sheet.activity = Some(Activity {
                job,
                kind: Kind::Run,
                phase: None,
            });
        });
    }

    fn job(sheets: &Sheets, name: &str) -> Option<u64> {
        let kept = lock(&sheets.kept);
        let activity = kept.sheets.get(&file(name))?.sheet.activity.as_ref();
        activity.map(|activity| activity.job)
    }

    #[test]
    fn of_closed_programs_the_last_used_are_kept_and_open_ones_always() {
        let sheets = Sheets::default();
        for number in 0..100 {
            note(&sheets, &number.to_string(), number);
        }
        note(&sheets, "1", 1);
        sheets.keep_few(|one, _| *one == file("0"));
        let kept: Vec<u64> = (0..100)
            .filter_map(|one| job(&sheets, &one.to_string()))
            .collect();
        let mut expected = vec![0, 1];
        expected.extend(69..100);
        assert_eq!(kept, expected);
    }

    #[test]
    fn a_sheet_follows_its_file_and_its_folder() {
        let sheets = Sheets::default();
        note(&sheets, "a/x.prov", 1);
        note(&sheets, "ab/x.prov", 2);
        let number = sheets.number(&file("a/x.prov"));
        sheets.renamed(Path::new("/w/a"), Path::new("/w/b"));
        sheets.renamed(Path::new("/w/b/x.prov"), Path::new("/w/y.prov"));
        assert_eq!(job(&sheets, "y.prov"), Some(1));
        assert_eq!(job(&sheets, "a/x.prov"), None);
        assert_eq!(job(&sheets, "ab/x.prov"), Some(2));
        assert_eq!(sheets.number(&file("y.prov")), number);
        sheets.change_numbered(number, |sheet| sheet.activity = None);
        assert_eq!(job(&sheets, "y.prov"), None);
    }
}
