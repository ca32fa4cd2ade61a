//! Points in time, to measure how long something takes.

#[cfg(not(target_family = "wasm"))]
pub use std::time::Instant;

#[cfg(target_family = "wasm")]
pub use measured::{Instant, set};

#[cfg(any(target_family = "wasm", test))]
mod measured {
    use std::sync::OnceLock;
    use std::time::Duration;

    /// What tells the time: milliseconds since any fixed point in time.
    static CLOCK: OnceLock<fn() -> f64> = OnceLock::new();

    /// Sets what tells the time, in milliseconds since any fixed point in time. Only the first call has an effect. Before it, no
    /// time passes.
    pub fn set(clock: fn() -> f64) {
        let _ = CLOCK.set(clock);
    }

    /// A point in time.
    #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
    pub struct Instant(f64);

    impl Instant {
        /// The present.
        pub fn now() -> Instant {
            Instant(CLOCK.get().map_or(0.0, |clock| clock()))
        }

        /// The time since then; zero if the clock was set back.
        pub fn elapsed(&self) -> Duration {
            let ms = Instant::now().0 - self.0;
            Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use std::sync::atomic::{AtomicU32, Ordering};

        #[test]
        fn time_passes_as_the_clock_says_and_a_clock_that_is_set_back_gives_zero() {
            static NOW: AtomicU32 = AtomicU32::new(50);
            set(|| f64::from(NOW.load(Ordering::Relaxed)));
            let start = Instant::now();
            NOW.store(1550, Ordering::Relaxed);
            assert_eq!(start.elapsed(), Duration::from_millis(1500));
            NOW.store(10, Ordering::Relaxed);
            assert_eq!(start.elapsed(), Duration::ZERO);
        }
    }
}
