//! Codes in comments that allow findings.

use super::item::{Item, ItemKind};
use crate::snapshot::Snapshot;
use crate::symbols::matches;
use provable::lang::diagnostics::{Code, Severity};
use std::ops::Range;

/// The word at an offset in a comment, if a code belongs there: after `allow` and other codes.
pub(super) fn allowed_word(s: &Snapshot, offset: usize) -> Option<Range<usize>> {
    let tree = &s.assembly.tree;
    let comment = tree.lines().get(tree.line_at(offset)?)?.comment?;
    let before = s.text().get(comment.start as usize..offset)?;
    let said = before.trim_start_matches(['#', ';']).trim_start();
    let list = said
        .strip_prefix("allow")
        .filter(|list| list.starts_with([' ', '\t']))?;
    let between = |c: char| matches!(c, ' ' | '\t' | ',');
    let mut words = list.split(between).filter(|word| !word.is_empty()).rev();
    let begun = match list.ends_with(between) {
        true => "",
        false => words.next().unwrap_or(""),
    };
    let is_code = |word: &str| Code::named(word).is_some();
    if !words.all(is_code) || !begun.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let after = s.text().get(offset..comment.end as usize)?;
    let rest = after
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(after.len());
    Some(offset - begun.len()..offset + rest)
}

/// The codes that fit what is typed.
pub(super) fn codes(typed: &str) -> Vec<Item> {
    let all = Code::ALL.iter().filter(|code| code.can_be_allowed());
    all.filter(|code| matches(typed, code.as_str()))
        .map(|code| Item {
            label: code.to_string(),
            kind: ItemKind::Constant,
            detail: match code.severity() {
                Severity::Hint => "hint",
                _ => "warning",
            }
            .to_owned(),
            documentation: code.summary().to_owned(),
            insert: code.to_string(),
            sort: code.to_string(),
            ..Item::default()
        })
        .collect()
}
