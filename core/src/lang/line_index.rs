//! Converts between byte offsets and lines with columns.

use std::ops::Range;

/// A place in a text. Both numbers count from 0. The column is in bytes; a caller that shows it converts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 0.
    pub line: usize,
    /// Bytes from the start of the line.
    pub column: usize,
}

/// Where the lines of a text begin. A line ends with LF, CR LF or CR, as editors and the parser count them.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    length: usize,
}

impl LineIndex {
    /// Reads the line ends of a text.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_first_of_two =
                bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
            if !is_first_of_two {
                starts.push(at + 1);
            }
        }
        LineIndex {
            starts,
            length: text.len(),
        }
    }

    /// The index of a text whose line starts are known. If the text is empty or ends with a line end, `starts` lacks
    /// the empty last line.
    pub(crate) fn of_lines(starts: impl Iterator<Item = usize>, text: &str) -> Self {
        let has_empty_last = text.is_empty() || text.ends_with(['\n', '\r']);
        LineIndex {
            starts: starts.chain(has_empty_last.then_some(text.len())).collect(),
            length: text.len(),
        }
    }

    /// The number of lines. A text that ends with a line end has an empty last line.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The line and column of a byte offset. An offset past the end counts as the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = offset.min(self.length);
        let line = self
            .starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        LineColumn {
            line,
            column: offset - start,
        }
    }

    /// The bytes of a line (from 0), including its line end.
    pub fn line_span(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(line)?;
        Some(start..self.starts.get(line + 1).copied().unwrap_or(self.length))
    }

    /// The byte offset of a place; none if the line or the column does not exist.
    pub fn offset(&self, at: LineColumn) -> Option<usize> {
        let span = self.line_span(at.line)?;
        let offset = span.start.checked_add(at.column)?;
        (offset <= span.end).then_some(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_begins_a_line() {
        let index = LineIndex::new("ab\ncd\r\ne\rf");
        let lines: Vec<_> = (0..index.line_count())
            .filter_map(|l| index.line_span(l))
            .collect();
        assert_eq!(lines, [0..3, 3..7, 7..9, 9..10]);
    }

    #[test]
    fn offsets_and_places_are_inverse() {
        let text = "PUSH 1\r\n\r\nADD # é\n";
        let index = LineIndex::new(text);
        for offset in 0..=text.len() {
            assert_eq!(index.offset(index.line_column(offset)), Some(offset));
        }
        assert_eq!(index.line_column(999), LineColumn { line: 3, column: 0 });
        assert_eq!(
            index.offset(LineColumn {
                line: 0,
                column: 99
            }),
            None
        );
    }
}
