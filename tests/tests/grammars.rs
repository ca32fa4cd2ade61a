//! What the editors colour without the server says what the instruction table says. Each of these files lists the
//! mnemonics in a form of its own; a list that falls behind the table, or goes beyond it, fails here.

use provable::lang::isa::{OperandKind, SPECS, Spec};
use provable_tests::root;
use std::collections::BTreeSet;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The mnemonics of those instructions of the table that are wanted.
fn table(wanted: impl Fn(&Spec) -> bool) -> BTreeSet<String> {
    SPECS
        .iter()
        .filter(|spec| wanted(spec))
        .map(|spec| spec.mnemonic.to_owned())
        .collect()
}

/// The words of a list, each at most once.
#[track_caller]
fn once<'a>(words: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for word in words {
        assert!(seen.insert(word.to_owned()), "{word} is listed twice");
    }
    seen
}

#[test]
fn the_textmate_grammar_lists_the_mnemonics_by_whether_they_decide_where_control_goes() {
    let grammar: serde_json::Value =
        serde_json::from_str(&read("syntaxes/provable.tmLanguage.json")).unwrap();
    let listed = |rule: &str| {
        let pattern = grammar["repository"][rule]["match"].as_str().unwrap();
        let words = pattern
            .strip_prefix(r"(?<![\w.])(?i:")
            .and_then(|rest| rest.strip_suffix(r")(?![\w.])"))
            .unwrap_or_else(|| panic!("{rule} is no list of whole words: {pattern}"));
        once(words.split('|'))
    };
    assert_eq!(
        listed("control-flow"),
        table(|spec| spec.op.is_control_flow())
    );
    assert_eq!(
        listed("instruction"),
        table(|spec| !spec.op.is_control_flow())
    );
}

#[test]
fn the_tree_sitter_grammar_lists_the_mnemonics_by_their_operands() {
    let grammar = read("syntaxes/tree-sitter-provable/grammar.js");
    let listed = |group: &str| {
        let start = format!("  {group}: '");
        let line = grammar
            .lines()
            .find_map(|line| line.strip_prefix(&start))
            .unwrap_or_else(|| panic!("no list of {group}"));
        once(line.trim_end_matches("',").split(' '))
    };
    use OperandKind::*;
    assert_eq!(listed("none"), table(|spec| spec.operand == None));
    assert_eq!(listed("word"), table(|spec| spec.operand == Word));
    assert_eq!(listed("target"), table(|spec| spec.operand == Target));
    assert_eq!(
        listed("optional"),
        table(|spec| matches!(
            spec.operand,
            OptionalWord | OptionalOffset | OptionalAddress | OptionalDepth(_)
        ))
    );
}

#[test]
fn the_syntax_of_vim_lists_the_mnemonics() {
    let syntax = read("editors/nvim/syntax/provable.vim");
    let keywords = syntax
        .lines()
        .filter_map(|line| line.strip_prefix("syntax keyword "))
        .flat_map(|line| line.split(' ').skip(1));
    assert_eq!(once(keywords), table(|_| true));
}

#[test]
fn the_mode_of_emacs_lists_the_mnemonics() {
    let mode = read("editors/emacs/provable-mode.el");
    let (_, rest) = mode
        .split_once("provable-mode-mnemonics\n")
        .expect("the list");
    let (list, _) = rest.split_once("))").expect("its end");
    let words = list
        .split('"')
        .filter(|word| !word.trim_matches([' ', '\n', '\'', '(']).is_empty());
    assert_eq!(once(words), table(|_| true));
}
