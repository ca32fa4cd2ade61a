//! A profile by line and by routine, in the form that `--json` prints and `--compare` reads.

use super::numbering::Numbering;
use super::places::{MAIN, Place, Places};
use provable::circuit::Usage;
use provable::circuit::fit::{RuledOutCost, TableCost};
use provable::circuit::profile::{Bottleneck, Profile};
use provable::circuit::usage::TABLES;
use provable::lang::quote::shortened;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The name of the heap cells of the program's data, which no line and no routine used.
pub const DATA: &str = "(data)";
/// The name of the program entries that were never executed, which no routine used.
pub const NOT_EXECUTED: &str = "(not executed)";
/// What stands for the text of the place after the last instruction.
const END: &str = "(end of the program)";

/// A profile, by line and by routine. Shares are not read: they follow from the rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProfileReport {
    /// The program, as messages name it.
    pub file: String,
    /// Steps of the run.
    pub steps: u64,
    /// The smallest tier that holds the run; none if no tier does.
    pub tier: Option<String>,
    /// The table that decides the tier.
    pub decided_by: DecidingTable,
    /// The next smaller tiers, the nearest first, and their tables that are too small.
    pub smaller: Vec<RuledOutCost>,
    /// What the run uses of the tables.
    pub usage: Usage,
    /// The table by whose rows lines and routines are sorted, and of which the shares are.
    pub by: String,
    /// The lines that used something or were executed, the worst first.
    pub lines: Vec<LineCost>,
    /// The routines that were entered, the worst first.
    pub routines: Vec<RoutineCost>,
    /// Heap cells of the program's data, which no line used.
    pub data: Usage,
    /// Program entries that were never executed, which no routine used.
    pub not_executed: Usage,
}

/// The table that decides the tier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidingTable {
    /// Its name.
    pub table: String,
    /// What it holds, for people.
    pub what: String,
    /// Rows that the run uses.
    pub used: usize,
    /// Rows that the next smaller tier has, or the tier itself if it is the smallest.
    pub capacity: usize,
}

/// What a line used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineCost {
    /// The file, as messages name it.
    pub file: String,
    /// The line, from 1; none for the end of the program.
    pub line: Option<usize>,
    /// The routine that it belongs to.
    pub routine: String,
    /// Its text.
    pub text: String,
    /// How often it was executed.
    pub executions: u64,
    /// What was used by its instructions, in all inlined copies.
    pub own: Usage,
    /// Its part of the rows of the table that the profile is sorted by, from 0 to 1.
    #[serde(skip_deserializing)]
    pub share: f64,
}

/// What a routine used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoutineCost {
    /// Its name.
    pub name: String,
    /// The file in which it begins.
    pub file: String,
    /// The line at which it begins, from 1.
    pub line: Option<usize>,
    /// How many CALLs entered it.
    pub calls: u64,
    /// What was used by its own instructions.
    pub own: Usage,
    /// What was used by it and by what it called.
    pub total: Usage,
    /// The part of `own` of the rows of the table that the profile is sorted by, from 0 to 1.
    #[serde(skip_deserializing)]
    pub share: f64,
    /// The same of `total`.
    #[serde(skip_deserializing)]
    pub total_share: f64,
}

impl ProfileReport {
    /// The report of a profile of the program in this file. `by` is the table that it is sorted by, the one that decides
    /// the tier if none is given.
    pub fn new(
        file: &str,
        profile: &Profile,
        places: &dyn Places,
        numbering: &Numbering,
        by: Option<&str>,
    ) -> ProfileReport {
        let Bottleneck {
            tier,
            smaller,
            table,
        } = Bottleneck::of(&profile.usage);
        let by = by.unwrap_or(table.table);
        let share = |part: &Usage| {
            let (part, whole) = (rows_of(part, by), rows_of(&profile.usage, by));
            part as f64 / whole.max(1) as f64
        };
        let mut report = ProfileReport {
            file: file.to_owned(),
            steps: profile.steps,
            tier: tier.map(|tier| tier.name.to_owned()),
            decided_by: TableCost::from(&table).into(),
            smaller: smaller.iter().map(RuledOutCost::from).collect(),
            usage: profile.usage,
            by: by.to_owned(),
            lines: lines(file, profile, places),
            routines: routines(profile, numbering),
            data: profile.data,
            not_executed: profile.not_executed,
        };
        for line in &mut report.lines {
            line.share = share(&line.own);
        }
        for routine in &mut report.routines {
            routine.share = share(&routine.own);
            routine.total_share = share(&routine.total);
        }
        // The sorts are stable, so equals stay in the order of the text and of the first calls.
        let worse = |one: &Usage, other: &Usage| {
            let key = |usage: &Usage| (rows_of(usage, by), usage.rows);
            key(other).cmp(&key(one))
        };
        report
            .lines
            .sort_by(|one, other| worse(&one.own, &other.own));
        report
            .routines
            .sort_by(|one, other| worse(&one.own, &other.own));
        report
    }
}

impl From<TableCost> for DecidingTable {
    fn from(table: TableCost) -> DecidingTable {
        DecidingTable {
            table: table.table,
            what: table.what,
            used: table.used,
            capacity: table.capacity,
        }
    }
}

/// What a table holds, for people.
pub fn what_of(table: &str) -> &str {
    let mut all = TABLES.iter();
    let found = all.find(|(name, _)| *name == table);
    found.map_or(table, |(_, what)| what)
}

/// The rows of a table.
pub(super) fn rows_of(usage: &Usage, table: &str) -> usize {
    usage.of(table).unwrap_or(0)
}

/// What each line used, in the order of the program.
fn lines(file: &str, profile: &Profile, places: &dyn Places) -> Vec<LineCost> {
    let mut lines: Vec<LineCost> = Vec::new();
    let mut numbers: HashMap<(&str, usize), usize> = HashMap::new();
    let mut before: Option<Place<'_>> = None;
    for (index, one) in (0..).zip(&profile.instructions) {
        let Some(place) = places.place(index) else {
            lines.push(LineCost {
                file: file.to_owned(),
                line: None,
                routine: MAIN.to_owned(),
                text: END.to_owned(),
                executions: one.executions,
                own: one.usage,
                share: 0.0,
            });
            continue;
        };
        let number = *numbers.entry((place.file, place.line)).or_insert_with(|| {
            let text = places.text(place.file, place.line).unwrap_or_default();
            lines.push(LineCost {
                file: place.file.to_owned(),
                line: Some(place.line),
                routine: place.routine.to_owned(),
                text: shortened(text).into_owned(),
                executions: 0,
                own: Usage::default(),
                share: 0.0,
            });
            lines.len() - 1
        });
        if let Some(line) = lines.get_mut(number) {
            line.own += one.usage;
            // Of the instructions that a line stands for in one place, the first says how often it was executed.
            if before.as_ref() != Some(&place) {
                line.executions += one.executions;
            }
        }
        before = Some(place);
    }
    lines
}

/// What each routine used, in the order in which they were entered.
fn routines(profile: &Profile, numbering: &Numbering) -> Vec<RoutineCost> {
    let routines = profile.routines.iter().map(|one| {
        let (file, line) = numbering.beginning(one.frame);
        RoutineCost {
            name: numbering.name(one.frame).to_owned(),
            file: file.to_owned(),
            line,
            calls: one.calls,
            own: one.own,
            total: one.total,
            share: 0.0,
            total_share: 0.0,
        }
    });
    routines.collect()
}
