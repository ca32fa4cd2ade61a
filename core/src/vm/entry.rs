//! String entries of an inputs file, and the words that they stand for.

use crate::lang::syntax::{NumberError, parse_number};

/// Why a string stands for no words. The string may be a secret, so the message repeats nothing of it, except a
/// character that is not a digit of a number.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum EntryError {
    #[error("{0}")]
    Number(#[from] NumberError),
    #[error("the forms with a colon are \"text:…\", \"hex:…\" and \"bytes:…\"")]
    UnknownForm,
    #[error("character {place} after `{form}:` is no hexadecimal digit")]
    Digit { form: &'static str, place: usize },
    #[error("`_` may only stand between two digits")]
    Underscore,
    #[error(
        "`{form}:` takes {width} digits a word, and at the end {left} are left over; fill the last word up with zeros, \
         on the side where the program expects them"
    )]
    Length {
        form: &'static str,
        width: usize,
        left: usize,
    },
}

/// Appends the words of a string to a tape. A number in the form that programs use is one word. `text:` gives the code
/// point of each character. `hex:` gives a word for every eight hexadecimal digits, and `bytes:` one for every two, the
/// most significant digit first. After an error, some words may have been appended.
pub(super) fn entry_words(entry: &str, tape: &mut Vec<u32>) -> Result<(), EntryError> {
    match entry.split_once(':') {
        // A character literal may be a colon.
        _ if entry.starts_with(['\'', '-']) => tape.push(parse_number(entry)?),
        None => tape.push(parse_number(entry)?),
        Some(("text", text)) => {
            tape.reserve(text.chars().count());
            tape.extend(text.chars().map(u32::from));
        }
        Some(("hex", digits)) => hexadecimal("hex", 8, digits, tape)?,
        Some(("bytes", digits)) => hexadecimal("bytes", 2, digits, tape)?,
        Some(_) => return Err(EntryError::UnknownForm),
    }
    Ok(())
}

/// Words of a fixed number of digits each. `_` is allowed between digits.
fn hexadecimal(
    form: &'static str,
    width: usize,
    digits: &str,
    tape: &mut Vec<u32>,
) -> Result<(), EntryError> {
    let (mut word, mut count, mut after_digit) = (0u32, 0, false);
    for (place, character) in digits.chars().enumerate() {
        if character == '_' && after_digit {
            after_digit = false;
            continue;
        }
        let Some(digit) = character.to_digit(16) else {
            let place = place + 1;
            return Err(match character {
                '_' => EntryError::Underscore,
                _ => EntryError::Digit { form, place },
            });
        };
        word = word << 4 | digit;
        count += 1;
        after_digit = true;
        if count % width == 0 {
            tape.push(word);
            word = 0;
        }
    }
    if !digits.is_empty() && !after_digit {
        return Err(EntryError::Underscore);
    }
    match count % width {
        0 => Ok(()),
        left => Err(EntryError::Length { form, width, left }),
    }
}
