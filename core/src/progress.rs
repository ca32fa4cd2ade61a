//! Progress of long work. A fraction is a part of the whole work, measured by cost. Fractions never decrease.

/// Receives the progress of long work, and can cancel it.
pub trait Progress: Sync {
    /// Work with this name is going on or has just ended. `fraction` of the whole work is done, from 0 to 1.
    ///
    /// Calls come one at a time, from any thread, also from one that computes for others. So an implementation must not wait
    /// for work on rayon's threads.
    fn phase(&self, name: &str, fraction: f64);

    /// Whether the work is cancelled. This is called a few times each second. Once it returns true, it has to keep
    /// returning true.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Reports nothing and never cancels.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn phase(&self, _name: &str, _fraction: f64) {}
}
