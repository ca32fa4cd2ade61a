//! Lines of bounded length.

use std::io::{self, BufRead, Read};

/// One line.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Its bytes, without the line feed.
    Text(Vec<u8>),
    /// It was longer than the limit and was skipped.
    TooLong,
}

/// The next line of at most `limit` bytes; `None` at the end. Bytes after the last line feed are not a line: their writer
/// was cut off.
///
/// # Errors
/// The reader's.
pub fn next_line(reader: &mut impl BufRead, limit: usize) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut bounded = Read::take(&mut *reader, limit as u64 + 1);
    bounded.read_until(b'\n', &mut line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(Some(Line::Text(line)));
    }
    if line.len() <= limit {
        return Ok(None);
    }
    drop(line);
    reader.skip_until(b'\n')?;
    Ok(Some(Line::TooLong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_whole_or_too_long_and_a_cut_one_is_none() {
        let text = |text: &str| Some(Line::Text(text.into()));
        let mut reader: &[u8] = b"four\n\nfives\nmuch longer\nfour\ncut";
        let mut next = || next_line(&mut reader, 4).unwrap();
        assert_eq!(next(), text("four"));
        assert_eq!(next(), text(""));
        assert_eq!(next(), Some(Line::TooLong));
        assert_eq!(next(), Some(Line::TooLong));
        assert_eq!(next(), text("four"));
        assert_eq!((next(), next()), (None, None));
    }
}
