//! The TextMate grammar knows the instructions of the table, and no others.

use provable_core::isa::SPECS;
use provable_tests::root;
use std::collections::BTreeSet;

/// The mnemonics that one rule of the grammar matches.
fn alternation(rule: &str) -> Vec<String> {
    let path = root().join("syntaxes/provable.tmLanguage.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let grammar: serde_json::Value = serde_json::from_str(&text).unwrap();
    let pattern = grammar["repository"][rule]["match"].as_str().unwrap();
    let words = pattern
        .strip_prefix(r"(?<![\w.])(?i:")
        .and_then(|rest| rest.strip_suffix(r")(?![\w.])"))
        .unwrap_or_else(|| panic!("{rule} is no list of whole words: {pattern}"));
    words.split('|').map(str::to_owned).collect()
}

/// The table's mnemonics that decide where control goes, or those that do not.
fn table(is_control_flow: bool) -> BTreeSet<String> {
    SPECS
        .iter()
        .filter(|spec| spec.op.is_control_flow() == is_control_flow)
        .map(|spec| spec.mnemonic.to_owned())
        .collect()
}

#[test]
fn the_grammar_lists_exactly_the_instructions_of_the_table() {
    for (rule, is_control_flow) in [("control-flow", true), ("instruction", false)] {
        let listed = alternation(rule);
        let once: BTreeSet<String> = listed.iter().cloned().collect();
        assert_eq!(once.len(), listed.len(), "{rule} lists a mnemonic twice");
        assert_eq!(once, table(is_control_flow), "{rule}");
    }
}
