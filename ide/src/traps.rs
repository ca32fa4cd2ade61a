//! The kinds of traps.

/// What a kind of trap means.
pub(super) fn kind(word: &str) -> Option<String> {
    let mut all = KINDS.iter();
    let (kind, meaning) = all.find(|(kind, _)| kind.eq_ignore_ascii_case(word))?;
    Some(format!("trap `{kind}`\n\n{meaning}\n"))
}

/// The kinds of traps, each with what it means.
pub(super) const KINDS: [(&str, &str); 13] = [
    (
        "UNDERFLOW",
        "The stack holds fewer words than an instruction takes.",
    ),
    ("DIVISION", "A division by zero."),
    ("SHIFT", "A shift or a rotation by 32 bits or more."),
    (
        "ADDRESS",
        "An address at which nothing was stored, or a sum that is no address.",
    ),
    (
        "SHA256",
        "SHA256 of words that pass the last address, or that overlap the state.",
    ),
    ("TARGET", "A jump to a place outside the program."),
    ("RETURN", "RET without an open CALL."),
    ("PUBLIC", "READ after the last word of the public input."),
    ("SECRET", "SECRET after the last word of the secret input."),
    (
        "UNREAD",
        "The program halts before it read all of its public input.",
    ),
    ("ASSERT", "ASSERT of 0."),
    ("STEPS", "More steps than a run may take."),
    ("MEMORY", "More memory than a run may take."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use provable::lang::syntax::TRAP_KINDS;

    #[test]
    fn every_kind_has_its_meaning() {
        assert_eq!(KINDS.map(|(kind, _)| kind), TRAP_KINDS);
    }
}
