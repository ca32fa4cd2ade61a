//! From a run to an assignment: [`recording`] follows the machine and notes what each row saw, [`commit`] writes
//! the committed block of a tier, [`derive`] fills in the rest once the challenges are known.

pub mod commit;
pub mod derive;
pub mod recording;

pub use commit::Shortage;
pub use recording::{Recording, Usage};
