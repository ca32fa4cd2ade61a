//! Renaming of labels and constants.

use super::navigation::references;
use super::snapshot::Snapshot;
use provable::lang::isa::Op;
use provable::lang::quote::quoted;
use provable::lang::syntax::is_name;
use std::ops::Range;

/// The name at an offset, if it can be changed.
pub fn prepare(s: &Snapshot, offset: usize) -> Option<(Range<usize>, String)> {
    let (symbol, span) = s.assembly.symbol_at(offset)?;
    Some((span.range(), symbol.name.clone()))
}

/// Every place where `new` has to be written for the name at an offset, in the order of the text.
///
/// # Errors
/// Why the new name is not allowed, and what to do instead.
pub fn rename(s: &Snapshot, offset: usize, new: &str) -> Result<Vec<Range<usize>>, String> {
    let Some((symbol, _)) = s.assembly.symbol_at(offset) else {
        return Err(
            "there is no name to change here; put the cursor on a label or a constant that is defined".into(),
        );
    };
    let shown = quoted(new);
    if !is_name(new) {
        return Err(format!(
            "`{shown}` cannot be a name; use ASCII letters, digits, `_` and `.`, with a letter or `_` first"
        ));
    }
    if let Some(op) = Op::from_mnemonic(new) {
        return Err(format!(
            "`{shown}` is the instruction {}; choose another name, for instance `{shown}_`",
            op.spec().mnemonic
        ));
    }
    if let Some(other) = s.assembly.symbols.get(new).filter(|other| *other != symbol) {
        let what = other.kind.word();
        return Err(format!(
            "there is a {what} `{shown}` already, on line {}; choose another name, or rename that one first",
            other.line + 1
        ));
    }
    Ok(references(s, offset, true))
}
