//! Quotes of outside text in messages: without characters that control a terminal, and limited in length.

use std::borrow::Cow;
use std::fmt::Display;
use std::path::Path;

/// A character, or its escape if it is a control character or reorders or hides its neighbours.
pub fn visible(character: char) -> String {
    match character {
        '\'' | '"' | '\\' => character.to_string(),
        // The letter before it absorbs a combining mark, which is harmless there.
        _ => {
            let escaped = ['a', character].iter().collect::<String>();
            escaped.escape_debug().skip(1).collect()
        }
    }
}

/// A path for a message. Characters in a file's name that control a terminal are escaped.
pub fn path(path: &Path) -> String {
    name(&path.display().to_string())
}

/// The name of a file for a message, escaped like a [`path`].
pub fn name(name: &str) -> String {
    name.chars().map(visible).collect()
}

/// A text without its byte order mark. Some editors write one, but JSON and lists do not allow it.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The text of a JSON object, without a byte order mark; none if the text is not an object. The reader of a structure
/// would also accept a list of its fields, but files here have one form.
pub fn object(text: &str) -> Option<&str> {
    let text = without_mark(text);
    text.trim_start().starts_with('{').then_some(text)
}

/// A message that quotes outside text: escaped, and cut in the middle if it is too long to read.
pub fn quoted(message: &str) -> String {
    shortened(message).chars().map(visible).collect()
}

/// A message that may quote a text, cut in the middle if it is too long to read.
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
