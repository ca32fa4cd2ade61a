//! A state as the trace shows it.

use crate::vm::Machine;
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

/// A captured state, borrowed: `{pc: u32, stack: Vec<u32>, heap: BTreeMap<u32, u32>, flags: u8}`. Its encoding is
/// that of a structure with these fields in this order.
pub(super) struct State<'a>(pub &'a Machine<'a>);

impl Serialize for State<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut state = serializer.serialize_struct("State", 4)?;
        state.serialize_field("pc", &self.0.pc())?;
        state.serialize_field("stack", self.0.stack())?;
        state.serialize_field("heap", &HeapInOrder(self.0))?;
        state.serialize_field("flags", &self.0.flags())?;
        state.end()
    }
}

struct HeapInOrder<'a>(&'a Machine<'a>);

impl Serialize for HeapInOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.heap_len()))?;
        for (address, word) in self.0.heap() {
            map.serialize_entry(&address, &word)?;
        }
        map.end()
    }
}
