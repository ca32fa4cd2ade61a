//! Arrays of numbers, in a file's bytes or in a vector: whoever reads one does not see which.

use crate::Bytes;
use std::ops::{Deref, Range};
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// Numbers and arrays of numbers: every pattern of bits is a value. They are as this machine lays them out.
pub trait Plain: FromBytes + IntoBytes + Immutable + Send + Sync {}

impl<T: FromBytes + IntoBytes + Immutable + Send + Sync> Plain for T {}

/// A slice with its owner.
#[derive(Clone)]
pub struct Array<T>(Place<T>);

#[derive(Clone)]
enum Place<T> {
    Vector(Vec<T>),
    File(Bytes, Range<usize>),
}

impl<T: Plain> Array<T> {
    pub(crate) fn within(bytes: &Bytes, range: Range<usize>) -> Option<Self> {
        let section = bytes.all().get(range.clone())?;
        <[T]>::ref_from_bytes(section).ok()?;
        Some(Array(Place::File(bytes.clone(), range)))
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        IntoBytes::as_bytes(&**self)
    }
}

impl<T: Plain> Deref for Array<T> {
    type Target = [T];

    /// Takes a few comparisons: a loop does it once, before it begins.
    fn deref(&self) -> &[T] {
        match &self.0 {
            Place::Vector(vector) => vector,
            // The same bytes at the same place as when the array was made: neither can fail any more.
            Place::File(bytes, range) => bytes
                .all()
                .get(range.clone())
                .and_then(|section| <[T]>::ref_from_bytes(section).ok())
                .unwrap_or(&[]),
        }
    }
}

impl<T> From<Vec<T>> for Array<T> {
    fn from(vector: Vec<T>) -> Self {
        Array(Place::Vector(vector))
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
