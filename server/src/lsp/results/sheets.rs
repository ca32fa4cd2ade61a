//! What came of the jobs of every program: one sheet a file. Sheets of programs that are no longer open are kept, a few of
//! them, so that closing a tab loses nothing.

use super::Sheet;
use crate::lsp::identity::DocumentId;
use crate::lsp::session::lock;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;

/// Sheets of closed programs that are kept. Each may hold a whole run.
const MOST_CLOSED: usize = 32;

/// The sheets, each with the number of its last use.
#[derive(Debug, Default)]
pub struct Sheets {
    sheets: Mutex<(u64, HashMap<DocumentId, (u64, Sheet)>)>,
}

impl Sheets {
    /// What is known of the program in a file.
    pub fn get(&self, file: &DocumentId) -> Sheet {
        let sheets = lock(&self.sheets);
        let sheet = sheets.1.get(file).map(|(_, sheet)| sheet.clone());
        sheet.unwrap_or_default()
    }

    /// Changes what is known of the program in a file.
    pub fn change<T>(&self, file: &DocumentId, change: impl FnOnce(&mut Sheet) -> T) -> T {
        let (uses, sheets) = &mut *lock(&self.sheets);
        *uses += 1;
        let (used, sheet) = sheets.entry(file.clone()).or_default();
        *used = *uses;
        change(sheet)
    }

    /// Forgets all but those that are needed and a few that were used last.
    pub fn keep_few(&self, is_needed: impl Fn(&DocumentId) -> bool) {
        let (_, sheets) = &mut *lock(&self.sheets);
        let others = sheets.iter().filter(|(file, _)| !is_needed(file));
        let mut others: Vec<(u64, DocumentId)> = others
            .map(|(file, (used, _))| (*used, file.clone()))
            .collect();
        others.sort();
        let surplus = others.len().saturating_sub(MOST_CLOSED);
        for (_, file) in others.drain(..surplus) {
            sheets.remove(&file);
        }
    }

    /// Forgets which jobs came to nothing.
    pub fn forget_failures(&self) {
        for (_, sheet) in lock(&self.sheets).1.values_mut() {
            sheet.forget_failure();
        }
    }

    /// Takes in that a file, or a folder with files, has another name now.
    pub fn renamed(&self, old: &Path, new: &Path) {
        let (_, sheets) = &mut *lock(&self.sheets);
        let moved: Vec<DocumentId> = sheets
            .keys()
            .filter(|file| file.renamed(old, new).is_some())
            .cloned()
            .collect();
        for file in moved {
            if let (Some(sheet), Some(now)) = (sheets.remove(&file), file.renamed(old, new)) {
                sheets.insert(now, sheet);
            }
        }
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
        sheets
            .get(&file(name))
            .activity
            .map(|activity| activity.job)
    }

    #[test]
    fn of_closed_programs_the_last_used_are_kept_and_open_ones_always() {
        let sheets = Sheets::default();
        for number in 0..100 {
            note(&sheets, &number.to_string(), number);
        }
        note(&sheets, "1", 1);
        sheets.keep_few(|one| *one == file("0"));
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
        sheets.renamed(Path::new("/w/a"), Path::new("/w/b"));
        sheets.renamed(Path::new("/w/b/x.prov"), Path::new("/w/y.prov"));
        assert_eq!(job(&sheets, "y.prov"), Some(1));
        assert_eq!(job(&sheets, "a/x.prov"), None);
        assert_eq!(job(&sheets, "ab/x.prov"), Some(2));
    }
}
