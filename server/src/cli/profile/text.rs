//! A profile for people.

use super::super::table::{Table, percent};
use crate::profile::{DATA, LineCost, NOT_EXECUTED, ProfileReport, RoutineCost, what_of};
use provable::circuit::Usage;
use provable::circuit::fit::TableCost;
use provable::circuit::tier::Tier;
use provable::lang::quote::{self, plural, quoted};

/// The whole profile, with so many lines and routines.
pub fn text(report: &ProfileReport, usage: &Usage, top: usize) -> String {
    let mut text = format!(
        "{}: {} in {}\n",
        quote::name(&report.file),
        plural(report.steps, "step"),
        plural(usage.rows, "row"),
    );
    let mut line = |name: &str, value: String| text.push_str(&format!("  {name:<14}{value}\n"));
    let tier = report.tier.as_deref();
    line(
        "proof",
        tier.map_or("no tier holds the run".to_owned(), |tier| {
            format!("tier {tier}")
        }),
    );
    let decided = &report.decided_by;
    let holder = report.smaller.first().map(|one| one.tier.as_str());
    line(
        "decided by",
        match holder.or(tier) {
            Some(holder) => format!(
                "{} {}; tier {holder} holds {}",
                decided.used, decided.what, decided.capacity
            ),
            None => format!("{} {}", decided.used, decided.what),
        },
    );
    match report.smaller.as_slice() {
        [] => line("to save", "nothing: it is the smallest tier".to_owned()),
        smaller => {
            for (place, one) in smaller.iter().enumerate() {
                let name = if place == 0 { "to save" } else { "or" };
                let saved: Vec<String> = one.tables.iter().map(excess).collect();
                line(name, format!("{}, for tier {}", saved.join(", "), one.tier));
            }
        }
    }
    if let Some(tier) = tier.and_then(Tier::named) {
        for (place, table) in usage.tables(&tier.capacities).iter().enumerate() {
            let name = if place == 0 { "tables" } else { "" };
            let (used, capacity, what) = (table.used, table.capacity, table.what);
            line(name, format!("{used} of {capacity} {what}"));
        }
    }
    text.push_str(&format!("\nroutines, by {}\n", what_of(&report.by)));
    text.push_str(&routines(report, top));
    text.push_str(&format!("\nlines, by {}\n", what_of(&report.by)));
    text.push_str(&lines(report, top));
    text
}

/// What a table of a tier has too few of.
fn excess(table: &TableCost) -> String {
    format!(
        "{} {}",
        table.used.saturating_sub(table.capacity),
        table.what
    )
}

/// The rows of the table that the profile is sorted by, and those of the step table where that is another one.
pub fn counts(report: &ProfileReport, usage: &Usage) -> Vec<String> {
    let by = usage.of(&report.by).unwrap_or(0).to_string();
    match report.by.as_str() {
        "rows" => vec![by],
        _ => vec![by, usage.rows.to_string()],
    }
}

/// The heads of [`counts`].
pub fn heads(report: &ProfileReport) -> Vec<&str> {
    match report.by.as_str() {
        "rows" => vec!["rows"],
        by => vec![by, "rows"],
    }
}

fn routines(report: &ProfileReport, top: usize) -> String {
    let mut columns = heads(report);
    columns.extend(["share", "with calls", "share", "calls"]);
    let mut table = Table::new(&columns, "routine");
    for one in report.routines.iter().take(top) {
        let RoutineCost {
            name,
            calls,
            own,
            total,
            share,
            total_share,
            ..
        } = one;
        let mut row = counts(report, own);
        row.push(percent(*share));
        row.push(total.of(&report.by).unwrap_or(0).to_string());
        row.push(percent(*total_share));
        row.push(calls.to_string());
        table.row(row, quote::name(name));
    }
    for (name, part) in [(DATA, &report.data), (NOT_EXECUTED, &report.not_executed)] {
        add_outside(&mut table, report, name, part, 3);
    }
    table.text() + &more(report.routines.len(), top, "routine")
}

fn lines(report: &ProfileReport, top: usize) -> String {
    let mut columns = heads(report);
    columns.extend(["share", "executed"]);
    let mut table = Table::new(&columns, "line");
    let used = report
        .lines
        .iter()
        .filter(|one| one.executions > 0 || one.own.of(&report.by).unwrap_or(0) > 0);
    for one in used.clone().take(top) {
        let LineCost {
            executions,
            own,
            share,
            text,
            ..
        } = one;
        let mut row = counts(report, own);
        row.push(percent(*share));
        row.push(executions.to_string());
        table.row(
            row,
            format!("{}  {}", place(&one.file, one.line), quoted(text)),
        );
    }
    add_outside(&mut table, report, DATA, &report.data, 1);
    table.text() + &more(used.count(), top, "line")
}

/// Adds what no routine or no line used, if there is some; so many columns stay empty.
fn add_outside(table: &mut Table, report: &ProfileReport, name: &str, part: &Usage, empty: usize) {
    let of = |usage: &Usage| usage.of(&report.by).unwrap_or(0);
    if of(part) > 0 {
        let mut row = counts(report, part);
        row.push(percent(of(part) as f64 / of(&report.usage).max(1) as f64));
        row.extend(std::iter::repeat_n(String::new(), empty));
        table.row(row, name.to_owned());
    }
}

/// A line of a file.
pub fn place(file: &str, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("{}:{line}", quote::name(file)),
        None => quote::name(file),
    }
}

/// How many are not shown.
pub fn more(all: usize, top: usize, noun: &str) -> String {
    match all.saturating_sub(top) {
        0 => String::new(),
        1 => format!("  … and 1 more {noun}\n"),
        hidden => format!("  … and {hidden} more {noun}s\n"),
    }
}
