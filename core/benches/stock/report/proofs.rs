//! Whole proofs beside the library's, and their parts.

use super::Page;
use super::markdown::{heads, seconds, table};
use crate::found::Found;

/// Whole proofs.
pub fn section(page: &Page) -> String {
    let mut text = page.machine();
    text += "All provers take turns in one process, on the same constraints and the same values. A time of *ours* is \
             all that lies between a recorded run and a proof file, the commitment, the witness and the verification of \
             the proof included. *The library* is `ark-groth16` as it is published, from matrices and a ready assignment, \
             with the statement alone as its public input: no commitment, no witness, no verification. Rows are what the \
             tier holds; the run takes all but a few of them.\n\n";
    text += "![Time of a proof against rows](benchmarks.svg)\n\n";
    let mut columns = heads(&["rows", "constraints", "domain"]);
    columns.extend(
        page.backends
            .iter()
            .map(|backend| format!("ours, `{backend}`")),
    );
    columns.extend(heads(&["the library", "ratio", "opening the key"]));
    let row = |found: &Found| {
        let mut row = vec![
            found.rows.to_string(),
            found.constraints.to_string(),
            domain(found),
        ];
        row.extend(found.ours.iter().map(|time| seconds(*time)));
        row.extend([
            seconds(found.library),
            format!("{:.2}", found.ratio()),
            seconds(found.open),
        ]);
        row
    };
    text += &table(&columns, page.found.iter().map(row));
    text += &format!(
        "The domain holds the constraints, and in the library also a row for each public input. If the two domains are \
         different powers of two, the work differs. The ratio says how many times as long the library takes as ours with \
         `{}`.\n\n",
        page.fastest()
    );
    text
}

fn domain(found: &Found) -> String {
    let [ours, library] = found.domains.map(usize::ilog2);
    match ours == library {
        true => format!("2^{ours}"),
        false => format!("2^{ours}, the library's 2^{library}"),
    }
}

/// The parts of proofs: with the fastest backend beside the library's, then with the next slower backend.
pub fn parts(page: &Page) -> String {
    let mut text = String::from(
        "## Part by part\n\nThe library does not report the time of its parts, so the same calls were made one by one with \
         the same values. Its FFTs include the products with the matrices, which are the line `constraints` here. \
         The four sums of a small tier are computed at once. There a line has the time from the end of the sum before it to its own.\n\n",
    );
    for (place, backend) in page.backends.iter().enumerate().rev().take(2) {
        let is_fastest = *backend == page.fastest();
        text += &format!("With the backend `{backend}`:\n\n");
        let mut columns = heads(&["part"]);
        for found in &page.found {
            columns.push(format!("{} rows", found.rows));
            columns.extend(is_fastest.then(|| "the library".to_owned()));
        }
        let first = page.found.first();
        let row = |(index, name): (usize, &str)| {
            let mut row = vec![name.to_owned()];
            for part in page.found.iter().filter_map(|found| found.parts.get(index)) {
                let ours = part.ours.get(place).copied();
                row.push(ours.map(seconds).unwrap_or_default());
                if is_fastest {
                    row.push(part.library.map(seconds).unwrap_or_default());
                }
            }
            row
        };
        let names = first
            .iter()
            .flat_map(|found| found.parts.iter().map(|part| part.name));
        text += &table(&columns, names.enumerate().map(row));
    }
    text
}
