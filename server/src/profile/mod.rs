//! Profiles by line and by routine, and the forms in which they are shown and compared. The library attributes rows to
//! instructions; [`Places`] says where in the source each instruction stands.

mod compare;
mod flame;
mod folded;
mod linked_places;
mod numbering;
mod picture;
mod places;
mod report;
mod speedscope;

pub use compare::{Change, Comparison};
pub use flame::FlameTree;
pub use folded::write_folded;
pub use linked_places::LinkedPlaces;
pub use numbering::Numbering;
pub use picture::write_picture;
pub use places::{InlineSite, MAIN, Place, Places};
pub use report::{
    DATA, DecidingTable, LineCost, NOT_EXECUTED, ProfileReport, RoutineCost, what_of,
};
pub use speedscope::write_speedscope;

#[cfg(test)]
mod tests;
