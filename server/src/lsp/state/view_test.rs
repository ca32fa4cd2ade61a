//! A test of a text.

use provable::testing::Test;
use std::sync::OnceLock;

/// A test of a text.
#[derive(Debug)]
pub struct ViewTest {
    /// The test.
    pub test: Test,
    /// What it runs and expects, when that was found out.
    pub(super) digest: OnceLock<Option<[u8; 32]>>,
}
