//! The memory multiset as the malicious prover knows it: the tuples that were added and not yet removed.

use provable::circuit::tuple::Space;
use std::collections::{BTreeMap, BTreeSet};

/// A live tuple, without its key.
#[derive(Clone, Copy)]
pub struct Cell {
    pub value: i64,
    pub time: i64,
    pub set: i64,
}

/// The live tuples by key, the latest last; and the heap addresses that have a table row.
#[derive(Default)]
pub struct Multiset {
    cells: BTreeMap<i64, Vec<Cell>>,
    pub heap: BTreeSet<i64>,
}

/// The key of an address.
pub fn key(space: Space, address: i64) -> i64 {
    ((space as i64) << 36) + address
}

impl Multiset {
    /// The multiset with the tuples of the public input and of the program's data.
    pub fn new(public: &[u32], data: &[(u32, u32)]) -> Self {
        let mut multiset = Multiset::default();
        for (index, word) in public.iter().enumerate() {
            let cell = Cell {
                value: i64::from(*word),
                time: 0,
                set: 1,
            };
            multiset.add(key(Space::Input, index as i64), cell);
        }
        for (address, word) in data {
            let address = i64::from(*address);
            let cell = Cell {
                value: i64::from(*word),
                time: 0,
                set: 1,
            };
            multiset.heap.insert(address);
            multiset.add(key(Space::Heap, address), cell);
        }
        multiset
    }

    pub fn add(&mut self, key: i64, cell: Cell) {
        self.cells.entry(key).or_default().push(cell);
    }

    /// Removes the latest tuple of a key. A heap address that is new gets a table row, which adds its first tuple.
    pub fn remove(&mut self, at: i64) -> Option<Cell> {
        let address = at - key(Space::Heap, 0);
        // Up to the number under an empty stack. The limbs of a table row hold no larger address.
        if (0..1 << 34).contains(&address) && self.heap.insert(address) {
            return Some(Cell {
                value: 0,
                time: 0,
                set: 0,
            });
        }
        self.cells.get_mut(&at)?.pop()
    }

    /// What is left at a key.
    pub fn left(&self, key: i64) -> Option<Cell> {
        self.cells.get(&key)?.last().copied()
    }

    /// Whether a tuple is left at or above an address of a space.
    pub fn reaches(&self, space: Space, address: usize) -> bool {
        let addresses = key(space, address as i64)..key(space, 1 << 34);
        self.cells
            .range(addresses)
            .any(|(_, cells)| !cells.is_empty())
    }
}
