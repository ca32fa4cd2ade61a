//! A progress bar on stderr, for work that takes seconds. Nothing is drawn where stderr is no terminal, or has the log.

use crate::logging::takes_stderr;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use provable::progress::Progress;

/// How finely a fraction is shown.
const PARTS: u64 = 1000;

/// A bar that goes from 0 to 1 and is gone when it is dropped.
pub struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A bar for the work of this name.
    pub fn new(name: &str) -> Bar {
        let bar = ProgressBar::new(PARTS);
        if takes_stderr() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) =
            ProgressStyle::with_template("{msg:<32} {bar:32} {percent:>3}% {elapsed}")
        {
            bar.set_style(style);
        }
        bar.set_message(name.to_string());
        Bar { bar }
    }

    /// Shows how much of the work is done.
    pub fn show(&self, fraction: f64) {
        let parts = fraction.clamp(0.0, 1.0) * PARTS as f64;
        self.bar.set_position(parts as u64);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn phase(&self, name: &str, fraction: f64) {
        self.bar.set_message(name.to_string());
        self.show(fraction);
    }
}
