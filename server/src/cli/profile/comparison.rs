//! What changed since an earlier profile, for people.

use super::super::table::Table;
use super::text::{more, place};
use crate::profile::{Change, Comparison, ProfileReport, what_of};
use provable::circuit::usage::TABLES;
use provable::lang::quote::{plural, quoted};

/// The comparison, with so many lines and routines.
pub fn text(comparison: &Comparison, report: &ProfileReport, top: usize) -> String {
    let mut text = String::from("\nsince the earlier profile\n");
    let tier = |tier: &Option<String>| tier.clone().unwrap_or_else(|| "none".to_owned());
    let (old, new) = (tier(&comparison.tier), tier(&report.tier));
    let steps = (comparison.steps, report.steps);
    text.push_str(&format!(
        "  {:<14}{} → {}\n",
        "tier",
        quoted(&old),
        quoted(&new)
    ));
    text.push_str(&format!("  {:<14}{} → {}\n", "steps", steps.0, steps.1));
    let counts = comparison
        .usage
        .counts()
        .into_iter()
        .zip(report.usage.counts());
    for ((table, what), (old, new)) in TABLES.iter().zip(counts) {
        if old != new {
            let difference = signed(old, new);
            text.push_str(&format!(
                "  {table:<14}{old} → {new} {what} ({difference}{})\n",
                relative(old, new)
            ));
        }
    }
    text.push_str(&changed(&comparison.routines, report, "routine", top));
    text.push_str(&changed(&comparison.lines, report, "line", top));
    text
}

/// The changes in the rows of the table that the profile is sorted by.
fn changed(changes: &[Change], report: &ProfileReport, noun: &str, top: usize) -> String {
    let is_shown = |change: &&Change| {
        let (old, new) = change.rows(&report.by);
        old != new
    };
    let changes: Vec<&Change> = changes.iter().filter(is_shown).collect();
    if changes.is_empty() {
        return format!("\nno {noun} changed\n");
    }
    let (count, what) = (plural(changes.len(), noun), what_of(&report.by));
    let with = if noun == "routine" {
        ", calls included"
    } else {
        ""
    };
    let table = table(&changes, &report.by, noun, top);
    format!("\n{count} changed, by {what}{with}\n{table}")
}

fn table(changes: &[&Change], by: &str, noun: &str, top: usize) -> String {
    let mut table = Table::new(&["before", "now", "change"], noun);
    for change in changes.iter().take(top) {
        let (old, new) = change.rows(by);
        let row = vec![old.to_string(), new.to_string(), signed(old, new)];
        let mut last = quoted(&change.name);
        if noun == "line" {
            let line = change.line.or(change.old_line);
            last = format!("{}  {last}", place(&change.file, line));
        }
        match (&change.old, &change.new) {
            (None, _) => last.push_str("  (new)"),
            (_, None) => last.push_str("  (gone)"),
            _ => {}
        }
        table.row(row, last);
    }
    table.text() + &more(changes.len(), top, noun)
}

/// A difference with its sign.
fn signed(old: usize, new: usize) -> String {
    let sign = if new < old { "-" } else { "+" };
    format!("{sign}{}", new.abs_diff(old))
}

/// A difference as a part of what was there before, if there was something.
fn relative(old: usize, new: usize) -> String {
    match old {
        0 => String::new(),
        _ => {
            let percent = (new as f64 - old as f64) * 100.0 / old as f64;
            format!(", {percent:+.1}%")
        }
    }
}
