//! What was measured, for people and for machines.

use super::super::table::Table;
use super::measure::SUM_TERMS;
use super::report::Report;
use provable::lang::quote::{self, plural};
use provable::proof::Backend;
use serde_json::{Value, json};
use std::time::Duration;

/// The object that `--json` prints. Times are in milliseconds.
pub fn json(report: &Report) -> Value {
    let tiers = report.tiers.iter().map(|one| {
        json!({
            "tier": one.tier.name,
            "rows": one.tier.capacities.rows,
            "steps": one.steps,
            "constraints": one.constraints,
            "proof_ms": by_backend(report, &one.proofs),
            "verification_ms": milliseconds(one.verification),
        })
    });
    json!({
        "status": "measured",
        "processor": report.processor,
        "architecture": std::env::consts::ARCH,
        "logical_processors": report.processors,
        "threads": report.threads,
        "backends": report.backends.iter().map(|one| one.name()).collect::<Vec<_>>(),
        "backend": Backend::current().name(),
        "runs": report.runs,
        "tiers": tiers.collect::<Vec<_>>(),
        "sum": {
            "group": "G1",
            "terms": SUM_TERMS,
            "threads": 1,
            "ms": by_backend(report, &report.sum.0),
        },
    })
}

/// The times, each under its backend's name.
fn by_backend(report: &Report, times: &[Duration]) -> Value {
    let named = report.backends.iter().zip(times);
    named
        .map(|(backend, time)| (backend.name().to_owned(), milliseconds(*time)))
        .collect()
}

/// Milliseconds, to a thousandth.
fn milliseconds(time: Duration) -> Value {
    json!(time.as_micros() as f64 / 1e3)
}

/// The report for people.
pub fn text(report: &Report) -> String {
    let processor = match &report.processor {
        Some(name) => quote::name(name),
        None => format!("a processor of type {}", std::env::consts::ARCH),
    };
    let names: Vec<&str> = report.backends.iter().map(|one| one.name()).collect();
    let runs = plural(report.runs as usize, "run");
    let mut text = format!("{processor}\n");
    let mut line = |name: &str, value: String| text.push_str(&format!("  {name:<14}{value}\n"));
    let threads = plural(report.threads, "thread");
    line(
        "threads",
        match report.processors {
            Some(all) => format!("{threads} on {}", plural(all, "logical processor")),
            None => threads,
        },
    );
    let current = Backend::current();
    line(
        "backends",
        format!("{}; proofs are made with {current}", names.join(", ")),
    );

    text.push_str(&format!(
        "\nfrom the recorded run to the verified proof, medians of {runs}\n"
    ));
    let mut heads = vec!["rows"];
    heads.extend(&names);
    heads.push("verification");
    let mut table = Table::new(&heads, "tier");
    for one in &report.tiers {
        let mut row = vec![one.tier.capacities.rows.to_string()];
        row.extend(one.proofs.iter().map(|time| shown(*time)));
        row.push(shown(one.verification));
        table.row(row, one.tier.name.to_owned());
    }
    text.push_str(&table.text());

    text.push_str(&format!(
        "\na sum of {SUM_TERMS} terms in G1 on 1 thread, medians of {runs}\n"
    ));
    for (name, time) in names.iter().zip(&report.sum.0) {
        text.push_str(&format!("  {name:<14}{}\n", shown(*time)));
    }
    text
}

/// A time with its unit.
fn shown(time: Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds < 1.0 => format!("{:.1} ms", seconds * 1e3),
        seconds => format!("{seconds:.2} s"),
    }
}
