//! A session with a program. Its state is in `state`; what moves it and what it reports are methods of that.

mod movement;
mod report;
mod settings;
mod state;

pub use settings::Settings;
pub use state::{Session, SessionEnd, THREAD};
