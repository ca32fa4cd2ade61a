//! What the targets share: how an input is cut into parts, and how memory is counted.

pub mod damage;
pub mod features;
pub mod honest;

use std::borrow::Cow;

/// The parts of an input, which 0xff separates: a byte that is in no UTF-8 text.
pub fn parts(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    data.split(|byte| *byte == 0xff)
}

/// Sees that a message can be shown to a person, whatever it quotes.
pub fn is_told(message: &str) {
    assert!(message.len() < 4_000, "{} bytes", message.len());
    assert!(!message.contains(char::is_control), "{message:?}");
}

/// Any bytes as a text.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Does something with `size` bytes from outside, and sees that it never holds more than `each` bytes for each of
/// them, and `base` bytes besides. Only what this thread allocates counts.
#[track_caller]
pub fn bounded<T>(size: usize, each: u64, base: u64, work: impl FnOnce() -> T) -> T {
    let mut result = None;
    let used = allocation_counter::measure(|| result = Some(work())).bytes_max;
    let most = base + each * size as u64;
    assert!(
        used <= most,
        "{used} bytes of memory for {size} bytes; {most} are allowed"
    );
    result.expect("the work was done")
}
