//! From a run to an assignment: [`trace`] follows the machine and notes what each row saw, [`fit`] says whether
//! a tier holds that, [`commit`] and [`coprocessors`] write the committed block of a tier, [`derive`] fills in the
//! rest once the challenges are known.

pub mod commit;
pub mod coprocessors;
pub mod derive;
pub mod execution_trace;
pub mod fit;

pub use execution_trace::ExecutionTrace;
pub use fit::{Shortage, TableUse, Usage};
