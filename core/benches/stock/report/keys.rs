//! Keys, and verification.

use super::Page;
use super::markdown::{heads, ratio, seconds, table};
use crate::found::Found;

/// How long keys take to make.
pub fn keys(page: &Page) -> String {
    let row = |found: &Found| {
        let [ours, library] = found.setups;
        vec![
            found.rows.to_string(),
            seconds(ours),
            seconds(library),
            ratio(ours, library),
        ]
    };
    let columns = heads(&[
        "rows",
        "making ours",
        "the library's",
        "ours to the library's",
    ]);
    format!(
        "## Keys\n\nEach key was made once, the library's from the same matrices. Our key also has the bases of the \
         committed block, and our time includes writing the constraints.\n\n{}",
        table(&columns, page.found.iter().map(row))
    )
}

/// How long verifications take.
pub fn verification(page: &Page) -> String {
    let row = |found: &Found| {
        let times = found
            .verifications
            .iter()
            .chain([&found.library_verification]);
        let times = times.map(|time| format!("{:.2} ms", time.as_secs_f64() * 1e3));
        std::iter::once(found.rows.to_string())
            .chain(times)
            .collect()
    };
    let columns = heads(&[
        "rows",
        "ready key",
        "the key's bytes",
        "16 together, each",
        "64 together, each",
        "the library, ready key",
    ]);
    format!(
        "## Verification\n\nMedians of the time for one proof, from its bytes on. The library computes three pairings, ours \
         four.\n\n{}",
        table(&columns, page.found.iter().map(row))
    )
}
