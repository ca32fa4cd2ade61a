//! Programs, and long runs.

use super::Page;
use super::markdown::{heads, seconds, table};
use crate::long::{Cost, Long};
use crate::programs::Proved;

/// The example programs.
pub fn programs(page: &Page) -> String {
    if page.programs.is_empty() {
        return String::new();
    }
    let row = |one: &Proved| {
        vec![
            format!("[{0}](../examples/{0}.prov)", one.name),
            one.steps.to_string(),
            one.rows.to_string(),
            one.tier.to_owned(),
            seconds(one.time),
        ]
    };
    let columns = heads(&["program", "steps", "rows", "tier", "proof"]);
    format!(
        "## Programs\n\nThe examples, each with its own inputs, in the smallest tier that holds its run, with the backend \
         `{}`. A time goes from the recorded run to the verified proof.\n\n{}",
        page.fastest(),
        table(&columns, page.programs.iter().map(row))
    )
}

/// Runs that fill the largest tiers.
pub fn long(page: &Page) -> String {
    if page.long.is_empty() {
        return String::new();
    }
    let memory = |cost: Cost| format!("{} MiB", cost.peak);
    let row = |one: &Long| {
        vec![
            one.rows.to_string(),
            one.tier.to_owned(),
            format!("{} MiB", one.key_bytes.div_ceil(1 << 20)),
            seconds(one.key.time),
            memory(one.key),
            seconds(one.proof.time),
            memory(one.proof),
        ]
    };
    let columns = heads(&[
        "rows",
        "tier",
        "size of the key",
        "making it",
        "peak memory",
        "proof",
        "peak memory",
    ]);
    format!(
        "## Long runs\n\nRuns that fill large tiers, each key made once and each run proved once, with the backend `{}`, \
         each in a process of its own. The time of a proof goes from the recorded run to the verified proof. Its peak \
         memory includes the pages of the key, which is mapped, and the recording of the run.\n\n{}",
        page.fastest(),
        table(&columns, page.long.iter().map(row))
    )
}
