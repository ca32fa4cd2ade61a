//! Profiles: which instructions and which calls take the rows of a run, and which capacity decides its tier.
//!
//! Every row of every table is attributed to one instruction and to one path of calls, so the parts of a profile add up
//! to the [`Usage`](super::Usage) of the run. These are the rules:
//!
//! - A row of the step table belongs to the first instruction of its group: several instructions may be one row.
//! - A row of the program table belongs to the first instruction of its group too. Among the calls it belongs to the one
//!   in which it was executed first.
//! - A table that holds each question once (arithmetic, bitwise, compare, heap) takes a row when the question is asked
//!   first. The row belongs to the instruction of the group that uses the table. So of two routines that ask the same,
//!   the one that runs first pays.
//! - A word that is left on the stack, or a call that is left open, belongs to the instruction that made the stack so
//!   high.

mod attribution;
mod bottleneck;
mod call_tree;
mod frames;
mod parts;
mod routines;

pub use attribution::profile;
pub use bottleneck::Bottleneck;
pub use call_tree::{CallNode, CallTree, MOST_DEPTH, MOST_NODES};
pub use frames::RoutineUsage;
pub use parts::{InstructionUsage, Profile, ProfileError};
pub use routines::{Entries, Frame, Routines};
