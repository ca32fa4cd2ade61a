//! The linker: makes one program of a main file and the files that it uses. Linked are the main code and the routines
//! that it reaches, with the data that these use.

mod addresses;
mod copies;
mod data;
mod emit;
mod entry;
mod flat;
mod from_str;
mod instances;
mod invocations;
mod layout;
mod linked;
mod linker;
mod names;
mod no_value;
mod reach;

pub use entry::Entry;
pub use flat::{documents, flat_text};
pub use from_str::AssemblyError;
pub use linked::{Copy, Label, Linked, Part, Place, PlacedData, Values};
pub use linker::{link, link_entry};
