//! Places in a text.

use std::ops::Range;

/// A range of the text, in bytes. It is half the size of a `Range<usize>`; texts are shorter than [`super::MAX_TEXT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` to before `end`; offsets past 2^32 become 2^32 - 1.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span {
            start: cut(start),
            end: cut(end),
        }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The span from the start of this one to the end of another.
    pub fn to(self, other: Span) -> Span {
        Span {
            start: self.start,
            end: other.end,
        }
    }

    /// The same span, moved by a number of bytes.
    pub(super) fn moved(self, by: i64) -> Span {
        let moved = |offset: u32| {
            let offset = i64::from(offset).saturating_add(by).max(0);
            u32::try_from(offset).unwrap_or(u32::MAX)
        };
        Span {
            start: moved(self.start),
            end: moved(self.end),
        }
    }

    /// Whether an offset is inside the span or directly after it, as a cursor may be.
    pub fn touches(self, offset: usize) -> bool {
        self.start as usize <= offset && offset <= self.end as usize
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.range()
    }
}
