//! Text from outside, as messages quote it: nothing in it that a terminal obeys, and not too much of it.

use std::borrow::Cow;
use std::fmt::Display;
use std::path::Path;

/// A character as it is, or its escape if it would do something else than be seen: control characters, and those that
/// reorder or hide what stands beside them.
pub fn visible(character: char) -> String {
    match character {
        '\'' | '"' | '\\' => character.to_string(),
        // Behind a letter, where a mark that combines with one does nothing else than be seen.
        _ => {
            let escaped = ['a', character].iter().collect::<String>();
            escaped.escape_debug().skip(1).collect()
        }
    }
}

/// A path, as messages name it: whatever is in a file's name, a terminal obeys none of it.
pub fn path(path: &Path) -> String {
    name(&path.display().to_string())
}

/// A file's name, as [`path`] shows a path.
pub fn name(name: &str) -> String {
    name.chars().map(visible).collect()
}

/// A text without the byte order mark that some editors put before it, and that neither JSON nor a list knows.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The JSON object that a text is, without a byte order mark; none if it is anything else. The reader of a structure takes
/// a list of its fields too, and files here have one form.
pub fn object(text: &str) -> Option<&str> {
    let text = without_mark(text);
    text.trim_start().starts_with('{').then_some(text)
}

/// A message that quotes a text from outside: visible, and cut in its middle where the quote is too long to read.
pub fn quoted(message: &str) -> String {
    shortened(message).chars().map(visible).collect()
}

/// A message that may quote a text, cut in its middle where the quote is too long to read.
pub fn shortened(message: &str) -> Cow<'_, str> {
    const ENDS: usize = 80;
    let cut = message.char_indices().nth(ENDS).map(|(at, _)| at);
    let rest = message.char_indices().rev().nth(ENDS - 1).map(|(at, _)| at);
    match (cut, rest) {
        (Some(cut), Some(rest)) if cut < rest => {
            let (start, end) = (message.get(..cut), message.get(rest..));
            format!(
                "{} … {}",
                start.unwrap_or_default(),
                end.unwrap_or_default()
            )
            .into()
        }
        _ => message.into(),
    }
}

/// `1 word`, `2 words`.
pub fn plural<N: Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    let ending = if count == N::from(1) { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_does_nothing_and_is_short() {
        assert_eq!(quoted("`a'\"\\é …`"), "`a'\"\\é …`");
        assert_eq!(quoted("\u{1b}[2J\r\n"), "\\u{1b}[2J\\r\\n");
        assert_eq!(quoted("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(
            name("e\u{301} \u{1b}]0;x\u{7}\n"),
            "e\u{301} \\u{1b}]0;x\\u{7}\\n"
        );
        let long = quoted(&"\u{1b}".repeat(1 << 20));
        assert!(long.len() < 2_000, "{}", long.len());
    }
}
