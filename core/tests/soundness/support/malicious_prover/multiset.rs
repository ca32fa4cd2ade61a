//! The memory bag as the liar sees it: which tuples were added and not yet removed.

use provable::circuit::tuple::Space;
use std::collections::{BTreeMap, BTreeSet};

/// A live tuple, without its key.
#[derive(Clone, Copy)]
pub struct Cell {
    pub value: i64,
    pub time: i64,
    pub set: i64,
}

/// Live tuples by key, the latest last; heap addresses that a table row begins.
#[derive(Default)]
pub struct Bag {
    cells: BTreeMap<i64, Vec<Cell>>,
    pub heap: BTreeSet<i64>,
}

/// The key of an address.
pub fn key(space: Space, address: i64) -> i64 {
    ((space as i64) << 36) + address
}

impl Bag {
    /// A bag with the public input's tuples.
    pub fn new(public: &[u32]) -> Self {
        let mut bag = Bag::default();
        for (index, word) in public.iter().enumerate() {
            let cell = Cell {
                value: i64::from(*word),
                time: 0,
                set: 1,
            };
            bag.add(key(Space::Input, index as i64), cell);
        }
        bag
    }

    pub fn add(&mut self, key: i64, cell: Cell) {
        self.cells.entry(key).or_default().push(cell);
    }

    /// Removes the latest tuple. A heap address that is new gets a table row, so its first tuple is there.
    pub fn remove(&mut self, at: i64) -> Option<Cell> {
        let address = at - key(Space::Heap, 0);
        // Up to the number under an empty stack; a table row's limbs go no further.
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

    /// Whether anything is left at or above an address, within a space's room.
    pub fn reaches(&self, space: Space, address: usize) -> bool {
        let room = key(space, address as i64)..key(space, 1 << 34);
        self.cells.range(room).any(|(_, cells)| !cells.is_empty())
    }
}
