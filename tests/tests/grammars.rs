//! What the editors colour without the server says what the tables of instructions, directives and kinds of traps say.
//! Each of these files lists the words in a form of its own; a list that falls behind a table, or goes beyond it, fails here.

use provable::lang::isa::{OperandKind, SPECS, Spec};
use provable::lang::syntax::{Directive, TRAP_KINDS};
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

fn directives() -> BTreeSet<String> {
    once(Directive::ALL.into_iter().map(Directive::word))
}

fn trap_kinds() -> BTreeSet<String> {
    once(TRAP_KINDS.into_iter())
}

/// Words of a list with the dot that directives begin with.
fn dotted(words: BTreeSet<String>) -> BTreeSet<String> {
    words.iter().map(|word| format!(".{word}")).collect()
}

/// The part of a text between two others, the first time that they stand there.
#[track_caller]
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).expect("the beginning of the list");
    rest.split_once(after).expect("its end").0
}

/// The words in double quotes.
fn quoted(list: &str) -> BTreeSet<String> {
    once(list.split('"').skip(1).step_by(2))
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

/// The words that a rule of the TextMate grammar matches, which begins like this.
#[track_caller]
fn textmate(rule: &str, start: &str) -> BTreeSet<String> {
    let grammar: serde_json::Value =
        serde_json::from_str(&read("syntaxes/provable.tmLanguage.json")).unwrap();
    let pattern = grammar["repository"][rule]["match"].as_str().unwrap();
    let words = pattern
        .strip_prefix(start)
        .and_then(|rest| rest.strip_suffix(r")(?![\w.])"))
        .unwrap_or_else(|| panic!("{rule} is no list of whole words: {pattern}"));
    once(words.split('|'))
}

#[test]
fn the_textmate_grammar_lists_the_mnemonics_by_whether_they_decide_where_control_goes() {
    let listed = |rule: &str| textmate(rule, r"(?<![\w.])(?i:");
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
fn the_textmate_grammar_lists_the_directives_and_the_kinds_of_traps() {
    assert_eq!(
        dotted(textmate("directive", r"(?<![\w.])\.(?i:")),
        directives()
    );
    assert_eq!(textmate("trap", r"(?<![\w.])(?i:"), trap_kinds());
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
    let targets: BTreeSet<String> = &listed("target") | &listed("call");
    assert_eq!(targets, table(|spec| spec.operand == Target));
    assert_eq!(
        listed("optional"),
        table(|spec| matches!(
            spec.operand,
            OptionalWord | OptionalOffset | OptionalAddress | OptionalDepth(_)
        ))
    );
}

#[test]
fn the_tree_sitter_grammar_lists_the_directives_and_the_kinds_of_traps() {
    let grammar = read("syntaxes/tree-sitter-provable/grammar.js");
    let keywords = grammar.split("keyword('.").skip(1);
    let words = keywords.filter_map(|rest| rest.split('\'').next());
    assert_eq!(dotted(once(words)), directives());
    let kinds = between(&grammar, "kinds: '", "'");
    assert_eq!(once(kinds.split(' ')), trap_kinds());
}

#[test]
fn the_highlights_of_neovim_and_helix_list_the_directives() {
    for queries in [
        "syntaxes/tree-sitter-provable/queries/highlights.scm",
        "editors/helix/queries/highlights.scm",
    ] {
        let text = read(queries);
        let words = text.split('"').filter(|word| {
            word.strip_prefix('.')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        });
        assert_eq!(once(words), directives(), "{queries}");
    }
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
fn the_syntax_of_vim_lists_the_directives_and_the_kinds_of_traps() {
    let syntax = read("editors/nvim/syntax/provable.vim");
    let start = r#"syntax match provableDirective "\k\@1<!\.\%("#;
    let words = between(&syntax, start, r"\)");
    assert_eq!(dotted(once(words.split(r"\|"))), directives());
    let kinds = between(&syntax, r#"syntax match provableTrap "\<\%("#, r"\)");
    let kinds = once(kinds.split(r"\|"));
    assert_eq!(
        kinds
            .iter()
            .map(|kind| kind.to_uppercase())
            .collect::<BTreeSet<_>>(),
        trap_kinds()
    );
}

#[test]
fn the_mode_of_emacs_lists_the_mnemonics_the_directives_and_the_kinds_of_traps() {
    let mode = read("editors/emacs/provable-mode.el");
    let list = |name: &str| quoted(between(&mode, &format!("provable-mode-{name}\n"), "))"));
    assert_eq!(list("mnemonics"), table(|_| true));
    assert_eq!(dotted(list("directives")), directives());
    assert_eq!(list("traps"), trap_kinds());
}
