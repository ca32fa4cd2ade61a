//! From a run to an assignment: [`recording`] follows the machine and notes what each row saw, [`fit`] says whether
//! a tier holds that, [`commit`] and [`coprocessors`] write the committed block of a tier, [`derive`] fills in the
//! rest once the challenges are known.

pub mod commit;
pub mod coprocessors;
pub mod derive;
pub mod fit;
pub mod recording;

pub use fit::{Shortage, TableUse, Usage};
pub use recording::Recording;
