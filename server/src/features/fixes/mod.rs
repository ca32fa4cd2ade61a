//! (to be written)
use super::formatting::Edit;
/// x
pub fn x() -> Option<Edit> {
    None
}
