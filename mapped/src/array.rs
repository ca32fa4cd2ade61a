//! Arrays of numbers, in a range of bytes or in a vector.

use crate::bytes::Bytes;
use std::ops::{Deref, Range};
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// Numbers and arrays of numbers: types for which every pattern of bits is a value. Byte order and layout are those of
/// the machine.
pub trait Plain: FromBytes + IntoBytes + Immutable + Send + Sync {}

impl<T: FromBytes + IntoBytes + Immutable + Send + Sync> Plain for T {}

/// A slice with its owner: a vector, or [`Bytes`] with a range. A clone copies a vector and shares bytes.
#[derive(Clone)]
pub struct Array<T>(Storage<T>);

#[derive(Clone)]
enum Storage<T> {
    Vector(Vec<T>),
    Range(Bytes, Range<usize>),
}

impl Bytes {
    /// The bytes of a range as an array. `None` if the range is not within the bytes, holds no whole number of elements,
    /// or does not begin at an address that is aligned for `T`.
    pub fn array<T: Plain>(&self, range: Range<usize>) -> Option<Array<T>> {
        <[T]>::ref_from_bytes(self.all().get(range.clone())?).ok()?;
        Some(Array(Storage::Range(self.clone(), range)))
    }
}

impl<T: Plain> Array<T> {
    /// The bytes of the elements, as the machine lays them out.
    pub fn as_bytes(&self) -> &[u8] {
        IntoBytes::as_bytes(&**self)
    }
}

impl<T: Plain> Deref for Array<T> {
    type Target = [T];

    /// Costs a few comparisons: dereference once before a loop, not in it.
    fn deref(&self) -> &[T] {
        match &self.0 {
            Storage::Vector(vector) => vector,
            // Both were checked when the array was made, and the bytes are still at the same address.
            Storage::Range(bytes, range) => bytes
                .all()
                .get(range.clone())
                .and_then(|section| <[T]>::ref_from_bytes(section).ok())
                .unwrap_or(&[]),
        }
    }
}

impl<T> From<Vec<T>> for Array<T> {
    fn from(vector: Vec<T>) -> Self {
        Array(Storage::Vector(vector))
    }
}

impl<T> Default for Array<T> {
    fn default() -> Self {
        Array::from(Vec::new())
    }
}

impl<T: Plain> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Array::from(Vec::from_iter(elements))
    }
}

impl<T: Plain + PartialEq> PartialEq for Array<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Plain + Eq> Eq for Array<T> {}

impl<T: Plain> std::fmt::Debug for Array<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Array of {}", self.len())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Good ranges and bad ones, of the bytes from 0 to 63.
    pub(crate) fn check_ranges(bytes: &Bytes) {
        let content: Vec<u8> = (0..64).collect();
        let words = bytes.array::<u64>(8..24).unwrap();
        let expected = [8u8, 16].map(|first| std::array::from_fn(|index| first + index as u8));
        assert_eq!(*words, expected.map(u64::from_ne_bytes));
        assert_eq!(words.as_bytes(), &content[8..24]);
        assert_eq!(bytes.array::<u32>(12..20).unwrap().len(), 2);
        assert_eq!(bytes.array::<[u64; 2]>(0..64).unwrap().len(), 4);
        assert_eq!(bytes.array::<u8>(64..64).unwrap().len(), 0);
        // Not aligned, no whole number of elements, beyond the end, backwards.
        assert!(bytes.array::<u64>(4..12).is_none());
        assert!(bytes.array::<u64>(8..20).is_none());
        assert!(bytes.array::<u64>(56..72).is_none());
        #[allow(clippy::reversed_empty_ranges)]
        let backwards = 16..8;
        assert!(bytes.array::<u64>(backwards).is_none());
        assert!(bytes.array::<u64>(0..usize::MAX).is_none());
    }

    #[test]
    fn an_array_is_its_range_and_a_bad_range_is_refused() {
        let content: Vec<u8> = (0..64).collect();
        check_ranges(&Bytes::from(content.as_slice()));
    }

    #[test]
    fn bytes_of_any_length_are_held_as_given() {
        for length in [0usize, 1, 7, 8, 9, 4096, 10_001] {
            let content: Vec<u8> = (0..length).map(|index| (index * 7) as u8).collect();
            assert_eq!(Bytes::from(content.as_slice()).all(), content);
        }
    }
}
