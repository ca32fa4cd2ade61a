//! Traps as the protocol's exceptions, and the filters that choose at which to stop.

use super::protocol::launch::Filter;
use provable::vm::TrapReason;

/// Filters: name, label, description.
const FILTERS: [(&str, &str, &str); 3] = [
    ("assertion", "Failed assertions", "ASSERT of 0"),
    (
        "limit",
        "Limits",
        "The limit of steps or of memory is reached",
    ),
    (
        "trap",
        "Other traps",
        "Any other instruction that cannot be executed",
    ),
];

/// The filters that are offered. All are on unless the client says otherwise.
pub fn filters() -> Vec<Filter> {
    let offered = FILTERS.map(|(filter, label, description)| Filter {
        filter,
        label,
        description,
        default: true,
    });
    offered.to_vec()
}

/// The filter that a trap falls under.
pub fn category(reason: &TrapReason) -> &'static str {
    match reason {
        TrapReason::AssertionFailed => "assertion",
        TrapReason::StepLimit { .. }
        | TrapReason::MemoryLimit { .. }
        | TrapReason::DataTooLarge { .. } => "limit",
        _ => "trap",
    }
}

/// Whether there is a filter of this name.
pub fn is_filter(name: &str) -> bool {
    FILTERS.iter().any(|(filter, ..)| *filter == name)
}
