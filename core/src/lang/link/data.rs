//! The words of data, when all addresses are known.

use super::addresses::Placement;
use super::linked::PlacedData;
use super::no_value::no_value;
use crate::lang::diagnostics::Diagnostic;
use crate::lang::modules::{Evaluator, Modules, data_lines};
use crate::lang::program::words_of_bytes;
use crate::lang::syntax::{Body, Value};

/// The data and variables of a program, with their words.
pub(super) fn words_of(
    modules: &Modules,
    placed: &Placement,
    evaluator: &mut Evaluator<'_>,
    found: &mut Vec<(usize, Diagnostic)>,
) -> Vec<PlacedData> {
    let all = placed.list.iter().map(|placed| PlacedData {
        file: placed.file,
        line: placed.line,
        name: placed.name,
        address: placed.address,
        length: placed.length,
        words: placed
            .is_data
            .then(|| words(modules, placed.file, placed.line, evaluator, found)),
    });
    all.collect()
}

/// The words of the data that are defined on a line.
pub(super) fn words(
    modules: &Modules,
    file: usize,
    line: usize,
    evaluator: &mut Evaluator<'_>,
    found: &mut Vec<(usize, Diagnostic)>,
) -> Vec<u32> {
    let Some(tree) = modules.tree(file) else {
        return Vec::new();
    };
    let mut words = Vec::new();
    for (_, line) in data_lines(tree, line) {
        if let Body::Bytes { text, .. } = line.body {
            let parts = text.and_then(|text| tree.text_of(text).ok());
            words.extend(words_of_bytes(&parts.unwrap_or_default()));
            continue;
        }
        for item in tree.items(&line.body) {
            if item.value == Value::Text {
                let parts = tree.text_of(item.span).unwrap_or_default();
                words.extend(parts.iter().map(|part| part.word()));
                continue;
            }
            match evaluator.word(file, item, &mut |_| None) {
                Ok(word) => words.push(word),
                Err(worth) => {
                    words.push(0);
                    no_value(found, file, worth, item.span);
                }
            }
        }
    }
    words
}
