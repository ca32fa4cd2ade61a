//! How often tests execute each line.

use super::Verdict;
use crate::lang::modules::Modules;
use crate::lang::program::Assembly;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How often tests executed the lines with instructions: by the id of the file, and the line from 0. Tests themselves and the
/// standard library are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The counts.
    pub files: BTreeMap<String, BTreeMap<usize, u64>>,
}

impl Coverage {
    /// Adds what a test of a program executed. `assemblies` are those of `modules`.
    pub fn add(&mut self, modules: &Modules, assemblies: &[Arc<Assembly>], verdict: &Verdict) {
        let all = modules.files().iter().zip(assemblies).enumerate();
        for (file, (module, assembly)) in all {
            if module.id.starts_with("std@") {
                continue;
            }
            let lines = self
                .files
                .entry(module.id.clone())
                .or_insert_with(|| lines_of(assembly));
            for ((at, line), count) in &verdict.lines {
                if let Some(sum) = lines.get_mut(line).filter(|_| *at == file) {
                    *sum += count;
                }
            }
        }
    }
}

/// The lines with instructions outside of tests.
fn lines_of(assembly: &Assembly) -> BTreeMap<usize, u64> {
    let sections = assembly
        .sections
        .iter()
        .filter(|section| !section.is_test());
    let nodes = sections.flat_map(|section| section.instructions.clone());
    let lines = nodes.filter_map(|node| assembly.line_of(node as usize));
    lines.map(|line| (line, 0)).collect()
}
