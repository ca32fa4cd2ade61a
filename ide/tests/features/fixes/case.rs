//! Tests with the words with which a test of random words failed.

use crate::support::apply;
use provable::testing::tests_in;
use provable_ide::{Snapshot, add_case};

fn added(text: &str, words: &[(&str, u32)]) -> Option<String> {
    let s = Snapshot::new(text);
    let test = tests_in(&s.assembly).remove(0);
    let words: Vec<_> = words
        .iter()
        .map(|(name, word)| ((*name).to_owned(), *word))
        .collect();
    let fix = add_case(&s, test.line..test.end, &words)?;
    let whole = apply(text, &fix.edits);
    let at = fix.edits[0].span.start;
    assert_eq!(&whole[..at], &text[..at], "it is added behind the test");
    let after = text.len() - at;
    Some(whole[at..whole.len() - after].to_owned())
}

const REST: &str = "\n.routine max ( a b -- c )\nPOP\nRET\n";

#[test]
fn the_names_of_random_words_are_replaced_and_nothing_else_is() {
    let text = format!(".test \"of a\" max ( a b -- (a*(a>b)+b*(a<=b)) )  # of a\n{REST}");
    assert_eq!(
        added(&text, &[("a", 7), ("b", 3)]).unwrap(),
        ".test \"of a\" max ( 7 3 -- (7*(7>3)+3*(7<=3)) )  # of a\n"
    );
}

#[test]
fn the_lines_of_a_test_come_along() {
    let text = format!(".test ( a b -- a b )\n.secret -a, 1\n  SECRET\na: POP\n.within b{REST}");
    assert_eq!(
        added(&text, &[("a", 7), ("b", 3)]).unwrap(),
        ".test ( 7 3 -- 7 3 )\n.secret -7, 1\n  SECRET\na: POP\n.within 3\n"
    );
}

#[test]
fn a_test_at_the_end_of_the_text_gets_a_line_end() {
    assert_eq!(
        added(".test ( a -- a )\r\nNOP", &[("a", 7)]).unwrap(),
        "\r\n.test ( 7 -- 7 )\r\nNOP\r\n"
    );
}

#[test]
fn a_test_without_random_words_is_not_doubled() {
    assert_eq!(added(".test ( 1 -- 1 )\n", &[("a", 7)]), None);
}
