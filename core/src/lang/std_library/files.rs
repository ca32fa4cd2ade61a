//! The texts of the standard library.

/// The newest version.
pub const NEWEST: u32 = 1;

/// The files, each with its id.
pub(super) const FILES: &[(&str, &str)] = &[
    ("std@1/bits", include_str!("../std/1/bits.prov")),
    ("std@1/blake2s", include_str!("../std/1/blake2s.prov")),
    ("std@1/check", include_str!("../std/1/check.prov")),
    ("std@1/commit", include_str!("../std/1/commit.prov")),
    ("std@1/math", include_str!("../std/1/math.prov")),
    ("std@1/mem", include_str!("../std/1/mem.prov")),
    ("std@1/merkle", include_str!("../std/1/merkle.prov")),
    ("std@1/sha256", include_str!("../std/1/sha256.prov")),
    ("std@1/sort", include_str!("../std/1/sort.prov")),
    ("std@1/text", include_str!("../std/1/text.prov")),
    ("std@1/u256", include_str!("../std/1/u256.prov")),
    ("std@1/u64", include_str!("../std/1/u64.prov")),
];

/// The ids of all files, in order.
pub fn names() -> Vec<&'static str> {
    FILES.iter().map(|(id, _)| *id).collect()
}

/// The text of the file with an id.
pub fn text(id: &str) -> Option<&'static str> {
    FILES
        .iter()
        .find(|(one, _)| *one == id)
        .map(|(_, text)| *text)
}
