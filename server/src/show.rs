//! Words as people read them: in decimal, in hexadecimal, or as the text that they spell.

use clap::{Args, ValueEnum};
use provable::lang::quote::visible;

/// How words are shown to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Show {
    /// Numbers in decimal
    #[default]
    Decimal,
    /// Eight hexadecimal digits a word
    Hex,
    /// The characters whose code points the words are, in double quotes; other words in decimal
    Text,
}

/// How `run` and `verify` show words.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct ShowArgs {
    /// How words are shown to people; --json has numbers whatever is said here
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    pub show: Show,
}

impl Show {
    /// Words for people: all of a few, the ends of many.
    pub fn words(self, words: &[u32]) -> String {
        // All are shown up to the first number of words; of more, so many of the start and of the end.
        let (all, start, end) = match self {
            Show::Decimal | Show::Hex => (64, 16, 3),
            Show::Text => (1024, 512, 64),
        };
        match words.len() {
            0 => "(none)".to_string(),
            count if count <= all => self.list(words),
            count => {
                let start = words.get(..start).unwrap_or_default();
                let end = words.get(count - end..).unwrap_or_default();
                format!("{} … {}  ({count} words)", self.list(start), self.list(end))
            }
        }
    }

    fn list(self, words: &[u32]) -> String {
        let each = |form: fn(&u32) -> String| words.iter().map(form).collect::<Vec<_>>().join(" ");
        match self {
            Show::Decimal => each(u32::to_string),
            Show::Hex => each(|word| format!("{word:#010x}")),
            Show::Text => text(words),
        }
    }
}

/// Words in every form that says something of them, a line each: text only where all of them spell one.
pub fn forms(name: &str, words: &[u32]) -> Vec<String> {
    let mut lines = vec![format!("{name} {}", Show::Decimal.words(words))];
    if !words.is_empty() {
        lines.push(format!("  in hexadecimal {}", Show::Hex.words(words)));
    }
    let spells = |word: &u32| char::from_u32(*word).is_some_and(|one| !one.is_control());
    if !words.is_empty() && words.iter().all(spells) {
        lines.push(format!("  as text {}", Show::Text.words(words)));
    }
    lines
}

/// Characters that stand together between one pair of quotes. Nothing in it is obeyed by a terminal.
fn text(words: &[u32]) -> String {
    let is_character = |word: &u32| char::from_u32(*word).is_some();
    words
        .chunk_by(|a, b| is_character(a) && is_character(b))
        .map(|run| match run {
            [word] if !is_character(word) => word.to_string(),
            _ => format!("\"{}\"", run.iter().map(shown).collect::<String>()),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// A character between double quotes.
fn shown(word: &u32) -> String {
    match char::from_u32(*word) {
        Some(quote @ ('"' | '\\')) => format!("\\{quote}"),
        Some(other) => visible(other),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shown_in_each_form() {
        let words = [0x68, 0x69, u32::MAX, 0xd800, 0x21];
        assert_eq!(Show::Decimal.words(&words), "104 105 4294967295 55296 33");
        assert_eq!(
            Show::Hex.words(&words),
            "0x00000068 0x00000069 0xffffffff 0x0000d800 0x00000021"
        );
        assert_eq!(Show::Text.words(&words), "\"hi\" 4294967295 55296 \"!\"");
        for show in [Show::Decimal, Show::Hex, Show::Text] {
            assert_eq!(show.words(&[]), "(none)");
        }
    }

    #[test]
    fn text_is_a_form_where_every_word_is_a_character_that_can_be_seen() {
        assert_eq!(
            forms("output", &[0x68, 0x69]),
            [
                "output 104 105",
                "  in hexadecimal 0x00000068 0x00000069",
                "  as text \"hi\"",
            ]
        );
        assert_eq!(forms("output", &[0x68, 7]).len(), 2);
        assert_eq!(forms("output", &[]), ["output (none)"]);
    }

    #[test]
    fn text_can_be_told_from_its_quotes_and_does_nothing_to_a_terminal() {
        let words: Vec<u32> = "a\"\\'\u{1b}[2J\u{202e}é".chars().map(u32::from).collect();
        assert_eq!(
            Show::Text.words(&words),
            "\"a\\\"\\\\'\\u{1b}[2J\\u{202e}é\""
        );
    }

    #[test]
    fn of_many_words_the_ends_are_shown() {
        let words = vec![7; 65];
        let shown = Show::Decimal.words(&words);
        assert_eq!(shown, format!("{}… 7 7 7  (65 words)", "7 ".repeat(16)));
        assert_eq!(Show::Text.words(&[97; 1024]).len(), 1026);
        let shown = Show::Text.words(&[97; 1025]);
        assert!(shown.ends_with("a\"  (1025 words)"), "{shown}");
    }
}
