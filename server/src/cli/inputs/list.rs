//! Inputs that are given as a list on the command line.

use crate::cli::read::read;
use crate::errors::failure::Failure;
use crate::files::limits;
use provable::lang::quote::without_mark;
use provable::vm::Inputs;
use serde_json::json;
use std::path::Path;

/// A list of numbers, separated by commas or spaces; each is read as an entry of an inputs file would be.
pub fn list(argument: Option<&str>, flag: &str) -> Result<Vec<u32>, Failure> {
    let text = match argument.map(str::trim) {
        None => return Ok(Vec::new()),
        Some("-") => read(Path::new("-"), limits::INPUTS)?.text,
        Some(list) => list.to_string(),
    };
    let text = without_mark(&text).trim();
    let mut entries: Vec<&str> = Vec::new();
    for part in text.split(outside_quotes(|c| c == ',')) {
        let mut found = part
            .split(outside_quotes(char::is_whitespace))
            .filter(|one| !one.is_empty())
            .peekable();
        if found.peek().is_none() && !text.is_empty() {
            return Err(
                Failure::unusable(format!("{flag}: entry {} is empty", entries.len() + 1))
                    .help("between two commas, and before and after one, there is a number"),
            );
        }
        entries.extend(found);
    }
    entries
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let file = json!({ "public": [entry] }).to_string();
            // An entry such as `text:hi` is several words.
            let words = Inputs::from_json(&file).map(|one| one.public.clone());
            words.map_err(|_| {
                Failure::unusable(format!(
                    "{flag}: entry {} is no number from -2147483648 to 4294967295",
                    index + 1
                ))
                .help(
                    "numbers look like 7, -7, 0xff, 0b101 or 'a', with commas between; text:hi, hex:00000068 and \
                     bytes:6869 stand for several",
                )
            })
        })
        .collect::<Result<Vec<_>, _>>()
        .map(|entries| entries.concat())
}

/// Tells separators: a comma or a space, except in a character literal. A literal begins where an entry does; elsewhere
/// an apostrophe is a letter of a text.
fn outside_quotes(is_separator: impl Fn(char) -> bool) -> impl FnMut(char) -> bool {
    let (mut is_quoted, mut is_escaped, mut is_start) = (false, false, true);
    move |c| {
        let was_escaped = std::mem::replace(&mut is_escaped, false);
        let was_start = std::mem::replace(&mut is_start, c == ',' || c.is_whitespace());
        match c {
            '\\' if is_quoted => is_escaped = !was_escaped,
            '\'' if is_quoted && !was_escaped => is_quoted = false,
            '\'' if was_start => is_quoted = true,
            _ => {}
        }
        !is_quoted && is_separator(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_an_inputs_file_would_be() {
        assert_eq!(
            list(Some("1, 0x10,-1 'a'"), "--public").unwrap(),
            [1, 16, u32::MAX, 97]
        );
        assert_eq!(
            list(Some("','  ' ' '\\'', '\\\\'"), "--public").unwrap(),
            [44, 32, 39, 92]
        );
        assert_eq!(list(Some("\u{feff}1\n2\n"), "--public").unwrap(), [1, 2]);
        assert_eq!(
            list(Some("text:hi, 7 hex:0000000100000002,bytes:ff"), "--public").unwrap(),
            [104, 105, 7, 1, 2, 255]
        );
        assert_eq!(
            list(Some("text:it's,7,8 'a'"), "--public").unwrap(),
            [105, 116, 39, 115, 7, 8, 97]
        );
        assert_eq!(list(Some(""), "--public").unwrap(), [] as [u32; 0]);
        assert_eq!(list(None, "--public").unwrap(), [] as [u32; 0]);
    }

    proptest::proptest! {
        #[test]
        fn any_list_is_read_or_refused_and_what_is_written_comes_back(
            text in "[-0-9a-fx_', \\\\\u{feff}é]{0,40}", words: Vec<u32>,
        ) {
            // That is standard input.
            proptest::prop_assume!(text.trim() != "-");
            let _ = list(Some(&text), "--public");
            let written: Vec<String> = words.iter().map(u32::to_string).collect();
            for separator in [",", " ", " , "] {
                let read = list(Some(&written.join(separator)), "--public").ok();
                proptest::prop_assert_eq!(read.as_ref(), Some(&words));
            }
        }
    }

    #[test]
    fn an_empty_entry_is_refused() {
        for (text, place) in [
            ("1,,2", 2),
            (",1", 1),
            ("1, 2 ,", 3),
            (",", 1),
            ("1, ,2", 2),
        ] {
            let message = list(Some(text), "--public").unwrap_err().to_text();
            let expected = format!("--public: entry {place} is empty");
            assert!(message.contains(&expected), "{text}: {message}");
        }
    }

    #[test]
    fn a_wrong_entry_is_named_by_its_place_and_never_repeated() {
        let message = list(Some("1,hunter2"), "--secret").unwrap_err().to_text();
        assert!(
            message.contains("--secret: entry 2 is no number"),
            "{message}"
        );
        assert!(!message.contains("hunter2"), "{message}");
    }
}
