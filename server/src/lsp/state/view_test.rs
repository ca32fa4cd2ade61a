//! A test of a text.

use provable::lang::link::Linked;
use provable::testing::Test;
use std::sync::{Arc, OnceLock};

/// A test of a text.
#[derive(Debug)]
pub struct ViewTest {
    /// The test.
    pub test: Test,
    /// What it runs and expects, when that was found out.
    pub(super) digest: OnceLock<Option<[u8; 32]>>,
    /// Its program, when someone asked for it.
    pub(super) linked: OnceLock<Option<Arc<Linked>>>,
}
