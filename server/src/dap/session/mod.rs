//! A session with a program. Its state is in `state`; what moves it and what it reports are methods of that.

mod movement;
mod report;
mod settings;
mod state;
mod stepping;

pub use settings::{LineBreakpoint, Settings};
pub use state::{Session, SessionEnd, THREAD};
