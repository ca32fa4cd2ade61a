//! Where a run trapped: the routines that were open there.

use super::prepare::{ExpectedTrap, Prepared};
use crate::lang::link::Place;
use crate::lang::modules::Modules;
use crate::lang::program::SectionKind;
use crate::vm::{Outcome, Trap};

/// The most routines that a message names.
const MOST_NAMES: usize = 6;

/// How control came from a place to the one before it in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It is the place of the trap itself.
    Here,
    /// By a CALL.
    Called,
    /// The line is an `.inline` that copied what trapped.
    Copied,
}

/// Why a trap is not the one that a test expects; none if it is.
pub(super) fn unlike(
    modules: &Modules,
    prepared: &Prepared,
    expected: &ExpectedTrap,
    outcome: &Outcome,
    trap: &Trap,
) -> Option<String> {
    let kind = trap.reason.kind();
    if expected.kind != kind {
        let message = &trap.reason;
        return Some(format!(
            "it trapped with {kind}, and not with {}: {message}",
            expected.kind
        ));
    }
    let (name, range) = expected.place.as_ref()?;
    let open = open_places(prepared, outcome, trap);
    let is_there = |place: &Place| {
        let (file, lines) = range.as_ref()?;
        (place.file == *file && lines.contains(&place.line)).then_some(())
    };
    if open.iter().any(|(_, place)| is_there(place).is_some()) {
        return None;
    }
    let there = named(modules, prepared, &open);
    Some(format!(
        "it trapped with {kind}{there}, but not at `{name}`"
    ))
}

/// The place of the trap, and those of the CALLs that are open and of the `.inline` lines that copied any of them; the
/// innermost first.
fn open_places(prepared: &Prepared, outcome: &Outcome, trap: &Trap) -> Vec<(Way, Place)> {
    let linked = &prepared.linked;
    // A CALL remembers the index after its own.
    let calls = outcome.calls.iter().rev();
    let calls = calls.filter_map(|back| Some((Way::Called, back.checked_sub(1)?)));
    let mut open = Vec::new();
    for (way, index) in [(Way::Here, trap.pc)].into_iter().chain(calls) {
        // What ends a run at the end of the program is at no instruction.
        if let Some(&place) = linked.places.get(index as usize) {
            open.push((way, place));
            let chain = linked.chain(place).into_iter();
            open.extend(chain.map(|place| (Way::Copied, place)));
        }
    }
    open
}

/// The routines that were open, as a part of a sentence; empty if there was none.
fn named(modules: &Modules, prepared: &Prepared, open: &[(Way, Place)]) -> String {
    let mut text = String::new();
    let mut last = None;
    let mut left = MOST_NAMES;
    for &(way, place) in open {
        let Some(name) = routine_at(modules, prepared, place) else {
            continue;
        };
        // A routine that calls itself is named once.
        if last.as_ref() == Some(&name) {
            continue;
        }
        if left == 0 {
            text += ", and so on";
            break;
        }
        left -= 1;
        let before = match (text.is_empty(), way) {
            (true, _) => " in ",
            (false, Way::Copied) => ", copied into ",
            (false, _) => ", called from ",
        };
        text += &format!("{before}`{name}`");
        last = Some(name);
    }
    text
}

/// The name of the routine that a line belongs to, with that of its file if it is not the main file.
fn routine_at(modules: &Modules, prepared: &Prepared, place: Place) -> Option<String> {
    let assembly = prepared.linked.assemblies.get(place.file)?;
    let section = assembly.sections.get(assembly.section_at(place.line))?;
    let SectionKind::Routine {
        name: Some(name), ..
    } = section.kind
    else {
        return None;
    };
    let name = assembly.tree.slice(name);
    Some(match place.file {
        0 => name.to_owned(),
        file => format!("{}.{name}", modules.stem(file)),
    })
}
