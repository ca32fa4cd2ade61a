//! Where a run is to stop. Whether a position is a stop depends on the position alone, never on the way there, so both
//! directions of time stop at the same ones. Even hits are numbered from the beginning of the run.

mod hit_counter;
mod stop;
mod table;

pub use hit_counter::HitCounter;
pub use stop::{Level, Rule, Stop, StopKind, WatchedAccess};
pub use table::{Hit, Stops};
