//! How often tests execute each line, in the format of lcov (the manual page geninfo(1), "TRACEFILE FORMAT").

use super::find::Selected;
use provable::testing::Verdict;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A record for each file with tests and each file that it uses, the standard library apart.
pub fn lcov(tests: &[Selected<'_>], verdicts: &[Verdict]) -> String {
    let mut files: BTreeMap<String, BTreeMap<usize, u64>> = BTreeMap::new();
    for (one, verdict) in tests.iter().zip(verdicts) {
        let all = one
            .file
            .modules
            .files()
            .iter()
            .zip(&one.file.assemblies)
            .enumerate();
        for (file, (module, assembly)) in all {
            if module.id.starts_with("std@") {
                continue;
            }
            let lines = files.entry(module.id.clone()).or_insert_with(|| {
                let sections = assembly
                    .sections
                    .iter()
                    .filter(|section| !section.is_test());
                let nodes = sections.flat_map(|section| section.instructions.clone());
                let lines = nodes.filter_map(|node| assembly.line_of(node as usize));
                lines.map(|line| (line, 0)).collect()
            });
            for ((at, line), count) in &verdict.lines {
                if let Some(sum) = lines.get_mut(line).filter(|_| *at == file) {
                    *sum += count;
                }
            }
        }
    }
    let mut text = String::new();
    for (file, lines) in &files {
        let _ = writeln!(text, "TN:\nSF:{file}");
        for (line, count) in lines {
            let _ = writeln!(text, "DA:{},{count}", line + 1);
        }
        let hit = lines.values().filter(|count| **count > 0).count();
        let _ = writeln!(text, "LF:{}\nLH:{hit}\nend_of_record", lines.len());
    }
    text
}
