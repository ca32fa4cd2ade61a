//! How often tests execute each line, in the format of lcov (the manual page geninfo(1), "TRACEFILE FORMAT").

use super::find::Selected;
use super::run::Judged;
use provable::testing::Coverage;
use std::fmt::Write;

/// A record for each file with tests and each file that it uses, the standard library apart.
pub fn lcov(tests: &[Selected<'_>], judged: &[Judged]) -> String {
    let mut coverage = Coverage::default();
    for (one, judged) in tests.iter().zip(judged) {
        let verdict = &judged.verdict;
        coverage.add(&one.file.modules, &one.file.assemblies, verdict);
    }
    let mut text = String::new();
    for (file, lines) in &coverage.files {
        let _ = writeln!(text, "TN:\nSF:{file}");
        for (line, count) in lines {
            let _ = writeln!(text, "DA:{},{count}", line + 1);
        }
        let hit = lines.values().filter(|count| **count > 0).count();
        let _ = writeln!(text, "LF:{}\nLH:{hit}\nend_of_record", lines.len());
    }
    text
}
