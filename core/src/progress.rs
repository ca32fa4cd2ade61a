//! How far long work is. Fractions are of the whole work, by what its parts cost, and never fall.

/// Where long work says how far it is.
pub trait Progress: Sync {
    /// Work of this name is going on, or has just been done; `fraction` of the whole is behind, from 0 to 1.
    fn phase(&self, name: &str, fraction: f64);

    /// Whether the work is to be given up. Asked a few times a second; once it is so, it has to stay so.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn phase(&self, _name: &str, _fraction: f64) {}
}
