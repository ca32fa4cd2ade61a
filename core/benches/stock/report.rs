//! The page with the figures.

use crate::Found;
use std::fmt::Write;
use std::time::Duration;

fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        time if time < 0.1 => format!("{:.1} ms", time * 1e3),
        time if time < 10.0 => format!("{time:.2} s"),
        time => format!("{time:.1} s"),
    }
}

/// The processor's name, as the system says it.
fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = info.lines().find(|line| line.starts_with("model name"));
    let name = line.and_then(|line| line.split_once(':'));
    name.map_or_else(
        || "a processor without a name".into(),
        |(_, name)| name.trim().into(),
    )
}

pub fn page(all: &[Found], runs: usize, threads: usize) -> String {
    let mut page = String::from("# How long a proof takes\n\n");
    page += "`cargo xtask bench-docs` measures everything again and writes this page.\n\n";
    let _ = writeln!(
        page,
        "Medians of {runs} runs on {threads} threads of {}. Both provers take turns in one process, on the same \
         constraints and the same values. *Ours* is all that lies between a recorded run and a proof file, the \
         commitment, the witness and the verification of the proof included. *The library* is `ark-groth16` as it is \
         published, from matrices and a ready assignment, with the statement alone as its public input: no commitment, \
         no witness, no verification. Steps are what the tier holds; the run takes all but a few of them.\n",
        processor(),
    );
    page += "![Time of a proof against rows](benchmarks.svg)\n\n";
    page += "| rows | constraints | domain | ours | the library | ratio | opening the key |\n";
    page += "| --- | --- | --- | --- | --- | --- | --- |\n";
    for found in all {
        let [ours, library] = found.domains.map(usize::ilog2);
        let domain = match ours == library {
            true => format!("2^{ours}"),
            false => format!("2^{ours}, the library's 2^{library}"),
        };
        let _ = writeln!(
            page,
            "| {} | {} | {domain} | {} | {} | {:.2} | {} |",
            found.rows,
            found.constraints,
            seconds(found.ours),
            seconds(found.library),
            found.ratio(),
            seconds(found.open),
        );
    }
    page += "\nThe domain holds the constraints, and in the library also a row for each public input. If the two \
             domains are different powers of two, the work differs. The ratio says how many times as long the \
             library takes.\n\n";
    page += "## Keys\n\nEach key was made once, the library's from the same matrices. Our key also has the bases of the \
             committed block, and our time includes writing the constraints.\n\n";
    page += "| rows | making ours | the library's | ours to the library's |\n| --- | --- | --- | --- |\n";
    for found in all {
        let [ours, library] = found.setups;
        let _ = writeln!(
            page,
            "| {} | {} | {} | {:.2} |",
            found.rows,
            seconds(ours),
            seconds(library),
            ours.as_secs_f64() / library.as_secs_f64(),
        );
    }
    page += "\n## Verification\n\nMedians of the time for one proof, from its bytes on. The library computes three pairings, ours four.\n\n";
    page += "| rows | ready key | the key's bytes | 16 together, each | 64 together, each | the library, ready key |\n";
    page += "| --- | --- | --- | --- | --- | --- |\n";
    for found in all {
        let _ = write!(page, "| {} |", found.rows);
        let times = found.verifications.iter();
        for time in times.chain([&found.library_verification]) {
            let _ = write!(page, " {:.2} ms |", time.as_secs_f64() * 1e3);
        }
        page += "\n";
    }
    page += "\n## Part by part\n\nThe library does not report the time of its parts, so the same calls were made one \
             by one with the same values. Its FFTs include the products with the matrices, which are the line \
             `constraints` here.\n\n";
    page += "| part |";
    for found in all {
        let _ = write!(page, " {} rows | the library |", found.rows);
    }
    page += "\n| --- |";
    page += &" --- | --- |".repeat(all.len());
    page += "\n";
    let names = all.first().map(|found| found.phases.iter());
    for (index, (name, ..)) in names.into_iter().flatten().enumerate() {
        let _ = write!(page, "| {name} |");
        for (_, ours, library) in all.iter().filter_map(|found| found.phases.get(index)) {
            let library = library.map(seconds).unwrap_or_default();
            let _ = write!(page, " {} | {library} |", seconds(*ours));
        }
        page += "\n";
    }
    page
}
