//! The heap: a partial map from 32-bit addresses to words.
//!
//! The trace digest visits the heap in the order of addresses before every step, and a program chooses its addresses
//! freely. A hash map suits this badly: it has no order, and a program could choose collisions. So the heap is small
//! pages in an ordered index. A walk is sequential. A lookup takes logarithmic time at worst, and constant time if it
//! stays on the page of the lookup before.

use std::collections::BTreeMap;
use zeroize::Zeroize;

const PAGE_WORDS: usize = 64;
const PAGE_SHIFT: u32 = 6;
/// A page number that no address has: page numbers have 26 bits.
const NO_PAGE: u32 = u32::MAX;

/// A partial map from addresses to words. An address that was never stored has no value.
#[derive(Clone, Debug)]
pub struct Heap {
    pages: Vec<Page>,
    /// The number of each of `pages`, in the order in which the pages were created.
    numbers: Vec<u32>,
    index: BTreeMap<u32, usize>,
    /// The page that was used last: its number, and its index in `pages`.
    last: (u32, usize),
    stored: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Page {
    /// Bit i says that word i was stored.
    present: u64,
    words: [u32; PAGE_WORDS],
}

/// Bytes that a page takes, including its entry in the index.
const PAGE_BYTES: usize = size_of::<Page>() + 2 * size_of::<(u32, usize)>();

impl Default for Heap {
    fn default() -> Self {
        Heap {
            pages: Vec::new(),
            numbers: Vec::new(),
            index: BTreeMap::new(),
            last: (NO_PAGE, 0),
            stored: 0,
        }
    }
}

/// The words may be secret, so they are overwritten.
impl Drop for Heap {
    fn drop(&mut self) {
        self.pages.iter_mut().for_each(Page::zeroize);
    }
}

impl Zeroize for Page {
    fn zeroize(&mut self) {
        self.words.zeroize();
    }
}

impl Heap {
    /// The word at an address, if one was stored.
    pub fn get(&self, address: u32) -> Option<u32> {
        self.pages.get(self.find(page_of(address))?)?.get(address)
    }

    /// The number of addresses that hold a word.
    pub fn len(&self) -> usize {
        self.stored
    }

    /// Whether nothing was ever stored.
    pub fn is_empty(&self) -> bool {
        self.stored == 0
    }

    /// Addresses and their words, by address.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.index
            .iter()
            .filter_map(|(&number, &place)| Some((number, self.pages.get(place)?)))
            .flat_map(|(number, page)| page.iter(number))
    }

    /// The pages and their numbers, in the order in which the pages were created. A page never moves, so the pages of
    /// an earlier heap of the same run have the same indices.
    pub(super) fn parts(&self) -> (&[Page], &[u32]) {
        (&self.pages, &self.numbers)
    }

    /// The heap that consists of these pages, as [`Heap::parts`] returns them.
    pub(super) fn from_parts(pages: Vec<Page>, numbers: Vec<u32>) -> Self {
        let index = numbers.iter().copied().zip(0..pages.len()).collect();
        let stored = pages.iter().map(|page| page.present.count_ones() as usize);
        Heap {
            stored: stored.sum(),
            index,
            last: (NO_PAGE, 0),
            pages,
            numbers,
        }
    }

    /// Bytes taken, counted in whole pages.
    pub(super) fn bytes(&self) -> usize {
        self.pages.len() * PAGE_BYTES
    }

    /// Additional bytes that a store at this address would take.
    pub(super) fn growth(&self, address: u32) -> usize {
        if self.find(page_of(address)).is_some() {
            0
        } else {
            PAGE_BYTES
        }
    }

    /// As [`Heap::get`], and caches the page.
    pub(super) fn load(&mut self, address: u32) -> Option<u32> {
        let place = self.find(page_of(address))?;
        self.last = (page_of(address), place);
        self.pages.get(place)?.get(address)
    }

    /// Stores a word.
    pub(super) fn store(&mut self, address: u32, word: u32) {
        let number = page_of(address);
        let place = self.find(number).unwrap_or_else(|| {
            let place = self.pages.len();
            self.pages.push(Page {
                present: 0,
                words: [0; PAGE_WORDS],
            });
            self.numbers.push(number);
            self.index.insert(number, place);
            place
        });
        self.last = (number, place);
        if let Some(page) = self.pages.get_mut(place) {
            self.stored += usize::from(page.set(address, word));
        }
    }

    fn find(&self, number: u32) -> Option<usize> {
        if self.last.0 == number {
            Some(self.last.1)
        } else {
            self.index.get(&number).copied()
        }
    }
}

impl Page {
    fn get(&self, address: u32) -> Option<u32> {
        let offset = offset_of(address);
        if self.present >> offset & 1 == 1 {
            self.words.get(offset).copied()
        } else {
            None
        }
    }

    /// Stores a word. Returns whether the address is new.
    fn set(&mut self, address: u32, word: u32) -> bool {
        let offset = offset_of(address);
        if let Some(slot) = self.words.get_mut(offset) {
            *slot = word;
        }
        let new = self.present >> offset & 1 == 0;
        self.present |= 1 << offset;
        new
    }

    /// The words stored here with their addresses, by address.
    fn iter(&self, number: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let first = number << PAGE_SHIFT;
        (0..).zip(&self.words).filter_map(move |(offset, &word)| {
            (self.present >> offset & 1 == 1).then_some((first | offset, word))
        })
    }
}

fn page_of(address: u32) -> u32 {
    address >> PAGE_SHIFT
}

fn offset_of(address: u32) -> usize {
    address as usize % PAGE_WORDS
}
