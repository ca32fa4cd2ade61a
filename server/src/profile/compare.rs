//! What changed between two profiles.

use super::report::{LineCost, ProfileReport, RoutineCost, rows_of};
use provable::circuit::Usage;
use provable::lang::quote;
use serde::Serialize;
use std::collections::HashMap;

/// What changed from an earlier profile to a later one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The earlier tier; none if no tier held the run.
    pub tier: Option<String>,
    /// The earlier steps.
    pub steps: u64,
    /// What the earlier run used.
    pub usage: Usage,
    /// The routines whose usage changed, by their totals; the greatest change first.
    pub routines: Vec<Change>,
    /// The lines whose usage changed, the greatest change first.
    pub lines: Vec<Change>,
}

/// A line or a routine whose usage changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The name of the routine, or the text of the line.
    pub name: String,
    /// The file, as the later profile names it, if it has the line or the routine.
    pub file: String,
    /// The line in the later profile, from 1; none if it is not there.
    pub line: Option<usize>,
    /// The line in the earlier one.
    pub old_line: Option<usize>,
    /// What it used before; none if it was not there.
    pub old: Option<Usage>,
    /// What it uses now; none if it is not there.
    pub new: Option<Usage>,
}

impl Change {
    /// The rows of a table before and after.
    pub fn rows(&self, table: &str) -> (usize, usize) {
        let rows = |usage: &Option<Usage>| usage.as_ref().map_or(0, |usage| rows_of(usage, table));
        (rows(&self.old), rows(&self.new))
    }
}

impl ProfileReport {
    /// Reads what `--json` printed.
    ///
    /// # Errors
    /// Why the text is no profile, with the place.
    pub fn from_json(text: &str) -> Result<ProfileReport, serde_json::Error> {
        match quote::object(text) {
            Some(object) => serde_json::from_str(object),
            // The reader of a structure says what it expects.
            None => Err(
                serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(text)
                    .err()
                    .unwrap_or_else(|| serde::de::Error::custom("a JSON object is expected")),
            ),
        }
    }
}

impl Comparison {
    /// The changes from `old` to `new`. Routines are the same if they have one name. Lines are the same if they have one
    /// text in one routine of a file of one name, and are in the same place among such lines: a line that only moved has
    /// not changed.
    pub fn new(old: &ProfileReport, new: &ProfileReport) -> Comparison {
        let routine = |one: &RoutineCost| Item {
            key: (String::new(), one.name.clone(), String::new()),
            name: one.name.clone(),
            file: one.file.clone(),
            line: one.line,
            usage: one.total,
        };
        let line = |one: &LineCost| Item {
            key: (
                last_part(&one.file).to_owned(),
                one.routine.clone(),
                one.text.clone(),
            ),
            name: one.text.clone(),
            file: one.file.clone(),
            line: one.line,
            usage: one.own,
        };
        let all = |old: Vec<Item>, later: Vec<Item>| changes(old, later, &new.by);
        Comparison {
            tier: old.tier.clone(),
            steps: old.steps,
            usage: old.usage,
            routines: all(
                old.routines.iter().map(routine).collect(),
                new.routines.iter().map(routine).collect(),
            ),
            lines: all(
                old.lines.iter().map(line).collect(),
                new.lines.iter().map(line).collect(),
            ),
        }
    }
}

/// A path without its folders.
fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A line or a routine of one profile.
struct Item {
    /// What items have in common that may be the same one.
    key: (String, String, String),
    name: String,
    file: String,
    line: Option<usize>,
    usage: Usage,
}

/// The changes from old items to new ones, the greatest change of a table first.
fn changes(mut old: Vec<Item>, mut new: Vec<Item>, table: &str) -> Vec<Change> {
    // Of several items with one key, the first of the one profile is the first of the other.
    old.sort_by_key(|item| item.line);
    new.sort_by_key(|item| item.line);
    let mut before: HashMap<(String, String, String), Vec<Item>> = HashMap::new();
    for item in old.into_iter().rev() {
        before.entry(item.key.clone()).or_default().push(item);
    }
    let mut changes = Vec::new();
    for item in new {
        let old = before.get_mut(&item.key).and_then(Vec::pop);
        changes.push(Change {
            name: item.name,
            file: item.file,
            line: item.line,
            old_line: old.as_ref().and_then(|old| old.line),
            old: old.map(|old| old.usage),
            new: Some(item.usage),
        });
    }
    let gone = before.into_values().flatten().map(|item| Change {
        name: item.name,
        file: item.file,
        line: None,
        old_line: item.line,
        old: Some(item.usage),
        new: None,
    });
    changes.extend(gone);
    changes.retain(|change| change.old.unwrap_or_default() != change.new.unwrap_or_default());
    changes.sort_by(|one, other| {
        let key = |change: &Change| {
            let (old, new) = change.rows(table);
            let (old_rows, new_rows) = change.rows("rows");
            (old.abs_diff(new), old_rows.abs_diff(new_rows))
        };
        let places = |change: &Change| (change.file.clone(), change.line, change.old_line);
        key(other)
            .cmp(&key(one))
            .then_with(|| places(one).cmp(&places(other)))
            .then_with(|| one.name.cmp(&other.name))
    });
    changes
}
